"""News about a post after its publication: changes of its progress and reminders of deadlines.

How a report ended, and how long that took, is here as well.

Each piece of news appears once. Its anchor stays the same when its line is reworded or redated, and
its date is that of the change itself, so that no build makes an old post look new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from wardblog.content.header.fields import LONDON
from wardblog.model import Deadline, Post, Progress, Site, Update
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import isolated, set_apart
from wardblog.text.words import (
    closure_sentence,
    counted,
    sentence,
    short_date,
    since_sentence,
    took,
    usually_fixed,
    weekday_date,
)
from wardblog.views.dots import updates_so_far
from wardblog.views.output import PostLine

# How long before a deadline a reminder goes out.
REMINDER = timedelta(days=7)
# From so many cases on, a page says how long something usually takes.
FEWEST_CASES = 5
_FIXED_ON_HOME = 4
# What was fixed longer ago than this many days is not called recent.
_RECENT = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A piece of news about a post; `anchor` is the id of its line on the post's page."""

    post: Post
    anchor: str
    moment: datetime
    title: str
    words: str


def news_of(site: Site, post: Post) -> Iterator[News]:
    """The changes and reminders up to today, in no particular order."""
    for update, anchor in changes_of(site, post):
        yield _change(post, update, anchor)
    for deadline, anchor in deadlines_of(post):
        day = reminder_day(post, deadline)
        if day <= min(deadline.day, site.today):
            until = weekday_date(deadline.day)
            about = set_apart(deadline.words, post.lang, post.title)
            full = set_apart(sentence(deadline.words), post.lang, post.title)
            words = f"{full} The deadline is {until}."
            title = f"Deadline on {until}: {about}"
            moment = datetime.combine(day, time(), LONDON)
            yield News(post=post, anchor=anchor, moment=moment, title=title, words=words)


def changes_of(site: Site, post: Post) -> Iterator[tuple[Update, str]]:
    """The history lines that changed the progress after the post appeared, with their anchors.

    Until a line gives another progress, it is "reported". Lines dated before the post are part of
    the post itself, and are not news. Anchors are numbered over all lines, so that a later edit
    does not give an anchor to a different line.
    """
    current = Progress.REPORTED
    counts: Counter[Progress] = Counter()
    for update in updates_so_far(site, post):
        if update.progress is None or update.progress is current:
            continue
        current = update.progress
        counts[current] += 1
        again = f"-{counts[current]}" if counts[current] > 1 else ""
        if update.moment > post.date:
            yield update, f"ward-{current.value.replace(' ', '-')}{again}"


def deadlines_of(post: Post) -> Iterator[tuple[Deadline, str]]:
    """Each deadline with its anchor, which contains its day: a moved deadline is news again."""
    counts: Counter[date] = Counter()
    for deadline in post.deadlines:
        counts[deadline.day] += 1
        again = f"-{counts[deadline.day]}" if counts[deadline.day] > 1 else ""
        yield deadline, f"ward-deadline-{deadline.day.isoformat()}{again}"


def reminder_day(post: Post, deadline: Deadline) -> date:
    """A week before the deadline, or the day after the post if that is later."""
    return max(deadline.day - REMINDER, post.date.date() + timedelta(days=1))


def settled_words(site: Site, post: Post) -> str:
    """`Fixed on 28 November, after 19 days`; "" while it is open, or if it is not a report."""
    closure = post.closure(site.now)
    return closure_sentence(closure, site.today) if closure else ""


def since_words(site: Site, post: Post) -> str:
    """`In progress since 3 November`, if that changed after the post appeared; else ""."""
    began = post.turn(site.now) if post.progress and post.is_open else None
    if began is None or began.moment <= post.date or post.progress is None:
        return ""
    before = (u.progress for u in post.updates if u.moment < began.moment and u.progress)
    is_again = any(not progress.is_open for progress in before)
    return since_sentence(post.progress, began.day, site.today, is_again)


@dataclass(frozen=True, slots=True)
class FixedLine:
    """A report that was fixed on a day, and how long it took: `fixed after 19 days`."""

    post: PostLine
    day: date
    words: str


def recently_fixed(site: Site) -> tuple[FixedLine, ...]:
    """What was fixed lately, newest first; reports that do not say on which day are left out."""
    found = []
    for post in site.published:
        closure = post.closure(site.now)
        if closure is None or closure.progress is not Progress.FIXED or closure.day is None:
            continue
        if (site.today - closure.day).days <= _RECENT:
            day = f"on {short_date(closure.day, site.today)}"
            words = f"fixed {day if closure.days is None else took(closure.days)}"
            found.append(FixedLine(PostLine.of(post, site), closure.day, words))
    return tuple(sorted(found, key=lambda line: line.day, reverse=True)[:_FIXED_ON_HOME])


def days_to_fix(site: Site, posts: Iterable[Post]) -> tuple[int, ...]:
    """The days from report to repair of those that are fixed, as far as known; shortest first."""
    closures = (post.closure(site.now) for post in posts)
    return tuple(sorted(
        closure.days for closure in closures
        if closure and closure.progress is Progress.FIXED and closure.days is not None
    ))  # fmt: skip


def most_within(days: tuple[int, ...]) -> int | None:
    """The days within which most were fixed; None if there are too few to say.

    `days` are in order. Of an even number of cases, the higher of the two in the middle is the
    median, so that more than half really are within it.
    """
    return days[len(days) // 2] if len(days) >= FEWEST_CASES else None


def days_to_fix_words(site: Site, posts: Iterable[Post]) -> str:
    """`Usually fixed within 19 days (median of 7 reports)`; "" if there are too few to say."""
    days = days_to_fix(site, posts)
    most = most_within(days)
    return "" if most is None else usually_fixed(most, len(days))


def _change(post: Post, update: Update, anchor: str) -> News:
    progress = update.progress.value.capitalize() if update.progress else ""
    days = (update.day - post.date.date()).days
    since = f"{progress}, {counted(days, 'day')} after the post." if days > 0 else f"{progress}."
    return News(
        post=post,
        anchor=anchor,
        moment=update.moment,
        title=f"{progress}: {isolated(post.title, post.lang)}",
        words=f"{set_apart(sentence(update.words), post.lang, post.title)} {since}".strip(),
    )
