"""What is remembered between two runs: which items were seen, and when feeds may be asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from wardblog.office.listening.addresses import canonical_address
from wardblog.office.listening.digest import Digest
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.stored import FOLDER, item_from, item_to, read_json, write_json
from wardblog.support.late_dataclass import dataclass

FILE = "state.json"
# For how long it is known that an item was seen after its feed no longer has it, and for how long
# items are kept to recognise them elsewhere.
_KNOWN, _RECENT = timedelta(days=90), timedelta(days=14)
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMemory:
    """What is known of one feed.

    `etag` and `modified` are those of the last answer, and `wait_until` is when it may be asked
    again. `seen` has a digest of each item, with the last day on which the feed had it.
    """

    etag: str = ""
    modified: str = ""
    wait_until: datetime | None = None
    seen: Mapping[str, date] = field(default_factory=dict, hash=False)

    @property
    def is_new(self) -> bool:
        """Whether the feed was never read."""
        return not self.seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """All feeds by their addresses, and the items that were shown in the last two weeks."""

    feeds: Mapping[str, FeedMemory] = field(default_factory=dict, hash=False)
    recent: tuple[tuple[date, FeedItem], ...] = ()

    def of(self, url: str) -> FeedMemory:
        return self.feeds.get(url, FeedMemory())


def load_memory(private: Path) -> Memory:
    """What was remembered; raises `CommandError` if the file is damaged."""

    def read(data: Mapping[str, Any]) -> Memory:
        feeds = {
            str(url): FeedMemory(
                etag=str(one["etag"]),
                modified=str(one["modified"]),
                wait_until=datetime.fromisoformat(one["wait_until"]) if one["wait_until"] else None,
                seen={str(key): date.fromisoformat(day) for key, day in one["seen"].items()},
            )
            for url, one in data["feeds"].items()
        }
        recent = [(date.fromisoformat(day), item_from(one)) for day, one in data["recent"]]
        return Memory(feeds=feeds, recent=tuple(recent))

    return read_json(private / FOLDER / FILE, read, _FORGOTTEN) or Memory()


_FORGOTTEN = "Delete it. The next digest then has everything of the last 30 days again."


def save_memory(private: Path, memory: Memory) -> None:
    """Raises `OSError`."""
    feeds = {
        url: {
            "etag": one.etag,
            "modified": one.modified,
            "wait_until": one.wait_until.isoformat() if one.wait_until else "",
            "seen": {key: day.isoformat() for key, day in one.seen.items()},
        }
        for url, one in memory.feeds.items()
    }
    recent = [[day.isoformat(), item_to(item)] for day, item in memory.recent]
    write_json(private / FOLDER / FILE, {"version": _VERSION, "feeds": feeds, "recent": recent})


def key_of(item: FeedItem) -> str:
    """A digest by which an item of one feed is known: of its guid and address, else of its words.

    Both, since some feeds use a guid or an address for many items.
    """
    address = canonical_address(item.link)
    words = "" if item.guid or address else f"{item.title}\n{item.text}"
    told = f"{item.guid}\n{address}\n{words}".encode(errors="replace")
    return blake2b(told, digest_size=10).hexdigest()


def after_reading(before: FeedMemory, items: Iterable[FeedItem], today: date) -> FeedMemory:
    """A feed's memory with the items that it has now; those long gone are forgotten."""
    kept = {key: day for key, day in before.seen.items() if today - day <= _KNOWN}
    kept |= {key_of(item): today for item in items}
    return replace(before, seen=kept, wait_until=None)


def after_showing(memory: Memory, digest: Digest | None, today: date) -> Memory:
    """The memory with the items of a digest as recent ones."""
    kept = [(day, item) for day, item in memory.recent if today - day <= _RECENT]
    kept += [(today, entry.item) for entry in digest.items] if digest else []
    return replace(memory, recent=tuple(kept))
