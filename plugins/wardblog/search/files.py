"""The files of the index as bytes, which the script of the search page fetches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from wardblog.search.cells import FIRSTS
from wardblog.search.documents import Numbered, row
from wardblog.search.postings import Entry
from wardblog.search.words import STOP_WORDS, simple_slug
from wardblog.support.late_dataclass import dataclass

NEWEST_PATH = "search/newest.json"
# A word is offered for one that was mistyped if it is in so many documents.
_COMMON = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestFile:
    """What a search reads first. `starts` are the first cells of the shards, `lists` the letters
    of the lists for spelling, and `before` is the first file of rows that there is not yet.

    `issues` are slugs and names, `streets` names and slugs of those with a page.
    """

    documents: int
    starts: tuple[int, ...]
    lists: str
    before: int
    issues: tuple[tuple[str, str], ...]
    streets: tuple[tuple[str, str], ...]
    has_welsh: bool
    rows: tuple[Numbered, ...]

    def content(self, words: Sequence[Entry]) -> bytes:
        parts: dict[str, object] = {
            "docs": self.documents,
            "shards": " ".join(FIRSTS[start] for start in self.starts),
            "spelling": self.lists,
            "before": self.before,
            "issues": self.issues,
            "streets": [
                name if slug == simple_slug(name) else (name, slug) for name, slug in self.streets
            ],
            "stop": " ".join(sorted(STOP_WORDS)),
        }
        if self.has_welsh:
            # late import: see docs/architecture.md
            from wardblog.search.welsh import table

            parts["cy"] = table()
        return _json({**parts, "words": words, "rows": _rows(self.rows)})


def words_content(words: Sequence[Entry]) -> bytes:
    """A shard: its entries."""
    return _json(words)


def rows_content(documents: Iterable[Numbered]) -> bytes:
    """The rows of neighbouring documents, by their numbers."""
    return _json(_rows(documents))


def rows_path(number: int) -> str:
    return f"search/posts/{number}.json"


def list_content(counts: Mapping[str, int]) -> bytes:
    """A list for spelling, from the number of documents that have each word."""
    return _json(" ".join(sorted(word for word, count in counts.items() if count >= _COMMON)))


def list_path(letter: str) -> str:
    return f"search/spelling/{letter}.json"


def _rows(documents: Iterable[Numbered]) -> dict[str, list[object]]:
    return {str(document.number): row(document) for document in documents}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")
