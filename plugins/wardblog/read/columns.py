"""Which columns of a council's list hold the position and the name, whatever they are called."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wardblog.problems import did_you_mean
from wardblog.read.report import Report

# Column names as councils write them, in lower case without spaces and signs, best first.
_LATITUDE = ("latitude", "lat", "latitudewgs84", "wgs84latitude", "geolat", "ycoordlat")
_LONGITUDE = ("longitude", "long", "lon", "lng", "longitudewgs84", "wgs84longitude", "geolong")
_EASTING = (
    "easting", "eastings", "east", "osx", "geox", "xcoordinate", "xcoord", "coordx", "bngx",
    "geomx", "gridx",
)  # fmt: skip
_NORTHING = (
    "northing", "northings", "north", "osy", "geoy", "ycoordinate", "ycoord", "coordy", "bngy",
    "geomy", "gridy",
)  # fmt: skip
_GRID_REFERENCE = ("gridreference", "gridref", "osgridreference", "osgridref", "osgr", "ngr")
_NAMES = (
    "name", "title", "location", "locationdescription", "description", "streetname", "street",
    "roadname", "road", "address", "site", "sitename", "place", "placename", "assetname",
    "locality", "notes",
)  # fmt: skip
_IDENTIFIERS = (
    "mapid", "id", "ref", "reference", "assetid", "assetref", "number", "no", "objectid", "fid",
)  # fmt: skip
# Words in the names of columns that may hold a person; they are never guessed to name a place.
_PEOPLE = re.compile(
    r"creator|created|editor|edited|officer|report(?:er|ed)|contact|owner(?!ship)|user|staff(?!ord)"
    r"|surname|forename|(?:first|last|full|given|middle|family)name|email|phone|mobileno|mobilenum"
    r"|complain|applicant|resident(?!ial)|person|customer|client|inspect(?:or|edby)"
    r"|survey(?:or|ed)|author(?!i[tsz])|caller|claimant|enquirer|request(?:er|or|edby)|submitter"
    r"|sender|tenant|lease?holder|occupier|householder|landlord|licensee|keeper|manager|volunteer"
    r"|employee|engineer|operative|technician|assess(?:or|edby)|observer|recorder|witness|assign"
    r"|allocatedto|councillor|initials|driver|patient|carer|donor|(?<!lay)(?<!near)(?<!stand)by$"
)
_DAYS = re.compile(r"date|time|year|month|(?:ed|or|er)(?:on|at)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the line that it stands on and a point where GeoJSON gave one."""

    values: Mapping[str, str]
    line: int
    position: tuple[float, float] | None = None
    in_metres: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that are used; a pair is there as a whole or not at all."""

    name: str
    latitude: str | None
    longitude: str | None
    easting: str | None
    northing: str | None
    grid: str | None
    identifier: str | None
    progress: str | None


def plain_name(name: str) -> str:
    """A name without case, spaces, signs and what stands in brackets, such as a unit."""
    return re.sub(r"\(.*?\)|[^a-z0-9]", "", name.casefold())


def may_name_people(name: str) -> bool:
    """Whether a column of this name may say who somebody is; not one of days."""
    plain = plain_name(name)
    return bool(_PEOPLE.search(plain)) and not _DAYS.search(plain)


def has_positions(names: Sequence[str]) -> bool:
    """Whether a line of cells looks like the header of a list of places."""
    pairs = ((_LATITUDE, _LONGITUDE), (_EASTING, _NORTHING), (("x",), ("y",)))
    return bool(_find(names, _GRID_REFERENCE)) or any(
        _find(names, one) and _find(names, other) for one, other in pairs
    )


def _find(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    by_plain = {plain_name(name): name for name in reversed(names)}
    return next((by_plain[w] for w in wanted if w in by_plain), None)


def find_columns(
    names: list[str], rows: list[Row], name_column: str, is_geojson: bool, report: Report
) -> Columns | None:
    latitude, longitude = _find(names, _LATITUDE), _find(names, _LONGITUDE)
    easting, northing = _find(names, _EASTING), _find(names, _NORTHING)
    x, y = _find(names, ("x",)), _find(names, ("y",))
    if x and y and not (easting and northing):
        if _are_metres(rows, x):
            easting, northing = x, y
        elif not (latitude and longitude):
            latitude, longitude = y, x
    grid = _find(names, _GRID_REFERENCE)
    has_pair = (latitude and longitude) or (easting and northing)
    if is_geojson and any(row.position for row in rows):
        latitude = longitude = easting = northing = grid = None
    elif not has_pair and not grid:
        listed = ", ".join(f'"{n}"' for n in names if n)
        report.stop(
            1,
            "no column says where the places are",
            "Name two columns Latitude and Longitude, or Easting and Northing. "
            + (f"The file has: {listed}." if listed else "The file has no column names."),
        )
        return None
    name = _name_column(names, name_column, report)
    if name is None:
        return None
    return Columns(
        name,
        latitude if longitude else None,
        longitude if latitude else None,
        easting if northing else None,
        northing if easting else None,
        grid,
        _find(names, _IDENTIFIERS),
        _find(names, ("progress",)),
    )


def _are_metres(rows: list[Row], column: str) -> bool:
    for row in rows:
        number = number_in(row.values.get(column, ""))
        if number:
            return abs(number) > 180
    return False


def _name_column(names: list[str], asked: str, report: Report) -> str | None:
    """The column that names each place: the one asked for, else the likeliest."""
    usable = [n for n in names if n and not _PEOPLE.search(plain_name(n))]
    if asked:
        for name in names:
            if name.casefold() == asked.casefold():
                return name
        listed = ", ".join(f'"{n}"' for n in names if n)
        hint = did_you_mean(asked, names, f"The file has: {listed}.")
        report.stop(1, f'no column is called "{asked}"', hint)
        return None
    found = _find(usable, _NAMES)
    if found is None:
        parts = ("name", "street", "road", "location", "description", "address", "site")
        found = next((n for p in parts for n in usable if p in plain_name(n)), None)
    found = found or _find(usable, _IDENTIFIERS)
    if found is None:
        listed = ", ".join(f'"{n}"' for n in names if n)
        report.stop(
            1,
            "no column says what the places are called",
            'Name one column Name, or say which it is in issues.toml: name_column = "...". '
            f"The file has: {listed}.",
        )
    return found


def number_in(written: str) -> float | None:
    text = written.strip().replace("−", "-").rstrip("°")
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[-+]?\d+,\d+", text):
        text = text.replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
