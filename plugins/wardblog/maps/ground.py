"""Draws the ground of a map picture: the base map, and the ward's outline with all else dimmed.

Colours are the custom properties of the theme's style sheet, so that a page shows the ground in
its own colours, also when it is in another file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from wardblog.maps.projection import MapSheet, layers_on
from wardblog.model import BaseMap, Boundary
from wardblog.model.base_map import BaseKind, BaseLayer

# Positions are whole numbers of this many in a unit: more digits would not be seen.
_FINENESS = 2.5
# The least area in square units that is worth drawing, and the most points of each kind, the
# largest shapes first: a picture of 20,000 buildings weighs little more than one of 4,000.
_LEAST_AREA = 10.0
_MOST_POINTS = {
    BaseKind.GREEN: 4000, BaseKind.WATER: 4000, BaseKind.BUILDING: 5000, BaseKind.RAIL: 2000,
    BaseKind.PATH: 3000, BaseKind.ROAD: 9000, BaseKind.ROAD_MAJOR: 6000,
}  # fmt: skip
# Units in a metre from which a kind helps more than it clutters; other kinds always show.
_FROM_SCALE = {BaseKind.BUILDING: 0.4, BaseKind.PATH: 0.25}
# Width of roads in metres on the ground, and its least and most in units.
_WIDTHS = {BaseKind.ROAD: (9.0, 1.8, 16.0), BaseKind.ROAD_MAJOR: (14.0, 4.6, 24.0)}

Position = tuple[int, int]
Path = list[Position]


@lru_cache(maxsize=4)
def ground(
    base: BaseMap | None, boundary: Boundary | None, sheet: MapSheet, *, is_card: bool
) -> str:
    """Return the ground as SVG elements; maps with the same sheet share one.

    On a card it is coarser, since it takes a program of ours time to render.
    """
    if base is None:
        return _plain(boundary, sheet) if boundary else ""
    width, height = (round(n * _FINENESS) for n in (sheet.width, sheet.height))
    box = f"M0 0H{width}V{height}H0Z"
    layers = [one for one in layers_on(base, sheet) if _is_shown(one.kind, sheet, is_card=is_card)]
    parts = [f'<path fill="var(--map-land)" d="{box}"/>', *_layers(layers, sheet)]
    if boundary:
        outline = _rings([ring.points for ring in boundary.rings], sheet)
        dimmed = 'fill="var(--map-land)" fill-opacity=".5" fill-rule="evenodd"'
        parts += (
            f'<path {dimmed} d="{box}{outline}"/>',
            _line(outline, "var(--map-name)", 2),
        )
    scale = f'transform="scale({1 / _FINENESS:g})"'
    ends = "" if is_card else ' stroke-linejoin="round" stroke-linecap="round"'
    return f'<g fill="none"{ends} {scale}>{"".join(parts)}</g>'


def _is_shown(kind: BaseKind, sheet: MapSheet, *, is_card: bool) -> bool:
    return sheet.scale >= _FROM_SCALE.get(kind, 0) and not (is_card and kind in _FROM_SCALE)


def _plain(boundary: Boundary, sheet: MapSheet) -> str:
    """The ward alone."""
    outline = _rings([ring.points for ring in boundary.rings], sheet)
    return (
        f'<path transform="scale({1 / _FINENESS:g})" fill="var(--land)" fill-rule="evenodd" '
        f'stroke="var(--soft)" stroke-width="{2 * _FINENESS:.0f}" d="{outline}"/>'
    )


def _layers(layers: Iterable[BaseLayer], sheet: MapSheet) -> Iterator[str]:
    """What lies on the ground, from the bottom to the top."""
    layers = tuple(layers)
    shapes = {
        (layer.kind, layer.is_area): path
        for layer in layers
        if layer.is_area or layer.kind not in _WIDTHS
        if (path := _shapes(layer, sheet))
    }
    yield from _areas(shapes, BaseKind.GREEN, BaseKind.WATER)
    if lines := shapes.get((BaseKind.WATER, False)):
        yield _line(lines, "var(--map-water)", max(4 * sheet.scale, 2.4))
    yield from _areas(shapes, BaseKind.BUILDING)
    if lines := shapes.get((BaseKind.PATH, False)):
        yield _line(lines, "var(--map-path)", 1.2, "8 6")
    yield from _areas(shapes, BaseKind.ROAD)
    # The edges of all roads are below all roads, so that they meet openly at junctions.
    roads = [road for layer in layers for road in _roads(layer, sheet)]
    for lines, word, width in roads:
        yield _line(lines, f"var(--map-{word}-edge)", max(width + 1.3, width * 1.25))
    for lines, word, width in roads:
        yield _line(lines, f"var(--map-{word})", width)
    if lines := shapes.get((BaseKind.RAIL, False)):
        yield _line(lines, "var(--map-rail)", 3)
        yield _line(lines, "var(--map-land)", 1.6, "15 15")


def _areas(shapes: Mapping[tuple[BaseKind, bool], str], *kinds: BaseKind) -> Iterator[str]:
    for kind in kinds:
        if areas := shapes.get((kind, True)):
            yield f'<path fill="var(--map-{kind.value})" d="{areas}"/>'


def _roads(layer: BaseLayer, sheet: MapSheet) -> Iterator[tuple[str, str, float]]:
    """The roads of a layer as a path, the word of their colour, and their width in units.

    Ways without a name, such as those to garages, are narrower than streets.
    """
    if layer.is_area or layer.kind not in _WIDTHS:
        return
    metres, least, most = _WIDTHS[layer.kind]
    width = min(max(metres * sheet.scale, least), most)
    word = layer.kind.value.removeprefix("road-")
    named = tuple(line for line in layer.lines if line.name)
    others = tuple(line for line in layer.lines if not line.name)
    if named and layer.kind is BaseKind.ROAD:
        parts = [(others, max(width * 0.6, least)), (named, width)]
    else:
        parts = [(layer.lines, width)]
    for lines, own in parts:
        if path := _shapes(replace(layer, lines=lines), sheet):
            yield path, word, own


def _line(path: str, colour: str, width: float, dashes: str = "") -> str:
    dashed = f'stroke-linecap="butt" stroke-dasharray="{dashes}" ' if dashes else ""
    return f'<path stroke="{colour}" stroke-width="{width * _FINENESS:.1f}" {dashed}d="{path}"/>'


def _shapes(layer: BaseLayer, sheet: MapSheet) -> str:
    """One path for the shapes of a layer that can be seen on the sheet, the largest first."""
    place = placing(sheet)
    found: list[tuple[float, Path]] = []
    for line in layer.lines:
        path = place(line.points)
        if layer.is_area:
            if _is_on(path, sheet) and (size := _area(path)) >= _LEAST_AREA * _FINENESS**2:
                found.append((size, path))
        else:
            found += ((_length(part), part) for part in _cut(path, sheet))
    found.sort(key=lambda one: -one[0])
    count, most, kept = 0, _MOST_POINTS[layer.kind], list[Path]()
    for _, path in found:
        count += len(path)
        if count > most:
            break
        kept.append(path)
    return _written(kept, is_closed=layer.is_area)


def placing(sheet: MapSheet) -> Callable[[Iterable[tuple[float, float]]], Path]:
    """What places latitudes and longitudes on the sheet, in its fine units, without repeats."""
    (left, top), (right, bottom) = (sheet.place_degrees(*p) for p in ((0.0, 0.0), (1.0, 1.0)))
    by_longitude, by_latitude = (right - left) * _FINENESS, (bottom - top) * _FINENESS
    left, top = left * _FINENESS, top * _FINENESS

    def place(points: Iterable[tuple[float, float]]) -> Path:
        path = list[Position]()
        before = None
        for latitude, longitude in points:
            here = (round(left + longitude * by_longitude), round(top + latitude * by_latitude))
            if here != before:
                path.append(here)
                before = here
        return path

    return place


def _is_on(path: Path, sheet: MapSheet) -> bool:
    columns, rows = [x for x, _ in path], [y for _, y in path]
    return (
        len(path) > 2
        and max(columns) >= 0
        and min(columns) <= sheet.width * _FINENESS
        and max(rows) >= 0
        and min(rows) <= sheet.height * _FINENESS
    )


def _area(path: Path) -> float:
    before = [path[-1], *path]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(before, path, strict=False))) / 2


def _length(path: Path) -> float:
    return sum(abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in pairwise(path))


def _cut(path: Path, sheet: MapSheet) -> Iterator[Path]:
    """The parts of a line that lie on the sheet, with a step beyond its edge."""
    width, height = sheet.width * _FINENESS, sheet.height * _FINENESS
    part: Path = []
    for one, other in pairwise(path):
        if (
            (one[0] >= 0 or other[0] >= 0)
            and (one[0] <= width or other[0] <= width)
            and (one[1] >= 0 or other[1] >= 0)
            and (one[1] <= height or other[1] <= height)
        ):
            part = part or [one]
            part.append(other)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _rings(rings: Iterable[Sequence[object]], sheet: MapSheet) -> str:
    place = placing(sheet)
    return _written(
        (place((p.latitude, p.longitude) for p in ring) for ring in rings),  # type: ignore[attr-defined]
        is_closed=True,
    )


def _written(paths: Iterable[Path], *, is_closed: bool) -> str:
    """Lines as their first position and the steps from there, which take the fewest letters."""
    parts = list[str]()
    for path in paths:
        if len(path) < 2:
            continue
        steps = "".join(
            f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}"
            for dx, dy in ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(path))
        )
        parts.append(f"M{path[0][0]} {path[0][1]}l{steps.lstrip()}{'z' if is_closed else ''}")
    return "".join(parts)
