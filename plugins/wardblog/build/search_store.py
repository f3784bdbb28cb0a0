"""The parts of the search index in the store, loaded when they are needed, and written together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from wardblog.build.serialise import packed, unpacked
from wardblog.build.state import Built
from wardblog.search.postings import Postings

T = TypeVar("T")
# The kinds of items in the store: parts of the index, and the lines of each document.
_PARTS, _LINES = "search", "search lines"
_RECORD = "record"


class DoubtError(Exception):
    """What the store has of the index is incomplete, or does not fit together."""


class IndexRecord(NamedTuple):
    """What the index in the store was made from, and the digests of its files.

    `facts` has a digest of each document by its file, pages first, then posts, oldest first; the
    first bytes are its number. `newest` is what the newest file was made from, except its words.
    """

    facts: dict[str, bytes]
    pages: int
    newest: bytes
    files: dict[str, bytes]


class StoredIndex:
    """Postings by the number of their part, and counts by the letter of their list.

    What was asked for is kept, to be changed in place; `keep` writes what was `changed`.
    """

    def __init__(self, built: Built) -> None:
        self._built = built
        self._postings: dict[int, Postings] = {}
        self._counts: dict[str, dict[str, int]] = {}
        self._lines: dict[str, str] = {}
        self.changed: set[int | str] = set()

    def record(self) -> IndexRecord | None:
        """What there was at the last build; None if that is not known."""
        found = self._item(_RECORD, tuple)
        kinds = (dict, int, bytes, dict)
        if found is None or tuple(map(type, found)) != kinds:
            return None
        return IndexRecord(*found)

    def _item(self, name: str, kind: type[T]) -> T | None:
        data = self._built.bytes_of(_PARTS, name)
        if data is None:
            return None
        try:
            value: Any = unpacked(data)
        except Exception:  # noqa: BLE001 - damaged bytes can raise almost anything
            return None
        return value if type(value) is kind else None

    def postings(self, part: int) -> Postings:
        """The postings of a cell, or of the newest file; raises `DoubtError`."""
        if part not in self._postings:
            found = self._item(str(part), dict)
            self._postings[part] = found if found is not None else _missing()
        return self._postings[part]

    def counts(self, letter: str) -> dict[str, int]:
        """How many documents have each word with this first letter; raises `DoubtError`."""
        if letter not in self._counts:
            found = self._item(letter, dict)
            self._counts[letter] = found if found is not None else _missing()
        return self._counts[letter]

    def lines(self, file: str) -> str:
        """The lines of a document as of the last build; raises `DoubtError`."""
        data = self._built.bytes_of(_LINES, file)
        return data.decode("utf-8", "surrogatepass") if data is not None else _missing()

    def begin(self, postings: dict[int, Postings], counts: dict[str, dict[str, int]]) -> None:
        """Replace all parts."""
        self._postings, self._counts = postings, counts
        self.changed = {*postings, *counts}

    def keep(
        self,
        record: IndexRecord,
        lines: dict[str, str],
        gone: Iterable[str] = (),
        is_new: bool = False,
    ) -> None:
        """Write what changed, all together; if it `is_new`, there was nothing before."""
        new = {(_PARTS, _RECORD): packed(tuple(record))}
        for name in self.changed:
            part = self._postings[name] if isinstance(name, int) else self._counts[name]
            new[_PARTS, str(name)] = packed(part)
        for file, text in lines.items():
            new[_LINES, file] = text.encode("utf-8", "surrogatepass")
        self._built.replace(
            new, [(_LINES, file) for file in gone], (_PARTS, _LINES) if is_new else ()
        )
        self.changed = set()


def _missing() -> Any:
    raise DoubtError("a part is missing")
