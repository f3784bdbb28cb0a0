"""A map as a still picture in SVG: for print, for readers without scripts, and until they run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from wardblog.maps.projection import Bounds, Sheet
from wardblog.model import Boundary, Dot, MapFigure, Point

_WIDTH, _LOWEST, _HIGHEST = 800.0, 360.0, 640.0
_MOST_NUMBERED, _MOST_CIRCLES = 30, 300
_NUMBERED_RADIUS, _PLAIN_RADIUS = 14.0, 8.0
_ROUND_METRES = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


def picture(figure: MapFigure, bounds: Bounds) -> str:
    """The `svg` element, coloured by the classes that the style sheets know."""
    sheet = Sheet.fit(bounds, _WIDTH, _LOWEST, _HIGHEST)
    outline = _outline(figure.boundary, sheet) if figure.boundary else ""
    return (
        f'<svg class="map-picture" viewBox="0 0 {_WIDTH:.0f} {sheet.height:.0f}" role="img" '
        f'aria-label="{escape(figure.label)}">{outline}{"".join(_dots(figure.dots, sheet))}'
        f"{_north()}{_scale_bar(sheet)}</svg>"
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _outline(boundary: Boundary, sheet: Sheet) -> str:
    parts = []
    for ring in boundary.rings:
        steps = (f"{_number(x)} {_number(y)}" for x, y in map(sheet.place, ring.points))
        parts.append("M" + "L".join(steps) + "Z")
    return f'<path class="map-ward" fill-rule="evenodd" d="{"".join(parts)}"/>'


def _classes(dot: Dot) -> str:
    place = dot.place
    is_open = place.progress is None or place.progress.is_open
    return f"issue-{dot.issue}" + ("" if is_open else " map-closed")


def _dots(dots: Sequence[Dot], sheet: Sheet) -> Iterator[str]:
    """Circles, numbered as the list beside them while the numbers can be read.

    Many exact places of one kind are one path, in which a dot is a line of no length.
    """
    placed = [(dot, *sheet.place(dot.place.point)) for dot in dots]
    for dot, x, y in placed:
        if dot.place.precision.radius:
            units = max(dot.place.precision.radius * sheet.scale, _NUMBERED_RADIUS)
            yield _circle(f"map-area {_classes(dot)}", x, y, units)
    if len(dots) > _MOST_CIRCLES:
        yield from _paths([p for p in placed if not p[0].place.precision.radius])
        return
    is_numbered = len(dots) <= _MOST_NUMBERED
    radius = _NUMBERED_RADIUS if is_numbered else _PLAIN_RADIUS
    numbers: dict[Point, list[int]] = {}
    for number, dot in enumerate(dots, start=1):
        numbers.setdefault(dot.place.point, []).append(number)
    # The first of the list lies on top, with the numbers of all that are at its spot.
    for number, (dot, x, y) in reversed(list(enumerate(placed, start=1))):
        if not dot.place.precision.radius:
            yield _circle(f"map-dot {_classes(dot)}", x, y, radius)
        here = numbers[dot.place.point]
        if is_numbered and here[0] == number:
            label = ", ".join(map(str, here))
            kind = "map-number on-area" if dot.place.precision.radius else "map-number"
            yield f'<text class="{kind}" x="{_number(x)}" y="{_number(y + 5)}">{label}</text>'


def _circle(classes: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{classes}" cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>'


def _paths(placed: list[tuple[Dot, float, float]]) -> Iterator[str]:
    by_kind = sorted(placed, key=lambda p: _classes(p[0]))
    for classes, group in groupby(by_kind, key=lambda p: _classes(p[0])):
        path = "".join(f"M{_number(x)} {_number(y)}h0" for _, x, y in group)
        yield f'<path class="map-dots {classes}" d="{path}"/>'


def _north() -> str:
    return (
        '<path class="map-ink" d="M776 20l8 26l-8 -6l-8 6Z"/>'
        '<text class="map-words" x="776" y="64" text-anchor="middle">N</text>'
    )


def _scale_bar(sheet: Sheet) -> str:
    """A bar of a round length, at most a quarter of the picture."""
    fitting = [m for m in _ROUND_METRES if m * sheet.scale <= _WIDTH / 4]
    metres = fitting[-1] if fitting else _ROUND_METRES[0]
    words = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    y, end = sheet.height - 16, 16 + metres * sheet.scale
    return (
        f'<path class="map-bar" d="M16 {_number(y - 6)}V{_number(y)}H{_number(end)}'
        f'V{_number(y - 6)}"/>'
        f'<text class="map-words" x="{_number(end + 8)}" y="{_number(y)}">{words}</text>'
    )
