"""Reads the base map from a GeoJSON file of lines and areas, or of streets alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model import METRES_PER_DEGREE
from wardblog.model.base_map import BaseKind, BaseLayer, BaseLine, BaseMap, encode
from wardblog.places.boundary import Outline
from wardblog.places.columns import plain_name
from wardblog.places.geojson import Feature, features
from wardblog.places.shapes import DOWNLOAD_AGAIN, shape_of
from wardblog.places.united_kingdom import in_united_kingdom
from wardblog.report import ParseError, Report
from wardblog.text.decoding import clean, clean_name
from wardblog.text.words import counted

_LINES = ("LineString", "MultiLineString")
_AREAS = ("Polygon", "MultiPolygon")
# Property names for the street name in OpenStreetMap, OS Open Roads and councils' lists.
_NAMES = ("name", "name1", "streetname", "street", "roadname", "road", "description", "title")
# All is cut off 300 m beyond the ward, and simplified by about the width of a kerb; houses less,
# so that they stay rectangular.
_BEYOND = 300 / METRES_PER_DEGREE
_TOLERANCE, _OF_BUILDINGS = 1.0 / METRES_PER_DEGREE, 0.4 / METRES_PER_DEGREE
OSM = "Streets: © OpenStreetMap contributors."

# Longer ones are not names, and the file that pages fetch would have them.
_LONGEST_NAME = 100

_Key = tuple[BaseKind, bool, str]


def read_base_map(
    text: str,
    outline: Outline | None,
    credit: str,
    report: Report,
    in_ireland: bool | None = None,
) -> BaseMap:
    """Return the map around the ward, with the lines of one kind and name joined.

    A feature says what it is in its property `kind`, with a word of `BaseKind`; a line without one
    is a road. `credit` is the attribution from the settings; without it the file's own is used, and
    a file without one gets a warning. `in_ireland` is whether the ward is in Northern Ireland.
    Raises `ParseError`.
    """
    found = features(text)
    drawn = [f for f in found if _kind(f) is not None]
    if not drawn:
        raise ParseError(
            "there are no streets in this file, nor anything else that a map shows",
            "Name a file of lines for the streets. To make one from a map that you downloaded, run "
            "make ward with FROM= and the file.",
        )
    by_key, unusable = _near(drawn, outline, in_ireland)
    if len(unusable) == len(drawn):
        raise unusable[0]
    if unusable:
        # One warning for all: councillors cannot fix an export of 20,000 lines.
        report.warn(
            unusable[0].line,
            f"{counted(len(unusable), 'street')} cannot be drawn, so "
            f"{'it was' if len(unusable) == 1 else 'they were'} left out",
            f"The problem with the first one: {unusable[0].message}.",
        )
    if not by_key:
        raise ParseError(
            "none of these streets is near the ward",
            "Check that the file and the boundary are for the same place.",
        )
    attribution = credit or _attribution(text, found)
    if not attribution:
        report.warn(
            None,
            "the source of these streets is missing",
            "Their licence asks for it. Add under [map] in {content}/ward.toml: "
            'base_attribution = "..."',
        )
    return BaseMap(encode(_layers(by_key)), attribution)


def _near(
    drawn: Iterable[Feature], outline: Outline | None, in_ireland: bool | None
) -> tuple[dict[_Key, list[BaseGeometry]], list[ParseError]]:
    """The shapes near the ward by kind, form and name, and why others cannot be read."""
    frame = shapely.box(*outline.area.bounds).buffer(_BEYOND) if outline else None
    by_key: dict[_Key, list[BaseGeometry]] = {}
    unusable: list[ParseError] = []
    for feature in drawn:
        try:
            shape = _shape(feature, in_ireland)
        except ParseError as error:
            unusable.append(error)
            continue
        if frame is not None and not frame.contains(shape):
            shape = shapely.intersection(shapely.make_valid(shape), frame)
        kind = _kind(feature)
        if kind and not shape.is_empty:
            is_area = feature.geometry.get("type") in _AREAS
            by_key.setdefault((kind, is_area, _name(feature.properties)), []).append(shape)
    return by_key, unusable


def _kind(feature: Feature) -> BaseKind | None:
    """What is to be drawn for a feature; None for a point, or an area that says nothing."""
    form, word = feature.geometry.get("type"), feature.properties.get("kind")
    if form not in _LINES and form not in _AREAS:
        return None
    try:
        return BaseKind(word)
    except ValueError:
        return BaseKind.ROAD if form in _LINES else None


def _shape(feature: Feature, in_ireland: bool | None) -> BaseGeometry:
    shape = shape_of(
        feature,
        ParseError("the positions of this street cannot be read", DOWNLOAD_AGAIN, feature.line),
        ParseError("this street is outside the United Kingdom", "", feature.line),
        in_ireland,
    )
    positions = shapely.get_coordinates(shape)
    if len(positions) and not in_united_kingdom(float(positions[0, 1]), float(positions[0, 0])):
        raise ParseError(
            "this street is outside the United Kingdom",
            "GeoJSON has longitude first: [-0.15602, 51.46671].",
            feature.line,
        )
    return shape


def _name(properties: Mapping[str, Any]) -> str:
    by_plain = {plain_name(str(key)): value for key, value in properties.items()}
    for key in _NAMES:
        if isinstance(value := by_plain.get(key), str) and value.strip():
            name = clean_name(value)
            return name if len(name) <= _LONGEST_NAME else ""
    return ""


def _layers(by_key: Mapping[_Key, list[BaseGeometry]]) -> Iterator[BaseLayer]:
    """The layers from the bottom to the top, areas before lines, in the order of their names."""
    for kind in BaseKind:
        for is_area in (True, False):
            lines = tuple(
                line
                for key in sorted(by_key, key=lambda key: key[2])
                if key[:2] == (kind, is_area)
                for line in (_rings if is_area else _joined)(kind, key[2], by_key[key])
            )
            if lines:
                yield BaseLayer(kind=kind, is_area=is_area, lines=lines)


def _joined(kind: BaseKind, name: str, parts: list[BaseGeometry]) -> Iterator[BaseLine]:
    """Join lines where they meet, and simplify them."""
    whole = shapely.get_parts(shapely.line_merge(shapely.union_all(parts)))
    tolerance = _tolerance(kind)
    for part in shapely.simplify(whole, tolerance):
        if part.geom_type == "LineString" and part.length > tolerance:
            yield BaseLine(name, _points(part))


def _rings(kind: BaseKind, name: str, parts: list[BaseGeometry]) -> Iterator[BaseLine]:
    """The rings of areas, which are joined where they touch."""
    whole = shapely.get_parts(shapely.disjoint_subset_union_all(shapely.make_valid(parts)))
    tolerance = _tolerance(kind)
    for polygon in shapely.orient_polygons(shapely.simplify(whole, tolerance)):
        if polygon.geom_type == "Polygon" and polygon.area > tolerance**2:
            yield BaseLine(name, _points(polygon.exterior)[:-1])
            yield from (BaseLine("", _points(hole)[:-1]) for hole in polygon.interiors)


def _tolerance(kind: BaseKind) -> float:
    return _OF_BUILDINGS if kind is BaseKind.BUILDING else _TOLERANCE


def _points(line: BaseGeometry) -> tuple[tuple[float, float], ...]:
    return tuple((latitude, longitude) for longitude, latitude in shapely.get_coordinates(line))


def _attribution(text: str, found: Iterable[Feature]) -> str:
    """The attribution of the file as a whole, or that of its first feature that has one."""
    if '"attribution"' in text:
        own = json.loads(text).get("attribution")
        if isinstance(own, str) and own.strip():
            return clean(own)
    for feature in found:
        own = feature.properties.get("attribution")
        if isinstance(own, str) and own.strip():
            return clean(own)
        identifier = str(feature.properties.get("@id", feature.properties.get("osm_id", "")))
        if identifier.startswith("way/") or "osm_id" in feature.properties:
            return OSM
    return ""
