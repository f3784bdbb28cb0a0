"""Parses GeoJSON as councils publish it, in WGS84 (RFC 7946) or on another grid.

TopoJSON and Esri JSON are turned into GeoJSON first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from wardblog.places.crs import grid_from_crs
from wardblog.places.esri_json import geojson_of_esri, is_esri_json
from wardblog.places.grids import Grid
from wardblog.places.topojson import geojson_of_topology
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature with the line it is on; `grid` is the one that the file names, if any."""

    geometry: Mapping[str, Any]
    properties: Mapping[str, Any]
    line: int
    grid: Grid | None


def features(text: str) -> list[Feature]:
    """Return the features of a collection, a feature or a bare geometry; raises `ParseError`."""
    if text.lstrip().startswith("<"):
        raise ParseError(
            "this is a web page, or map data in XML such as KML or GML, and not GeoJSON",
            "Download the file again as GeoJSON, or save it as GeoJSON from your map program.",
        )
    try:
        # NaN is not a position; what has it is reported like anything else that cannot be read.
        data = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise ParseError(
            "this is not GeoJSON: the text is cut off or mistyped here",
            "Download the file again, or save it as GeoJSON from your map program.",
            getattr(error, "lineno", None),
        ) from None
    if not isinstance(data, dict):
        raise ParseError("this is not GeoJSON", "A GeoJSON file begins with a curly bracket.")
    data, marker = _as_geojson(data)
    lines = _feature_lines(text, marker)
    return [
        Feature(geometry, properties, next(lines, 1), grid)
        for geometry, properties, grid in _walk(data, None)
    ]


def _as_geojson(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """Return the data as GeoJSON, and what each feature of the text contains once.

    Raises `ParseError` for a map service's error message.
    """
    if data.get("type") == "Topology":
        return geojson_of_topology(data), '"properties"'
    if is_esri_json(data):
        return geojson_of_esri(data), '"attributes"'
    if "type" not in data and "error" in data:
        raise ParseError(
            "this is the error message of a map service, not GeoJSON", "Download the file again."
        )
    return data, '"Feature"'


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


def _feature_lines(text: str, marker: str) -> Iterator[int]:
    """The line of each marker in the text, since `json` does not return line numbers."""
    line, position = 1, 0
    while (found := text.find(marker, position)) >= 0:
        line += text.count("\n", position, found)
        position = found + 1
        yield line
