"""Coming deadlines, events and surgeries, for lists and as text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from wardblog.model import Deadline, Event, Issue, Post, Repeat, Site
from wardblog.model.addresses import occasion_path, shown_pages
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import language_in
from wardblog.text.slugs import slugify
from wardblog.text.words import MONTHS, clock, days_between, long_date, weekday_date
from wardblog.views.links import link_words
from wardblog.views.news import deadlines_of

# Of one post, in a short list of dates.
_MOST_OF_ONE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """An event or a deadline, with the post or page that announces it.

    A surgery in ward.toml has no `owner`. `name` is the name of its calendar file, such as
    `event-1`. `key` is made from its words, so it stays the same when other lines change.
    """

    what: Event | Deadline
    name: str
    key: str
    owner: Post | None = None
    anchor: str = ""

    @property
    def path(self) -> str:
        return occasion_path(self.owner, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """A deadline or an event as one line of a list.

    `note` says how it repeats, and `exceptions` when it is not held then, such as
    `Not on 2 January 2027`. `calendar` is the URL of its .ics file, or "" if there is nothing to
    add to a calendar: it is over or cancelled. `lang` and `where_lang` are the languages of its
    words and of its place. `link` is the address of its agenda or page elsewhere, or "".
    """

    when: str
    iso: str
    words: str
    where: str
    is_over: bool
    is_deadline: bool
    is_cancelled: bool = False
    url: str = ""
    note: str = ""
    exceptions: str = ""
    lang: str = "en"
    where_lang: str = "en"
    anchor: str = ""
    calendar: str = ""
    link: str = ""

    @property
    def link_words(self) -> str:
        """What the link is called."""
        return link_words(self.link)

    @property
    def iso_month(self) -> str:
        """`2026-12`, to sort by."""
        return self.iso[:7]

    @property
    def month_and_year(self) -> str:
        """`December 2026`."""
        return f"{MONTHS[int(self.iso[5:7]) - 1]} {self.iso[:4]}"

    @property
    def day(self) -> str:
        """The day of the month, without the month: `5`."""
        return str(int(self.iso[8:10]))

    @property
    def month(self) -> str:
        """The first letters of the month: `Dec`."""
        return MONTHS[int(self.iso[5:7]) - 1][:3]


def occasions_of(post: Post) -> Iterator[Occasion]:
    """The events and deadlines of a post or page, in the order of its lines."""
    if not (post.events or post.deadlines):
        return
    keys = _keys(map(_named, post.events))
    for number, (event, key) in enumerate(zip(post.events, keys, strict=True), start=1):
        yield Occasion(what=event, name=f"event-{number}", key=f"event-{key}", owner=post)
    keys = _keys(deadline.words for deadline in post.deadlines)
    for number, ((deadline, anchor), key) in enumerate(
        zip(deadlines_of(post), keys, strict=True), start=1
    ):
        yield Occasion(
            what=deadline,
            name=f"deadline-{number}",
            key=f"deadline-{key}",
            owner=post,
            anchor=anchor,
        )


def _named(event: Event) -> str:
    """The words of an event; with a link, also a mark of it.

    A council's committees meet again and again, and their meetings are told apart by their pages.
    """
    if not event.link:
        return event.words
    return f"{event.words} {hashlib.sha256(event.link.encode()).hexdigest()[:8]}"


def _keys(words: Iterable[str]) -> Iterator[str]:
    """Each text as a slug, with a number added to repeated slugs."""
    counts: Counter[str] = Counter()
    for text in words:
        slug = slugify(text)
        counts[slug] += 1
        yield f"{slug}-{counts[slug]}" if counts[slug] > 1 else slug


def surgeries(site: Site) -> Iterator[Occasion]:
    keys = _keys(f"{event.words} {event.where}" for event in site.surgeries)
    for number, (event, key) in enumerate(zip(site.surgeries, keys, strict=True), start=1):
        yield Occasion(what=event, name=f"surgery-{number}", key=f"surgery-{key}")


def all_occasions(site: Site) -> Iterator[Occasion]:
    """The surgeries in ward.toml, then the dates of published pages and posts, without repeats."""
    posts = _with_dates((*shown_pages(site), *site.published))
    yield from _once((*surgeries(site), *(o for post in posts for o in occasions_of(post))))


def _once(occasions: Sequence[Occasion]) -> Iterator[Occasion]:
    """Leave out second announcements of the same event."""
    if len(occasions) < 2:
        yield from occasions
        return
    # late import: see docs/architecture.md
    from wardblog.views.same import merge_repeats

    for number, what in sorted(merge_repeats(o.what for o in occasions).events.items()):
        one = occasions[number]
        yield one if one.what is what else replace(one, what=what)


def _with_dates(posts: Iterable[Post]) -> list[Post]:
    return [post for post in posts if post.events or post.deadlines]


def shown_occasions(site: Site) -> Iterator[Occasion]:
    """The dates on every page that residents can open, including hidden pages."""
    yield from surgeries(site)
    for post in _with_dates((*site.pages, *site.posts)):
        if not post.visibility.is_waiting:
            yield from occasions_of(post)


def occasions_on(site: Site, issue: Issue) -> Iterator[Occasion]:
    """The dates on the pages and posts about an issue."""
    posts = _with_dates((*shown_pages(site), *site.posts_on(issue)))
    found = (o for post in posts if issue.slug in post.issues for o in occasions_of(post))
    yield from _once(tuple(found))


def occasions_in(posts: Iterable[Post]) -> Iterator[Occasion]:
    """The dates in some posts, without repeats."""
    yield from _once(tuple(o for post in _with_dates(posts) for o in occasions_of(post)))


def date_rows(site: Site, post: Post) -> list[DateRow]:
    """A post's deadlines and events in order of date; past ones have `is_over`."""
    return sorted((_date_row(site, o) for o in occasions_of(post)), key=lambda c: c.iso)


def upcoming(site: Site, occasions: Iterable[Occasion]) -> list[DateRow]:
    """The events and deadlines that are not over, soonest first, without exact repeats."""
    found = [c for o in occasions if not (c := _date_row(site, o)).is_over]
    found.sort(key=lambda c: (c.iso[:10], c.iso, c.words))
    once = {(c.when, c.words.casefold(), c.where): c for c in reversed(found)}
    return [c for c in found if once[c.when, c.words.casefold(), c.where] is c]


def soonest(rows: Sequence[DateRow], most: int) -> list[DateRow]:
    """The next dates for a short list, in which one post or page does not crowd out the others.

    It has at most two lines in it, unless there is nothing else.
    """
    counts = Counter[str]()
    first, others = list[DateRow](), list[DateRow]()
    for row in rows:
        counts[row.url] += 1
        is_rest = row.url and counts[row.url] > _MOST_OF_ONE
        (others if is_rest else first).append(row)
    chosen = [*first, *others][:most] if len(first) < most else first[:most]
    return sorted(chosen, key=rows.index)


def _date_row(site: Site, occasion: Occasion) -> DateRow:
    made = (
        _deadline(occasion.what, site.now)
        if isinstance(occasion.what, Deadline)
        else _event(occasion.what, site.now)
    )
    owner = occasion.owner
    return replace(
        made,
        url=f"{site.base_path}/{owner.address}" if owner else "",
        anchor=occasion.anchor,
        calendar="" if made.is_over or made.is_cancelled else f"{site.base_path}/{occasion.path}",
        lang=language_in(made.words, owner.lang, owner.title) if owner else "en",
        where_lang=language_in(made.where, owner.lang, owner.title) if owner else "en",
    )


def _deadline(deadline: Deadline, now: datetime) -> DateRow:
    iso = deadline.day.isoformat() + (f"T{deadline.hour:%H:%M}" if deadline.hour else "")
    return DateRow(
        when=deadline_of(deadline),
        iso=iso,
        words=deadline.words,
        where="",
        is_over=deadline.ends <= now,
        is_deadline=True,
    )


def deadline_of(deadline: Deadline) -> str:
    """`Saturday 5 December 2026`, followed by `, 5pm` if the deadline has a time."""
    day = weekday_date(deadline.day)
    return f"{day}, {clock(deadline.ends)}" if deadline.hour else day


def when_of(event: Event) -> str:
    """`Saturday 5 December 2026, 10am to 11.30am`, or `7 to 9 December 2026`."""
    first, last = event.start.date(), event.last
    if event.end and last != first:
        until = f"{weekday_date(last)}, {clock(event.end)}"
        return f"{weekday_date(first)}, {clock(event.start)} to {until}"
    if last != first:
        return days_between(first, last)
    return ", ".join(filter(None, (weekday_date(event.start.date()), hours_of(event))))


def _event(event: Event, now: datetime) -> DateRow:
    """An event as a line; a repeating event shows its next date, or its first if it is over."""
    following = event.not_over(now)
    shown = following or event
    iso = shown.start.strftime("%Y-%m-%d" if event.is_all_day else "%Y-%m-%dT%H:%M")
    return DateRow(
        when=when_of(shown),
        iso=iso,
        words=event.words,
        where=event.where,
        is_over=following is None,
        is_deadline=False,
        is_cancelled=event.is_cancelled,
        note=repeat_words(event.repeat) if event.repeat else "",
        link=event.link,
        exceptions=_exceptions(event, now.date()),
    )


def _exceptions(event: Event, today: date) -> str:
    """The exceptions of a repeating event from today on; one that is cancelled needs none."""
    if event.repeat is None or event.is_cancelled:
        return ""
    return exception_words(event.repeat, [day for day in event.repeat.without if today <= day])


def repeat_words(repeat: Repeat, hours: str = "") -> str:
    """`first Saturday of the month, 10am, until 5 June 2027`."""
    words = f"{repeat.words}, {hours}" if hours else repeat.words
    return f"{words}, until {long_date(repeat.until)}" if repeat.until else words


def exception_words(repeat: Repeat, skipped: Sequence[date]) -> str:
    """`Not on 2 January 2027 or 6 March 2027, or in August`; "" without exceptions."""
    off = [f"on {' or '.join(map(long_date, skipped))}"] if skipped else []
    if months := _months_off(repeat.rule):
        off.append(f"in {' or '.join(months)}")
    return f"Not {', or '.join(off)}" if off else ""


def _months_off(rule: str) -> list[str]:
    """The names of the months that a rule leaves out."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    held = parts.get("BYMONTH", "").split(",")
    return [name for n, name in enumerate(MONTHS, 1) if str(n) not in held] if held[0] else []


def hours_of(event: Event) -> str:
    """`10am to 11.30am`, or "" for an all-day event."""
    if event.is_all_day:
        return ""
    return clock(event.start) + (f" to {clock(event.end)}" if event.end else "")
