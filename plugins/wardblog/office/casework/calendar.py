"""private/cases.ics: the due dates of open cases for the councillor's own calendar."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.office.casework.case import Case
from wardblog.office.casework.news import LastChange
from wardblog.privacy import find_personal
from wardblog.privacy.free_text import has_titled_name, is_name_in_any_form
from wardblog.support.private_files import private_folder, write_private
from wardblog.text.slugs import slugify

if TYPE_CHECKING:
    from icalendar import Event as CalendarEvent

CALENDAR_FILE = "cases.ics"
_MAKER = "-//Ward blog//Casework 1//EN"
# Nine in the morning of the day before.
_ALARM = timedelta(hours=-15)


def write_calendar(
    private: Path, cases: Sequence[Case], changes: Mapping[str, LastChange], host: str
) -> bool:
    """Write the calendar, if it changes; return whether it did. Raises `OSError`."""
    path = private / CALENDAR_FILE
    data = calendar_of(cases, changes, host)
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    private_folder(private)
    write_private(path, data)
    return True


def calendar_of(cases: Sequence[Case], changes: Mapping[str, LastChange], host: str) -> bytes:
    """An all-day entry for each open case that has a due date (RFC 5545).

    It has the number, issue and street of the case, its next step and the council's reference; no
    note and nothing from the columns about people. What looks like a name, an address or a number
    of a person is left out, since calendars are often shared.
    """
    # late import: see docs/architecture.md
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText("Casework"))
    for case in cases:
        if case.due and not case.is_closed:
            changed = changes.get(case.id)
            calendar.add_component(_entry(case, case.due, changed.day if changed else None, host))
    data: bytes = calendar.to_ical()
    return data


def _entry(case: Case, due: date, changed: date | None, host: str) -> CalendarEvent:
    from icalendar import Alarm, Event

    opened = case.opened or due
    summary = _summary(case)
    entry = Event()
    entry.add("uid", f"{_key(case)}@{host}")
    entry.add("dtstamp", datetime.combine(changed or opened, time(), UTC))
    entry.add("sequence", max((changed - opened).days, 0) if changed else 0)
    entry.add("summary", summary)
    entry.add("dtstart", due)
    entry.add("dtend", due + timedelta(days=1))
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    if about := _about(case):
        entry.add("description", about)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", _ALARM)
    entry.add_component(alarm)
    return entry


def _key(case: Case) -> str:
    """What stays the same when a case is changed; a number may be used again years later."""
    opened = f"{case.opened:%Y%m%d}" if case.opened else "undated"
    if case.id:
        return f"case-{slugify(case.id) or 'x'}-{opened}"
    words = "\t".join((case.issue, case.street))
    return f"case-{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:12]}-{opened}"


def _summary(case: Case) -> str:
    # late import: see docs/architecture.md
    from wardblog.content.tables.complaint_lists import street_in

    where = ", ".join(filter(None, (impersonal(case.issue), street_in(case.street))))
    number = f"Case {case.id}" if case.id else "Case"
    return f"{number}: {where}" if where else f"{number} is due"


def _about(case: Case) -> str:
    labelled = (("Next", impersonal(case.next)), ("Reference", impersonal(case.reference)))
    return "\n".join(f"{label}: {words}" for label, words in labelled if words)


def impersonal(words: str) -> str:
    """The words, or "" if they seem to name a person, or to say how to reach or find one."""
    is_personal = find_personal(words) or has_titled_name(words) or is_name_in_any_form(words)
    return "" if is_personal else words
