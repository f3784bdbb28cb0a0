"""Finds the moments at which something on the site becomes due or is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from wardblog.model import Event, Post, Site
from wardblog.model.events import LONDON

# For what does not change with time.
NEVER = 1 << 62


def last_moment(site: Site, now: datetime) -> datetime:
    """Return the last such moment up to `now`, at the earliest the start of the day.

    Two builds get the same moment, and so make the same bytes, if nothing became due in between.
    """
    start = datetime.combine(now.date(), time(), LONDON)
    return max((m for m in _moments(site, now) if start < m <= now), default=start)


def _moments(site: Site, now: datetime) -> Iterator[datetime]:
    for event in site.surgeries:
        yield from _ends(event, now)
    posts = site.index.where("moments", _has_moments)
    for post in (*posts, *filter(_has_moments, site.pages)):
        for told in (post.updates, post.outcomes, post.replies):
            yield from (one.moment for one in told)
        yield from (deadline.ends for deadline in post.deadlines)
        for event in post.events:
            yield from _ends(event, now)


def _has_moments(post: Post) -> bool:
    return bool(post.updates or post.outcomes or post.replies or post.deadlines or post.events)


def _ends(event: Event, now: datetime) -> Iterator[datetime]:
    """When an event ends that is held today."""
    if event.end is None:
        return  # at midnight
    held = event.on_or_after(now.date())
    if held is not None:
        yield held.ends


def day_of(now: datetime) -> tuple[int, int]:
    """When the day of a moment begins and ends, in seconds since 1970."""
    start = datetime.combine(now.date(), time(), LONDON)
    end = datetime.combine(now.date() + timedelta(days=1), time(), LONDON)
    return int(start.timestamp()), int(end.timestamp())


def valid_between(post: Post, now: datetime) -> tuple[int, int]:
    """From when and until when (exclusive) the file would be read in the same way.

    A post without a readable date has today's, so it is read again tomorrow.
    """
    shown = datetime.combine(post.date.date(), time(), LONDON)
    due = [one.moment for told in (post.updates, post.outcomes, post.replies) for one in told]
    moments = [shown.timestamp(), *(moment.timestamp() for moment in due)]
    if post.question and post.closes:  # the preview waits for these moments as well
        moments.append(post.closes.ends.timestamp())
    since = max((int(m) for m in moments if m <= now.timestamp()), default=-NEVER)
    until = min((int(m) for m in moments if m > now.timestamp()), default=NEVER)
    if post.date.date() != now.date():
        return since, until
    start, end = day_of(now)
    return max(since, start), min(until, end)
