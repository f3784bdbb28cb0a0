"""Turns the bytes of a feed into items: plain text only, and nothing about who wrote it.

What is read comes from anywhere, so it is read in a process of its own, with a limit of time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from wardblog.content.time_limit import TimeLimitError, run_within
from wardblog.office.listening.items import FeedItem
from wardblog.report import ParseError
from wardblog.sources.feeds import is_web_address
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean
from wardblog.text.plain_text import plain, shortened

# How much of each part is read; of a text, what an item is recognised by is at its beginning.
LONGEST_TEXT, _LONGEST_TITLE, _LONGEST_LINK, _LONGEST_HTML = 600, 250, 1500, 12_000
_MOST_ITEMS = 200
_SECONDS = 5.0
_TITLE_WORDS, _TITLE_SIGNS = 14, 100
# Feeds did not exist before; and the clock of a server may be wrong by a time zone.
_EARLIEST, _AHEAD = datetime(2000, 1, 1, tzinfo=UTC), timedelta(days=1)
# The names of people's accounts, and what Reddit adds to each text.
_HANDLE = late_regex(r"(?<![\w/.])@[\w.-]+\w(?:@[\w.-]+\w)?|(?<![\w/])/?u/[\w-]+")
_EMAIL = late_regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SUBMITTED = late_regex(r"\s*submitted by\s+@…(?:\s+to\s+r/\w+)?\s*\[link\]\s*\[comments\]\s*$")
_ENTITIES = late_regex(rb"(?i)<!ENTITY|<!DOCTYPE[^>\[]{0,500}\[")
_END = late_regex(rb"(?i)</(?:\w+:)?(?:rss|feed|rdf)\s*>")
_PARTIAL_TAG = late_regex(r"<[^<>]*$")
_STILL_HTML = late_regex(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);|</?[a-z]+[^<>]*>")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """What a site sent: the name that the councillor gives it, and where it was found."""

    site: str
    url: str
    content: bytes
    media_type: str = ""


def read_items(feed: RawFeed, now: datetime) -> tuple[FeedItem, ...]:
    """The items of a feed in its order; dates after `now` count as missing.

    Raises `ParseError` with the end of a sentence that begins with the name of the feed.
    """
    if _ENTITIES.search(feed.content):
        raise ParseError("it defines entities, as no feed needs to, so it was not read")
    # late import: see docs/architecture.md; here, and not in each process
    import feedparser  # noqa: F401

    try:
        items, trouble = run_within(_SECONDS, _read_or_say_why, feed, now, isolated=True)
    except TimeLimitError:
        raise ParseError("it takes too long to read") from None
    if trouble:
        raise ParseError(trouble)
    return items


def _read_or_say_why(feed: RawFeed, now: datetime) -> tuple[tuple[FeedItem, ...], str]:
    """The items, or the words of an error, which can be handed from one process to another."""
    try:
        return _read(feed, now), ""
    except ParseError as error:
        return (), error.message
    except Exception:  # noqa: BLE001 - a library that stumbles over a feed is no reason to stop
        return (), "its answer cannot be read as a feed"


def _read(feed: RawFeed, now: datetime) -> tuple[FeedItem, ...]:
    start = feed.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:100]
    if not start:
        raise ParseError("its answer is empty")
    if start.startswith(b"{"):
        return tuple(_json_items(feed, now))
    # late import: see docs/architecture.md
    import feedparser

    headers = {"content-location": feed.url}
    if "charset=" in feed.media_type:
        headers["content-type"] = feed.media_type
    # As a stream, since bytes could be taken for the name of a file.
    parsed = feedparser.parse(
        BytesIO(feed.content),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version"):
        if b"<html" in start.lower() or b"<!doctype html" in start.lower():
            raise ParseError("its answer is a web page and not a feed")
        raise ParseError("its answer is not a feed")
    if not _END.search(feed.content) and not feed.content.startswith(_UTF16):
        raise ParseError("its answer breaks off in the middle")
    return tuple(_item(feed, entry, now) for entry in parsed.entries[:_MOST_ITEMS])


def _item(feed: RawFeed, entry: Mapping[str, Any], now: datetime) -> FeedItem:
    contents = entry.get("content") or ()
    html = max((str(one.get("value") or "") for one in contents), key=len, default="")
    return _made(
        feed,
        title=str(entry.get("title") or ""),
        html=html or str(entry.get("summary") or ""),
        link=str(entry.get("link") or ""),
        guid=str(entry.get("id") or ""),
        moments=_moments(entry),
        now=now,
    )


def _moments(entry: Mapping[str, Any]) -> Iterator[datetime]:
    for key in ("published_parsed", "updated_parsed"):
        # `get` would warn where only the other of the two is there.
        moment = entry[key] if key in entry else None  # noqa: SIM401
        with suppress(TypeError, ValueError, OverflowError):
            if moment:
                yield datetime(*moment[:6], tzinfo=UTC)  # type: ignore[misc]


def _made(
    feed: RawFeed,
    *,
    title: str,
    html: str,
    link: str,
    guid: str,
    moments: Iterator[datetime],
    now: datetime,
) -> FeedItem:
    text = words_of_html(html, LONGEST_TEXT)
    words = words_of_html(title, _LONGEST_TITLE)
    return FeedItem(
        site=feed.site,
        title=words or shortened(text, _TITLE_WORDS, _TITLE_SIGNS),
        text=text,
        link=_link(feed.url, link),
        guid=clean(guid.strip())[:_LONGEST_LINK],
        published=next((one for one in moments if _EARLIEST <= one <= now + _AHEAD), None),
    )


def words_of_html(html: str, longest: int) -> str:
    """Plain words of at most so many characters, without the names of accounts."""
    words = plain(_PARTIAL_TAG.sub("", html[:_LONGEST_HTML]))
    if _STILL_HTML.search(words):  # encoded twice
        words = plain(words)
    words = clean(unescape(words)) if "&" in words else clean(words)
    words = _HANDLE.sub("@…", _EMAIL.sub("@…", words))
    words = " ".join(_SUBMITTED.sub("", words).split())
    if len(words) <= longest:
        return words
    return words[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"


def _link(base: str, link: str) -> str:
    """The whole address of a page, or "" if it is anything else."""
    try:
        address = urljoin(base, link.strip()) if link.strip() else ""
    except ValueError:
        return ""
    is_fine = is_web_address(address) and len(address) <= _LONGEST_LINK
    return clean(address).replace(" ", "%20") if is_fine else ""


def _json_items(feed: RawFeed, now: datetime) -> Iterator[FeedItem]:
    """The items of a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    try:
        data = json.loads(feed.content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ParseError("its answer breaks off, or is not a feed") from None
    if not isinstance(data, dict) or "jsonfeed.org" not in str(data.get("version")):
        raise ParseError("its answer is not a feed")
    items = data.get("items")
    for item in [one for one in items or () if isinstance(one, dict)][:_MOST_ITEMS]:
        text = next(
            (
                str(item[key])
                for key in ("content_html", "content_text", "summary")
                if item.get(key)
            ),
            "",
        )
        yield _made(
            feed,
            title=str(item.get("title") or ""),
            html=text,
            link=str(item.get("url") or item.get("external_url") or ""),
            guid=str(item.get("id") or ""),
            moments=_json_moments(item),
            now=now,
        )


def _json_moments(item: Mapping[str, Any]) -> Iterator[datetime]:
    for key in ("date_published", "date_modified"):
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(str(item.get(key)))
            yield moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
