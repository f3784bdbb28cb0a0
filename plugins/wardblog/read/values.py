"""A header's values, each by its parser, with the line added to what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from wardblog.read.front_matter import Document, Entry
from wardblog.read.report import Report, Unreadable

T = TypeVar("T")


class Values:
    """Takes a document's values one by one, and reports those that cannot be read."""

    def __init__(self, document: Document, report: Report) -> None:
        self._document = document
        self._report = report

    def text(self, key: str) -> str:
        entry = self._document.first(key)
        return entry.value if entry else ""

    def one(self, key: str, parse: Callable[[str], T]) -> T | None:
        entry = self._document.first(key)
        return self._parsed(entry, parse) if entry else None

    def each(self, key: str, parse: Callable[[str], T]) -> tuple[T, ...]:
        values = (self._parsed(entry, parse) for entry in self._document.all(key))
        return tuple(v for v in values if v is not None)

    def _parsed(self, entry: Entry, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(entry.value)
        except Unreadable as unreadable:
            self._report.unreadable(unreadable, entry.line)
            return None
