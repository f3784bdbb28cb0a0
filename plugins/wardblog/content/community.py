"""`community.toml`: the other local sites, which residents and the councillor can use."""

from __future__ import annotations

from wardblog.content.setting_keys import table_called
from wardblog.content.toml.table import Table
from wardblog.content.toml.toml_file import TomlFile
from wardblog.model import COMMUNITY_KINDS, CommunitySite
from wardblog.report import Report
from wardblog.support.late_regex import late_regex

_TABLE = "site"
# An address as far as it says where it leads: without the scheme, "www." and a slash at its end.
_SAME = late_regex(r"(?i)^https?://(?:www\.)?")


def read_community(text: str, report: Report) -> tuple[CommunitySite, ...]:
    """The sites in the order of the file; mistakes are reported, and those sites left out."""
    toml = TomlFile.parse(text, report, repeated=(_TABLE,))
    if toml is None:
        return ()
    sites: list[CommunitySite] = []
    taken: dict[str, CommunitySite] = {}
    for table in toml.tables(_TABLE):
        site = _site(table)
        key = plain_address(site.url)
        if key and key in taken:
            report.stop(
                site.line_of("url"),
                f'"{site.url}" is listed twice; the first is on line {taken[key].line_of("url")}',
                "Remove one of the two.",
            )
        elif site.name and site.url:
            taken[key] = site
            sites.append(site)
    toml.finish()
    return tuple(sites)


def plain_address(url: str) -> str:
    """An address in a form in which those of the same page are equal."""
    host, slash, rest = _SAME.sub("", url).partition("/")
    return f"{host.casefold()}{slash}{rest}".rstrip("/")


def _site(table: Table) -> CommunitySite:
    keys = [key.name for key in table_called("community.toml", _TABLE).keys]
    site = CommunitySite(
        name=_line(table.text("name", "", True, '"Shaftesbury Forum"')),
        url=table.web_address("url", required=True),
        kind=_kind(table),
        feed=table.web_address("feed"),
        about=_line(table.text("about")),
        rules=_line(table.text("rules")),
        when=_line(table.text("when")),
        checked=table.day("checked"),
        allow=_line(table.text("allow")),
        line=table.lines.header,
        lines={key: table.line(key) for key in keys if table.has(key)},
    )
    table.finish()
    return site


def _kind(table: Table) -> str:
    kinds = tuple(COMMUNITY_KINDS)
    if not table.text("kind", "", True, '"forum"'):
        return ""
    return table.choice("kind", kinds, kinds[0])


def _line(words: str) -> str:
    return " ".join(words.split())
