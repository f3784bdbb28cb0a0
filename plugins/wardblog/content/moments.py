"""When something of a site becomes due or is over: all that a build need know of the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from wardblog.model import Event, Site
from wardblog.model.events import LONDON


def last_moment(site: Site, now: datetime) -> datetime:
    """The last such moment up to `now`, and not before the day began.

    Two builds between which nothing became due are given the same, and so make the same.
    """
    start = datetime.combine(now.date(), time(), LONDON)
    return max((m for m in _moments(site, now) if start < m <= now), default=start)


def _moments(site: Site, now: datetime) -> Iterator[datetime]:
    for event in site.surgeries:
        yield from _ends(event, now)
    for post in (*site.posts, *site.pages):
        yield from (update.moment for update in post.updates)
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
