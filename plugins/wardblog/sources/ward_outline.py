"""The outline of one ward as a file of the content folder."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.places import northern_ireland
from wardblog.places.boundary import read_outline
from wardblog.places.geojson import features
from wardblog.places.wards import Wards
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean_name

# The columns that are kept: codes and names of areas, and who made the file. Councils' own files
# also name members of staff.
_KEPT = late_regex(
    r"(?:WD|CED|DEA|CMWD|PAR|PARNCP|LAD|LGD|CTY)\d\d(?:CD|NM|NMW)|attribution", re.IGNORECASE
)
_OF_WARDS = ("WD", "CED", "DEA", "CMWD", "PAR", "PARNCP")
_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class WardOutline:
    """A ward's outline, in degrees with longitude first, and what its file says about it.

    `year` is the one in the names of its columns, or None.
    """

    code: str
    name: str
    council: str
    year: int | None
    properties: Mapping[str, str]
    area: BaseGeometry = field(hash=False, compare=False)

    @property
    def in_ireland(self) -> bool:
        return northern_ireland.by_code(self.code) is True

    def to_geojson(self) -> bytes:
        """The file: a collection with this ward alone."""
        parts = shapely.get_parts(shapely.normalize(self.area))
        polygons = [[_pairs(r) for r in (p.exterior, *p.interiors)] for p in parts]
        lone = len(polygons) == 1
        geometry = {
            "type": "Polygon" if lone else "MultiPolygon",
            "coordinates": polygons[0] if lone else polygons,
        }
        feature = {"type": "Feature", "properties": self.properties, "geometry": geometry}
        text = json.dumps(
            {"type": "FeatureCollection", "features": [feature]},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        return f"{text}\n".encode()


def ward_outline(text: str, code: str, name: str, council: str = "") -> WardOutline:
    """Read the outline of a ward from GeoJSON of one ward or of many; raises `ParseError`."""
    known = northern_ireland.by_code(code) if code else None
    outline = read_outline(text, code, name, known, council)
    found = [f for f in features(text) if f.geometry or f.properties]
    wards = Wards(found)
    chosen = (code and wards.with_code(code)) or (name and wards.called(name, council)) or found
    properties = _properties(chosen[0].properties, code, name)
    own_council = next(
        (v for k, v in properties.items() if re.match(r"(?i)(LAD|LGD)\d\dNM$", k)), ""
    )
    return WardOutline(
        code=code or _of_ward(properties, "CD"),
        name=_of_ward(properties, "NM") or name,
        council=own_council,
        year=outline.boundary.year,
        properties=properties,
        area=outline.area,
    )


def in_features(found: Sequence[Mapping[str, Any]]) -> str:
    """GeoJSON with these features."""
    return json.dumps({"type": "FeatureCollection", "features": list(found)})


def _properties(own: Mapping[str, Any], code: str, name: str) -> dict[str, str]:
    """The properties that are kept, as text; the one with the ward's code or name in any case."""
    wanted = {words.casefold() for words in (code, name) if words}
    return {
        key: clean_name(str(value))
        for key, value in own.items()
        if isinstance(value, str | int)
        and not isinstance(value, bool)
        and clean_name(str(value))
        and (_KEPT.fullmatch(key) or str(value).strip().casefold() in wanted)
    }


def _of_ward(properties: Mapping[str, str], ending: str) -> str:
    """The code or the name of the ward."""
    for kind in _OF_WARDS:
        for key, value in properties.items():
            if value and re.fullmatch(rf"{kind}\d\d{ending}", key, re.IGNORECASE):
                return value
    return ""


def _pairs(ring: BaseGeometry) -> list[list[float]]:
    return [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in ring.coords]
