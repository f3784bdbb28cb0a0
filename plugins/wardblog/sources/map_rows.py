"""What every map source gives: lines and areas of the base map, and places with names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Literal, TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model.base_map import BaseKind
from wardblog.places.shapes import flat_parts
from wardblog.support.late_dataclass import dataclass

# The kinds of the base map, in the order in which a map paints them.
KINDS = tuple(kind.value for kind in BaseKind)
ROADS = ("road-major", "road", "path")
# Kinds that are always areas; water may be either.
AREAS = ("green", "building")
# A line with the sea on its right; the base map makes water of it.
COASTLINE = "coastline"
# How far around the ward its maps reach, in metres.
BEYOND = 200.0

Shape = TypeVar("Shape", bound=BaseGeometry)
PlaceKind = Literal["street", "postcode", "place"]


@dataclass(frozen=True, slots=True)
class MapRow:
    """Something on the base map: `kind` is one of `KINDS`, or `COASTLINE`; `name` may be empty.

    The shape is in WGS84 degrees, longitude first: lines for roads, paths, railways and the
    coastline, areas for greens and buildings, either for water.
    """

    kind: str
    name: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name that people use for a place, with a position in WGS84 degrees."""

    kind: PlaceKind
    name: str
    latitude: float
    longitude: float


class LocalMetres:
    """Converts between degrees and metres on a plane around the middle of an area.

    Within 20 km of the middle, lengths are right to about a thousandth (series of
    https://en.wikipedia.org/wiki/Geographic_coordinate_system#Latitude_and_longitude).
    """

    def __init__(self, area: BaseGeometry) -> None:
        west, south, east, north = area.bounds
        self._middle = ((west + east) / 2, (south + north) / 2)
        phi = math.radians(self._middle[1])
        self._scale = (
            111_412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi),
            111_132.92 - 559.82 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi),
        )

    def from_degrees(self, shape: Shape) -> Shape:
        return shapely.transform(shape, lambda pairs: (pairs - self._middle) * self._scale)

    def to_degrees(self, shape: Shape) -> Shape:
        return shapely.transform(shape, lambda pairs: pairs / self._scale + self._middle)


def around(area: BaseGeometry, metres: float = BEYOND) -> BaseGeometry:
    """Return an area with a border of so many metres, all in degrees."""
    plane = LocalMetres(area)
    return plane.to_degrees(plane.from_degrees(area).buffer(metres, quad_segs=4))


def simple_parts(shape: BaseGeometry, kind: type[Shape]) -> list[Shape]:
    """Return the lines (`shapely.LineString`) or polygons in a shape, however deeply nested."""
    return [part for part in flat_parts(shape) if isinstance(part, kind) and not part.is_empty]


def is_finite(shape: BaseGeometry) -> bool:
    """Whether all positions are numbers; a file may have NaN or infinity in it."""
    return math.isfinite(float(shapely.get_coordinates(shape).sum()))


def usable_rows(rows: Iterable[MapRow]) -> Iterator[MapRow]:
    """Give a row for each line or polygon of a kind that can be drawn so, whole and valid."""
    for row in rows:
        if not is_finite(row.shape):
            continue
        if row.kind not in AREAS:
            for line in simple_parts(row.shape, shapely.LineString):
                if line.length > 0:
                    yield MapRow(row.kind, row.name, line)
        if row.kind in (*AREAS, "water"):
            whole = row.shape if row.shape.is_valid else shapely.make_valid(row.shape)
            for polygon in simple_parts(whole, shapely.Polygon):
                yield MapRow(row.kind, row.name, polygon)


def joined_lines(lines: Iterable[BaseGeometry]) -> list[shapely.LineString]:
    """Join lines where exactly two ends meet; what is there twice stays once."""
    united = shapely.union_all(list(lines))
    merged = shapely.line_merge(united) if united.geom_type == "MultiLineString" else united
    return simple_parts(merged, shapely.LineString)
