"""Meetings from a council's feed, where the entries say without doubt when they are held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from wardblog.content.repeats import month_number
from wardblog.model import DataSource, Site
from wardblog.report import ParseError
from wardblog.sources.fetch import Fetcher
from wardblog.sources.regular.answer_forms import local_name, parse_xml, plain_text
from wardblog.sources.regular.council_service import fetch_file
from wardblog.sources.regular.meeting_events import Meetings, in_local_time, window
from wardblog.sources.regular.source import Fetched
from wardblog.support.urls import join_url

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRIES, _ROOTS = ("item", "entry"), ("rss", "feed", "rdf")
# Elements that hold nothing but the beginning: those of xCal and of the event module of RSS.
_STARTS = ("dtstart", "startdate", "start_date")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY = re.compile(
    rf"\b{_WEEKDAY}(?:"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+(?P<year>\d{{4}})"
    r"|(?P<bday>\d{1,2})/(?P<bmonth>\d{1,2})/(?P<byear>\d{4})"
    r"|(?P<iyear>\d{4})-(?P<imonth>\d{2})-(?P<iday>\d{2})"
    r")(?!\d)",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"^(?:\s*[,;T(–—-]?\s*(?:at|from)?\s*)(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?"
    r"(?::\d{2})?\s*(?P<half>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_EDGES = " \t,;:()[]–—-"


class _When(NamedTuple):
    """The only date in a text, and the text without it."""

    start: datetime | date
    rest: str


def fetch(source: DataSource, site: Site, today: date, fetcher: Fetcher) -> tuple[bytes, ...]:  # noqa: ARG001 - all sources have the same form
    """Ask for the feed."""
    return fetch_file(source, "Meetings of the council", parse_xml, fetcher)


def read(
    answers: Sequence[bytes],
    source: DataSource,
    site: Site,  # noqa: ARG001 - all sources have the same form
    today: date,
) -> Fetched:
    """The meetings from a month ago to half a year ahead whose date is certain.

    The date comes from an element of its own, or is the only date in the title or, if the title has
    none, in the description. When an entry was published says nothing about the meeting. Only the
    title, the date and the link are used.
    """
    meetings = Meetings(window(today))
    for answer in answers:
        root = parse_xml(answer)
        if local_name(root).casefold() not in _ROOTS:
            raise ParseError(
                "this is not a feed in RSS or Atom",
                "Check the address of the source in ward.toml.",
            )
        for entry in root.iter():
            if local_name(entry).casefold() in _ENTRIES:
                title, start = _title_and_start(entry)
                link = _link(entry)
                link = join_url(source.url, link) if link else ""
                meetings.add(title, start, link=link, status=_child(entry, ("status",)))
    return meetings.fetched(source)


def _title_and_start(entry: _Element) -> tuple[str, datetime | date | None]:
    title = _child(entry, ("title",))
    own = _child(entry, _STARTS)
    in_title = _when_in(title)
    words = in_title.rest if in_title else title
    if own:
        return words or title, _exact(own)
    if in_title:
        return in_title.rest, in_title.start
    if _DAY.search(title):
        return title, None
    below = _when_in(_child(entry, ("description", "summary", "content")))
    return title, below.start if below else None


def _child(entry: _Element, names: Sequence[str]) -> str:
    for part in entry:
        if local_name(part).casefold() in names:
            return plain_text("".join(part.itertext()))
    return ""


def _link(entry: _Element) -> str:
    """The address of an entry: the text of RSS, or the attribute of Atom."""
    links = [part for part in entry if local_name(part).casefold() == "link"]
    plain = [part for part in links if part.get("rel", "alternate") == "alternate"]
    for part in plain:
        if address := (part.get("href") or plain_text(part.text)):
            return address
    return ""


def _exact(written: str) -> datetime | date | None:
    """A moment in ISO form, such as `20261203T193000Z` or `2026-12-03T19:30`."""
    try:
        if re.fullmatch(r"\d{8}|\d{4}-\d\d-\d\d", written.strip()):
            return date.fromisoformat(written.strip())
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else in_local_time(moment.date(), moment.time())


def _when_in(text: str) -> _When | None:
    """The date in a text, if there is just one, which agrees with its weekday."""
    matches = list(_DAY.finditer(text))
    days = {_day_of(match) for match in matches}
    if len(days) != 1 or None in days:
        return None
    match, (day,) = matches[0], days
    if day is None:
        return None
    hour, length = _hour_after(text[match.end() :])
    start = in_local_time(day, hour) if hour else day
    rest = f"{text[: match.start()].rstrip(_EDGES)} {text[match.end() + length :].strip(_EDGES)}"
    rest = re.sub(r"\s+(?:on|at)$", "", rest.strip(_EDGES))
    return _When(start or day, rest) if len(matches) == 1 else _When(day, _DAY.sub("", text))


def _day_of(match: re.Match[str]) -> date | None:
    month = month_number(match["month"].rstrip(".")) if match["month"] else 0
    year = match["year"] or match["byear"] or match["iyear"]
    try:
        day = date(
            int(year),
            month or int(match["bmonth"] or match["imonth"] or 0),
            int(match["day"] or match["bday"] or match["iday"]),
        )
    except ValueError:
        return None
    named = (match["weekday"] or "").casefold()
    return day if not named or _WEEKDAYS[day.weekday()] == named else None


def _hour_after(text: str) -> tuple[time | None, int]:
    """The time right after a date, and how long it is with what leads to it."""
    match = _HOUR.match(text)
    if match is None or not (match["minute"] or match["half"]):
        return None, 0
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if hour > 12:
            return None, 0
        hour = hour % 12 + (12 if match["half"].casefold().startswith("p") else 0)
    if hour > 23 or minute > 59 or (hour, minute) == (0, 0):
        return None, 0
    return time(hour, minute), match.end()
