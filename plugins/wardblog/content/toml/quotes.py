"""Accepts the curly quotation marks that word processors put around TOML values."""

from __future__ import annotations

import tomllib
from typing import Any

from wardblog.support.late_regex import late_regex

# Each mark that may open a value, with those that may close it.
_CLOSING = {
    "“": '”“"',
    "„": '“”"',
    "‟": '”"',
    "”": '”“"',
    "‘": "’‘'",
    "‚": "‘’'",
    "’": "’'",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    '"': "”“",
    "'": "’‘",
}
_AFTER = late_regex(r"\s*(?:[,\]}=#]|$)")
_AT_LINE = late_regex(r"\(at line (\d+), column \d+\)")
# So many lines are tried: each is read again from the top of the file.
_MOST, _LONGEST = 300, 3_000_000


def loads(text: str) -> dict[str, Any]:
    """The values of a TOML text; a line that cannot be read is tried with straight marks.

    Raises `ValueError` or `RecursionError` for the text as it was written.
    """
    return with_straight_marks(text)[0]


def with_straight_marks(text: str) -> tuple[dict[str, Any], str]:
    """The values of a TOML text, and the text as it was read: line for line, with straight marks.

    Raises as `loads`.
    """
    lines: list[str] | None = None
    error: ValueError | None = None
    for _ in range(min(_MOST, _LONGEST // max(len(text), 1)) + 1):
        try:
            tried = text if lines is None else "\n".join(lines)
            return tomllib.loads(tried), tried
        except ValueError as caught:
            error = error or caught
            lines = lines or text.split("\n")
            number = line_of(caught, text)
            mended = straightened(lines[number - 1]) if number <= len(lines) else ""
            if number > len(lines) or mended == lines[number - 1]:
                raise (caught if lines != text.split("\n") else error) from None
            lines[number - 1] = mended
    raise error or ValueError("unreadable")


def line_of(error: Exception, text: str) -> int:
    """The line on which `tomllib` stopped: the last one if it names none."""
    at = _AT_LINE.search(str(error))
    return int(at[1]) if at else text.rstrip("\n").count("\n") + 1


def straightened(line: str) -> str:
    """A line with its values between straight quotation marks; the values are unchanged."""
    parts: list[str] = []
    position = 0
    while position < len(line):
        mark = line[position]
        if mark == "#":
            break
        end = _straight_end(line, position) if mark in "\"'" else 0
        if end:
            parts.append(line[position:end])
            position = end
        elif mark in _CLOSING and (end := _curly_end(line, position)):
            words = line[position + 1 : end].replace("\\", "\\\\").replace('"', '\\"')
            parts.append(f'"{words}"')
            position = end + 1
        else:
            parts.append(mark)
            position += 1
    return "".join((*parts, line[position:]))


def _straight_end(line: str, start: int) -> int:
    """Where words between straight marks end; 0 where these have no end."""
    mark = line[start]
    position = start + 1
    while position < len(line):
        if line[position] == "\\" and mark == '"':
            position += 1
        elif line[position] == mark:
            return position + 1
        position += 1
    return 0


def _curly_end(line: str, start: int) -> int:
    """The position of the closing quotation mark: only what can follow a value comes after it."""
    for end in range(start + 1, len(line)):
        if line[end] in _CLOSING[line[start]] and _AFTER.match(line, end + 1):
            return end
    return 0
