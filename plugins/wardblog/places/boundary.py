"""Reads the ward's boundary from a file of one ward or of a whole borough's wards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model import Boundary, Place, Point, Ring
from wardblog.places import northern_ireland
from wardblog.places.geojson import Feature, features
from wardblog.places.shapes import DOWNLOAD_AGAIN, flat_parts, shape_of
from wardblog.places.united_kingdom import in_united_kingdom
from wardblog.places.wards import CODE_KEY, Wards, year_of
from wardblog.problems import did_you_mean
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import clean


@dataclass(frozen=True, slots=True)
class Outline:
    """A boundary with its area, to test which places are inside."""

    boundary: Boundary
    area: BaseGeometry = field(hash=False, compare=False)

    def holds(self, places: Sequence[Place]) -> tuple[bool, ...]:
        """Return for each place whether it is inside the boundary or on its line."""
        if not places:
            return ()
        longitudes = [p.point.longitude for p in places]
        latitudes = [p.point.latitude for p in places]
        shapely.prepare(self.area)
        return tuple(bool(i) for i in shapely.intersects_xy(self.area, longitudes, latitudes))


class UnknownWardError(ParseError):
    """The code in `ward.toml` does not match; the file of boundaries itself is fine."""


def read_outline(
    text: str, code: str, name: str = "", in_ireland: bool | None = None, council: str = ""
) -> Outline:
    """Return the boundary of the ward with this code or, without one, this name.

    A file of one ward needs neither. `council` tells apart wards of one name. `in_ireland` is
    whether the ward is in Northern Ireland, if that is known. Raises `ParseError`.
    """
    parts = _choose([f for f in features(text) if f.geometry or f.properties], code, name, council)
    area = _joined([_area(part, in_ireland) for part in parts])
    rings = tuple(
        Ring(tuple(Point(round(lat, 6), round(lon, 6)) for lon, lat in ring.coords))
        for polygon in shapely.get_parts(area)
        for ring in (polygon.exterior, *polygon.interiors)
    )
    properties = parts[0].properties
    return Outline(Boundary(rings, _attribution(properties), year_of(properties)), area)


def _joined(areas: list[shapely.MultiPolygon]) -> shapely.MultiPolygon:
    """Merge the parts of a ward into one area, without the lines between them."""
    if len(areas) == 1:
        return areas[0]
    return _polygons(shapely.union_all(areas))


def _polygons(shape: BaseGeometry) -> shapely.MultiPolygon:
    """Return the polygons in a shape, however deeply collections are nested."""
    parts = (part for part in flat_parts(shape) if isinstance(part, shapely.Polygon))
    return shapely.MultiPolygon([part for part in parts if part.area > 0])


def _choose(found: list[Feature], code: str, name: str, council: str) -> list[Feature]:
    """Return the features of the ward, which may have several parts."""
    if not found:
        raise ParseError("there is no boundary in this file", "It has no polygon at all.")
    wards = Wards(found)
    if code:
        if parts := wards.with_code(code):
            return parts
        if len(found) == 1 and not wards.codes:
            return found
        several = wards.number_with(code)
        raise UnknownWardError(
            f'{several} wards have the code "{code}"'
            if several
            else f'no ward has the code "{code}"',
            _other_code(wards, name, council)
            or did_you_mean(code, wards.codes, wards.listed_in(council)),
        )
    if len(wards) == 1:
        return found
    if name and (parts := wards.called(name, council)):
        return parts
    if same := wards.listed_called(name) if name else "":
        raise UnknownWardError(
            f'the boundary file has several wards called "{name}"',
            f'Add a line with the code of yours, such as: code = "E05000623". They are: {same}.',
        )
    raise UnknownWardError(
        f"the boundary file has {len(wards):,} wards, but this file does not say which one is "
        "yours",
        did_you_mean(
            name,
            wards.names if name else (),
            f'Add a line such as: code = "E05000623". {wards.listed_in(council)}',
        ),
    )


def _other_code(wards: Wards, name: str, council: str) -> str:
    """A hint for a code from before or after a review, if the ward's name is in the file."""
    parts = wards.called(name, council) if name else []
    code = Wards(parts).codes
    if not code:
        return ""
    where = f'In this file, the ward called "{name}" has the code "{code[0]}".'
    return f"{where} If it is yours, use that."


def _area(feature: Feature, in_ireland: bool | None) -> shapely.MultiPolygon:
    kind = feature.geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon", "GeometryCollection"):
        shown = {"Point": "a point", "LineString": "a line"}.get(str(kind), f'"{kind}"')
        raise ParseError(
            f"the boundary is {shown}, not a polygon" if kind else "the boundary has no shape",
            "Use the ward's outline, as a Polygon or MultiPolygon.",
        )
    area = shape_of(
        feature,
        ParseError("the boundary is not a polygon: its coordinates cannot be read", DOWNLOAD_AGAIN),
        ParseError("the boundary is outside the United Kingdom"),
        northern_ireland.by_properties(feature.properties) if in_ireland is None else in_ireland,
    )
    if shapely.get_num_coordinates(area) == 0:
        raise ParseError("the boundary is empty", "Its polygon has no coordinates.")
    for part in flat_parts(area):
        _check_part(part)
    valid = area if area.is_valid else shapely.make_valid(area, method="structure")
    polygons = _polygons(valid)
    if polygons.is_empty:
        raise ParseError("the boundary has no area", "Its corners are all on one line.")
    return polygons


def _check_part(part: BaseGeometry) -> None:
    """Raise `ParseError` for a polygon that is not mostly in the United Kingdom.

    A ward on the Irish border follows it more closely than our outline of the country does.
    """
    corners = shapely.get_coordinates(part).tolist()
    inside = sum(in_united_kingdom(latitude, longitude) for longitude, latitude in corners)
    if 2 * inside > len(corners):
        return
    swapped = sum(in_united_kingdom(longitude, latitude) for longitude, latitude in corners)
    raise ParseError(
        "latitude and longitude of the boundary are swapped"
        if 2 * swapped > len(corners)
        else "the boundary is outside the United Kingdom",
        "GeoJSON has longitude first: [-0.15602, 51.46671].",
    )


def _attribution(properties: Mapping[str, Any]) -> str:
    """Return the file's own attribution, or the one required for data of the ONS.

    https://www.ons.gov.uk/methodology/geography/licences
    """
    own = properties.get("attribution")
    if isinstance(own, str):
        return clean(own)
    for key, value in properties.items():
        if year := CODE_KEY.match(key):
            owner = (
                "LPS Intellectual Property" if northern_ireland.by_code(str(value)) else "OS data"
            )
            return (
                "Ward boundary: Source: Office for National Statistics licensed under the Open "
                f"Government Licence v.3.0. Contains {owner} © Crown copyright and database right "
                f"20{year[1]}."
            )
    return ""
