"""Finds the last moment at which something on the site became due or was over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from wardblog.model import Event, Site
from wardblog.model.events import LONDON


def last_moment(site: Site, now: datetime) -> datetime:
    """Return the last such moment up to `now`, at the earliest the start of the day.

    Two builds get the same moment, and so make the same bytes, if nothing became due in between.
    """
    start = datetime.combine(now.date(), time(), LONDON)
    return max((m for m in _moments(site, now) if start < m <= now), default=start)


def _moments(site: Site, now: datetime) -> Iterator[datetime]:
    for event in site.surgeries:
        yield from _ends(event, now)
    for post in (*site.posts, *site.pages):
        if not (post.updates or post.outcomes or post.replies or post.deadlines or post.events):
            continue  # as in most of thousands
        for told in (post.updates, post.outcomes, post.replies):
            yield from (one.moment for one in told)
        yield from (deadline.ends for deadline in post.deadlines)
        for event in post.events:
            yield from _ends(event, now)


def _ends(event: Event, now: datetime) -> Iterator[datetime]:
    """When an event ends that is held today."""
    if event.end is None:
        return  # at midnight
    held = event.on_or_after(now.date())
    if held is not None:
        yield held.ends
