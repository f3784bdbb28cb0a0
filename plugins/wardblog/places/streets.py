"""Streets out of a file of the councillor's own: lines about the ward, with their names."""

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
# What the column of names is called in OpenStreetMap, in OS Open Roads and in councils' lists.
_NAMES = ("name", "name1", "streetname", "street", "roadname", "road", "description", "title")
# Streets are drawn some way beyond the ward, and to about the width of a pavement.
_BEYOND, _TOLERANCE = 300 / METRES_PER_DEGREE, 1.5 / METRES_PER_DEGREE
OSM = "Streets: © OpenStreetMap contributors."


def read_streets(
    text: str,
    outline: Outline | None,
    credit: str,
    report: Report,
    in_ireland: bool | None = None,
) -> Streets:
    """The streets about the ward, those of one name joined; raises `Unreadable`.

    `credit` is what the councillor says of their source; else the file is asked, and a file that
    says nothing is warned of. `in_ireland` is whether the ward is in Northern Ireland.
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
        except ParseError as unreadable:
            unusable.append(unreadable)
            continue
        if frame is not None:
            line = shapely.intersection(line, frame)
        if not line.is_empty:
            by_name.setdefault(_name(feature.properties), []).append(line)
    if len(unusable) == len(lines):
        raise unusable[0]
    if unusable:
        # An export of 20,000 lines is nothing that a councillor could mend.
        report.warn(
            unusable[0].line,
            f"{counted(len(unusable), 'street')} cannot be drawn, and "
            f"{'was' if len(unusable) == 1 else 'were'} left out",
            f"For the first of them: {unusable[0].message}.",
        )
    if not by_name:
        raise ParseError(
            "none of these streets is near the ward",
            "Check that the file and the boundary are of the same place.",
        )
    attribution = credit or _attribution(found)
    if not attribution:
        report.warn(
            None,
            "nothing says where these streets come from",
            "Their licence asks for it. Write under [map] in {content}/ward.toml: "
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
    """The lines of one name, joined where they meet and without needless corners."""
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
