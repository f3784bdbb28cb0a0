"""Turns TopoJSON, in which neighbouring wards share their lines, into GeoJSON.

https://github.com/topojson/topojson-specification
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from wardblog.report import ParseError

_Arcs = list[list[list[float]]]
# How many levels of arcs each kind of geometry has.
_LEVELS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
# A small file can refer to one long line very often.
_MOST_POSITIONS = 5_000_000


def geojson_of_topology(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a GeoJSON collection of all objects of a topology; raises `ParseError`.

    A feature's own `id` is added to its properties, since it is often the code of the ward.
    """
    try:
        reader = _Reader(data)
        objects = data["objects"].values()
        features = [f for one in objects for f in reader.features(one)]
    except ParseError:
        raise
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        raise ParseError(
            "this TopoJSON is damaged: its lines or objects cannot be read",
            "Download the file again, or save it as GeoJSON from your map program.",
        ) from None
    return {"type": "FeatureCollection", "crs": data.get("crs"), "features": features}


class _Reader:
    """Decodes the arcs of a topology and builds geometries from them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        transform = data.get("transform")
        self._is_coded = bool(transform)
        self._scale: Sequence[float] = transform["scale"] if transform else (1, 1)
        self._start: Sequence[float] = transform["translate"] if transform else (0, 0)
        self._arcs: _Arcs = [self._arc(arc) for arc in data["arcs"]]
        self._positions = 0

    def _arc(self, arc: Sequence[Sequence[float]]) -> list[list[float]]:
        """Return an arc in coordinates; where there is a transform, it is coded as differences."""
        if not self._is_coded:
            return [[x, y] for x, y, *_ in arc]
        across = accumulate(position[0] for position in arc)
        up = accumulate(position[1] for position in arc)
        return [self._position(position) for position in zip(across, up, strict=True)]

    def _position(self, position: Sequence[float]) -> list[float]:
        (x, y), (dx, dy) = self._scale, self._start
        return [position[0] * x + dx, position[1] * y + dy]

    def features(self, member: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        if member.get("type") == "GeometryCollection" and "properties" not in member:
            for part in member["geometries"]:
                yield from self.features(part)
            return
        properties = dict(member.get("properties") or {})
        if "id" in member:
            properties.setdefault("id", member["id"])
        yield {"type": "Feature", "properties": properties, "geometry": self._geometry(member)}

    def _geometry(self, member: Mapping[str, Any]) -> dict[str, Any]:
        kind = member.get("type")
        if kind == "GeometryCollection":
            parts = [self._geometry(part) for part in member["geometries"]]
            return {"type": kind, "geometries": parts}
        if kind == "Point":
            return {"type": kind, "coordinates": self._position(member["coordinates"])}
        if kind == "MultiPoint":
            points = [self._position(position) for position in member["coordinates"]]
            return {"type": kind, "coordinates": points}
        if kind not in _LEVELS:
            return {}
        return {"type": kind, "coordinates": self._lines(member["arcs"], _LEVELS[kind])}

    def _lines(self, arcs: Sequence[Any], levels: int) -> list[Any]:
        if levels > 1:
            return [self._lines(part, levels - 1) for part in arcs]
        line: list[list[float]] = []
        for number in arcs:
            # ~n is the arc n from its end to its beginning.
            arc = self._arcs[number] if number >= 0 else self._arcs[~number][::-1]
            self._positions += len(arc)
            if self._positions > _MOST_POSITIONS:
                raise ParseError("the lines of this TopoJSON are too long to read")
            line += arc[1:] if line else arc
        return line
