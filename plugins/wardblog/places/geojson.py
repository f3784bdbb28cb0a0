"""Parses GeoJSON as councils publish it, in WGS84 (RFC 7946) or on another grid."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wardblog.places.crs import grid_from_crs
from wardblog.places.grids import Grid
from wardblog.report import ParseError


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature with the line it is on; `grid` is the one that the file names, if any."""

    geometry: Mapping[str, Any]
    properties: Mapping[str, Any]
    line: int
    grid: Grid | None


def features(text: str) -> list[Feature]:
    """Return the features of a collection, a feature or a bare geometry; raises `ParseError`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError(
            "this is not GeoJSON: the text is cut off or mistyped here",
            "Download the file again, or save it as GeoJSON from your map program.",
            getattr(error, "lineno", None),
        ) from None
    if not isinstance(data, dict):
        raise ParseError("this is not GeoJSON", "A GeoJSON file begins with a curly bracket.")
    _refuse_relatives(data)
    lines = _feature_lines(text)
    return [
        Feature(geometry, properties, next(lines, 1), grid)
        for geometry, properties, grid in _walk(data, None)
    ]


def _refuse_relatives(data: Mapping[str, Any]) -> None:
    """Raise `ParseError` for similar formats, and for a map service's error message."""
    members = data.get("features")
    first = members[0] if isinstance(members, list) and members else {}
    is_esri = "geometryType" in data or (isinstance(first, dict) and "attributes" in first)
    if data.get("type") == "Topology":
        raise ParseError(
            "this is TopoJSON, not GeoJSON",
            "Download it again as GeoJSON, or save it as GeoJSON from your map program.",
        )
    if is_esri and "type" not in data:
        raise ParseError(
            "this is Esri JSON, not GeoJSON",
            'Download it again as GeoJSON: in the address, write "f=geojson" for "f=json".',
        )
    if "type" not in data and "error" in data:
        raise ParseError(
            "this is the error message of a map service, not GeoJSON", "Download the file again."
        )


# A geometry, the properties that go with it, and the grid it is on.
_Part = tuple[Mapping[str, Any], Mapping[str, Any], Grid | None]


def _walk(data: Mapping[str, Any], grid: Grid | None) -> Iterator[_Part]:
    """The features inside; a feature's own `crs` takes precedence over the file's."""
    grid = grid_from_crs(data.get("crs")) or grid
    if data.get("type") == "FeatureCollection":
        members = data.get("features")
        for member in members if isinstance(members, list) else ():
            if isinstance(member, dict):
                yield from _walk(member, grid)
    elif data.get("type") == "Feature":
        geometry, properties = data.get("geometry"), data.get("properties")
        shape = geometry if isinstance(geometry, dict) else {}
        of_properties = properties if isinstance(properties, dict) else {}
        yield shape, of_properties, grid_from_crs(shape.get("crs")) or grid
    elif isinstance(data.get("type"), str):
        yield data, {}, grid


def _feature_lines(text: str) -> Iterator[int]:
    """The line of each `"Feature"` in the text, since `json` does not return line numbers."""
    line, position = 1, 0
    while (found := text.find('"Feature"', position)) >= 0:
        line += text.count("\n", position, found)
        position = found + 1
        yield line
