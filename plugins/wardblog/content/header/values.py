"""A header's values, each by its parser, with the line added to what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from wardblog.content.header.front_matter import HeaderLine, PostFile
from wardblog.content.markdown.cleaning import HARM, HARM_HINT, HARM_WHY, harm_in
from wardblog.report import ParseError, Report

T = TypeVar("T")


class Values:
    """Takes a document's values one by one, and reports those that cannot be read."""

    def __init__(self, document: PostFile, report: Report) -> None:
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

    def _parsed(self, entry: HeaderLine, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(entry.value)
        except ParseError as error:
            self._report.parse_error(error, entry.line)
            return None


def report_empty(document: PostFile, report: Report) -> None:
    """An empty line of those that protect: what its author was about to write is not known."""
    if "Precision" in document.lines and not document.first("Precision"):
        report.stop(
            document.lines["Precision"],
            "Precision is empty, so places would be shown exactly",
            "Write exact, street or area behind it.",
        )
    if "Status" in document.lines and not document.first("Status"):
        report.stop(
            document.lines["Status"],
            "Status is empty, so the post would be published",
            "Write draft, hidden or published behind it.",
        )


def report_harm(document: PostFile, report: Report) -> None:
    """Header values are plain words, wherever they go."""
    for entry in document.entries:
        if word := harm_in(entry.value):
            report.stop(entry.line, f'"{entry.key}" has {word}, which {HARM_WHY}', HARM_HINT, HARM)
