"""What became of a post since it was written: each change of its progress, and what ends soon.

A change is told once, under a name that stays the same when its line is reworded or redated, and
with the date of the thing itself, so that no build makes an old post new again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wardblog.model import Deadline, Post, Progress, Site, Update
from wardblog.read.fields import LONDON
from wardblog.views.places import so_far
from wardblog.words import counted, sentence, weekday_date

# How long before a deadline a reminder goes out.
REMINDER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell about a post. `anchor` is where its page tells of it."""

    post: Post
    anchor: str
    moment: datetime
    title: str
    words: str


def news_of(site: Site, post: Post) -> Iterator[News]:
    """The changes and reminders up to today, in no order."""
    for update, anchor in changes_of(site, post):
        yield _change(post, update, anchor)
    for deadline, anchor in deadlines_of(post):
        day = reminder_day(post, deadline)
        if day <= min(deadline.day, site.today):
            words = f"{sentence(deadline.words)} The deadline is {weekday_date(deadline.day)}."
            title = f"Deadline on {weekday_date(deadline.day)}: {deadline.words}"
            yield News(post, anchor, _at(day, post), title, words)


def changes_of(site: Site, post: Post) -> Iterator[tuple[Update, str]]:
    """The lines of a history that changed the progress after the post, with their anchors.

    A line dated before the post, or on its day with nothing new, is a part of the post itself.
    """
    history = [u for u in sorted(so_far(site, post), key=lambda u: u.day) if u.progress]
    current, told = _at_first(post, history)
    counts: Counter[Progress] = Counter()
    for update in history:
        if update.progress is None or update.progress is current or update in told:
            continue
        current = update.progress
        counts[current] += 1
        again = f"-{counts[current]}" if counts[current] > 1 else ""
        yield update, f"ward-{current.value.replace(' ', '-')}{again}"


def _at_first(post: Post, history: list[Update]) -> tuple[Progress | None, list[Update]]:
    """How far it had got when the post was written, and the lines that the post itself tells.

    Where the header says something else than the newest line, it says that; otherwise it may have
    been brought up to date with that line, and only the lines up to the post's own day tell.
    """
    posted = post.date.date()
    told = [u for u in history if u.day <= posted]
    if post.declared and history and post.declared is not history[-1].progress:
        if all(u.progress is not post.declared for u in told):
            told = [u for u in told if u.day < posted]
        return post.declared, told
    return (told[-1].progress if told else Progress.REPORTED), told


def deadlines_of(post: Post) -> Iterator[tuple[Deadline, str]]:
    """Each deadline with its anchor, by its day; a deadline that is moved is news again."""
    counts: Counter[date] = Counter()
    for deadline in post.deadlines:
        counts[deadline.day] += 1
        again = f"-{counts[deadline.day]}" if counts[deadline.day] > 1 else ""
        yield deadline, f"ward-deadline-{deadline.day.isoformat()}{again}"


def reminder_day(post: Post, deadline: Deadline) -> date:
    """A week before the deadline; later only where the post itself came later."""
    return max(deadline.day - REMINDER, post.date.date() + timedelta(days=1))


def _change(post: Post, update: Update, anchor: str) -> News:
    progress = update.progress.value.capitalize() if update.progress else ""
    days = (update.day - post.date.date()).days
    since = f"{progress}, {counted(days, 'day')} after the post." if days > 0 else f"{progress}."
    return News(
        post,
        anchor,
        _at(update.day, post),
        f"{progress}: {post.title}",
        f"{sentence(update.words)} {since}".strip(),
    )


def _at(day: date, post: Post) -> datetime:
    """The beginning of the day, but never before the post that it is about."""
    return max(datetime.combine(day, time(), LONDON), post.date)
