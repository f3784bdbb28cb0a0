"""Reads `ward.toml`: whose site it is, its address, and how its maps look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from urllib.parse import urlunsplit

from wardblog.content.answer_settings import read_answering
from wardblog.content.data_sources import read_casework, read_sources
from wardblog.content.election import read_election
from wardblog.content.events import Extras, exceptions, make_event
from wardblog.content.newsletter import read_newsletter
from wardblog.content.publishing import read_publish
from wardblog.content.setting_keys import choices_of
from wardblog.content.toml.table import Table
from wardblog.content.toml.toml_file import TomlFile
from wardblog.model import (
    DEFAULT_ACCENT,
    AnswerSettings,
    CaseworkSettings,
    Councillor,
    DataSource,
    Election,
    Event,
    Imprint,
    MapSettings,
    NewsletterSettings,
    PublishSettings,
)
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import parts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The file as read; `boundary`, `code`, `base` and `gazetteer` still name files and a ward."""

    title: str
    url: str
    url_line: int
    description: str
    accent: str
    ward_name: str
    council: str
    boundary: str
    boundary_line: int
    code: str
    code_line: int
    councillors: tuple[Councillor, ...]
    surgeries: tuple[Event, ...]
    imprint: Imprint
    newsletter: str
    whatsapp: str
    hub: str
    base: str
    base_line: int
    base_attribution: str
    map: MapSettings
    publish: PublishSettings
    allow: tuple[str, ...]
    boundary_attribution: str = ""
    gazetteer: str = ""
    gazetteer_line: int = 1
    gazetteer_attribution: str = ""
    election: Election | None = None
    mailing: NewsletterSettings | None = None
    answering: AnswerSettings = field(default_factory=AnswerSettings)
    printer: str = ""
    sources: tuple[DataSource, ...] = ()
    casework: CaseworkSettings = field(default_factory=CaseworkSettings)
    # The line of each setting, such as `imprint.address` or `councillor.1.email`.
    lines: Mapping[str, int] = field(default_factory=dict, hash=False)


_CHANNEL = r"(?i:https?://(?:www\.)?whatsapp\.com/channel/)([A-Za-z0-9_-]+)/?(?:[?#].*)?$"
UNKNOWN_URL = "https://unknown.invalid"
# Used if ward.toml cannot be read, so that the rest can still be checked.
BLANK = Settings(
    title="",
    url=UNKNOWN_URL,
    url_line=1,
    description="",
    accent=DEFAULT_ACCENT,
    ward_name="",
    council="",
    boundary="",
    boundary_line=1,
    code="",
    code_line=1,
    councillors=(),
    surgeries=(),
    imprint=Imprint("", "", ""),
    newsletter="",
    whatsapp="",
    hub="",
    base="",
    base_line=1,
    base_attribution="",
    map=MapSettings(),
    publish=PublishSettings(),
    allow=(),
)


def read_settings(text: str, report: Report) -> Settings | None:
    """The settings, or None where the file is not TOML."""
    file = TomlFile.parse(text, report)
    if file is None:
        return None
    site, ward, map_ = file.table("site"), file.table("ward"), file.table("map")
    publish, guard = file.table("publish"), file.table("guard")
    leaflet = file.table("leaflet")
    base = _base_key(map_)
    councillors = _councillors(file, report)
    mailing = read_newsletter(file.table("newsletter"))
    email = next((one.email for one in councillors if one.email), "")
    settings = Settings(
        title=site.text("title", "", True, '"Shaftesbury ward blog"'),
        url=site_url(site),
        url_line=site.line("url"),
        description=site.text("description"),
        accent=site.colour("accent", DEFAULT_ACCENT),
        ward_name=ward.text("name", "", True, '"Shaftesbury"'),
        council=ward.text("council", "", True, '"Wandsworth"'),
        boundary=ward.text("boundary"),
        boundary_line=ward.line("boundary"),
        code=ward.text("code"),
        code_line=ward.line("code"),
        councillors=councillors,
        surgeries=_surgeries(file, report),
        imprint=_imprint(file),
        newsletter=site.web_address("newsletter"),
        whatsapp=_whatsapp(site),
        hub=_hub(site, file.top("hub"), publish),
        base=map_.text(base),
        base_line=map_.line(base),
        base_attribution=map_.text(f"{base}_attribution"),
        gazetteer=map_.text("gazetteer"),
        gazetteer_line=map_.line("gazetteer"),
        gazetteer_attribution=map_.text("gazetteer_attribution"),
        map=MapSettings(
            map_.choice("tiles", choices_of("ward.toml", "map", "tiles"), "none"),
            _tile_url(map_),
            map_.text("tile_attribution", MapSettings().tile_attribution),
        ),
        publish=read_publish(publish),
        allow=_allow(guard, site, file.top("allow")),
        boundary_attribution=ward.text("boundary_attribution"),
        election=read_election(file.table("election"), report),
        mailing=mailing,
        answering=read_answering(file.table("answers"), mailing, email),
        printer=" ".join(leaflet.text("printer").split()),
        sources=read_sources(file),
        casework=read_casework(file.table("casework")),
        lines=file.lines,
    )
    for table in (site, ward, map_, guard, leaflet):
        table.finish()
    file.finish()
    return settings


def _base_key(map_: Table) -> str:
    """The setting that names the base map; the older `streets` names a file of streets alone.

    Both may be there: `make ward` adds `base`, and removes nothing.
    """
    used, other = ("base", "streets") if map_.values.get("base") else ("streets", "base")
    map_.text(other)
    map_.text(f"{other}_attribution")
    return used


def site_url(site: Table) -> str:
    """The site's address; a wrong one is reported as wrong, and not also as missing."""
    url = _canonical(site.web_address("url").rstrip("/"))
    return url or (UNKNOWN_URL if site.values.get("url") else "")


def _canonical(url: str) -> str:
    """The address as browsers write it; feeds identify posts by it, so it must never change."""
    if not url:
        return ""
    parts = parts_of(url)
    port = ":443" if parts.scheme == "https" else ":80"
    return urlunsplit(parts._replace(netloc=parts.netloc.lower().removesuffix(port)))


def _whatsapp(site: Table) -> str:
    """The address of a channel on WhatsApp; the members of a group would see each other's numbers.

    What follows a question mark says who shared the address, and is left out.
    """
    written = site.web_address("whatsapp")
    if not written:
        return ""
    if match := re.match(_CHANNEL, written):
        return f"https://whatsapp.com/channel/{match[1]}"
    site.report.stop(
        site.line("whatsapp"),
        f'"{written}" is not the address of a WhatsApp channel',
        "In WhatsApp, open your channel, press its name and copy the channel link; it begins with "
        '"https://whatsapp.com/channel/". A group is not suitable, because its members see each '
        "other's phone numbers.",
    )
    return ""


def _tile_url(table: Table) -> str:
    """The address of street tiles; its host is also allowed by the policy of the pages."""
    written = table.web_address("tile_url")
    if not written:
        return MapSettings().tile_url
    host = r"https?://(?:\{s\}\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?/"
    marks = set(re.findall(r"\{(.*?)\}", written))
    if not re.match(host, written) or not {"x", "y", "z"} <= marks <= {"s", "x", "y", "z", "r"}:
        table.report.stop(
            table.line("tile_url"),
            f'"{written}" is not the address of street tiles',
            f'It has {{z}}, {{x}} and {{y}} in it, as in "{MapSettings().tile_url}".',
        )
        return MapSettings().tile_url
    return written


def _councillors(file: TomlFile, report: Report) -> tuple[Councillor, ...]:
    tables = file.tables("councillor")
    if not 1 <= len(tables) <= 3:
        report.stop(
            tables[3].lines.header if tables else 1,
            f"there are {len(tables)} councillors" if tables else "there is no councillor",
            'A ward has one to three. Write each under [[councillor]], with name = "...".',
        )
    councillors = []
    for table in tables:
        councillors.append(
            Councillor(
                name=table.text("name", "", True, '"Jo Bloggs"'),
                party=table.text("party"),
                email=table.email("email"),
                phone=table.phone("phone"),
                about=" ".join(table.text("about").split()),
                photo=table.text("photo"),
                planning_committee=table.yes_or_no("planning_committee") or False,
            )
        )
        table.finish()
    return tuple(councillors)


def _surgeries(file: TomlFile, report: Report) -> tuple[Event, ...]:
    """The surgeries, each under its own heading."""
    surgeries = []
    for table in file.tables("surgery"):
        when = table.text("when", "", True, '"first Saturday of the month 10:00 - 11:30"')
        name = table.text("name") or "Ward surgery"
        where = table.text("where")
        extras = Extras(since=table.day("from"), until=table.day("until"))
        with report.at(table.line("except")):
            extras = exceptions(table.each("except"), extras)
        with report.at(table.line("when")):
            # If its "from" cannot be read, when it begins would be a guess.
            if when and (extras.since or not table.values.get("from")):
                surgeries.append(make_event(when, name, where, extras))
        table.finish()
    return tuple(surgeries)


def _imprint(file: TomlFile) -> Imprint:
    table = file.table("imprint")
    imprint = Imprint(
        table.text("promoter", "", True, '"Jo Bloggs"'),
        table.text("on_behalf_of"),
        table.text("address", "", True, '"1 High Street, Anytown AA1 1AA"'),
    )
    table.finish()
    return imprint


def _hub(*tables: Table) -> str:
    """The hub, from [site]; people also write it above all headings, or under [publish]."""
    return next(filter(None, [table.web_address("hub") for table in tables]), "")


def _allow(guard: Table, *others: Table) -> tuple[str, ...]:
    """The allowed words, from [guard]; some write them above all headings or in [site]."""
    tables = (guard, *(table for table in others if "allow" in table.values))
    return tuple(filter(None, (word for table in tables for word in table.words("allow"))))
