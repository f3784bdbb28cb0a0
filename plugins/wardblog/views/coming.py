"""What is ahead: deadlines, meetings and surgeries, in words and for lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wardblog.addresses import occasion_path, shown_pages
from wardblog.model import Deadline, Event, Issue, Post, Repeat, Site
from wardblog.read.slugs import slugify
from wardblog.views.news import deadlines_of
from wardblog.words import clock, long_date, weekday_date


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event or a deadline with the post or page that tells of it; without one it is the ward's.

    `name` is that of its file, `event-1` or `deadline-2`; `key` is made from its words, and stays
    the same when other lines come and go.
    """

    what: Event | Deadline
    name: str
    key: str
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
    keys = _keys(event.words for event in post.events)
    for number, (event, key) in enumerate(zip(post.events, keys, strict=True), start=1):
        yield Occasion(event, f"event-{number}", f"event-{key}", post)
    keys = _keys(deadline.words for deadline in post.deadlines)
    for number, ((deadline, anchor), key) in enumerate(
        zip(deadlines_of(post), keys, strict=True), start=1
    ):
        yield Occasion(deadline, f"deadline-{number}", f"deadline-{key}", post, anchor)


def _keys(words: Iterable[str]) -> Iterator[str]:
    """Each as a part of an address, with a number where it is not the first of its kind."""
    counts: Counter[str] = Counter()
    for text in words:
        slug = slugify(text)
        counts[slug] += 1
        yield f"{slug}-{counts[slug]}" if counts[slug] > 1 else slug


def _surgeries(site: Site) -> Iterator[Occasion]:
    keys = _keys(f"{event.words} {event.where}" for event in site.surgeries)
    for number, (event, key) in enumerate(zip(site.surgeries, keys, strict=True), start=1):
        yield Occasion(event, f"surgery-{number}", f"surgery-{key}")


def all_occasions(site: Site) -> Iterator[Occasion]:
    """Those of the ward's settings, then those of published pages and posts."""
    yield from _surgeries(site)
    for post in _with_dates((*shown_pages(site), *site.published)):
        yield from occasions_of(post)


def _with_dates(posts: Iterable[Post]) -> list[Post]:
    return [post for post in posts if post.events or post.deadlines]


def shown_occasions(site: Site) -> Iterator[Occasion]:
    """Those that any page shows, also one that is in no list."""
    yield from _surgeries(site)
    for post in _with_dates((*site.pages, *site.posts)):
        if not post.visibility.is_waiting:
            yield from occasions_of(post)


def occasions_on(site: Site, issue: Issue) -> Iterator[Occasion]:
    """Those of the pages and posts about an issue."""
    for post in _with_dates((*shown_pages(site), *site.posts_on(issue))):
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
    return ", ".join(filter(None, (weekday_date(event.start.date()), hours_of(event))))


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
    return again(event.repeat, [day for day in event.repeat.without if today <= day < following])


def again(repeat: Repeat, skipped: Sequence[date], hours: str = "") -> str:
    """`first Saturday of the month, 10am, until 5 June 2027; not on 2 January 2027`."""
    end = f", until {long_date(repeat.until)}" if repeat.until else ""
    days = " or ".join(map(long_date, skipped))
    words = f"{repeat.words}, {hours}" if hours else repeat.words
    return f"{words}{end}; not on {days}" if days else f"{words}{end}"


def hours_of(event: Event) -> str:
    """`10am to 11.30am`; nothing for a whole day."""
    if event.is_all_day:
        return ""
    return clock(event.start) + (f" to {clock(event.end)}" if event.end else "")
