"""Draws the places of a map picture: shapes, numbers as in the list, and names beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from html import escape

from wardblog.maps.dots import (
    PlacedDot,
    circle,
    circles_of_areas,
    classes,
    combined_paths,
    moves,
    number,
    shape,
)
from wardblog.maps.labels import TIERS, Circle, Rooms, along, width_of
from wardblog.maps.projection import MapSheet
from wardblog.model.map_figure import Dot, DotShape
from wardblog.support.late_dataclass import dataclass

_MOST_NUMBERED, _MOST_SHAPES = 30, 300
# The most names of places for each factor of `TIERS`, which leave room for those of streets.
_MOST_NAMES = (7, 14, 40)
_NUMBERED_RADIUS, _PLAIN_RADIUS, _SEVERAL_RADIUS = 14.0, 8.0, 11.0
# Places that are nearer to each other than this, in units, are one mark with a count. Where marks
# have numbers, so are those of which one would cover the other's number.
_ONE_SPOT = 6.0
# The height of letters, from one line to the next, and how many letters a line has at most.
_NAME_SIZE, _NAME_LINE, _LONGEST = 16.0, 17.0, 17
_WAYS = ((0, 0), (0, -1), (0, 1), (-1, 0), (1, 0), (-0.7, -0.7), (0.7, -0.7), (0.7, 0.7))
# Bold letters are wider.
_BOLD = 1.15


@dataclass(slots=True)
class Spot:
    """The dots at one spot of the sheet, with their numbers in the list."""

    x: float
    y: float
    dots: list[Dot] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @property
    def is_area(self) -> bool:
        return bool(self.dots[0].place.precision.radius)

    @property
    def name(self) -> str:
        """The name of its places; "" if they differ."""
        names = {dot.place.name for dot in self.dots}
        return names.pop() if len(names) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkName:
    """Lines of words beside a mark: on its right, on its left, below or above."""

    x: float
    y: float
    radius: float
    lines: tuple[str, ...]
    side: str

    def circles(self, factor: float) -> list[Circle]:
        """What the words cover when mark and words are enlarged by a factor."""
        found = list[Circle]()
        for words, across, down in self._placed:
            width = width_of(words, _NAME_SIZE) * _BOLD * factor
            x, y = self.x + across * factor, self.y + down * factor
            start = {"end": x - width, "start": x, "middle": x - width / 2}[self._anchor]
            found += along(((start, y), (start + width, y)), width, _NAME_SIZE * factor)
        return found

    @property
    def _anchor(self) -> str:
        return {"right": "start", "left": "end"}.get(self.side, "middle")

    @property
    def _placed(self) -> Iterator[tuple[str, float, float]]:
        """Each line with where its letters are, from the middle of the mark."""
        aside, below = self.radius + 6, self.radius + 13
        more = (len(self.lines) - 1) * _NAME_LINE
        across, first = {
            "right": (aside, -more / 2),
            "left": (-aside, -more / 2),
            "below": (0.0, below),
            "above": (0.0, -below - more),
        }[self.side]
        for count, words in enumerate(self.lines):
            yield words, across, first + count * _NAME_LINE

    def svg(self, tier: int) -> str:
        kind = "map-label" + (f" n{tier}" if tier else "")
        anchor = "" if self._anchor == "start" else f' text-anchor="{self._anchor}"'
        lines = [
            (f' x="{number(x)}" y="{number(y + 5.5)}"', escape(words))
            for words, x, y in self._placed
        ]
        if len(lines) == 1:
            return f'<text class="{kind}"{lines[0][0]}{anchor}>{lines[0][1]}</text>'
        spans = " ".join(f"<tspan{at}>{words}</tspan>" for at, words in lines)
        return f'<text class="{kind}"{anchor}>{spans}</text>'


@dataclass(frozen=True, slots=True)
class _Mark:
    """The circle that a mark covers."""

    x: float
    y: float
    radius: float

    def circles(self, factor: float) -> list[Circle]:
        return [(self.x, self.y, self.radius * factor)]


def marks(dots: Sequence[Dot], sheet: MapSheet, rooms: Rooms, *, is_card: bool) -> tuple[str, str]:
    """The areas and ways that lie below names, and the marks that lie above; takes their room."""
    placed = [(dot, *sheet.place(dot.place.point)) for dot in dots]
    exact = [one for one in placed if not one[0].place.precision.radius]
    below = "".join((*circles_of_areas(placed, sheet), *moves(exact, sheet)))
    if len(dots) > _MOST_SHAPES:
        return below, "".join(combined_paths(exact, len(dots)))
    are_few = len(dots) <= _MOST_NUMBERED
    spots = list(_spots(placed, _NUMBERED_RADIUS if are_few else _ONE_SPOT))
    drawn = [(spot, _radius(spot, are_few=are_few)) for spot in spots]
    for spot, radius in sorted(drawn, key=lambda one: one[0].is_area):
        if spot.is_area:
            _move_clear(spot, radius, sheet, rooms)
        rooms.take(_Mark(spot.x, spot.y, radius + 1))
    is_numbered = are_few and not is_card
    tiers = 1 if is_card else len(TIERS)
    names = _names(drawn, rooms, is_numbered, tiers)
    # The first of the list lies on top.
    above = (
        _mark(spot, radius, names.get(id(spot), ""), is_numbered=is_numbered)
        for spot, radius in reversed(drawn)
    )
    return below, "".join(above)


def _spots(placed: Iterable[PlacedDot], apart: float) -> Iterator[Spot]:
    """The dots by spot: areas by their middle, others where they would cover each other."""
    found: list[Spot] = []
    cells: dict[tuple[bool, int, int], list[Spot]] = {}
    for count, (dot, x, y) in enumerate(placed, start=1):
        is_area = bool(dot.place.precision.radius)
        least = _ONE_SPOT if is_area else apart
        column, row = int(x // least), int(y // least)
        near = (
            spot
            for a in (column - 1, column, column + 1)
            for b in (row - 1, row, row + 1)
            for spot in cells.get((is_area, a, b), ())
            if (spot.x - x) ** 2 + (spot.y - y) ** 2 < least**2
        )
        spot = next(near, None)
        if spot is None:
            spot = Spot(x, y)
            found.append(spot)
            cells.setdefault((is_area, column, row), []).append(spot)
        spot.dots.append(dot)
        spot.numbers.append(count)
    return iter(found)


def _move_clear(spot: Spot, radius: float, sheet: MapSheet, rooms: Rooms) -> None:
    """Move the number of an area towards its edge, if a mark would cover it in the middle."""
    reach = spot.dots[0].place.precision.radius * sheet.scale * 0.75
    ways = [(spot.x + across * reach, spot.y + down * reach) for across, down in _WAYS]
    spot.x, spot.y = min(ways, key=lambda way: rooms.free_from(_Mark(way[0], way[1], radius), 0))


def _radius(spot: Spot, *, are_few: bool) -> float:
    if are_few:
        return _NUMBERED_RADIUS
    return _PLAIN_RADIUS if len(spot.dots) == 1 else _SEVERAL_RADIUS


def _names(
    drawn: Sequence[tuple[Spot, float]], rooms: Rooms, is_numbered: bool, tiers: int
) -> dict[int, str]:
    """The names of spots as SVG, by the spot's id: as many as have room, the first first."""
    found: dict[int, str] = {}
    for tier in range(tiers):
        for spot, radius in drawn:
            if len(found) == _MOST_NAMES[tier]:
                break
            lines = _lines(spot, is_numbered=is_numbered)
            if id(spot) in found or not lines:
                continue
            for side in ("right", "left", "below", "above"):
                name = MarkName(x=spot.x, y=spot.y, radius=radius, lines=lines, side=side)
                if rooms.free_from(name, tier) == tier:
                    rooms.take(name, tier)
                    found[id(spot)] = name.svg(tier)
                    break
    return found


def _lines(spot: Spot, *, is_numbered: bool) -> tuple[str, ...]:
    """The name of a spot in two lines at most; of several places their numbers as well."""
    *lines, last = _wrapped(spot.name)
    if is_numbered and len(spot.numbers) > 1 and not spot.is_area:
        # The name comes first: "3 Eland Road" would be somebody's address.
        last = f"{last} ({runs(spot.numbers)})" if last else runs(spot.numbers)
    return (*lines, last) if last else ()


def _wrapped(name: str) -> list[str]:
    """One or two lines of a name, shortened at a word; the theme's script does the same."""
    lines = [""]
    for word in name.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if len(longer) <= _LONGEST or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 2:
        lines[1] += "…"
    longest = _LONGEST * 1.4
    return [f"{line[:_LONGEST]}…" if len(line) > longest else line for line in lines[:2]]


def runs(numbers: Sequence[int]) -> str:
    """Growing numbers in few letters, such as `1–3, 7`."""
    parts: list[list[int]] = []
    for n in numbers:
        if parts and n == parts[-1][-1] + 1:
            parts[-1].append(n)
        else:
            parts.append([n])
    return ", ".join(
        str(p[0]) if len(p) == 1 else f"{p[0]}{', ' if len(p) == 2 else '–'}{p[-1]}" for p in parts
    )


def _mark(spot: Spot, radius: float, name: str, *, is_numbered: bool) -> str:
    """A mark about its own middle, which the style sheet enlarges on narrow pages."""
    dot, count = spot.dots[0], len(spot.dots)
    drawn = words = ""
    if not spot.is_area:
        drawn = shape(dot, radius) if count == 1 else circle(_common(spot.dots), 0, 0, radius)
    kind = "map-number"
    if spot.is_area or (count == 1 and dot.mark is DotShape.GONE):
        kind = "map-number on-area"
    if count > 1 and not spot.is_area:
        words = f"×{count}"
    elif is_numbered:
        words = runs(spot.numbers)
    if words:
        words = f'<text class="{kind}" y="5">{words}</text>'
    if not (drawn or words or name):
        return ""
    return (
        f'<g transform="translate({spot.x:.0f} {spot.y:.0f})">'
        f'<g class="map-mark">{drawn}{words}{name}</g></g>'
    )


def _common(dots: Sequence[Dot]) -> str:
    """The classes of a mark for several places: those of an issue if all have the same."""
    kinds = {(dot.issue, dot.mark is DotShape.CLOSED) for dot in dots}
    first = dots[0]
    return f"map-dot {classes(first)}" if len(kinds) == 1 else "map-dot issue"
