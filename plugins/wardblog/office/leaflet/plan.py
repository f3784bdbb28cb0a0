"""Decides which part of a leaflet goes on which side, from measured heights in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, takewhile

from wardblog.office.leaflet.papers import FOLD, Level, Paper
from wardblog.support.late_dataclass import dataclass

# Room above the words of the title band, as a share of the margin; below them; and above the end
# of the leaflet. The template has the same.
_ABOVE_BAND, _BELOW_BAND, _ABOVE_CLOSING = 0.85, 8.5, 5.0
# The share of a side that the title may have.
_MOST_BAND = 0.4
# Rounding in measuring.
_SLACK = 0.05
_MILLIMETRES_PER_POINT = 25.4 / 72
_LINE = 1.25
# Room that is left over costs more in an earlier column: readers start there.
_EARLIER = 0.2
# An empty column costs more than any other way to fill columns, and most if it is an early one.
_EMPTY = 1e9


@dataclass(frozen=True, slots=True)
class Measured:
    """The heights of the title band, of the end, and of each section at one level."""

    band: float
    closing: float
    sections: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The sections of each column of each side, by their index.

    `level` is an index as well, and `end` that of the level at which the end is set: the back of a
    folded leaflet has a page of its own.
    """

    level: int
    end: int
    sides: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """What does not fit: a section by its index, or "title", "closing" or "empty".

    `excess` is in millimetres, `lines` about as many lines, and `sides` how many sides there are.
    """

    what: int | str
    excess: float
    lines: int
    sides: int


def rooms(paper: Paper, measured: Measured, sides: int) -> list[float]:
    """The height of each column in millimetres, in the order in which words are read."""
    found: list[float] = []
    for side in range(sides):
        room = paper.height - 2 * paper.margin
        if side == 0:
            room += paper.margin * (1 - _ABOVE_BAND) - measured.band - _BELOW_BAND
        if side == sides - 1:
            room = 0.0 if paper.name == FOLD else room - measured.closing - _ABOVE_CLOSING
        found += [room] * paper.columns
    return found


def _filled(
    heights: Sequence[float], available: Sequence[float], gap: float
) -> list[list[int]] | None:
    """The sections that go in each column, in order; None if they do not all fit."""
    columns: list[list[int]] = [[] for _ in available]
    at, used = 0, 0.0
    for number, height in enumerate(heights):
        while True:
            if at == len(available):
                return None
            needed = used + height + (gap if columns[at] else 0.0)
            if needed <= available[at] + _SLACK:
                columns[at].append(number)
                used = needed
                break
            at, used = at + 1, 0.0
    return columns


def _balanced(
    heights: Sequence[float], available: Sequence[float], gap: float
) -> list[list[int]] | None:
    """The same with as little room left over in each column as possible, in least squares."""
    best: dict[int, tuple[float, list[list[int]]]] = {0: (0.0, [])}
    for left, room in zip(range(len(available), 0, -1), available, strict=True):
        following: dict[int, tuple[float, list[list[int]]]] = {}
        for start, (cost, columns) in best.items():
            for end in range(start, len(heights) + 1):
                used = sum(heights[start:end]) + gap * max(end - start - 1, 0)
                if used > room + _SLACK:
                    break
                is_empty = end == start and room > 0
                spare = (room - used) ** 2 * (1 + _EARLIER * left)
                total = cost + (_EMPTY * left if is_empty else spare)
                if end not in following or total < following[end][0]:
                    following[end] = (total, [*columns, list(range(start, end))])
        best = following
    found = best.get(len(heights))
    return found[1] if found else None


def plan_sides(paper: Paper, measured: Sequence[Measured], sides: int | None) -> Plan | Overflow:
    """The roomiest plan on as few sides as is good; or what does not fit at the densest level."""
    allowed = (sides,) if sides else paper.sides
    end = _end_on_the_back(paper, measured) if paper.name == FOLD else None
    if end is not None:
        measured = [replace(one, closing=measured[end].closing) for one in measured]
    for number in allowed:
        is_last = number == allowed[-1]
        for level, one in enumerate(measured if is_last else measured[: paper.few]):
            if found := _plan(paper, one, level, number):
                return Plan(level, level if end is None else end, found)
    return _overflow(paper, measured, allowed[-1])


def _end_on_the_back(paper: Paper, measured: Sequence[Measured]) -> int:
    """The roomiest level at which the end fits on the last page, or the densest."""
    room = paper.height - 2 * paper.margin
    fitting = (number for number, one in enumerate(measured) if one.closing <= room)
    return next(fitting, len(measured) - 1)


def _plan(
    paper: Paper, measured: Measured, level: int, sides: int
) -> tuple[tuple[tuple[int, ...], ...], ...] | None:
    available = rooms(paper, measured, sides)
    if _faulty_end(paper, measured) or min(available) < -_SLACK:
        return None
    columns = _balanced(measured.sections, available, paper.levels[level].gap)
    if columns is None:
        return None
    by_side = [
        tuple(map(tuple, columns[start : start + paper.columns]))
        for start in range(0, len(columns), paper.columns)
    ]
    if any(not any(side) for side in (by_side[:-1] if sides > 1 else [])):
        return None  # a side without any words
    return tuple(by_side)


def _faulty_end(paper: Paper, measured: Measured) -> str:
    room = paper.height - 2 * paper.margin
    if measured.band > paper.height * _MOST_BAND:
        return "title"
    return "closing" if measured.closing > room else ""


def _overflow(paper: Paper, measured: Sequence[Measured], sides: int) -> Overflow:
    """What does not fit at the densest level, or else why no plan uses all sides."""
    level, one = paper.levels[-1], measured[-1]
    if what := _faulty_end(paper, one):
        room = paper.height * _MOST_BAND if what == "title" else paper.height - 2 * paper.margin
        size = one.band if what == "title" else one.closing
        return _told(what, size - room, level, sides)
    available = rooms(paper, one, sides)
    if min(available) < 0 and paper.name != FOLD:
        return _told("closing", -min(available), level, sides)
    if _filled(one.sections, available, level.gap) is not None:
        return _told("empty", 0.0, level, sides)
    first = _first_left_over(one.sections, available, level.gap)
    tallest = max(available)
    if one.sections[first] > tallest:
        return _told(first, one.sections[first] - tallest, level, sides)
    rest = sum(one.sections[first:]) + level.gap * (len(one.sections) - first)
    return _told(first, rest - max(_left(one.sections[:first], available, level.gap), 0.0), level,
                 sides)  # fmt: skip


def _first_left_over(heights: Sequence[float], available: Sequence[float], gap: float) -> int:
    fitting = takewhile(
        lambda number: _filled(heights[:number], available, gap) is not None, count(1)
    )
    return min(max(fitting, default=0), len(heights) - 1)


def _left(heights: Sequence[float], available: Sequence[float], gap: float) -> float:
    """The room below the last section of the last column that has words or could have."""
    columns = _filled(heights, available, gap) or []
    filled = [list(_with_gaps(column, heights, gap)) for column in columns]
    usable = [number for number, room in enumerate(available) if room > 0]
    return available[usable[-1]] - sum(filled[usable[-1]]) if usable and filled else 0.0


def _with_gaps(column: list[int], heights: Sequence[float], gap: float) -> Iterator[float]:
    yield from (heights[number] + gap for number in column)


def _told(what: int | str, excess: float, level: Level, sides: int) -> Overflow:
    line = level.body * _LINE * _MILLIMETRES_PER_POINT
    return Overflow(what=what, excess=excess, lines=max(1, round(excess / line)), sides=sides)
