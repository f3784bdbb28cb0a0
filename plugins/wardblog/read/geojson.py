"""GeoJSON as councils write it: features with their positions in WGS84 (RFC 7946), or metres."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wardblog.read.report import Unreadable


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature; `in_metres` says that its positions are on the British National Grid."""

    geometry: Mapping[str, Any]
    properties: Mapping[str, Any]
    line: int
    in_metres: bool


def features(text: str) -> list[Feature]:
    """The features of a collection, a feature or a bare geometry; raises `Unreadable`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            "this is not GeoJSON: the text breaks off or is mistyped here",
            "Download the file again, or save it as GeoJSON from your map program.",
            getattr(error, "lineno", None),
        ) from None
    if not isinstance(data, dict):
        raise Unreadable("this is not GeoJSON", "A GeoJSON file begins with a curly bracket.")
    in_metres = "27700" in json.dumps(data.get("crs", ""))
    lines = _feature_lines(text)
    return [
        Feature(geometry, properties, next(lines, 1), in_metres)
        for geometry, properties in _walk(data)
    ]


def _walk(data: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    if data.get("type") == "FeatureCollection":
        members = data.get("features")
        for member in members if isinstance(members, list) else ():
            if isinstance(member, dict):
                yield from _walk(member)
    elif data.get("type") == "Feature":
        geometry, properties = data.get("geometry"), data.get("properties")
        yield (
            geometry if isinstance(geometry, dict) else {},
            properties if isinstance(properties, dict) else {},
        )
    elif isinstance(data.get("type"), str):
        yield data, {}


def _feature_lines(text: str) -> Iterator[int]:
    """The line of each `"Feature"` in the text; `json` keeps none."""
    line, position = 1, 0
    while (found := text.find('"Feature"', position)) >= 0:
        line += text.count("\n", position, found)
        position = found + 1
        yield line
