"""Merges what several sources say of one street, or of one landmark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from wardblog.sources.map_rows import (
    BEYOND,
    ROADS,
    LocalMetres,
    MapRow,
    NamedPlace,
    PlaceKind,
    joined_lines,
    usable_rows,
)
from wardblog.support.late_dataclass import dataclass

# What has one name and is nearer than this to each other, in metres, is one; further apart it is
# two. Sources differ most about where a suburb is; a postcode is always one.
_NEAR: dict[PlaceKind, float] = {"street": 400.0, "place": 1000.0, "postcode": 10_000.0}


@dataclass(slots=True)
class _Namesakes:
    """Everything of one kind and name, in metres; on the map, and in lists."""

    lines: list[BaseGeometry] = field(default_factory=list)
    points: list[shapely.Point] = field(default_factory=list)
    on_map: Counter[str] = field(default_factory=Counter)
    in_lists: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The usual spelling on the map, so that it is the one that readers see there."""
        spellings = self.on_map or self.in_lists
        return max(spellings, key=lambda name: (spellings[name], len(name), name))

    def clusters(self, near: float) -> Iterator[tuple[list[BaseGeometry], list[shapely.Point]]]:
        """The lines and points of each of them: those that are so near each other, in metres."""
        reach = shapely.buffer([*self.lines, *self.points], near / 2, quad_segs=4)
        for part in shapely.get_parts(shapely.union_all(reach)):
            shapely.prepare(part)
            yield (
                [line for line in self.lines if part.intersects(line)],
                [point for point in self.points if part.intersects(point)],
            )


def name_key(name: str) -> str:
    """Return what spellings of one name have in common: "St. John's Road" and "St Johns Road"."""
    letters = re.sub(r"['’‘`.]", "", name.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def merged_places(
    places: Iterable[NamedPlace], rows: Iterable[MapRow], outline: BaseGeometry | None
) -> list[NamedPlace]:
    """Return each street and place once, sorted; only those in the outline or 200 m around it."""
    listed = sorted(dict.fromkeys(places), key=_order)
    roads = list(usable_rows(row for row in rows if row.kind in ROADS and row.name))
    everything = [row.shape for row in roads] + [
        shapely.Point(place.longitude, place.latitude) for place in listed
    ]
    if not everything:
        return []
    plane = LocalMetres(outline or shapely.GeometryCollection(everything))
    ward = None if outline is None else plane.from_degrees(outline)
    groups = _groups(listed, roads, plane, ward)
    found = {
        NamedPlace(kind, namesakes.name, round(middle.y, 6), round(middle.x, 6))
        for (kind, key), namesakes in groups.items()
        for lines, points in namesakes.clusters(_NEAR[kind])
        if not (kind == "place" and _is_street(points, groups.get(("street", key))))
        for middle in [plane.to_degrees(_middle(lines, points, ward))]
    }
    return sorted(found, key=_order)


def _order(place: NamedPlace) -> tuple[str, str, float, float]:
    return place.kind, place.name, place.latitude, place.longitude


def _groups(
    listed: Iterable[NamedPlace],
    roads: Iterable[MapRow],
    plane: LocalMetres,
    ward: BaseGeometry | None,
) -> dict[tuple[PlaceKind, str], _Namesakes]:
    frame = None if ward is None else ward.buffer(BEYOND, quad_segs=4)
    groups: dict[tuple[PlaceKind, str], _Namesakes] = {}
    for row in roads:
        line = plane.from_degrees(row.shape)
        line = line if frame is None else shapely.intersection(line, frame)
        if not line.is_empty:
            namesakes = groups.setdefault(("street", name_key(row.name)), _Namesakes())
            namesakes.lines.append(line)
            namesakes.on_map[row.name] += 1
    for place in listed:
        point = plane.from_degrees(shapely.Point(place.longitude, place.latitude))
        if frame is None or frame.intersects(point):
            namesakes = groups.setdefault((place.kind, name_key(place.name)), _Namesakes())
            namesakes.points.append(point)
            namesakes.in_lists[place.name] += 1
    return groups


def _is_street(points: Iterable[shapely.Point], street: _Namesakes | None) -> bool:
    """Whether a landmark is only a street's name once more, such as a square's."""
    if street is None:
        return False
    parts = shapely.union_all([*street.lines, *street.points])
    return any(shapely.dwithin(parts, point, _NEAR["street"]) for point in points)


def _middle(
    lines: list[BaseGeometry], points: list[shapely.Point], ward: BaseGeometry | None
) -> shapely.Point:
    """Return the middle of a street inside the ward, on the street; or of the points, one of them.

    A street that only passes near the ward has its middle there.
    """
    if not lines:
        candidates = [p for p in points if ward is not None and ward.intersects(p)] or points
        centre = shapely.MultiPoint(candidates).centroid
        return min(candidates, key=lambda point: (point.distance(centre), point.x, point.y))
    whole = sorted(joined_lines(lines), key=lambda line: line.length)
    inside = [] if ward is None else [shapely.intersection(line, ward) for line in whole]
    parts = joined_lines([part for part in inside if part.length > 0]) or whole
    if len(parts) == 1:
        return parts[0].interpolate(0.5, normalized=True)
    street = shapely.MultiLineString(parts)
    return nearest_points(street, street.centroid)[0]
