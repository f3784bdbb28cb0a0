"""News about a post after its publication: changes of its progress and reminders of deadlines.

Each piece of news appears once. Its anchor stays the same when its line is reworded or redated, and
its date is that of the change itself, so that no build makes an old post look new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wardblog.content.header.fields import LONDON
from wardblog.model import Deadline, Post, Progress, Site, Update
from wardblog.text.directions import isolated, language_in
from wardblog.text.words import counted, sentence, weekday_date
from wardblog.views.places import updates_so_far

# How long before a deadline a reminder goes out.
REMINDER = timedelta(days=7)


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
            words = f"{_set_apart(sentence(deadline.words), post)} The deadline is "
            words += f"{weekday_date(deadline.day)}."
            title = f"Deadline on {weekday_date(deadline.day)}: {_set_apart(deadline.words, post)}"
            moment = datetime.combine(day, time(), LONDON)
            yield News(post=post, anchor=anchor, moment=moment, title=title, words=words)


def changes_of(site: Site, post: Post) -> Iterator[tuple[Update, str]]:
    """The history lines that changed the progress after the post appeared, with their anchors.

    Until a line gives another progress, it is "reported". Lines dated before the post are part of
    the post itself, and are no news. Anchors are numbered over all lines, so that a later edit
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


def _change(post: Post, update: Update, anchor: str) -> News:
    progress = update.progress.value.capitalize() if update.progress else ""
    days = (update.day - post.date.date()).days
    since = f"{progress}, {counted(days, 'day')} after the post." if days > 0 else f"{progress}."
    return News(
        post=post,
        anchor=anchor,
        moment=update.moment,
        title=f"{progress}: {isolated(post.title, post.lang)}",
        words=f"{_set_apart(sentence(update.words), post)} {since}".strip(),
    )


def _set_apart(words: str, post: Post) -> str:
    """Words of a post in the middle of an English line."""
    return isolated(words, language_in(words, post.lang, post.title))
