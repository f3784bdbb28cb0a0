"""Makes of the shapes of one kind what a map draws: nothing doubled, and nothing too small to see.

All shapes are in metres on a plane.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.sources.map_rows import ROADS, joined_lines, simple_parts

# A shape with its name, which may be empty.
Named = tuple[str, BaseGeometry]

# How far an edge may move, in metres: less than two pixels where maps are largest.
_TOLERANCE = {"building": 0.6, "green": 1.5, "water": 1.5}
_LINE_TOLERANCE = 1.0
# What is smaller is left out: areas and holes in square metres, lines without a name in metres.
_SMALLEST = {"building": 18.0, "green": 80.0, "water": 40.0}
_SMALLEST_HOLE = 30.0
_SHORTEST = 8.0
# Tracks of one railway are this near each other, in metres; what is left of one is drawn if it
# goes its own way for some distance.
_BESIDE, _OWN_WAY = 16.0, 60.0
# How far from the coast it is surely sea on the right and land on the left, in metres.
_ASHORE = 0.05


def tidy(kind: str, shapes: Iterable[Named]) -> list[Named]:
    """Return lines and polygons to draw for one of the kinds, in no particular order."""
    # In an order of their own, since the corners that a union keeps depend on it.
    ordered = sorted(((name, shapely.normalize(shape)) for name, shape in shapes), key=_order)
    lines: list[Named] = [
        (name, part) for name, shape in ordered for part in simple_parts(shape, shapely.LineString)
    ]
    areas = [
        (name, part) for name, shape in ordered for part in simple_parts(shape, shapely.Polygon)
    ]
    polygons = _areas(kind, areas) if kind in _SMALLEST else []
    if kind == "water" and polygons:
        # A river that is wide enough to be an area keeps its middle line for the name alone.
        covered = shapely.union_all([polygon for _, polygon in polygons])
        lines = [(name, line if name else line.difference(covered)) for name, line in lines]
    if kind in ("rail", "water", *ROADS):
        polygons += _lines(kind, lines)
    return polygons


def _order(named: Named) -> tuple[str, bytes]:
    name, shape = named
    return name, shapely.to_wkb(shape)


def _by_name(shapes: Iterable[Named]) -> dict[str, list[BaseGeometry]]:
    by_name: dict[str, list[BaseGeometry]] = {}
    for name, shape in shapes:
        by_name.setdefault(name, []).append(shape)
    return by_name


def _lines(kind: str, shapes: Iterable[Named]) -> list[Named]:
    by_name = _by_name(shapes).items()
    if kind == "rail":
        # Tracks that cross stay whole, so that the longest leads the others.
        joined = _one_track_each(
            [
                (name, track)
                for name, lines in by_name
                for track in simple_parts(
                    shapely.line_merge(shapely.GeometryCollection(lines)), shapely.LineString
                )
            ]
        )
    else:
        joined = [(name, line) for name, lines in by_name for line in joined_lines(lines)]
    return [
        (name, shapely.simplify(line, _LINE_TOLERANCE))
        for name, line in joined
        if line.length >= (1.0 if name else _SHORTEST)
    ]


def _one_track_each(tracks: Sequence[Named]) -> list[Named]:
    """Draw tracks side by side as one line, so that a railway looks like a railway."""
    kept: list[Named] = []
    for name, track in sorted(tracks, key=lambda named: (-named[1].length, _order(named))):
        near = [other for _, other in kept if shapely.dwithin(other, track, _BESIDE)]
        if not near:
            kept.append((name, track))
            continue
        beside = shapely.union_all(near).buffer(_BESIDE, quad_segs=2, cap_style="flat")
        own = shapely.line_merge(shapely.difference(track, beside))
        kept += [
            (name, part)
            for part in simple_parts(own, shapely.LineString)
            if part.length > _OWN_WAY or track.length - part.length < 2 * _BESIDE
        ]
    return kept


def _areas(kind: str, shapes: Sequence[Named]) -> list[Named]:
    """Unite what touches, so that a terrace is one block; names keep their own area."""
    by_name = _by_name(shapes)
    named = {name: shapely.union_all(parts) for name, parts in by_name.items() if name}
    rest = shapely.union_all(by_name.get("", []))
    united = {**named, "": rest.difference(shapely.union_all(list(named.values())))}
    return [
        (name, polygon)
        for name, area in united.items()
        for part in simple_parts(area, shapely.Polygon)
        for polygon in simple_parts(_simpler(part, kind), shapely.Polygon)
        if polygon.area >= _SMALLEST[kind]
    ]


def _simpler(polygon: shapely.Polygon, kind: str) -> BaseGeometry:
    holes = [ring for ring in polygon.interiors if shapely.Polygon(ring).area >= _SMALLEST_HOLE]
    return shapely.simplify(shapely.Polygon(polygon.exterior, holes), _TOLERANCE[kind])


def sea_within(coast: Sequence[BaseGeometry], frame: BaseGeometry) -> list[BaseGeometry]:
    """Return the parts of the frame that are sea, which is on the right of each coastline.

    The lines are not cut to the frame, so that those which leave it divide it.
    """
    near = [line for line in coast if line.intersects(frame)]
    if not near:
        return []
    noded = shapely.union_all([*near, *(part.boundary for part in shapely.get_parts(frame))])
    pieces = [
        piece
        for piece in shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
        if frame.contains(piece.representative_point())
    ]
    votes = [0] * len(pieces)
    tree = shapely.STRtree(pieces)
    for line in near:
        for (x1, y1), (x2, y2) in zip(line.coords[:-1], line.coords[1:], strict=True):
            length = shapely.Point(x1, y1).distance(shapely.Point(x2, y2))
            if not length:
                continue
            aside = ((y2 - y1) / length * _ASHORE, (x1 - x2) / length * _ASHORE)
            for side in (1, -1):
                probe = shapely.Point(
                    (x1 + x2) / 2 + side * aside[0], (y1 + y2) / 2 + side * aside[1]
                )
                for found in tree.query(probe, predicate="within"):
                    votes[found] += side
    return [piece for piece, vote in zip(pieces, votes, strict=True) if vote > 0]
