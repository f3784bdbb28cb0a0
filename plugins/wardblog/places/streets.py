"""Reads the streets around the ward, with their names, from a GeoJSON file of lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model import METRES_PER_DEGREE, Point, Street, Streets
from wardblog.places.boundary import Outline
from wardblog.places.columns import plain_name
from wardblog.places.geojson import Feature, features
from wardblog.places.shapes import DOWNLOAD_AGAIN, shape_of
from wardblog.places.united_kingdom import in_united_kingdom
from wardblog.report import ParseError, Report
from wardblog.text.decoding import clean
from wardblog.text.words import counted

_LINES = ("LineString", "MultiLineString")
# Property names for the street name in OpenStreetMap, OS Open Roads and councils' lists.
_NAMES = ("name", "name1", "streetname", "street", "roadname", "road", "description", "title")
# Streets are cut off 300 m beyond the ward, and simplified to about the width of a pavement.
_BEYOND, _TOLERANCE = 300 / METRES_PER_DEGREE, 1.5 / METRES_PER_DEGREE
OSM = "Streets: © OpenStreetMap contributors."


def read_streets(
    text: str,
    outline: Outline | None,
    credit: str,
    report: Report,
    in_ireland: bool | None = None,
) -> Streets:
    """Return the streets around the ward, with the lines of one name joined.

    `credit` is the attribution from the settings; without it the file's own is used, and a file
    without one gets a warning. `in_ireland` is whether the ward is in Northern Ireland. Raises
    `ParseError`.
    """
    found = features(text)
    lines = [f for f in found if f.geometry.get("type") in _LINES]
    if not lines:
        raise ParseError(
            "there are no streets in this file",
            "It needs lines (LineString or MultiLineString), each with a name.",
        )
    frame = shapely.box(*outline.area.bounds).buffer(_BEYOND) if outline else None
    by_name: dict[str, list[BaseGeometry]] = {}
    unusable: list[ParseError] = []
    for feature in lines:
        try:
            line = _line(feature, in_ireland)
        except ParseError as error:
            unusable.append(error)
            continue
        if frame is not None:
            line = shapely.intersection(line, frame)
        if not line.is_empty:
            by_name.setdefault(_name(feature.properties), []).append(line)
    if len(unusable) == len(lines):
        raise unusable[0]
    if unusable:
        # One warning for all: councillors cannot fix an export of 20,000 lines.
        report.warn(
            unusable[0].line,
            f"{counted(len(unusable), 'street')} cannot be drawn, so "
            f"{'it was' if len(unusable) == 1 else 'they were'} left out",
            f"The problem with the first one: {unusable[0].message}.",
        )
    if not by_name:
        raise ParseError(
            "none of these streets is near the ward",
            "Check that the file and the boundary are for the same place.",
        )
    attribution = credit or _attribution(found)
    if not attribution:
        report.warn(
            None,
            "the source of these streets is missing",
            "Their licence asks for it. Add under [map] in {content}/ward.toml: "
            'streets_attribution = "..."',
        )
    return Streets(tuple(_street(name, by_name[name]) for name in sorted(by_name)), attribution)


def _line(feature: Feature, in_ireland: bool | None) -> BaseGeometry:
    line = shape_of(
        feature,
        ParseError("the positions of this street cannot be read", DOWNLOAD_AGAIN, feature.line),
        ParseError("this street is outside the United Kingdom", "", feature.line),
        in_ireland,
    )
    positions = shapely.get_coordinates(line)
    if len(positions) and not in_united_kingdom(float(positions[0, 1]), float(positions[0, 0])):
        raise ParseError(
            "this street is outside the United Kingdom",
            "GeoJSON has longitude first: [-0.15602, 51.46671].",
            feature.line,
        )
    return line


def _name(properties: Mapping[str, Any]) -> str:
    by_plain = {plain_name(str(key)): value for key, value in properties.items()}
    for key in _NAMES:
        if isinstance(value := by_plain.get(key), str) and value.strip():
            return " ".join(clean(value).split())
    return ""


def _street(name: str, lines: Iterable[BaseGeometry]) -> Street:
    """Join the lines of one street where they meet, and simplify them."""
    joined = shapely.line_merge(shapely.union_all(list(lines)))
    parts = [
        shapely.simplify(part, _TOLERANCE)
        for part in shapely.get_parts(joined)
        if part.geom_type == "LineString" and part.length > _TOLERANCE
    ]
    return Street(
        name,
        tuple(
            tuple(Point(round(lat, 5), round(lon, 5)) for lon, lat in part.coords) for part in parts
        ),
    )


def _attribution(found: Iterable[Feature]) -> str:
    for feature in found:
        own = feature.properties.get("attribution")
        if isinstance(own, str) and own.strip():
            return clean(own)
        identifier = str(feature.properties.get("@id", feature.properties.get("osm_id", "")))
        if identifier.startswith("way/") or "osm_id" in feature.properties:
            return OSM
    return ""
