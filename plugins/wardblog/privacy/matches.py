"""What a finder returns: the position of a match in a text, and its normalised value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from wardblog.support.late_regex import late_regex

# How many characters before and after a number may say what it is.
_BEFORE, _AFTER = 120, 60
# A full stop after a short word is that of an abbreviation: "Tel.", "Mrs.", "St."
_END = late_regex(
    r"[.!?;](?=\s)(?:(?<=[^\W_]{4}.)|(?<=[\d\W].))(?!\s+(?:Address|Home|He|She|They|Lives)\b)|\n"
)
# The start and end of each run of digits in a text; a finder of numbers looks only at these.
Figures = Sequence[tuple[int, int]]


class TextMatch(NamedTuple):
    """A match between two offsets; `value` is the same however the words are spelt or spaced."""

    start: int
    end: int
    value: str


def before(text: str, start: int, most: int = _BEFORE) -> str:
    """Return the text before an offset, within the same sentence."""
    end, start = start, max(0, start - most)
    start = max(start, text.rfind("\n", start, end) + 1)
    for found in _END.finditer(text, start, end):
        start = found.end()
    return text[start:end]


def after(text: str, end: int, most: int = _AFTER) -> str:
    """Return the text after an offset, within the same sentence."""
    piece = text[end : end + most]
    found = _END.search(piece)
    return piece[: found.start() + 1] if found else piece


def is_inside_word(text: str, start: int, end: int) -> bool:
    """Whether there is a letter or digit directly before `start` or after `end`."""
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())
