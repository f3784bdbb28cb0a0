"""Draws streets on a map picture: thin lines, with as many names as there is room for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from wardblog.maps.projection import MapSheet
from wardblog.model import BaseMap, Point
from wardblog.model.base_map import BaseKind, BaseLine

# Sizes of names in the picture's units; on a phone only the first few stand, and larger.
_SIZE, _LARGE_SIZE, _MOST_LARGE, _MOST = 14.0, 26.0, 6, 60
# How wide a letter is, at most, as a share of its size.
_LETTER = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name along its street: middle and angle in degrees, with half its length and height."""

    name: str
    x: float
    y: float
    angle: float
    along: float
    across: float

    def is_on(self, sheet: MapSheet) -> bool:
        turn = math.radians(self.angle)
        across = abs(self.along * math.cos(turn)) + abs(self.across * math.sin(turn))
        down = abs(self.along * math.sin(turn)) + abs(self.across * math.cos(turn))
        return across <= self.x <= sheet.width - across and down <= self.y <= sheet.height - down

    def touches(self, other: Label) -> bool:
        """Whether the circles and boxes about two names meet, seen along the first of them."""
        turn = math.radians(self.angle)
        east, south = other.x - self.x, other.y - self.y
        ahead = abs(east * math.cos(turn) + south * math.sin(turn))
        aside = abs(south * math.cos(turn) - east * math.sin(turn))
        between = math.radians(other.angle - self.angle)
        other_ahead = abs(other.along * math.cos(between)) + abs(other.across * math.sin(between))
        other_aside = abs(other.along * math.sin(between)) + abs(other.across * math.cos(between))
        return ahead < self.along + other_ahead and aside < self.across + other_aside


def street_lines(base: BaseMap, sheet: MapSheet) -> str:
    """One path for all streets that cross the sheet, and their names along them."""
    shown = [
        (road.name, line)
        for layer in base.layers
        if layer.kind in (BaseKind.ROAD, BaseKind.ROAD_MAJOR)
        for road in layer.lines
        for line in _lines(road, sheet)
    ]
    if not shown:
        return ""
    path = "".join(_path(line) for _, line in shown)
    return f'<path class="map-streets" d="{path}"/>{"".join(_names(shown, sheet))}'


Line = list[tuple[float, float]]


def _lines(road: BaseLine, sheet: MapSheet) -> Iterator[Line]:
    """The parts of a road that lie on the sheet, with a step beyond its edge."""
    part: Line = []
    for one, other in pairwise([sheet.place(Point(*point)) for point in road.points]):
        if _crosses(one, other, sheet):
            part = part or [one]
            part.append(other)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _path(line: Line) -> str:
    """A line as its start and the steps from there, which take the fewest letters."""
    whole = [(round(x), round(y)) for x, y in line]
    steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(whole) if a != b)
    return f"M{whole[0][0]} {whole[0][1]}l{steps}" if steps else ""


def _crosses(one: tuple[float, float], other: tuple[float, float], sheet: MapSheet) -> bool:
    return (
        max(one[0], other[0]) >= 0
        and min(one[0], other[0]) <= sheet.width
        and max(one[1], other[1]) >= 0
        and min(one[1], other[1]) <= sheet.height
    )


def _names(shown: Iterable[tuple[str, Line]], sheet: MapSheet) -> Iterator[str]:
    """Each name once, on its longest straight stretch, the longest streets first."""
    longest: dict[str, tuple[float, tuple[float, float], tuple[float, float]]] = {}
    for name, line in shown:
        for one, other in pairwise(line):
            stretch = (math.dist(one, other), one, other)
            if name and stretch > longest.get(name, (0.0, one, other)):
                longest[name] = stretch
    wanted = sorted(((s, name) for name, s in longest.items()), reverse=True)
    placed: list[Label] = []
    for (length, one, other), name in wanted:
        is_large = len(placed) < _MOST_LARGE
        label = _label(name, one, other, _LARGE_SIZE if is_large else _SIZE)
        fits = label.along * 2 <= length * (1.6 if is_large else 1.1)
        if (
            fits
            and label.is_on(sheet)
            and not any(label.touches(p) or p.touches(label) for p in placed)
        ):
            placed.append(label)
            yield _text(label, is_large)
        if len(placed) == _MOST:
            return


def _label(name: str, one: tuple[float, float], other: tuple[float, float], size: float) -> Label:
    angle = math.degrees(math.atan2(other[1] - one[1], other[0] - one[0]))
    if abs(angle) > 90:  # never upside down
        angle -= math.copysign(180, angle)
    x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
    return Label(
        name=name, x=x, y=y, angle=angle, along=len(name) * size * _LETTER / 2, across=size / 2
    )


def _text(label: Label, is_large: bool) -> str:
    kind = "map-street" if is_large else "map-street minor"
    return (
        f'<text class="{kind}" transform="translate({label.x:.0f} {label.y + 4:.0f}) '
        f'rotate({label.angle:.0f})">{escape(label.name)}</text>'
    )
