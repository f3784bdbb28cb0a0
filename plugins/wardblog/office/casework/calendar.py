"""private/cases.ics: the due dates of open cases for the councillor's own calendar."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.office.casework.case import Case
from wardblog.office.casework.name_match import TITLES, name_words
from wardblog.office.casework.news import LastChange
from wardblog.privacy import find_personal
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.private_files import private_folder, write_private
from wardblog.text.slugs import singular_or_plural_of, slugify

if TYPE_CHECKING:
    from icalendar import Event as CalendarEvent

CALENDAR_FILE = "cases.ics"
_MAKER = "-//Ward blog//Casework 1//EN"
# Nine in the morning of the day before.
_ALARM = timedelta(hours=-15)
# What a number of a case and a council's reference look like: nothing else is shown.
_NUMBER = late_regex(r"(?:[A-Z]{1,3}|[a-z])?[-/]?\d{1,8}(?:[-/]\d{1,5})?")
_REFERENCE = late_regex(r"(?=.{1,30}$)(?=.*\d)[A-Z\d]+(?:[-/.][A-Z\d]+)*")


@dataclass(frozen=True, slots=True)
class CalendarSite:
    """What the calendar needs to know of the site: its host, and the names of its issues."""

    host: str
    issues: tuple[str, ...] = ()


def write_calendar(
    private: Path, cases: Sequence[Case], changes: Mapping[str, LastChange], site: CalendarSite
) -> bool:
    """Write the calendar, if it changes; return whether it did. Raises `OSError`."""
    path = private / CALENDAR_FILE
    data = calendar_of(cases, changes, site)
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    private_folder(private)
    write_private(path, data)
    return True


def calendar_of(
    cases: Sequence[Case], changes: Mapping[str, LastChange], site: CalendarSite
) -> bytes:
    """An all-day entry for each open case that has a due date (RFC 5545).

    It has the number of the case, its issue if that is one of the site's, its street and the
    council's reference. Calendars are often shared, so nothing else is in it, and of these only
    what looks like one.
    """
    # late import: see docs/architecture.md
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText("Casework"))
    issues = {slugify(name): name for name in site.issues}
    for case, key in _with_keys(cases):
        if case.due and not case.is_closed:
            entry = _entry(case, case.due, changes.get(case.id), _summary(case, issues))
            entry.add("uid", f"{key}@{site.host}")
            calendar.add_component(entry)
    data: bytes = calendar.to_ical()
    return data


def _entry(case: Case, due: date, change: LastChange | None, summary: str) -> CalendarEvent:
    from icalendar import Alarm, Event

    opened = case.opened or due
    entry = Event()
    entry.add("dtstamp", datetime.combine(change.day if change else opened, time(), UTC))
    entry.add("sequence", max((change.day - opened).days, 0) if change else 0)
    entry.add("summary", summary)
    entry.add("dtstart", due)
    entry.add("dtend", due + timedelta(days=1))
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    if reference := _shown(case.reference, _REFERENCE):
        entry.add("description", f"Reference: {reference}")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", _ALARM)
    entry.add_component(alarm)
    return entry


def _with_keys(cases: Sequence[Case]) -> Iterator[tuple[Case, str]]:
    """Each case with what stays the same when it is changed, and no other case has.

    A number may be used again years later. Closed cases count, so that closing one of two with the
    same number leaves the other as it is.
    """
    seen: dict[str, int] = {}
    for case in cases:
        opened = f"{case.opened:%Y%m%d}" if case.opened else "undated"
        number = _shown(case.id, _NUMBER)
        key = f"case-{slugify(number) if number else _digest(case)}-{opened}"
        if key in seen and number:
            key += f"-{_digest(case)}"
        seen[key] = seen.get(key, 0) + 1
        yield case, key if seen[key] == 1 else f"{key}-{seen[key]}"


def _digest(case: Case) -> str:
    words = "\t".join((case.issue, case.street))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:12]


def _summary(case: Case, issues: Mapping[str, str]) -> str:
    """The number, the issue as the site spells it, and the street; `issues` are by their slugs."""
    # late import: see docs/architecture.md
    from wardblog.content.tables.complaint_lists import street_in

    slug = slugify(case.issue)
    issue = issues.get(slug) or issues.get(singular_or_plural_of(slug, issues) or "", "")
    street = street_in(case.street) if TITLES.isdisjoint(name_words(case.street)) else ""
    where = ", ".join(filter(None, (issue, street)))
    number = " ".join(filter(None, ("Case", _shown(case.id, _NUMBER))))
    return f"{number}: {where}" if where else f"{number} is due"


def _shown(written: str, form: re.Pattern[str]) -> str:
    """What is written if it has this form and is not a telephone number or the like, or else ""."""
    return written if form.fullmatch(written) and not find_personal(written) else ""
