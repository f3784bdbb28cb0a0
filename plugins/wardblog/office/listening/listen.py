"""Reads all feeds and makes the digest of what is new in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from wardblog.model import Site
from wardblog.model.events import LONDON
from wardblog.office.listening.digest import Digest, make_digest
from wardblog.office.listening.digest_files import save_digest
from wardblog.office.listening.feed_list import FeedList, ListedFeed
from wardblog.office.listening.grouping import same_items
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.memory import (
    FeedMemory,
    Memory,
    after_reading,
    after_showing,
    key_of,
    load_memory,
    save_memory,
)
from wardblog.office.listening.read_items import RawFeed, read_items
from wardblog.office.listening.reading import reading_of
from wardblog.sources.feeds import FeedAnswer, FeedRequest, read_feeds
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.text.words import clock, long_date

# Of a feed that is read for the first time, older items are not news.
_FIRST_READ = timedelta(days=30)
# No site is left alone for longer, whatever it asks.
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came of a run.

    `digest` is None if nothing is new. `troubles` has a sentence for each feed that could not be
    read, `notes` are others that the councillor should know. `read` is the number of feeds that
    answered, also those that answered that they had not changed.
    """

    digest: Digest | None
    read: int
    troubles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """One feed after it was read: its items if it has new content, and what to remember."""

    feed: ListedFeed
    memory: FeedMemory
    items: tuple[FeedItem, ...] = ()
    trouble: str = ""
    note: str = ""


def listen(
    site: Site, listed: FeedList, private: Path, now: datetime, watch: Watch = no_progress
) -> Heard:
    """Read the feeds, and write the digest if there is anything new.

    The digest is written before it is remembered which items were seen, so that nothing is lost
    if the run is cut off. Raises `CommandError` for a damaged file, and `OSError`.
    """
    memory = load_memory(private)
    results = _read_all(listed.feeds, memory, now, watch)
    fresh = _not_shown_elsewhere(
        [item for result in results for item in _new_items(result, memory, now)], memory
    )
    watch("Sorting the items", 0, 1)
    troubles = tuple(f"{one.feed.name}: {one.trouble}" for one in results if one.trouble)
    notes = tuple(f"{one.feed.name}: {one.note}" for one in results if one.note)
    read = len(results) - len(troubles)
    digest = make_digest(fresh, site, now, read) if fresh else None
    if digest:
        digest = replace(digest, notes=_with_ends(troubles))
        save_digest(private, digest)
    feeds = {one.feed.url: one.memory for one in results}
    save_memory(private, after_showing(replace(memory, feeds=feeds), digest, now.date()))
    return Heard(digest=digest, read=read, troubles=_with_ends(troubles), notes=_with_ends(notes))


def _with_ends(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(one if one.endswith((".", '"')) else f"{one}." for one in sentences)


def _read_all(
    feeds: Sequence[ListedFeed], memory: Memory, now: datetime, watch: Watch
) -> list[_Result]:
    """The results in the order of the feeds; those that asked us to wait are not asked."""
    waiting = {feed.url: wait for feed in feeds if (wait := _wait_of(memory.of(feed.url), now))}
    asked = [feed for feed in feeds if feed.url not in waiting]
    requests = [
        FeedRequest(url=feed.url, etag=known.etag, modified=known.modified)
        for feed in asked
        for known in [memory.of(feed.url)]
    ]
    answers = read_feeds(requests, lambda count: watch("Reading feeds", count, len(requests)))
    results = {one.feed.url: one for one in _results(asked, answers, memory, now)}
    for feed in feeds:
        if wait := waiting.get(feed.url):
            words = f"it asked not to be read again before {_moment(wait, now)}"
            known = memory.of(feed.url)
            results[feed.url] = _Result(feed=feed, memory=known, trouble=words)
    return [results[feed.url] for feed in feeds]


def _wait_of(known: FeedMemory, now: datetime) -> datetime | None:
    """When the feed may be asked; a clock that was set back makes nobody wait for longer."""
    until = known.wait_until
    return until if until and now < until <= now + _LONGEST_WAIT else None


def _moment(moment: datetime, now: datetime) -> str:
    local = moment.astimezone(LONDON)
    same_day = local.date() == now.astimezone(LONDON).date()
    return clock(local) if same_day else f"{clock(local)} on {long_date(local.date())}"


def _results(
    feeds: Sequence[ListedFeed], answers: Sequence[FeedAnswer], memory: Memory, now: datetime
) -> Iterator[_Result]:
    """What each feed has; of one that cannot be read, everything is asked for the next time."""
    named = list(zip(feeds, answers, strict=True))
    raw = [
        RawFeed(site=feed.name, url=one.url, content=one.content, media_type=one.media_type)
        for feed, one in named
        if not (one.trouble or one.is_unchanged)
    ]
    read = iter(read_items(raw, now))
    for feed, answer in named:
        known = memory.of(feed.url)
        if answer.trouble:
            yield _failed(feed, answer, known, now)
            continue
        moved = answer.moved_to
        note = f"its feed has moved for good; change it to {moved}" if moved else ""
        if answer.is_unchanged:
            yield _Result(feed=feed, memory=replace(known, wait_until=None), note=note)
            continue
        found = next(read)
        if found.trouble:
            yield _Result(feed=feed, memory=known, trouble=found.trouble)
            continue
        after = after_reading(known, found.items, now.date())
        after = replace(after, etag=answer.etag, modified=answer.modified)
        yield _Result(feed=feed, memory=after, items=found.items, note=note)


def _failed(feed: ListedFeed, answer: FeedAnswer, known: FeedMemory, now: datetime) -> _Result:
    wait = min(timedelta(seconds=answer.wait), _LONGEST_WAIT)
    until = now + wait if wait else None
    asks = f", and asks not to be read again before {_moment(until, now)}" if until else ""
    waiting = replace(known, wait_until=until)
    return _Result(feed=feed, memory=waiting, trouble=f"{answer.trouble}{asks}")


def _new_items(result: _Result, memory: Memory, now: datetime) -> list[FeedItem]:
    """The items that the feed did not have before, each once."""
    known = memory.of(result.feed.url)
    found: dict[str, FeedItem] = {}
    for item in result.items:
        is_old = item.published is not None and now - item.published > _FIRST_READ
        if not (item.title or item.text) or (known.is_new and is_old):
            continue
        key = key_of(item)
        if key not in known.seen:
            found.setdefault(key, item)
    return list(found.values())


def _not_shown_elsewhere(items: Sequence[FeedItem], memory: Memory) -> list[FeedItem]:
    """Without the items that another feed had in the last two weeks, and that were shown then."""
    shown = [item for _, item in memory.recent]
    if not items or not shown:
        return list(items)
    groups = same_items([reading_of(item) for item in (*shown, *items)])
    again = {number for group in groups if group[0] < len(shown) for number in group}
    return [item for number, item in enumerate(items, len(shown)) if number not in again]
