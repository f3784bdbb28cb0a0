"""Meetings from a council's calendar in iCalendar form (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, Any

from wardblog.content.header.fields import LONDON
from wardblog.model import DataSource, Site
from wardblog.report import ParseError
from wardblog.sources.fetch import Fetcher
from wardblog.sources.regular.answer_forms import CutOffError, refuse_pages
from wardblog.sources.regular.council_service import fetch_file
from wardblog.sources.regular.meeting_events import Meetings, Window, window
from wardblog.sources.regular.source import Fetched
from wardblog.support.urls import join_url
from wardblog.text.words import counted

if TYPE_CHECKING:
    from icalendar import Event as CalendarEvent

Moment = date | datetime

_MOST_EVENTS, _MOST_RULES, _MOST_DATES = 20_000, 500, 200
# It takes long to see that a rule never happens, and to read long lists of dates; in characters.
_MOST_EMPTY, _LONGEST_LISTS = 2, 200_000
_DATE_LISTS = re.compile(r"^(?:RDATE|EXDATE)\b.*(?:\n[ \t].*)*", re.MULTILINE | re.IGNORECASE)
# Rules with other parts repeat within a day, or on days that no calendar may ever have.
_PARTS = frozenset(
    ("FREQ", "UNTIL", "COUNT", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST")
)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_FIRST_YEAR, _LAST_YEAR = 1970, 2200
_CHECK = "Check the address of the source in ward.toml: it should lead to a file ending in .ics."


def fetch(source: DataSource, site: Site, today: date, fetcher: Fetcher) -> tuple[bytes, ...]:  # noqa: ARG001 - all sources have the same form
    """Ask for the calendar."""
    return fetch_file(source, "Calendar of the council", _components, fetcher)


def read(
    answers: Sequence[bytes],
    source: DataSource,
    site: Site,  # noqa: ARG001 - all sources have the same form
    today: date,
) -> Fetched:
    """The meetings from a month ago to half a year ahead, each date of a repeating one alone.

    Only the summary, the dates, the place, the address and whether it is off are used.
    """
    meetings = Meetings(window(today))
    for answer in answers:
        components = _components(answer)
        _refuse_empty_rules(components)
        replaced = _replaced(components)
        for component in components:
            _add(component, replaced, meetings, source)
    return meetings.fetched(source)


def _components(answer: bytes) -> list[CalendarEvent]:
    """The events of a calendar, in the order of their identifiers; raises `ParseError`."""
    # late import: see docs/architecture.md
    from icalendar import Calendar
    from icalendar import Event as IcsEvent

    refuse_pages(answer)
    text = answer.decode("utf-8-sig", errors="replace").strip()
    if not text[:200].upper().startswith("BEGIN:VCALENDAR"):
        raise ParseError("this is not a calendar", _CHECK)
    if not text.upper().endswith("END:VCALENDAR"):
        raise CutOffError("the calendar is cut off", "Try again later.")
    if sum(len(match[0]) for match in _DATE_LISTS.finditer(text)) > _LONGEST_LISTS:
        raise ParseError("the calendar has lists of too many dates", _CHECK)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [e for c in calendars for e in c.walk("VEVENT") if isinstance(e, IcsEvent)]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError):
        raise ParseError("the calendar cannot be read", _CHECK) from None
    if len(events) > _MOST_EVENTS or sum(e.get("RRULE") is not None for e in events) > _MOST_RULES:
        amount = counted(len(events), "event")
        raise ParseError(f"the calendar has {amount}, which is too many", _CHECK)
    return sorted(events, key=_identity)


def _identity(component: CalendarEvent) -> tuple[str, str]:
    return _text(component, "UID"), str(_moment(component, "RECURRENCE-ID") or "")


def _text(component: CalendarEvent, name: str) -> str:
    """A property as text; the first, if there are several."""
    value = component.get(name)
    first = value[0] if isinstance(value, list) and value else value
    return "" if first is None or isinstance(first, list) else str(first)


def _moment(component: CalendarEvent, name: str) -> Moment | None:
    """A day, or a moment with its zone: that of London, if it names none."""
    value = component.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return _usable(_value(value))


def _value(part: Any, name: str = "dt") -> Any:
    """What a property holds; None if it could not be read."""
    try:
        return getattr(part, name, None)
    except ValueError:
        return None


def _usable(value: object) -> Moment | None:
    if isinstance(value, datetime):
        value = value if value.tzinfo else value.replace(tzinfo=LONDON)
    elif not isinstance(value, date):
        return None
    return value if _FIRST_YEAR <= value.year <= _LAST_YEAR else None


def _replaced(components: Sequence[CalendarEvent]) -> Mapping[str, frozenset[Moment]]:
    """The dates of repeating events that have a component of their own, by identifier."""
    found: dict[str, set[Moment]] = {}
    for component in components:
        if (moment := _moment(component, "RECURRENCE-ID")) is not None:
            found.setdefault(_text(component, "UID"), set()).add(moment)
    return {uid: frozenset(moments) for uid, moments in found.items()}


def _add(
    component: CalendarEvent,
    replaced: Mapping[str, frozenset[Moment]],
    meetings: Meetings,
    source: DataSource,
) -> None:
    title = _text(component, "SUMMARY")
    start, length = _moment(component, "DTSTART"), _length(component)
    link = _text(component, "URL")
    facts = {
        "where": _text(component, "LOCATION"),
        "link": join_url(source.url, link) if link else "",
        "status": _text(component, "STATUS"),
    }
    starts: list[Moment | None] = [start]
    if start is not None and (component.get("RRULE") or component.get("RDATE")):
        own = replaced.get(_text(component, "UID"), frozenset())
        starts = [day for day in _repeats(component, start, meetings.window) if day not in own]
    for first in starts:
        meetings.add(title, first, _end_of(first, length), **facts)


def _length(component: CalendarEvent) -> timedelta:
    """How long an event lasts, by its end or its duration."""
    start, end = _moment(component, "DTSTART"), _moment(component, "DTEND")
    duration = _value(component.get("DURATION"))
    if start is None or (end is None and not isinstance(duration, timedelta)):
        return timedelta(0)
    if isinstance(duration, timedelta) and end is None:
        return duration
    if isinstance(end, datetime) and isinstance(start, datetime):
        return end - start
    is_plain = not isinstance(end, datetime) and not isinstance(start, datetime)
    return end - start if is_plain and end is not None else timedelta(0)


def _end_of(start: Moment | None, length: timedelta) -> Moment | None:
    """The end of an event; of whole days it is the last day, not the one after."""
    if start is None or length <= timedelta(0) or length > timedelta(days=366):
        return None
    return start + length if isinstance(start, datetime) else start + length - timedelta(days=1)


def _repeats(component: CalendarEvent, start: Moment, days: Window) -> Iterator[Moment]:
    """The dates of a repeating event within the window; none if its rule is not understood."""
    zone = start.tzinfo if isinstance(start, datetime) else None
    first = _local(start, zone)
    rules = [_rule(rule, zone) for rule in _listed(component.get("RRULE"))]
    # late import: see docs/architecture.md
    from dateutil.rrule import rrule, rruleset, rrulestr

    every = rruleset(cache=False)
    try:
        for text in filter(None, rules):
            rule = rrulestr(text, dtstart=first)
            if isinstance(rule, rrule):
                every.rrule(rule)
    except (ValueError, TypeError, OverflowError):
        return
    every.rdate(first)
    for moment in _dates(component.get("RDATE")):
        every.rdate(_local(moment, zone))
    for moment in _dates(component.get("EXDATE")):
        every.exdate(_local(moment, zone))
    earliest = datetime.combine(days.first, datetime.min.time()) - timedelta(days=1)
    latest = datetime.combine(days.last, datetime.max.time()) + timedelta(days=1)
    for moment in islice(every.xafter(earliest, inc=True), _MOST_DATES):
        if moment > latest:
            return
        yield moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date()


def _refuse_empty_rules(components: Sequence[CalendarEvent]) -> None:
    """Raise `ParseError` if several rules have no date at all."""
    # late import: see docs/architecture.md
    from dateutil.rrule import rrulestr

    empty = 0
    for component in components:
        start = _moment(component, "DTSTART")
        for rule in _listed(component.get("RRULE")) if start else ():
            zone = start.tzinfo if isinstance(start, datetime) else None
            text = _rule(rule, zone)
            try:
                first = _local(start, zone) if start else None
                empty += bool(text) and next(iter(rrulestr(text, dtstart=first)), None) is None
            except (ValueError, TypeError, OverflowError):
                continue
            if empty > _MOST_EMPTY:
                raise ParseError("the calendar has rules that never happen", _CHECK)


def _local(moment: Moment, zone: tzinfo | None) -> datetime:
    """A moment as its own clock shows it, without the zone."""
    if isinstance(moment, datetime):
        return (moment.astimezone(zone) if zone else moment).replace(tzinfo=None)
    return datetime.combine(moment, datetime.min.time())


def _rule(rule: Any, zone: tzinfo | None) -> str:
    """A rule as text, its end in the event's own time; "" if it is not of a kind that we expand."""
    if not isinstance(rule, Mapping):
        return ""
    parts = {str(key).upper(): value for key, value in rule.items()}
    frequency = str(next(iter(_listed(parts.get("FREQ"))), "")).upper()
    if frequency not in _FREQUENCIES or not _PARTS.issuperset(parts):
        return ""
    if frequency in ("DAILY", "WEEKLY") and ("BYMONTHDAY" in parts or "BYSETPOS" in parts):
        return ""
    if any(str(every) == "0" for every in _listed(parts.get("INTERVAL"))):
        return ""
    until = next(iter(_listed(parts.pop("UNTIL", None))), None)
    text = ";".join(f"{key}={','.join(map(str, _listed(v)))}" for key, v in parts.items())
    if (last := _usable(until)) is not None:
        plain = _local(last, zone if isinstance(last, datetime) else None)
        if not isinstance(last, datetime):
            plain = plain.replace(hour=23, minute=59, second=59)
        text += f";UNTIL={plain:%Y%m%dT%H%M%S}"
    return text if re.fullmatch(r"[A-Z0-9=;,+-]+", text) else ""


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _dates(value: Any) -> Iterator[Moment]:
    for dates in _listed(value):
        for one in _value(dates, "dts") or [dates]:
            if (moment := _usable(_value(one))) is not None:
                yield moment
