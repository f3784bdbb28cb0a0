"""The index of the search, brought up to date: after an edit only its parts that change.

A build compares the documents with those of the last build, takes the old lines of what changed
from the stored parts of the index, and adds the new ones. The same site has the same files,
whatever was built before: if the store is in any doubt, everything is made again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from wardblog.build.search_store import DoubtError, IndexRecord, StoredIndex
from wardblog.build.search_update import IndexUpdate
from wardblog.build.state import Built
from wardblog.build.store import DamagedError
from wardblog.build.workers import SharedWork
from wardblog.model.digests import digest_of
from wardblog.search.cells import ranges, shard_path
from wardblog.search.documents import Numbered, Reader
from wardblog.search.files import (
    NEWEST_PATH,
    list_content,
    list_path,
    rows_content,
    rows_path,
    words_content,
)
from wardblog.search.postings import entries
from wardblog.search.schedule import NEWEST_PART
from wardblog.search.searched import Searched


class SearchIndex:
    """The files of the search, by their paths with a digest of each."""

    def __init__(self, searched: Searched, built: Built) -> None:
        self._searched, self._built = searched, built
        self._stored = StoredIndex(built)
        self._rendered: dict[str, bytes] = {}
        self.files = self._brought_up_to_date()

    def content(self, path: str) -> bytes:
        """The bytes of a file; raises `DamagedError` if the store cannot give them any more."""
        if path not in self._rendered:
            try:
                self._rendered[path] = self._makers[path]()
            except DoubtError as error:
                raise DamagedError(path) from error
        return self._rendered[path]

    def _brought_up_to_date(self) -> dict[str, bytes]:
        record, searched = self._stored.record(), self._searched
        if record is None:
            return self._anew()
        if (record.facts, record.newest) == (searched.facts, searched.newest_key):
            return record.files
        try:
            return self._changed(record)
        except (DoubtError, KeyError):
            self._stored = StoredIndex(self._built)
            return self._anew()

    @cached_property
    def _makers(self) -> dict[str, Callable[[], bytes]]:
        """What makes each file, by its path."""
        searched = self._searched
        made: dict[str, Callable[[], bytes]] = {NEWEST_PATH: self._newest}
        for cells in ranges(searched.layout.starts, searched.layout.end):
            made[shard_path(cells.start)] = partial(self._shard, cells)
        for letter in searched.layout.letters:
            made[list_path(letter)] = partial(self._list, letter)
        for number, documents in searched.rows.items():
            if number < searched.before:
                made[rows_path(number)] = partial(rows_content, documents)
        return made

    def _newest(self) -> bytes:
        return self._searched.newest.content(entries(self._stored.postings(NEWEST_PART)))

    def _shard(self, cells: range) -> bytes:
        words = (entry for cell in cells for entry in entries(self._stored.postings(cell)))
        return words_content(sorted(words))

    def _list(self, letter: str) -> bytes:
        return list_content(self._stored.counts(letter))

    def _anew(self) -> dict[str, bytes]:
        # late import: see docs/architecture.md
        from wardblog.search.merge import merged

        searched = self._searched
        documents, reader = [*searched.all.values()], Reader()

        def read(one: Numbered) -> str:
            return reader.lines(one.post, searched.now)

        lines = SharedWork(read, documents).results()
        self._stored.begin(*merged(searched, lines))
        files = {path: digest_of(self.content(path)) for path in self._makers}
        record = IndexRecord(searched.facts, len(searched.pages), searched.newest_key, files)
        self._stored.keep(record, dict(zip(searched.all, lines, strict=True)), is_new=True)
        return files

    def _changed(self, record: IndexRecord) -> dict[str, bytes]:
        """The files after what changed since then; raises `DoubtError` and `KeyError`."""
        searched = self._searched
        update = IndexUpdate(searched, record, self._stored)
        update.run()
        changed = update.changed_files()
        files = {
            path: record.files[path]
            if path not in changed and path in record.files
            else digest_of(self.content(path))
            for path in self._makers
        }
        now = IndexRecord(searched.facts, len(searched.pages), searched.newest_key, files)
        self._stored.keep(now, update.lines, update.gone)
        return files
