"""Places names on a map picture so that none touches another, a mark or the edge.

A name is taken as a row of circles along the line that it is written on, which is simple and holds
for bent names as well. Sizes are for a picture as wide as its sheet; on narrow pages the style
sheet enlarges names and marks by the factors of `TIERS`, and shows those alone that have room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from wardblog.support.late_dataclass import dataclass

# Factors by which names and marks are enlarged: on phones, in columns, on wide pages.
TIERS = (1.9, 1.35, 1.0)

Position = tuple[float, float]
Line = Sequence[Position]
Circle = tuple[float, float, float]

# Widths of letters as shares of their size, a little wider than in the usual fonts; Chinese,
# Japanese and Korean characters, and pictures, are as wide as high.
_NARROW, _WIDE = frozenset("iljtfrI.,:;'’|!()- "), frozenset("mwMW@%–—")
_CELL = 40.0


def width_of(words: str, size: float) -> float:
    """How much room words need, in units."""
    return size * sum(
        0.34 if c in _NARROW else 0.9 if c in _WIDE else 0.7 if c.isupper()
        else 1.0 if c >= "\u2e80" else 0.58
        for c in words
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words along a line whose middle is theirs; the line is at least as long as they are.

    `size` is the height of the letters in units, before they are enlarged.
    """

    words: str
    kind: str
    size: float
    line: tuple[Position, ...]

    def circles(self, factor: float) -> list[Circle]:
        """What the words cover when they are enlarged by a factor."""
        return _circles(self, factor)


# Pages with the same ground try the same names again.
@lru_cache(maxsize=4096)
def _circles(label: Label, factor: float) -> list[Circle]:
    size = label.size * factor
    return list(along(label.line, width_of(label.words, size), size))


def along(line: Line, width: float, size: float) -> Iterator[Circle]:
    """Circles along the middle of a line, which cover a row of letters of this size."""
    total = sum(math.dist(a, b) for a, b in pairwise(line))
    count = max(math.ceil(width / (size * 0.7)), 1)
    first, step = (total - width) / 2, width / count
    wanted = [first + step * (n + 0.5) for n in range(count)]
    yield from ((x, y, size * 0.62) for x, y in at_distances(line, wanted))


def at_distances(line: Line, wanted: Iterable[float]) -> Iterator[Position]:
    """Points of a line at growing distances from its start; its ends go straight on."""
    stretches = list(pairwise(line))
    number, done = 0, 0.0
    for distance in wanted:
        (x, y), (a, b) = stretches[number]
        length = math.dist((x, y), (a, b))
        while distance > done + length and number + 1 < len(stretches):
            done += length
            number += 1
            (x, y), (a, b) = stretches[number]
            length = math.dist((x, y), (a, b))
        share = (distance - done) / length if length else 0.0
        yield x + (a - x) * share, y + (b - y) * share


class Placed(Protocol):
    """Words with a place on the sheet."""

    def circles(self, factor: float) -> list[Circle]:
        """What the words cover when they are enlarged by a factor."""


class Rooms:
    """The room on a sheet for each factor of `TIERS`."""

    def __init__(self, width: float, height: float) -> None:
        self._rooms = [Room(width, height) for _ in TIERS]

    def copy(self) -> Rooms:
        """The same room, to be taken apart from this one."""
        other = copy(self)
        other._rooms = [room.copy() for room in self._rooms]
        return other

    def free_from(self, words: Placed, tier: int) -> int:
        """The first factor, from a given one, from which words have room at all that follow."""
        first = len(TIERS)
        for n in range(len(TIERS) - 1, tier - 1, -1):
            if not self._rooms[n].is_free(words.circles(TIERS[n])):
                break
            first = n
        return first

    def take(self, words: Placed, tier: int = 0) -> None:
        for n in range(tier, len(TIERS)):
            self._rooms[n].take(words.circles(TIERS[n]))


class Room:
    """The circles that are taken on a sheet, in cells, so that few have to be compared."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._cells: dict[tuple[int, int], list[Circle]] = {}

    def copy(self) -> Room:
        other = copy(self)
        other._cells = {cell: [*circles] for cell, circles in self._cells.items()}
        return other

    def is_free(self, circles: Iterable[Circle]) -> bool:
        """Whether circles lie on the sheet, and touch none that is taken.

        Plain loops: a map asks this thousands of times.
        """
        right, bottom, taken = self._width, self._height, self._cells
        for x, y, radius in circles:
            if not (radius <= x <= right - radius and radius <= y <= bottom - radius):
                return False
            for cell in _cells(x, y, radius):
                for a, b, r in taken.get(cell, ()):
                    across, down, apart = x - a, y - b, radius + r
                    if across * across + down * down < apart * apart:
                        return False
        return True

    def take(self, circles: Iterable[Circle]) -> None:
        for circle in circles:
            for cell in _cells(*circle):
                self._cells.setdefault(cell, []).append(circle)


def _cells(x: float, y: float, radius: float) -> list[tuple[int, int]]:
    first, last = int((x - radius) // _CELL), int((x + radius) // _CELL)
    top, bottom = int((y - radius) // _CELL), int((y + radius) // _CELL)
    if first == last and top == bottom:
        return [(first, top)]
    return [(c, r) for c in range(first, last + 1) for r in range(top, bottom + 1)]
