"""The ward's own outline, out of a file of one polygon or of a whole borough's wards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model import Boundary, Place, Point, Ring
from wardblog.problems import did_you_mean
from wardblog.read.coordinates import in_united_kingdom
from wardblog.read.geojson import Feature, features
from wardblog.read.report import Unreadable
from wardblog.read.shapes import DOWNLOAD_AGAIN, shape_of
from wardblog.read.text import clean

# Property names change with the year of the boundaries: WD13CD ... WD25CD.
_CODE = re.compile(r"^WD(\d\d)CD$", re.IGNORECASE)
_NAME = re.compile(r"^WD\d\dNM$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """A boundary with its area, which tells what lies inside."""

    boundary: Boundary
    area: BaseGeometry = field(hash=False, compare=False)

    def holds(self, places: Sequence[Place]) -> tuple[bool, ...]:
        """For each place, whether it lies inside or on the line."""
        if not places:
            return ()
        longitudes = [p.point.longitude for p in places]
        latitudes = [p.point.latitude for p in places]
        shapely.prepare(self.area)
        return tuple(bool(i) for i in shapely.intersects_xy(self.area, longitudes, latitudes))


class UnknownCode(Unreadable):
    """The mistake is in `ward.toml`, not in the file of boundaries."""


def read_outline(text: str, code: str) -> Outline:
    """The one polygon of the file, or the one with this code; raises `Unreadable`."""
    chosen = _choose([f for f in features(text) if f.geometry or f.properties], code)
    area = _area(chosen)
    rings = tuple(
        Ring(tuple(Point(round(lat, 6), round(lon, 6)) for lon, lat in ring.coords))
        for polygon in shapely.get_parts(area)
        for ring in (polygon.exterior, *polygon.interiors)
    )
    return Outline(Boundary(rings, _attribution(chosen.properties)), area)


def _codes(properties: Mapping[str, Any]) -> list[str]:
    return [str(v) for k, v in properties.items() if _CODE.match(k) and v]


def _choose(found: list[Feature], code: str) -> Feature:
    if not found:
        raise Unreadable("there is no boundary in this file", "It has no polygon at all.")
    if code:
        for feature in found:
            if code in _codes(feature.properties):
                return feature
        known = [c for f in found for c in _codes(f.properties)]
        if len(found) == 1 and not known:
            return found[0]
        raise UnknownCode(f'no ward has the code "{code}"', _code_hint(code, found, known))
    if len(found) > 1:
        raise UnknownCode(
            f"the boundary file has {len(found)} wards, and nothing says which one is yours",
            _code_hint("", found, []),
        )
    return found[0]


def _code_hint(code: str, found: list[Feature], known: list[str]) -> str:
    named = [
        f"{next(iter(_codes(f.properties)), '')} {name}".strip()
        for f in found
        for key, name in f.properties.items()
        if _NAME.match(key) and name
    ]
    shown = ", ".join(named[:30])
    listed = f"The file has: {shown}." if shown else "Its polygons have no WDxxCD code."
    if code:
        return did_you_mean(code, known, listed)
    return f'Add a line such as: code = "E05000623". {listed}'


def _area(feature: Feature) -> BaseGeometry:
    kind = feature.geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        shown = {"Point": "a point", "LineString": "a line"}.get(str(kind), f'"{kind}"')
        raise Unreadable(
            f"the boundary is not a polygon but {shown}" if kind else "the boundary has no shape",
            "Use the ward's outline, as a Polygon or MultiPolygon.",
        )
    area = shape_of(
        feature,
        Unreadable("the boundary is not a polygon: its coordinates cannot be read", DOWNLOAD_AGAIN),
        Unreadable("the boundary is outside the United Kingdom"),
    )
    positions = shapely.get_coordinates(area)
    if len(positions) == 0:
        raise Unreadable("the boundary is empty", "Its polygon has no coordinates.")
    for corner in (positions.min(axis=0), positions.max(axis=0)):
        _check_position(float(corner[1]), float(corner[0]))
    valid = area if area.is_valid else shapely.make_valid(area, method="structure")
    polygons = [g for g in shapely.get_parts(valid) if g.geom_type == "Polygon" and g.area > 0]
    if not polygons:
        raise Unreadable("the boundary has no area", "Its corners are all on one line.")
    return shapely.MultiPolygon(polygons)


def _check_position(latitude: float, longitude: float) -> None:
    if in_united_kingdom(latitude, longitude):
        return
    swapped = in_united_kingdom(longitude, latitude)
    raise Unreadable(
        "latitude and longitude of the boundary are swapped"
        if swapped
        else "the boundary is outside the United Kingdom",
        "GeoJSON has longitude first: [-0.15602, 51.46671].",
    )


def _attribution(properties: Mapping[str, Any]) -> str:
    """What the file says itself, or what the Office for National Statistics asks for with its own.

    https://www.ons.gov.uk/methodology/geography/licences
    """
    own = properties.get("attribution")
    if isinstance(own, str):
        return clean(own)
    for key in properties:
        if year := _CODE.match(key):
            return (
                "Ward boundary: Source: Office for National Statistics licensed under the Open "
                "Government Licence v.3.0. Contains OS data © Crown copyright and database right "
                f"20{year[1]}."
            )
    return ""
