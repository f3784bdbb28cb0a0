"""Puts together the shapes of nodes, ways and relations in OpenStreetMap's JSON.

Overpass writes positions into ways (`out geom`), or nodes apart from them (`out body`); see
https://wiki.openstreetmap.org/wiki/Relation:multipolygon for how areas are made of ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.report import ParseError
from wardblog.sources.map_rows import MapRow, NamedPlace, simple_parts
from wardblog.sources.osm_tags import Tags, map_rows, named_places

_Element = Mapping[str, Any]
# Longitude and latitude.
_Pair = tuple[float, float]
_NOTHING: BaseGeometry = shapely.Polygon()
_AREAS = ("multipolygon", "boundary")


def read_objects(elements: Sequence[_Element]) -> tuple[list[MapRow], list[NamedPlace]]:
    """Return what the elements are on a map; raises `ParseError` if none has a position.

    What is incomplete, such as a lake of which a part was not asked for, is left out.
    """
    rows: list[MapRow] = []
    places: list[NamedPlace] = []
    has_positions = False
    for tags, shape in _shapes(elements):
        has_positions = True
        rows += map_rows(tags, shape)
        places += named_places(tags, shape)
    if elements and not has_positions:
        raise ParseError(
            "this answer from Overpass has no positions",
            'Write "out geom;" at the end of the question, and ask again.',
        )
    return rows, places


def _shapes(elements: Sequence[_Element]) -> Iterator[tuple[Tags, BaseGeometry]]:
    """The tags and shapes of elements with tags; an element that is there twice counts once."""
    elements = [e for e in elements if isinstance(e.get("id", 0), int)]
    nodes = {e["id"]: _pair(e) for e in elements if e.get("type") == "node" and "id" in e}
    ways: dict[Any, list[list[_Pair]]] = {
        e["id"]: _runs(e, nodes) for e in elements if e.get("type") == "way" and "id" in e
    }
    seen = set()
    for element in elements:
        tags = element.get("tags")
        mark = (str(element.get("type")), element.get("id"))
        if not isinstance(tags, dict) or not tags or mark in seen:
            continue
        seen.add(mark)
        tags = {str(key): str(value) for key, value in tags.items()}
        if mark[0] == "node" and (position := nodes.get(mark[1])):
            yield tags, shapely.Point(position)
        elif mark[0] == "way":
            yield from ((tags, shapely.LineString(run)) for run in ways.get(mark[1], ()))
        elif mark[0] == "relation" and tags.get("type") in _AREAS:
            area = _area(element, ways)
            if not area.is_empty:
                yield tags, area


def _pair(position: object) -> _Pair | None:
    if not isinstance(position, dict):
        return None
    try:
        longitude, latitude = float(position["lon"]), float(position["lat"])
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return None
    is_on_earth = abs(longitude) <= 180 and abs(latitude) <= 90  # which NaN is not
    return (longitude, latitude) if is_on_earth else None


def _runs(way: _Element, nodes: Mapping[Any, _Pair | None]) -> list[list[_Pair]]:
    """Return a way's positions; in several runs if some in between were not sent."""
    sent = way.get("geometry")
    if isinstance(sent, list):
        positions = [_pair(position) for position in sent]
    else:
        numbers = way.get("nodes")
        listed = numbers if isinstance(numbers, list) else []
        positions = [nodes.get(n) if isinstance(n, int) else None for n in listed]
    runs: list[list[_Pair]] = [[]]
    for position in positions:
        if position is not None:
            runs[-1].append(position)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _area(relation: _Element, ways: Mapping[Any, list[list[_Pair]]]) -> BaseGeometry:
    """Return the area of a multipolygon, empty if its outer ring has gaps."""
    lines: dict[bool, list[BaseGeometry]] = {True: [], False: []}
    members = relation.get("members")
    for member in members if isinstance(members, list) else ():
        if not isinstance(member, dict) or member.get("type") != "way":
            continue
        number = member.get("ref")
        known = ways.get(number, []) if isinstance(number, int) else []
        runs = _runs(member, {}) if "geometry" in member else known
        lines[member.get("role") == "inner"] += [shapely.LineString(run) for run in runs]
    outer, inner = (_rings(lines[is_inner]) for is_inner in (False, True))
    # A pond on the island of a lake is in three rings, and water; the island is in two.
    area = reduce(lambda one, ring: one ^ ring, (*outer, *inner), _NOTHING)
    return shapely.intersection(area, shapely.union_all(outer))


def _rings(lines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the areas within the rings that these lines form, in whatever order they are."""
    faces = simple_parts(shapely.polygonize(lines), shapely.Polygon)
    return [shapely.Polygon(face.exterior) for face in faces]
