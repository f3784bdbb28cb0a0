"""Turns Esri JSON, as ArcGIS map services return it by default, into GeoJSON.

https://developers.arcgis.com/rest/services-reference/enterprise/geometry-objects/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

_Ring = Sequence[Sequence[float]]


def is_esri_json(data: Mapping[str, Any]) -> bool:
    """Whether a JSON object without `type` is a set of features from ArcGIS."""
    members = data.get("features")
    first = members[0] if isinstance(members, list) and members else {}
    has_attributes = isinstance(first, dict) and "attributes" in first
    return "type" not in data and ("geometryType" in data or has_attributes)


def geojson_of_esri(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a GeoJSON collection; its `crs` is the spatial reference of the set.

    A geometry that cannot be read becomes an empty one, which its reader reports.
    """
    members = data.get("features")
    listed = members if isinstance(members, list) else []
    features = [_feature(member) for member in listed if isinstance(member, dict)]
    reference = _reference(data.get("spatialReference"))
    return {"type": "FeatureCollection", "crs": reference, "features": features}


def _feature(member: Mapping[str, Any]) -> dict[str, Any]:
    geometry = member.get("geometry")
    shape: dict[str, Any] = {}
    if isinstance(geometry, dict):
        try:
            shape = _geometry(geometry)
        except (LookupError, TypeError, ValueError):
            shape = {}
        shape["crs"] = _reference(geometry.get("spatialReference"))
    return {"type": "Feature", "properties": member.get("attributes"), "geometry": shape}


def _reference(reference: object) -> object:
    """Return the number of a spatial reference; the latest one is that of the EPSG."""
    if not isinstance(reference, dict):
        return None
    return reference.get("latestWkid") or reference.get("wkid") or reference.get("wkt")


def _geometry(geometry: Mapping[str, Any]) -> dict[str, Any]:
    if "rings" in geometry:
        return {"type": "MultiPolygon", "coordinates": list(_polygons(geometry["rings"]))}
    if "paths" in geometry:
        return {"type": "MultiLineString", "coordinates": geometry["paths"]}
    if "points" in geometry:
        return {"type": "MultiPoint", "coordinates": geometry["points"]}
    # A point without a position has "NaN" or null for its coordinates.
    return {"type": "Point", "coordinates": [float(geometry["x"]), float(geometry["y"])]}


def _polygons(rings: Sequence[_Ring]) -> Iterator[list[_Ring]]:
    """Group rings into polygons: outer rings run clockwise, each hole lies in one of them."""
    outer = [ring for ring in rings if _is_clockwise(ring)]
    holes = [ring for ring in rings if not _is_clockwise(ring)]
    if not outer:  # a program that does not keep to the order
        outer, holes = holes, []
    around = [next((n for n, o in enumerate(outer) if _holds(o, h[0])), None) for h in holes]
    for number, ring in enumerate(outer):
        yield [ring, *(h for h, n in zip(holes, around, strict=True) if n == number)]


def _is_clockwise(ring: _Ring) -> bool:
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) >= 0


def _holds(ring: _Ring, position: Sequence[float]) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    x, y = position[:2]
    crossings = sum(
        (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in pairwise(ring)
    )
    return crossings % 2 == 1
