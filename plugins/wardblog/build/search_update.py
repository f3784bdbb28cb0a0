"""Brings the parts of the search index up to date with what changed since the last build."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.build.search_store import IndexRecord, StoredIndex
from wardblog.search.cells import ranges, shard_path
from wardblog.search.documents import ROWS, Reader
from wardblog.search.files import NEWEST_PATH, list_path, rows_path
from wardblog.search.postings import add, parted, remove, spelt
from wardblog.search.schedule import LETTERS, NEWEST_PART, IndexLayout, layout
from wardblog.search.searched import Searched, number_in
from wardblog.support.late_dataclass import dataclass

# What a document has in the index: a line in a part, or a word in a list for spelling.
_Items = set[tuple[int | str, str]]


@dataclass(frozen=True, slots=True)
class _Side:
    """The documents before or after the change: their facts, pages first, and what has them."""

    facts: dict[str, bytes]
    ranks: dict[str, int]
    layout: IndexLayout

    @classmethod
    def of(cls, facts: dict[str, bytes], pages: int) -> _Side:
        ranks = {file: max(place - pages, 0) for place, file in enumerate(facts)}
        return cls(facts, ranks, layout(len(facts) - pages))

    def unsettled(self) -> Iterator[str]:
        """The documents that not all parts have taken up."""
        settled = self.layout.settled
        return (file for file, rank in self.ranks.items() if rank >= settled)

    def items(self, file: str, lines: str) -> tuple[int, _Items]:
        """The number of a document and what it has in the index; nothing if it is not there."""
        if file not in self.facts:
            return -1, set()
        rank, bounds, lists = self.ranks[file], self.layout.bounds, self.layout.lists
        found: _Items = set()
        for line in lines.split("\n") if lines else ():
            cell, rest = parted(line)
            found.add((cell if rank < bounds[cell] else NEWEST_PART, rest))
            for word in spelt(rest):
                if rank < lists[LETTERS.index(word[0])]:
                    found.add((word[0], word))
        return number_in(self.facts[file]), found


class IndexUpdate:
    """Takes what changed from the stored parts, and adds what is there now.

    `lines` has the new lines of the documents that changed, and `gone` the files of those that are
    no longer there.
    """

    def __init__(self, searched: Searched, record: IndexRecord, stored: StoredIndex) -> None:
        self._searched, self._record, self._stored = searched, record, stored
        self._before = _Side.of(record.facts, record.pages)
        self._now = _Side.of(searched.facts, len(searched.pages))
        self._changed = {
            file
            for file in record.facts.keys() | searched.facts.keys()
            if record.facts.get(file) != searched.facts.get(file)
        }
        self._taken: list[tuple[int | str, str, int]] = []
        self._given: list[tuple[int | str, str, int]] = []
        self.lines: dict[str, str] = {}
        self.gone = sorted(record.facts.keys() - searched.facts.keys())

    def run(self) -> None:
        """Change the parts; raises `DoubtError` and `KeyError` if they do not fit."""
        reader, before, now = Reader(), self._before, self._now
        for file in self._to_compare():
            old = new = self._stored.lines(file) if file in before.facts else ""
            if file in self._changed and file in now.facts:
                reader.learn(old)
                new = reader.lines(self._searched.all[file].post, self._searched.now)
                if new != old or file not in before.facts:
                    self.lines[file] = new
            self._compare(before.items(file, old), now.items(file, new))
        self._replace()

    def _to_compare(self) -> list[str]:
        """The documents that changed, and those that parts may have taken up or given back."""
        before, now = self._before, self._now
        is_same = before.layout == now.layout and [*before.facts] == [*now.facts]
        moved = () if is_same else (*before.unsettled(), *now.unsettled())
        return sorted(self._changed.union(moved))

    def _compare(self, before: tuple[int, _Items], now: tuple[int, _Items]) -> None:
        (old, taken), (new, given) = before, now
        kept = taken & given if old == new else set()
        self._taken += ((part, what, old) for part, what in taken - kept)
        self._given += ((part, what, new) for part, what in given - kept)

    def _replace(self) -> None:
        """Take all before anything is added: a document may get the number of another."""
        for part, what, number in self._taken:
            self._stored.changed.add(part)
            if isinstance(part, int):
                remove(self._stored.postings(part), what, number)
            else:
                _count(self._stored.counts(part), what, -1)
        for part, what, number in self._given:
            self._stored.changed.add(part)
            if isinstance(part, int):
                add(self._stored.postings(part), what, number)
            else:
                _count(self._stored.counts(part), what, 1)

    def changed_files(self) -> set[str]:
        """The paths of the files that may have changed."""
        before, now, changed = self._before.layout, self._now.layout, self._stored.changed
        found = {list_path(part) for part in changed if isinstance(part, str)}
        known = {cells.start: cells for cells in ranges(before.starts, before.end)}
        for cells in ranges(now.starts, now.end):
            if cells != known.get(cells.start) or not changed.isdisjoint(cells):
                found.add(shard_path(cells.start))
        for facts in (self._before.facts, self._now.facts):
            found |= {rows_path(number_in(facts[f]) // ROWS) for f in self._changed if f in facts}
        if NEWEST_PART in changed or self._record.newest != self._searched.newest_key:
            found.add(NEWEST_PATH)
        return found


def _count(counts: dict[str, int], word: str, step: int) -> None:
    """Count a document more or less; raises `KeyError` if there are fewer than none."""
    count = counts.get(word, 0) + step
    if count < 0:
        raise KeyError(word)
    if count:
        counts[word] = count
    else:
        del counts[word]
