"""Draws dots on a map picture, in shapes that tell what colour alone must not tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from wardblog.maps.projection import MapSheet
from wardblog.model.map_figure import Dot, DotShape, PlaceChange

_MOST_DOTS = 3000
_LEAST_AREA_RADIUS, _PLAIN_RADIUS, _SMALL_RADIUS = 14.0, 8.0, 6.0

# A dot with its position on the sheet, in units from the left and from the top.
PlacedDot = tuple[Dot, float, float]


def number(value: float) -> str:
    """Write a length in the picture's units, to one decimal place."""
    return f"{value:.1f}".removesuffix(".0")


def circles_of_areas(placed: list[PlacedDot], sheet: MapSheet) -> Iterator[str]:
    """One circle for all places of one kind that are published at one spot."""
    found = {
        (dot.place.point, dot.place.precision.radius, classes(dot)): (dot, x, y)
        for dot, x, y in placed
        if dot.place.precision.radius
    }
    for dot, x, y in found.values():
        radius = max(dot.place.precision.radius * sheet.scale, _LEAST_AREA_RADIUS)
        yield circle(f"map-area {classes(dot)}", x, y, radius)


def classes(dot: Dot) -> str:
    kind = {DotShape.CLOSED: " map-closed", DotShape.GONE: " map-gone"}.get(dot.mark, "")
    return f"issue-{dot.issue}{kind}" if dot.issue else f"issue{kind}"


def circle(kind: str, x: float, y: float, radius: float) -> str:
    middle = f' cx="{number(x)}" cy="{number(y)}"' if x or y else ""
    return f'<circle class="{kind}"{middle} r="{number(radius)}"/>'


def shape(dot: Dot, radius: float) -> str:
    """Draw a dot about the origin: round if it is there, square if closed, other if it changed."""
    kind = f"map-dot {classes(dot)}"
    if dot.mark is DotShape.CLOSED:
        side = radius * 1.7
        return (
            f'<rect class="{kind}" x="{number(-side / 2)}" y="{number(-side / 2)}" '
            f'width="{number(side)}" height="{number(side)}"/>'
        )
    if dot.mark in _CORNERS:
        return f'<path class="{kind}" d="{_corners(dot.mark, 0, 0, radius)}"/>'
    return circle(kind, 0, 0, radius)


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


def moves(placed: list[PlacedDot], sheet: MapSheet) -> Iterator[str]:
    """Lines from where places were to where they are now."""
    for dot, x, y in placed:
        if dot.change and dot.change.before:
            yield _move(dot.change, dot, x, y, sheet)


def _move(change: PlaceChange, dot: Dot, x: float, y: float, sheet: MapSheet) -> str:
    from_x, from_y = sheet.place(change.before) if change.before else (x, y)
    return (
        f'<path class="map-way {classes(dot)}" d="M{number(from_x)} {number(from_y)}'
        f'L{number(x)} {number(y)}"/>'
        + circle(f"map-way {classes(dot)}", from_x, from_y, _PLAIN_RADIUS)
    )


def combined_paths(placed: list[PlacedDot], count: int) -> Iterator[str]:
    """One path for each kind of place; circles and squares are the ends of lines of no length."""
    # The fewer can be told apart, the coarser: a picture of 50,000 dots weighs what 5,000 do.
    step = 1 if count <= _MOST_DOTS else 4
    kinds: dict[tuple[str, DotShape], list[PlacedDot]] = {}
    for one in placed:
        kinds.setdefault((one[0].issue, one[0].mark), []).append(one)
    for (_, mark), group in sorted(kinds.items(), key=lambda kind: (kind[0][0], kind[0][1].value)):
        kind = classes(group[0][0])
        cells = sorted({(round(y / step) * step, round(x / step) * step) for _, x, y in group})
        if mark in _CORNERS:
            path = "".join(_corners(mark, x, y, _SMALL_RADIUS) for y, x in cells)
            yield f'<path class="map-dot {kind}" d="{path}"/>'
        elif mark is DotShape.GONE:
            path = "".join(_ring(x, y, _SMALL_RADIUS) for y, x in cells)
            yield f'<path class="map-dot {kind}" d="{path}"/>'
        else:
            yield f'<path class="map-dots {kind}" d="{"".join(_lines(cells, step))}"/>'


def _lines(cells: Iterable[tuple[int, int]], step: int) -> Iterator[str]:
    """Dots row by row; neighbours in a row are one line."""
    for y, row in groupby(cells, key=lambda c: c[0]):
        columns = [x for _, x in row]
        gaps = [n for n, (a, b) in enumerate(pairwise(columns), start=1) if b - a > step]
        for first, end in pairwise([0, *gaps, len(columns)]):
            yield f"M{columns[first]} {y}h{columns[end - 1] - columns[first]}"
