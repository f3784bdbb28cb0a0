"""What a feed says about one thing, as plain text and without its author."""

from __future__ import annotations

from datetime import datetime

from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item of a feed.

    `site` is the name of the feed as the councillor lists it. `title` and `text` are plain text, of
    which `text` may be cut. `link` is the whole address of its page, or "". `guid` is what the feed
    calls it, or "". `published` has a time zone; it is None if the feed gives no date that can be
    true.
    """

    site: str
    title: str
    text: str
    link: str
    guid: str
    published: datetime | None
