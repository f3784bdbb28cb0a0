"""Deadlines and events for residents' own calendars (RFC 5545): all, an issue's, and each alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wardblog.content.header.fields import LONDON
from wardblog.model import Deadline, Event, Issue, MapSettings, Site
from wardblog.model.addresses import calendar_path, lasting_address
from wardblog.model.outputs import OutputKind
from wardblog.text.words import clock
from wardblog.views.coming import Occasion, all_occasions, occasions_on, shown_occasions
from wardblog.views.output import File, bare

if TYPE_CHECKING:
    from icalendar import Calendar, Timezone
    from icalendar import Event as CalendarEvent

_MAKER = "-//Ward blog//Calendar 1//EN"
# British summer time, since the rules became what they are (the Summer Time Order 2002 keeps them).
_SUMMER, _WINTER = datetime(1996, 3, 31, 1), datetime(1996, 10, 27, 2)  # noqa: DTZ001 - local
_BST, _GMT = timedelta(hours=1), timedelta(0)


def calendars(site: Site) -> Iterator[File]:
    own = _facts(site)
    yield _file(own, calendar_path(), site.title, tuple(all_occasions(site)))
    for issue in site.issues:
        title = f"{issue.name} – {site.title}"
        yield _file(own, calendar_path(issue), title, tuple(occasions_on(site, issue)))
    for occasion in shown_occasions(site):
        yield _file(own, occasion.path, "", (occasion,))


def _facts(site: Site) -> Site:
    """What calendars say of a site: its address, its imprint, and the names of its issues."""
    names = tuple(
        Issue(name=i.name, slug=i.slug, colour="", about="", report_url="", line=0)
        for i in site.issues
    )
    return replace(
        bare(site), pages=(), issues=names, today=date.min, moment=None, surgeries=(),
        newsletter="", hub="", description="", ward=replace(site.ward, boundary=None),
        map=MapSettings(),
    )  # fmt: skip


def _file(site: Site, path: str, title: str, occasions: tuple[Occasion, ...]) -> File:
    """A calendar to follow, or without a title one event to add to another calendar."""
    made = partial(_calendar, path=path, title=title, occasions=occasions)
    kind = OutputKind.CALENDAR if title else OutputKind.EVENT
    return File(path=path, kind=kind, site=site, extra=(title, occasions), content=made)


def _calendar(site: Site, path: str, title: str, occasions: tuple[Occasion, ...]) -> bytes:
    # late import: see docs/architecture.md
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if title:
        _describe(calendar, site, path, title)
    if any(isinstance(o.what, Event) and not o.what.is_all_day for o in occasions):
        calendar.add_component(_london())
    for occasion in occasions:
        calendar.add_component(_event(site, occasion))
    made: bytes = calendar.to_ical()
    return made


def _describe(calendar: Calendar, site: Site, path: str, title: str) -> None:
    """RFC 7986, and the older names that calendars know it by."""
    from icalendar import vText

    about = f"Deadlines and events. {site.imprint.sentence}"
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(title))
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, vText(about))
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("url", site.absolute(""))
    calendar.add("source", site.absolute(path))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "P1D")


def _event(site: Site, occasion: Occasion) -> CalendarEvent:
    from icalendar import Event as Made

    owner, what = occasion.owner, occasion.what
    made = Made()
    made.add("uid", uid(site, occasion))
    changed = _changed(occasion)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("sequence", sequence(occasion))
    if isinstance(what, Deadline):
        _add_deadline(made, what)
    else:
        _add_meeting(made, what)
    url = site.absolute(owner.address if owner else "")
    about = (owner.title, url) if owner else (url,)
    made.add("url", url)
    made.add("description", "\n".join((*about, site.imprint.sentence)))
    if owner and (names := [i.name for i in site.issues if i.slug in owner.issues]):
        made.add("categories", names)
    return made


def _add_deadline(made: CalendarEvent, deadline: Deadline) -> None:
    """A day that takes none of anybody's time."""
    at = f" at {clock(deadline.ends)}" if deadline.hour else ""
    made.add("summary", f"Deadline{at}: {deadline.words}")
    made.add("dtstart", deadline.day)
    made.add("dtend", deadline.day + timedelta(days=1))
    made.add("transp", "TRANSPARENT")
    made.add("status", "CONFIRMED")


def _add_meeting(made: CalendarEvent, event: Event) -> None:
    # A calendar that shows no status must not send anybody to a closed door.
    made.add("summary", f"Cancelled: {event.words}" if event.is_cancelled else event.words)
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.is_all_day:
        made.add("dtstart", event.start.date())
        made.add("dtend", event.last + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    else:
        made.add("dtstart", event.start)
        if event.end:
            made.add("dtend", event.end)
    if event.where:
        made.add("location", event.where)
    if event.repeat:
        _add_repeat(made, event)


def _add_repeat(made: CalendarEvent, event: Event) -> None:
    from icalendar import vRecur

    repeat = event.repeat
    if repeat is None:
        return
    rule = vRecur.from_ical(repeat.rule)
    if repeat.until:
        last = datetime.combine(repeat.until, time(23, 59, 59), LONDON).astimezone(UTC)
        rule["UNTIL"] = [repeat.until if event.is_all_day else last]
    made.add("rrule", rule)
    if repeat.without:
        made.add("exdate", [_at(event, day) for day in repeat.without])


def _at(event: Event, day: date) -> date | datetime:
    return day if event.is_all_day else datetime.combine(day, event.start.timetz())


def uid(site: Site, occasion: Occasion) -> str:
    """A name that is the occasion's for good: it does not change with its day, hour or place.

    It is made from its words, and not from its line, so that it cannot become that of another
    when a line above it is deleted: calendars would take the one for the other.
    """
    host = urlsplit(site.url).netloc
    if occasion.owner is None:
        return f"{occasion.key}@{host}"
    post = lasting_address(occasion.owner).strip("/").replace("/", "-")
    return f"{post}-{occasion.key}@{host}"


def sequence(occasion: Occasion) -> int:
    """How often it was changed, as far as can be told: by `Modified`, exceptions, and being off.

    A calendar takes the copy with the higher number (RFC 5545, 3.8.7.4).
    """
    what, owner = occasion.what, occasion.owner
    is_off = isinstance(what, Event) and what.is_cancelled
    repeat = what.repeat if isinstance(what, Event) else None
    changes = int(is_off) + (len(repeat.without) if repeat else 0)
    if owner is None or owner.modified is None:
        return changes
    minutes = (owner.modified - owner.date).total_seconds() // 60
    return max(int(minutes), 0) + changes


def _changed(occasion: Occasion) -> datetime:
    """When it was written or last changed; never the time of the build."""
    owner, what = occasion.owner, occasion.what
    if owner is not None and "Date" in owner.lines:
        return owner.changed.astimezone(UTC)
    if owner is not None and owner.modified:
        return owner.modified.astimezone(UTC)
    first = what.day if isinstance(what, Deadline) else what.start.date()
    return datetime.combine(first, time(), UTC)


def _london() -> Timezone:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", "Europe/London")
    for part, name, since, month, before, after in (
        (TimezoneDaylight(), "BST", _SUMMER, 3, _GMT, _BST),
        (TimezoneStandard(), "GMT", _WINTER, 10, _BST, _GMT),
    ):
        part.add("tzname", name)
        part.add("dtstart", since)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
