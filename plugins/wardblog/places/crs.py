"""Reads the coordinate system of a GeoJSON file, and refuses those that are not supported.

The `crs` member is that of GeoJSON before RFC 7946 (https://geojson.org/geojson-spec#coordinate-
reference-system-objects), which councils' map programs still write.
"""

from __future__ import annotations

import re

from wardblog.places.grids import Grid
from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex

_BY_NUMBER = {
    # ETRS89 is within a metre of WGS84.
    **dict.fromkeys((4326, 4979, 4258, 4937), Grid.DEGREES),
    **dict.fromkeys((27700, 7405), Grid.BRITISH),
    **dict.fromkeys((29900, 29901, 29902, 29903), Grid.IRISH),
    2157: Grid.ITM,
    **dict.fromkeys((3857, 3785, 900913, 102100, 102113), Grid.WEB_MERCATOR),
}
# Names as map programs write them, in lower case without spaces and punctuation.
_BY_NAME = {
    **dict.fromkeys(
        ("wgs84", "wgs1984", "gcswgs1984", "crs84", "ogccrs84", "ogc13crs84", "crs84h", "etrs89",
         "gcsetrs1989", "worldgeodeticsystem1984"),
        Grid.DEGREES,
    ),
    **dict.fromkeys(
        ("britishnationalgrid", "osgb1936britishnationalgrid", "osgb36britishnationalgrid",
         "osgb36", "osgb1936", "osgb", "bng", "osnationalgrid"),
        Grid.BRITISH,
    ),
    **dict.fromkeys(
        ("irishgrid", "irishnationalgrid", "tm65irishgrid", "tm65irishnationalgrid",
         "tm75irishgrid", "osni1952irishnationalgrid", "tm65", "tm75", "irish"),
        Grid.IRISH,
    ),
    **dict.fromkeys(
        ("irenet95irishtransversemercator", "irishtransversemercator", "itm", "irenet95itm"),
        Grid.ITM,
    ),
    **dict.fromkeys(
        ("webmercator", "wgs84pseudomercator", "pseudomercator", "googlemercator",
         "wgs1984webmercatorauxiliarysphere", "wgs1984webmercator",
         "popularvisualisationcrsmercator"),
        Grid.WEB_MERCATOR,
    ),
}  # fmt: skip
# Well-known text, which begins with the name: PROJCS["British_National_Grid", ...].
_WKT_NAME = late_regex(r"(?:PROJ|GEOG|GEOD)C(?:S|RS)\[\"([^\"]+)\"", re.IGNORECASE)
_HINT = (
    "Save the file again as WGS84 (EPSG:4326). The British National Grid (EPSG:27700), the Irish "
    "Grid (EPSG:29903), ITM (EPSG:2157) and Web Mercator (EPSG:3857) can be read as well."
)


def grid_from_crs(crs: object) -> Grid | None:
    """Return the grid that a `crs` member names, or None if it names none.

    Raises `ParseError` for a coordinate system that is not supported.
    """
    written = _written(crs)
    if not written:
        return None
    grid = grid_named(written)
    if grid is None:
        raise ParseError(
            f'the coordinate system "{written[:80]}" of this file is not supported', _HINT
        )
    return grid


def _written(crs: object) -> str:
    """Return the name or number in any form of the member."""
    if isinstance(crs, dict):
        properties = crs.get("properties")
        inside = properties if isinstance(properties, dict) else crs
        for key in ("name", "code", "href", "urn", "wkid"):
            if words := _written(inside.get(key)):
                return words
        return "without a name" if inside else ""
    if isinstance(crs, bool) or not isinstance(crs, str | int):
        return ""
    return " ".join(str(crs).split())


def grid_named(written: str) -> Grid | None:
    """Return the grid of a name ("British National Grid"), a URN, a URL or an EPSG number."""
    if found := _WKT_NAME.match(written):
        return grid_named(found[1])
    if re.search(r"crs:?84h?$", written, re.IGNORECASE):
        return Grid.DEGREES
    if re.search(r"epsg|esri|^\d+$", written, re.IGNORECASE):
        # A URN may have a version before the number: urn:ogc:def:crs:EPSG:6.9:27700.
        numbers = re.findall(r"\d{4,}", written)
        return _BY_NUMBER.get(int(numbers[0])) if numbers and len(numbers[0]) < 9 else None
    return _BY_NAME.get(re.sub(r"[\W_]", "", written.casefold()))
