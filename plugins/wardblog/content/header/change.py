"""A change to one header line, and a file's lines with their endings, as the editors need them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import takewhile

from wardblog.content.keys import HeaderKey
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# What ends a line to the reader (`text.decoding`).
_ENDING = late_regex("(\r\n|[\r\n\u2028\u2029])")


class Action(Enum):
    SET = "set"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderChange:
    """What to do with a line; `position` counts the values of a line that repeats, from 0."""

    action: Action
    key: HeaderKey
    value: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class EndedLine:
    """A line without its ending, and the ending; the last of a file has none."""

    text: str
    end: str


def ended_lines(text: str) -> list[EndedLine]:
    """The lines of a text; joined again they are the same text."""
    parts = _ENDING.split(text)
    return [EndedLine(*pair) for pair in zip(parts[::2], [*parts[1::2], ""], strict=True)]


def joined(lines: Sequence[EndedLine]) -> str:
    return "".join(line.text + line.end for line in lines)


def with_line(lines: Sequence[EndedLine], at: int, text: str) -> list[EndedLine]:
    """The lines with another inserted at the index `at`, with the line ending of the one above."""
    if at == len(lines):
        *rest, last = lines
        return [*rest, EndedLine(last.text, _ending_near(rest, len(rest))), EndedLine(text, "")]
    return [*lines[:at], EndedLine(text, _ending_near(lines, at)), *lines[at:]]


def _ending_near(lines: Sequence[EndedLine], at: int) -> str:
    """The ending of the line above the index `at`, else of the first that has one."""
    above = lines[at - 1].end if at else ""
    return above or next((line.end for line in lines if line.end), "\n")


def with_texts(lines: Sequence[EndedLine], texts: Sequence[str]) -> list[EndedLine]:
    """Lines with these texts; those that stay the same keep their endings."""
    old = [line.text for line in lines]
    above = alike(old, texts)
    most = min(len(old), len(texts)) - above
    below = min(alike(old[::-1], texts[::-1]), most)
    middle = list(lines[above : len(lines) - below])
    ending = _ending_near([*middle, *lines], 0)
    changed = [
        EndedLine(text, middle[n].end if n < len(middle) else ending)
        for n, text in enumerate(texts[above : len(texts) - below])
    ]
    return [*lines[:above], *changed, *lines[len(lines) - below :]]


def alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines are the same at the beginning of two texts."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
