"""Turns the bytes of a feed into items: plain text only, and nothing about who wrote it.

What is read comes from anywhere, so it is read in a process of its own, with a limit of time.
"""

from __future__ import annotations

import gc
import json
import os
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from html import unescape
from io import BytesIO
from typing import Any

from wardblog.content.time_limit import TimeLimitError, run_within
from wardblog.office.listening.items import FeedItem
from wardblog.report import ParseError
from wardblog.sources.look import is_same_host
from wardblog.sources.redirects import is_written_inside
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import is_web_address, join_url
from wardblog.text.decoding import clean
from wardblog.text.plain_text import plain, shortened

# How much of each part is read; of a text, what an item is recognised by is at its beginning.
LONGEST_TEXT, _LONGEST_TITLE, _LONGEST_LINK, _LONGEST_HTML = 600, 250, 1500, 12_000
_MOST_ITEMS = 200
# The limit for some feeds that are read in one process, in seconds of its CPU time, how many these
# are at most, and how many processes there are at most at once.
_SECONDS, _TOGETHER, _AT_ONCE = 5.0, 10, 4
_TITLE_WORDS, _TITLE_SIGNS = 14, 100
# Feeds did not exist before; and the clock of a server may be wrong by a time zone.
_EARLIEST, _AHEAD = datetime(2000, 1, 1, tzinfo=UTC), timedelta(days=1)
# The names of people's accounts, and what Reddit adds to each text.
_HANDLE = late_regex(r"(?<![\w/.])@[\w.-]+\w(?:@[\w.-]+\w)?|(?<![\w/])/?u/[\w-]+")
_EMAIL = late_regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SUBMITTED = late_regex(r"\s*submitted by\s+@…(?:\s+to\s+r/\w+)?\s*\[link\]\s*\[comments\]\s*$")
_ENTITIES = late_regex(r"(?i)<!ENTITY|<!DOCTYPE[^>\[]{0,500}\[")
_END = late_regex(r"(?i)</(?:\w+:)?(?:rss|feed|rdf)\s*>")
_DECLARATION = late_regex(r"^\s*<\?xml[^>]{0,200}\?>")
_NAMED = late_regex(r"(?i)encoding\s*=\s*[\"']([\w.-]+)|charset=[\"']?([\w.-]+)")
# Encodings in which a tag looks like one in ASCII.
_PLAIN_ENCODING = late_regex(
    r"(?i)utf-?8|(?:us-)?ascii|iso-?8859-\d+|latin-?\d|(?:windows-|cp)125\d"
)
_MARKS = ((BOM_UTF8, "utf-8"), (BOM_UTF32_LE, "utf-32"), (BOM_UTF32_BE, "utf-32"),
          (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))  # fmt: skip
_PARTIAL_TAG = late_regex(r"<[^<>]*$")
_STILL_HTML = late_regex(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);|</?[a-z]+[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """What a site sent: the name that the councillor gives it, and where it was found."""

    site: str
    url: str
    content: bytes
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFeed:
    """The items of a feed, or why there are none, as the end of a sentence about the feed."""

    items: tuple[FeedItem, ...] = ()
    trouble: str = ""


# Our own words, with something for nearly every pattern.
_SAMPLE = RawFeed(
    site="",
    url="https://ward.example.org/feed",
    content=b"""<rss version="2.0"><channel><item><title>A title</title><link>/a</link>
    <guid>https://ward.example.org/a</guid><pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate>
    <description>&lt;p&gt;Submitted by @sample, sample@example.org &amp;amp; others.&lt;/p&gt;
    </description></item></channel></rss>""",
)


def read_items(feeds: Sequence[RawFeed], now: datetime) -> list[ReadFeed]:
    """The items of each feed in its order; dates after `now` count as missing."""
    _read_or_say_why(_SAMPLE, now)  # imports and compiles here, and not in each process
    at_once = min(os.cpu_count() or 1, _AT_ONCE)
    with ThreadPoolExecutor(at_once) as pool:
        found = pool.map(partial(_read_apart, now=now), groups_of(feeds, at_once))
        return [one for read in found for one in read]


def groups_of(feeds: Sequence[RawFeed], at_once: int) -> list[Sequence[RawFeed]]:
    """Groups for one process each, so that all cores are busy until the end."""
    rounds = -(-len(feeds) // (_TOGETHER * at_once)) or 1
    size = -(-len(feeds) // (rounds * at_once)) or 1
    return [feeds[at : at + size] for at in range(0, len(feeds), size)]


def _read_apart(feeds: Sequence[RawFeed], now: datetime) -> list[ReadFeed]:
    """Read feeds in a process of their own; if it does not end, each of them in one."""
    try:
        return run_within(_SECONDS, _read_in_turn, feeds, now, isolated=True)
    except TimeLimitError:
        if len(feeds) == 1:
            return [ReadFeed(trouble="it takes too long to read")]
        return [one for feed in feeds for one in _read_apart([feed], now)]


def _read_in_turn(feeds: Sequence[RawFeed], now: datetime) -> list[ReadFeed]:
    gc.disable()  # the process ends before there is much to collect
    return [_read_or_say_why(feed, now) for feed in feeds]


def _read_or_say_why(feed: RawFeed, now: datetime) -> ReadFeed:
    try:
        return ReadFeed(items=_read(feed, now))
    except ParseError as error:
        return ReadFeed(trouble=error.message)
    except Exception:  # noqa: BLE001 - a library that stumbles over a feed is no reason to stop
        return ReadFeed(trouble="its answer cannot be read as a feed")


def _decoded(feed: RawFeed) -> str:
    """The text of a feed without its XML declaration.

    Only we decide on the encoding, so that no library finds another text in the same bytes.
    """
    for mark, encoding in _MARKS:
        if feed.content.startswith(mark):
            return _without_declaration(feed.content.decode(encoding, "replace"))
    start = feed.content[:200].decode("ascii", "replace")
    named = (match[1] or match[2] for match in _NAMED.finditer(f"{feed.media_type}\n{start}"))
    for encoding in (*filter(_PLAIN_ENCODING.fullmatch, named), "utf-8"):
        with suppress(LookupError, UnicodeError):
            return _without_declaration(feed.content.decode(encoding))
    return _without_declaration(feed.content.decode("cp1252", "replace"))


def _without_declaration(text: str) -> str:
    return _DECLARATION.sub("", text.replace("\0", "").lstrip("\ufeff"))


def _read(feed: RawFeed, now: datetime) -> tuple[FeedItem, ...]:
    """Raises `ParseError`, and whatever the library does."""
    text = _decoded(feed)
    if not text.strip():
        raise ParseError("its answer is empty")
    if _ENTITIES.search(text):
        raise ParseError("it defines entities, which no feed needs, so it was not read")
    start = text.lstrip()[:100].casefold()
    if start.startswith("{"):
        return tuple(_json_items(feed, text, now))
    # late import: see docs/architecture.md
    import feedparser

    # As a stream, since bytes could be taken for the name of a file.
    parsed = feedparser.parse(
        BytesIO(text.encode(errors="replace")),
        response_headers={
            "content-location": feed.url,
            "content-type": "application/xml; charset=utf-8",
        },
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version"):
        is_page = "<html" in start or "<!doctype html" in start
        what = "a web page and not a feed" if is_page else "not a feed"
        raise ParseError(f"its answer is {what}")
    if not _END.search(text):
        raise ParseError("its answer is incomplete")
    return tuple(_item(feed, entry, now) for entry in parsed.entries[:_MOST_ITEMS])


def _item(feed: RawFeed, entry: Mapping[str, Any], now: datetime) -> FeedItem:
    contents = entry.get("content") or ()
    html = max((str(one.get("value") or "") for one in contents), key=len, default="")
    return _made(
        feed,
        title=str(entry.get("title") or ""),
        html=html or str(entry.get("summary") or ""),
        # FeedBurner's links lead through its counter.
        link=str(entry.get("feedburner_origlink") or entry.get("link") or ""),
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
    if "@" in words or "u/" in words:
        words = _EMAIL.sub("@…", _HANDLE.sub("@…", words))
    if "submitted by" in words:
        words = _SUBMITTED.sub("", words)
    words = " ".join(words.split())
    if len(words) <= longest:
        return words
    return words[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"


def _link(base: str, link: str) -> str:
    """The whole address of a page, or "" if it is anything else."""
    address = join_url(base, link.strip()) if link.strip() else ""
    is_fine = (
        is_web_address(address)
        and len(address) <= _LONGEST_LINK
        and (not is_written_inside(address) or is_same_host(address, base))
    )
    return clean(address).replace(" ", "%20") if is_fine else ""


_JSON_TEXTS = ("content_html", "content_text", "summary")


def _json_items(feed: RawFeed, text: str, now: datetime) -> Iterator[FeedItem]:
    """The items of a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ParseError("its answer is incomplete, or is not a feed") from None
    if not isinstance(data, dict) or "jsonfeed.org" not in str(data.get("version")):
        raise ParseError("its answer is not a feed")
    items = data.get("items")
    for item in [one for one in items or () if isinstance(one, dict)][:_MOST_ITEMS]:
        keys = (key for key in _JSON_TEXTS if item.get(key))
        yield _made(
            feed,
            title=str(item.get("title") or ""),
            html=str(item.get(next(keys, "")) or ""),
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
