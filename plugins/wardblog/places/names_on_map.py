"""What people would call a position: the street, park or water that it is in."""

from __future__ import annotations

import math
from functools import cached_property
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model import METRES_PER_DEGREE, BaseMap, Gazetteer, GazetteerEntry, Point
from wardblog.model.base_map import BaseKind, BaseLayer, BaseLine

# A street is meant up to this far from its middle line, in metres; in a park, only on it.
_NEAR_STREET, _ON_STREET = 60.0, 12.0
# If the base map has no street there, the middle of a street or place of the gazetteer; without a
# base map, from farther away, since the middle of a street may be.
_NEAR_MIDDLE, _FAR_FROM_MIDDLE = 100.0, 250.0
_STREETS = (BaseKind.ROAD, BaseKind.ROAD_MAJOR, BaseKind.PATH)
_AREAS = (BaseKind.GREEN, BaseKind.WATER, BaseKind.BUILDING)


class _Named(NamedTuple):
    """A shape of the base map in metres, with its name."""

    name: str
    shape: BaseGeometry


class NamesOnMap:
    """Names positions by the base map and the gazetteer; the tables are made when first needed."""

    def __init__(self, base: BaseMap | None, gazetteer: Gazetteer) -> None:
        self._layers = base.layers if base else ()
        self._gazetteer = gazetteer
        first = next((line for layer in self._layers for line in layer.lines), None)
        latitude = first.points[0][0] if first else 0.0
        # How much shorter a degree of longitude is: the same everywhere in a ward.
        self._across = math.cos(math.radians(latitude))

    def nearest(self, point: Point) -> str:
        """Return the name of where a position is, or "" if nothing near it has a name."""
        here = shapely.Point(self._metres(point.latitude, point.longitude))
        area = self._area_around(here)
        reach = _ON_STREET if area else _NEAR_STREET
        return self._street_at(here, reach) or area or self._middle_near(point)

    def _street_at(self, here: BaseGeometry, reach: float) -> str:
        lines, tree = self._streets
        if not lines:
            return ""
        found = tree.query_nearest(here, max_distance=reach, all_matches=False).tolist()
        return lines[found[0]].name if found else ""

    def _area_around(self, here: BaseGeometry) -> str:
        """The name of the smallest area around a position."""
        areas, tree = self._areas
        around = [areas[number] for number in tree.query(here, "within")] if areas else []
        smallest = min(around, key=lambda area: area.shape.area, default=None)
        return smallest.name if smallest else ""

    def _middle_near(self, point: Point) -> str:
        def metres(entry: GazetteerEntry) -> float:
            return entry.point.metres_to(point)

        named = (*self._gazetteer.streets, *self._gazetteer.places)
        near = min(named, key=metres, default=None)
        reach = _NEAR_MIDDLE if self._layers else _FAR_FROM_MIDDLE
        return near.name if near and metres(near) <= reach else ""

    @cached_property
    def _streets(self) -> tuple[list[_Named], shapely.STRtree]:
        lines = [
            _Named(line.name, shapely.LineString(self._points(line)))
            for layer in self._of(_STREETS, is_area=False)
            for line in layer.lines
            if line.name
        ]
        return lines, shapely.STRtree([line.shape for line in lines])

    @cached_property
    def _areas(self) -> tuple[list[_Named], shapely.STRtree]:
        areas = [
            _Named(line.name, shapely.Polygon(self._points(line)))
            for layer in self._of(_AREAS, is_area=True)
            for line in layer.lines
            if line.name
        ]
        return areas, shapely.STRtree([area.shape for area in areas])

    def _of(self, kinds: tuple[BaseKind, ...], *, is_area: bool) -> list[BaseLayer]:
        return [one for one in self._layers if one.kind in kinds and one.is_area is is_area]

    def _points(self, line: BaseLine) -> list[tuple[float, float]]:
        return [self._metres(latitude, longitude) for latitude, longitude in line.points]

    def _metres(self, latitude: float, longitude: float) -> tuple[float, float]:
        return longitude * self._across * METRES_PER_DEGREE, latitude * METRES_PER_DEGREE
