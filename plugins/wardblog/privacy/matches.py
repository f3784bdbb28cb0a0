"""What each finder gives: where something stands, what it is, and by what it is known again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# The words before and after that may say what a number is.
_BEFORE, _AFTER = 120, 60
# A full stop after a short word is that of an abbreviation: "Tel.", "Mrs.", "St."
_END = re.compile(
    r"[.!?;](?=\s)(?:(?<=[^\W_]{4}.)|(?<=[\d\W].))(?!\s+(?:Address|Home|He|She|They|Lives)\b)|\n"
)
# Where the runs of figures in a text begin and end: whatever is known by a number is at one.
Figures = Sequence[tuple[int, int]]


class TextMatch(NamedTuple):
    """A find between two offsets; `value` has one form, however the words are written."""

    start: int
    end: int
    value: str


def before(text: str, start: int, most: int = _BEFORE) -> str:
    """What stands before an offset in the same sentence."""
    end, start = start, max(0, start - most)
    start = max(start, text.rfind("\n", start, end) + 1)
    for found in _END.finditer(text, start, end):
        start = found.end()
    return text[start:end]


def after(text: str, end: int, most: int = _AFTER) -> str:
    """What stands behind an offset in the same sentence."""
    piece = text[end : end + most]
    found = _END.search(piece)
    return piece[: found.start() + 1] if found else piece


def is_inside_word(text: str, start: int, end: int) -> bool:
    """Whether letters or figures stand directly before or after a piece."""
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())
