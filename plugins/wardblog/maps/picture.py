"""Draws a map as a still SVG picture, for print and for readers without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from wardblog.maps.projection import Bounds, MapSheet
from wardblog.maps.street_lines import street_lines
from wardblog.model import Boundary, Point
from wardblog.model.map_figure import Dot, DotShape, MapFigure, PlaceChange

WIDTH = 800.0
_LOWEST, _HIGHEST = 360.0, 640.0
_MOST_NUMBERED, _MOST_SHAPES, _MOST_DOTS = 30, 300, 3000
_NUMBERED_RADIUS, _PLAIN_RADIUS, _SMALL_RADIUS = 14.0, 8.0, 6.0
_ROUND_METRES = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)

# A dot with its position on the sheet, in units from the left and from the top.
PlacedDot = tuple[Dot, float, float]


@dataclass(frozen=True, slots=True)
class MapPicture:
    """The content of an `svg` element, coloured by classes, with its height."""

    label: str
    body: str
    height: float

    @property
    def inline(self) -> str:
        """Return the element for a page, whose style sheet defines the classes."""
        return (
            f'<svg class="map-picture" viewBox="0 0 {WIDTH:.0f} {self.height:.0f}" role="img" '
            f'aria-label="{escape(self.label)}">{self.body}</svg>'
        )


def picture(figure: MapFigure, bounds: Bounds, *, is_card: bool = False) -> MapPicture:
    """Draw a map that is wider than high; for a card, square and without numbers."""
    lowest, highest = (WIDTH, WIDTH) if is_card else (_LOWEST, _HIGHEST)
    sheet = MapSheet.fit(bounds, WIDTH, lowest, highest)
    outline = _outline(figure.boundary, sheet) if figure.boundary else ""
    base = figure.settings.base
    lines = street_lines(base, sheet) if base else ""
    parts = (
        outline,
        # The boundary is drawn above the streets that run along it.
        f"{lines}{outline.replace('map-ward', 'map-edge')}" if lines else "",
        *_dots(figure.dots, sheet, is_card=is_card),
        _north(),
        _scale_bar(sheet),
    )
    return MapPicture(figure.label, "".join(parts), sheet.height)


def number(value: float) -> str:
    """Write a length in the picture's units, to one decimal place."""
    return f"{value:.1f}".removesuffix(".0")


def _outline(boundary: Boundary, sheet: MapSheet) -> str:
    parts = []
    for ring in boundary.rings:
        steps = (f"{number(x)} {number(y)}" for x, y in map(sheet.place, ring.points))
        parts.append("M" + "L".join(steps) + "Z")
    return f'<path class="map-ward" fill-rule="evenodd" d="{"".join(parts)}"/>'


def _dots(dots: Sequence[Dot], sheet: MapSheet, *, is_card: bool) -> Iterator[str]:
    """Shapes, numbered as the list beside them while the numbers can be read.

    Many places are one path for each kind of them.
    """
    placed = [(dot, *sheet.place(dot.place.point)) for dot in dots]
    yield from _circles_of_areas(placed, sheet)
    exact = [p for p in placed if not p[0].place.precision.radius]
    yield from _moves(exact, sheet)
    if len(dots) > _MOST_SHAPES:
        yield from _combined_paths(exact, len(dots))
        return
    are_few = len(dots) <= _MOST_NUMBERED
    is_numbered = are_few and not is_card
    radius = _NUMBERED_RADIUS if are_few else _PLAIN_RADIUS
    numbers: dict[Point, list[int]] = {}
    for count, dot in enumerate(dots, start=1):
        numbers.setdefault(dot.place.point, []).append(count)
    # The first of the list lies on top, with the numbers of all that are at its spot; areas
    # and their numbers lie below.
    numbered = list(enumerate(placed, start=1))
    for is_area in (True, False):
        for count, (dot, x, y) in reversed(numbered):
            if bool(dot.place.precision.radius) is not is_area:
                continue
            if not is_area:
                yield _shape(dot, x, y, radius)
            here = numbers[dot.place.point]
            if is_numbered and here[0] == count:
                yield _number(dot, x, y, here)


def _number(dot: Dot, x: float, y: float, numbers: Sequence[int]) -> str:
    """The number of a place in it; those of several at one spot below it."""
    label = ", ".join(map(str, numbers))
    if len(numbers) > 1:
        y += _NUMBERED_RADIUS + 11
        kind = "map-number several"
    else:
        is_hollow = dot.place.precision.radius or dot.mark is DotShape.GONE
        kind = "map-number on-area" if is_hollow else "map-number"
    return f'<text class="{kind}" x="{number(x)}" y="{number(y + 5)}">{label}</text>'


def _circles_of_areas(placed: list[PlacedDot], sheet: MapSheet) -> Iterator[str]:
    """One circle for all places of one kind that are published at one spot."""
    found = {
        (dot.place.point, dot.place.precision.radius, _classes(dot)): (dot, x, y)
        for dot, x, y in placed
        if dot.place.precision.radius
    }
    for dot, x, y in found.values():
        radius = max(dot.place.precision.radius * sheet.scale, _NUMBERED_RADIUS)
        yield _circle(f"map-area {_classes(dot)}", x, y, radius)


def _classes(dot: Dot) -> str:
    kind = {DotShape.CLOSED: " map-closed", DotShape.GONE: " map-gone"}.get(dot.mark, "")
    return f"issue-{dot.issue}{kind}" if dot.issue else f"issue{kind}"


def _circle(classes: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{classes}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def _shape(dot: Dot, x: float, y: float, radius: float) -> str:
    """A circle for what is there, a square for what is closed, others for what changed."""
    classes = f"map-dot map-shape {_classes(dot)}"
    if dot.mark is DotShape.CLOSED:
        side = radius * 1.7
        return (
            f'<rect class="{classes}" x="{number(x - side / 2)}" y="{number(y - side / 2)}" '
            f'width="{number(side)}" height="{number(side)}"/>'
        )
    if dot.mark in _CORNERS:
        return f'<path class="{classes}" d="{_corners(dot.mark, x, y, radius)}"/>'
    return _circle(f"map-dot {_classes(dot)}", x, y, radius)


# The corners of shapes, as shares of a dot's radius; the theme's script draws the same.
_CORNERS = {
    DotShape.NEW: ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    DotShape.MOVED: ((0, -1.5), (1.5, 1.1), (-1.5, 1.1)),
}


def _corners(mark: DotShape, x: float, y: float, radius: float) -> str:
    points = (f"{number(x + radius * a)} {number(y + radius * b)}" for a, b in _CORNERS[mark])
    return f"M{'L'.join(points)}Z"


def _ring(x: float, y: float, radius: float) -> str:
    """A circle as a part of a path."""
    r, across = number(radius), number(2 * radius)
    half = f"a{r} {r} 0 1 0 "
    return f"M{number(x - radius)} {number(y)}{half}{across} 0{half}-{across} 0"


def _moves(placed: list[PlacedDot], sheet: MapSheet) -> Iterator[str]:
    """Lines from where places were to where they are now."""
    for dot, x, y in placed:
        if dot.change and dot.change.before:
            yield _move(dot.change, dot, x, y, sheet)


def _move(change: PlaceChange, dot: Dot, x: float, y: float, sheet: MapSheet) -> str:
    from_x, from_y = sheet.place(change.before) if change.before else (x, y)
    return (
        f'<path class="map-way {_classes(dot)}" d="M{number(from_x)} {number(from_y)}'
        f'L{number(x)} {number(y)}"/>'
        + _circle(f"map-way {_classes(dot)}", from_x, from_y, _PLAIN_RADIUS)
    )


def _combined_paths(placed: list[PlacedDot], count: int) -> Iterator[str]:
    """One path for each kind of place; circles and squares are the ends of lines of no length."""
    # The fewer can be told apart, the coarser: a picture of 50,000 dots weighs what 5,000 do.
    step = 1 if count <= _MOST_DOTS else 4
    kinds: dict[tuple[str, DotShape], list[PlacedDot]] = {}
    for one in placed:
        kinds.setdefault((one[0].issue, one[0].mark), []).append(one)
    for (_, mark), group in sorted(kinds.items(), key=lambda kind: (kind[0][0], kind[0][1].value)):
        classes = _classes(group[0][0])
        cells = sorted({(round(y / step) * step, round(x / step) * step) for _, x, y in group})
        if mark in _CORNERS:
            path = "".join(_corners(mark, x, y, _SMALL_RADIUS) for y, x in cells)
            yield f'<path class="map-dot {classes}" d="{path}"/>'
        elif mark is DotShape.GONE:
            path = "".join(_ring(x, y, _SMALL_RADIUS) for y, x in cells)
            yield f'<path class="map-dot {classes}" d="{path}"/>'
        else:
            yield f'<path class="map-dots {classes}" d="{"".join(_lines(cells, step))}"/>'


def _lines(cells: Iterable[tuple[int, int]], step: int) -> Iterator[str]:
    """Dots row by row; neighbours in a row are one line."""
    for y, row in groupby(cells, key=lambda c: c[0]):
        columns = [x for _, x in row]
        gaps = [n for n, (a, b) in enumerate(pairwise(columns), start=1) if b - a > step]
        for first, end in pairwise([0, *gaps, len(columns)]):
            yield f"M{columns[first]} {y}h{columns[end - 1] - columns[first]}"


def _north() -> str:
    return (
        '<path class="map-ink" d="M776 20l8 26l-8 -6l-8 6Z"/>'
        '<text class="map-words" x="776" y="64" text-anchor="middle">N</text>'
    )


def _scale_bar(sheet: MapSheet) -> str:
    """A bar of a round length, at most a quarter of the picture."""
    fitting = [m for m in _ROUND_METRES if m * sheet.scale <= WIDTH / 4]
    metres = fitting[-1] if fitting else _ROUND_METRES[0]
    words = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    y, end = sheet.height - 16, 16 + metres * sheet.scale
    return (
        f'<path class="map-bar" d="M16 {number(y - 6)}V{number(y)}H{number(end)}V{number(y - 6)}"/>'
        f'<text class="map-words" x="{number(end + 8)}" y="{number(y)}">{words}</text>'
    )
