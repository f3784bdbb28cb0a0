"""Reads a feed: RSS and Atom with feedparser, and JSON Feed."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from typing import Any

from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """A feed: its title, how many items it has, and the day of the newest, if they are dated."""

    title: str
    items: int
    newest: date | None


def read_feed(content: bytes) -> FeedFacts | None:
    """The feed in these bytes; None if they are something else."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return _json_feed(content)
    # late import: see docs/architecture.md
    import feedparser

    # As a stream, since bytes could be taken for the name of a file.
    feed = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        return None
    days = [day for entry in feed.entries for day in _days(entry)]
    title = str(feed.feed.get("title") or "")
    return FeedFacts(title, len(feed.entries), max(days, default=None))


def _days(entry: Any) -> list[date]:
    found = []
    for key in ("published_parsed", "updated_parsed"):
        moment = entry[key] if key in entry else None  # noqa: SIM401 - `get` warns
        with suppress(TypeError, ValueError):
            found += [date(*moment[:3])] if moment else []
    return found


def _json_feed(content: bytes) -> FeedFacts | None:
    """https://www.jsonfeed.org/version/1.1/"""
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version")):
        return None
    items = [one for one in feed.get("items") or () if isinstance(one, dict)]
    days = []
    for item in items:
        for key in ("date_published", "date_modified"):
            with suppress(ValueError):
                days += [datetime.fromisoformat(str(item[key])).date()] if item.get(key) else []
    return FeedFacts(str(feed.get("title") or ""), len(items), max(days, default=None))
