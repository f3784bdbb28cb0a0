"""What is ahead: deadlines, meetings and surgeries, in words and for lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from wardblog.addresses import occasion_path, shown_pages
from wardblog.model import Deadline, Event, Issue, Post, Site
from wardblog.views.news import deadlines_of
from wardblog.words import clock, long_date, weekday_date


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event or a deadline with the post or page that tells of it; without one it is the ward's.

    `name` is its own among those of the same post: `event-1`, `deadline-2`. It stays the same when
    its line is changed, so that calendars know it again.
    """

    what: Event | Deadline
    name: str
    owner: Post | None = None
    anchor: str = ""

    @property
    def path(self) -> str:
        return occasion_path(self.owner, self.name)


@dataclass(frozen=True, slots=True)
class Coming:
    """A deadline or an event, as a line of a list; `calendar` is its file for a calendar."""

    when: str
    iso: str
    words: str
    where: str
    is_over: bool
    is_deadline: bool
    url: str = ""
    note: str = ""
    anchor: str = ""
    calendar: str = ""


def occasions_of(post: Post) -> Iterator[Occasion]:
    """All of a post's or page's own, in the order of their lines."""
    for number, event in enumerate(post.events, start=1):
        yield Occasion(event, f"event-{number}", post)
    for number, (deadline, anchor) in enumerate(deadlines_of(post), start=1):
        yield Occasion(deadline, f"deadline-{number}", post, anchor)


def all_occasions(site: Site) -> Iterator[Occasion]:
    """Those of the ward's settings, then those of published pages and posts."""
    for number, event in enumerate(site.surgeries, start=1):
        yield Occasion(event, f"surgery-{number}")
    for post in (*shown_pages(site), *site.published):
        yield from occasions_of(post)


def occasions_on(site: Site, issue: Issue) -> Iterator[Occasion]:
    """Those of the pages and posts about an issue."""
    for post in (*shown_pages(site), *site.posts_on(issue)):
        if issue.slug in post.issues:
            yield from occasions_of(post)


def coming_of(site: Site, post: Post) -> list[Coming]:
    """A post's deadlines and events by date, those that are over marked."""
    return sorted((_coming(site, o) for o in occasions_of(post)), key=lambda c: c.iso)


def ahead(site: Site, occasions: Iterable[Occasion]) -> list[Coming]:
    """What is not over yet, the next first; what is told twice, by post and surgery, once."""
    found = [c for o in occasions if not (c := _coming(site, o)).is_over]
    found.sort(key=lambda c: (c.iso[:10], c.iso, c.words))
    once = {(c.iso, c.words.casefold()): c for c in reversed(found)}
    return [c for c in found if once[c.iso, c.words.casefold()] is c]


def _coming(site: Site, occasion: Occasion) -> Coming:
    made = (
        _deadline(occasion.what, site.today)
        if isinstance(occasion.what, Deadline)
        else _event(occasion.what, site.today)
    )
    owner = occasion.owner
    return replace(
        made,
        url=f"{site.base_path}/{owner.address}" if owner else "",
        anchor=occasion.anchor,
        calendar="" if made.is_over else f"{site.base_path}/{occasion.path}",
    )


def _deadline(deadline: Deadline, today: date) -> Coming:
    day = deadline.day
    return Coming(weekday_date(day), day.isoformat(), deadline.words, "", day < today, True)


def when_of(event: Event) -> str:
    """`Saturday 5 December 2026, 10am to 11.30am`."""
    times = f", {clock(event.start)}" + (f" to {clock(event.end)}" if event.end else "")
    return weekday_date(event.start.date()) + ("" if event.is_all_day else times)


def _event(event: Event, today: date) -> Coming:
    """An event as a line; one that comes again as it is next held, or was first."""
    following = event.on_or_after(today)
    shown = following or event
    iso = shown.start.strftime("%Y-%m-%d" if event.is_all_day else "%Y-%m-%dT%H:%M")
    return Coming(
        when_of(shown),
        iso,
        event.words,
        event.where,
        following is None,
        False,
        note="cancelled" if event.is_cancelled else _again(event, today, shown.start.date()),
    )


def _again(event: Event, today: date, following: date) -> str:
    """How an event comes again, and on which days before the next one it is not held."""
    if event.repeat is None:
        return ""
    skipped = [long_date(day) for day in event.repeat.without if today <= day < following]
    words = event.repeat.words
    end = f", until {long_date(event.repeat.until)}" if event.repeat.until else ""
    return f"{words}{end}" + (f"; not on {' or '.join(skipped)}" if skipped else "")
