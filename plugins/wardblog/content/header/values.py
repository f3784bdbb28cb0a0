"""The values of a header, read as the table of header lines says, with file and line in reports."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any, TypeVar

from wardblog.content.header.fields import HeaderContext
from wardblog.content.header.front_matter import HeaderLine, PostFile
from wardblog.content.keys import KEYS, HeaderKey
from wardblog.content.markdown.cleaning import HARM, HARM_HINT, HARM_REASON, harm_in
from wardblog.report import ParseError, Report

T = TypeVar("T")


def first_value(
    document: PostFile, key: str, parse: Callable[[str], T], report: Report
) -> T | None:
    """The value of a line that does not repeat; None if missing, or reported as unreadable."""
    entry = document.first(key)
    return _parsed(entry, parse, report) if entry else None


def fields_of(
    document: PostFile, context: HeaderContext, without: Container[str], report: Report
) -> dict[str, Any]:
    """The fields of a `Post` that the lines fill, but for those in `without`.

    Missing and unreadable values have no entry; the unreadable ones are reported.
    """
    values: dict[str, Any] = {}
    for entry in document.entries:
        key = KEYS[entry.key]
        if key.field in without or (key.field in values and not key.repeats):
            continue
        value = _value(entry, key, context, report)
        if value is not None and key.repeats:
            values[key.field] = (*values.get(key.field, ()), value)
        elif value is not None:
            values[key.field] = value
    return values


def _value(entry: HeaderLine, key: HeaderKey, context: HeaderContext, report: Report) -> object:
    parse = key.parse
    if parse is None:
        return entry.value
    return _parsed(entry, lambda value: parse(value, context), report)


def _parsed(entry: HeaderLine, parse: Callable[[str], T], report: Report) -> T | None:
    try:
        return parse(entry.value)
    except ParseError as error:
        report.parse_error(error, entry.line)
        return None


def report_empty(document: PostFile, report: Report) -> None:
    """Report an empty `Status` or `Precision`, whose author may have meant to hide something."""
    if "Precision" in document.lines and not document.first("Precision"):
        report.stop(
            document.lines["Precision"],
            "Precision is empty, so places would be shown exactly",
            "Write exact, street or area after it.",
        )
    if "Status" in document.lines and not document.first("Status"):
        report.stop(
            document.lines["Status"],
            "Status is empty, so the post would be published",
            "Write draft, hidden or published after it.",
        )


def report_harm(document: PostFile, report: Report) -> None:
    """Stops for HTML that runs: values are plain words, wherever they go."""
    for entry in document.entries:
        if word := harm_in(entry.value):
            message = f'"{entry.key}" has {word}, which {HARM_REASON}'
            report.stop(entry.line, message, HARM_HINT, HARM)
