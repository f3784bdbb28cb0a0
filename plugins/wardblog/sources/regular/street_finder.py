"""In which street a position is."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model import METRES_PER_DEGREE, Site
from wardblog.model.base_map import BaseKind

ELSEWHERE = "Elsewhere"
# How near a report must be to the line of a street, and to the middle of one whose line is not
# known, in metres. People put pins on pavements, in front gardens and in the middle of the road.
_NEAR_LINE, _NEAR_MIDDLE = 40.0, 120.0
_STREETS = (BaseKind.ROAD, BaseKind.ROAD_MAJOR, BaseKind.PATH)


class StreetFinder:
    """Finds the street that a position is in, from the base map and the gazetteer."""

    def __init__(self, site: Site) -> None:
        self._scale = math.cos(math.radians(_latitude_of(site)))
        names = {street.name for street in site.gazetteer.streets}
        lines = [(n, self._line(points)) for n, points in _lines(site) if n in names]
        middles = [(s.name, self._point(*s[1:3])) for s in site.gazetteer.streets]
        self._lines, self._middles = _Nearest(lines), _Nearest(middles)

    def streets_of(self, positions: Sequence[tuple[float, float]]) -> list[str]:
        """Return the street of each latitude and longitude, or that it is elsewhere."""
        points = [self._point(*position) for position in positions]
        by_line = self._lines.names(points, _NEAR_LINE)
        by_middle = self._middles.names(points, _NEAR_MIDDLE)
        pairs = zip(by_line, by_middle, strict=True)
        return [line or middle or ELSEWHERE for line, middle in pairs]

    def _point(self, latitude: float, longitude: float) -> shapely.Point:
        """A position in metres, true enough for one ward."""
        east = longitude * self._scale * METRES_PER_DEGREE
        return shapely.Point(east, latitude * METRES_PER_DEGREE)

    def _line(self, points: Sequence[tuple[float, float]]) -> BaseGeometry:
        if len(points) == 1:
            return self._point(*points[0])
        return shapely.LineString([self._point(*point) for point in points])


class _Nearest:
    """Named shapes, to find the one that is nearest to a point."""

    def __init__(self, shapes: Sequence[tuple[str, BaseGeometry]]) -> None:
        # Sorted, so that of two at one distance always the same is chosen.
        self._names = [name for name, _ in sorted(shapes, key=lambda pair: pair[0])]
        self._tree = shapely.STRtree([shape for _, shape in sorted(shapes, key=lambda p: p[0])])

    def names(self, points: Sequence[shapely.Point], within: float) -> list[str]:
        """The name of the nearest shape to each point, or "" if none is so near, in metres."""
        result = [""] * len(points)
        if not self._names or not points:
            return result
        found = self._tree.query_nearest(points, max_distance=within)
        for point, shape in sorted(zip(*found.tolist(), strict=True)):
            result[point] = result[point] or self._names[shape]
        return result


def _lines(site: Site) -> list[tuple[str, Sequence[tuple[float, float]]]]:
    base = site.map.base
    return [
        (line.name, line.points)
        for layer in (base.layers if base else ())
        if layer.kind in _STREETS and not layer.is_area
        for line in layer.lines
        if line.name and line.points
    ]


def _latitude_of(site: Site) -> float:
    if site.ward.boundary:
        return site.ward.boundary.rings[0].points[0].latitude
    streets = site.gazetteer.streets
    return streets[0].latitude if streets else 53.0
