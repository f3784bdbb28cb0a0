"""Reads [[source]] and [casework] in ward.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wardblog.content.files import SETTINGS_FILE
from wardblog.content.setting_keys import choices_of
from wardblog.content.toml.table import Table
from wardblog.content.toml.toml_file import TomlFile
from wardblog.model import CaseworkSettings, DataSource
from wardblog.text.slugs import slugify

# The kinds of source that need an address, each with an example.
_ADDRESSES: Mapping[str, str] = {
    "planning-csv": '"https://council.example.org/planning.csv"',
    "fixmystreet": '"https://www.fixmystreet.com/rss/reports/Wandsworth/Shaftesbury"',
    "open311": '"https://www.fixmystreet.com/open311/v2"',
    "moderngov": '"https://democracy.wandsworth.gov.uk"',
    "calendar": '"https://council.example.org/meetings.ics"',
    "meetings-feed": '"https://council.example.org/meetings.rss"',
}
_MEETINGS = ("moderngov", "calendar", "meetings-feed")
_NATION_CODES = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
_DEFAULTS = CaseworkSettings()
_LONGEST_DAYS, _MOST_MONTHS = 365, 120


def read_sources(file: TomlFile) -> tuple[DataSource, ...]:
    """The sources, without those that have no known `from`."""
    return tuple(_sources(file))


def _sources(file: TomlFile) -> Iterator[DataSource]:
    for table in file.tables("source"):
        kind = _kind(table)
        example = _ADDRESSES.get(kind, "")
        url = table.web_address("url") if table.has("url") or not example else ""
        if example and not url and not table.values.get("url"):
            table.report.stop(
                table.line("from"),
                f'[[source]] has no "url", which from = "{kind}" needs',
                f"Add a line such as: url = {example}",
            )
        is_about_meetings = kind in _MEETINGS
        issue = table.text("issue", "", not is_about_meetings, '"Planning"')
        source = DataSource(
            kind=kind,
            issue=slugify(issue),
            url=url,
            committees=table.words("committees"),
            jurisdiction=table.text("jurisdiction"),
            line=table.lines.header,
            lines={key: table.line(key) for key in ("from", "issue", "url") if table.has(key)},
        )
        table.finish()
        if kind:
            yield source


def _kind(table: Table) -> str:
    kind = table.text("from", "", True, '"planit"')
    return table.choice("from", choices_of(SETTINGS_FILE, "source", "from"), "") if kind else ""


def read_casework(table: Table) -> CaseworkSettings:
    settings = CaseworkSettings(
        answer_within=_days(table, "answer_within", _DEFAULTS.answer_within),
        silent_after=_days(table, "silent_after", _DEFAULTS.silent_after),
        keep_months=_months(table),
        nation=_NATION_CODES[table.choice("nation", tuple(_NATION_CODES), "England")],
    )
    table.finish()
    return settings


def _days(table: Table, key: str, default: int) -> int:
    days = table.number(key, default)
    if 1 <= days <= _LONGEST_DAYS:
        return days
    table.report.stop(
        table.line(key), f'"{key}" cannot be {days}', f"Write a number of days: {key} = {default}"
    )
    return default


def _months(table: Table) -> int:
    months = table.number("keep_months", _DEFAULTS.keep_months)
    if 0 <= months <= _MOST_MONTHS:
        return months
    table.report.stop(
        table.line("keep_months"),
        f'"keep_months" cannot be {months}',
        "Write for how many months closed cases are kept: keep_months = 12",
    )
    return _DEFAULTS.keep_months
