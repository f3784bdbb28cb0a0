"""Calendars of deadlines and events (RFC 5545): of the ward, of each issue, and single events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from wardblog.content.header.fields import LONDON
from wardblog.model import Deadline, Event, Issue, MapSettings, Post, Site
from wardblog.model.addresses import calendar_path, lasting_address
from wardblog.model.outputs import OutputKind
from wardblog.support.urls import parts_of
from wardblog.text.directions import set_apart
from wardblog.text.words import clock
from wardblog.views.coming import (
    Occasion,
    all_occasions,
    occasions_on,
    shown_occasions,
)
from wardblog.views.links import link_words
from wardblog.views.output import File, without_posts

if TYPE_CHECKING:
    from icalendar import Calendar, Timezone
    from icalendar import Event as CalendarEvent

_MAKER = "-//Ward blog//Calendar 1//EN"
# British summer time since the present rules began (kept by the Summer Time Order 2002).
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
    """The parts of the site that calendars show: its address, imprint and names of issues."""
    names = tuple(
        Issue(name=i.name, slug=i.slug, colour="", about="", report_url="", line=0)
        for i in site.issues
    )
    return replace(
        without_posts(site), pages=(), issues=names, today=date.min, moment=None, surgeries=(),
        newsletter="", whatsapp="", mailing=None, hub="", description="",
        ward=replace(site.ward, boundary=None), map=MapSettings(),
    )  # fmt: skip


def _file(site: Site, path: str, title: str, occasions: tuple[Occasion, ...]) -> File:
    """A calendar to subscribe to or, if it has no title, a single event to import."""
    make = partial(_calendar, path=path, title=title, occasions=occasions)
    kind = OutputKind.CALENDAR if title else OutputKind.EVENT
    return File(path=path, kind=kind, site=site, extra=(title, occasions), content=make)


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
    ics: bytes = calendar.to_ical()
    return ics


def _describe(calendar: Calendar, site: Site, path: str, title: str) -> None:
    """Add the title and description, as RFC 7986 and as older calendar programs name them."""
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
    from icalendar import Event as IcsEvent

    owner, what = occasion.owner, occasion.what
    component = IcsEvent()
    component.add("uid", uid(site, occasion))
    changed = _changed(occasion)
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("sequence", sequence(occasion))
    if isinstance(what, Deadline):
        _add_deadline(component, what, _set_apart(what.words, owner))
    else:
        _add_meeting(component, what, _set_apart(what.words, owner))
    url = site.absolute(owner.address if owner else "")
    about = (owner.title, url) if owner else (url,)
    link = what.link if isinstance(what, Event) else ""
    if link:
        about = (f"{link_words(link)}: {link}", *about)
    component.add("url", link or url)
    component.add("description", "\n".join((*about, site.imprint.sentence)))
    if owner and (names := [i.name for i in site.issues if i.slug in owner.issues]):
        component.add("categories", names)
    return component


def _set_apart(words: str, owner: Post | None) -> str:
    """A surgery has no post, and is in English."""
    return set_apart(words, owner.lang, owner.title) if owner else words


def _add_deadline(component: CalendarEvent, deadline: Deadline, words: str) -> None:
    """A deadline is an all-day entry that does not mark the resident as busy."""
    at = f" at {clock(deadline.ends)}" if deadline.hour else ""
    component.add("summary", f"Deadline{at}: {words}")
    component.add("dtstart", deadline.day)
    component.add("dtend", deadline.day + timedelta(days=1))
    component.add("transp", "TRANSPARENT")
    component.add("status", "CONFIRMED")


def _add_meeting(component: CalendarEvent, event: Event, words: str) -> None:
    # Some calendars do not show the status, so the title must say that it is cancelled.
    component.add("summary", f"Cancelled: {words}" if event.is_cancelled else event.words)
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.is_all_day:
        component.add("dtstart", event.start.date())
        component.add("dtend", event.last + timedelta(days=1))
        component.add("transp", "TRANSPARENT")
    else:
        component.add("dtstart", event.start)
        if event.end:
            component.add("dtend", event.end)
    if event.where:
        component.add("location", event.where)
    if event.repeat:
        _add_repeat(component, event)


def _add_repeat(component: CalendarEvent, event: Event) -> None:
    from icalendar import vRecur

    repeat = event.repeat
    if repeat is None:
        return
    rule = vRecur.from_ical(repeat.rule)
    if repeat.until:
        last = datetime.combine(repeat.until, time(23, 59, 59), LONDON).astimezone(UTC)
        rule["UNTIL"] = [repeat.until if event.is_all_day else last]
    component.add("rrule", rule)
    if repeat.without:
        component.add("exdate", [_at(event, day) for day in repeat.without])


def _at(event: Event, day: date) -> date | datetime:
    return day if event.is_all_day else datetime.combine(day, event.start.timetz())


def uid(site: Site, occasion: Occasion) -> str:
    """A permanent identifier: it does not change with the day, time or place.

    It is made from the words and not from the line number: if a line above were deleted, calendars
    would otherwise mistake one event for another.
    """
    host = parts_of(site.url).netloc
    if occasion.owner is None:
        return f"{occasion.key}@{host}"
    post = lasting_address(occasion.owner).strip("/").replace("/", "-")
    return f"{post}-{occasion.key}@{host}"


def sequence(occasion: Occasion) -> int:
    """A number that grows with `Modified`, with each exception and when the event is cancelled.

    Calendars use the copy with the highest number (RFC 5545, 3.8.7.4).
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
    """When it was written or last changed; never the time of the build, which always differs."""
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
