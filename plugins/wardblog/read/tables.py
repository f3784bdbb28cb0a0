"""A council's list to places: whichever columns, encoding and notation it happens to have."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wardblog.model import Place, Point, Precision, Progress
from wardblog.problems import did_you_mean
from wardblog.read.coordinates import OUTSIDE_GRID, checked, from_grid, grid_metres, published
from wardblog.read.fields import parse_progress
from wardblog.read.geojson import features
from wardblog.read.report import Report, Unreadable
from wardblog.read.text import clean
from wardblog.words import counted

# Column names as councils write them, in lower case without spaces and signs, best first.
_LATITUDE = ("latitude", "lat", "latitudewgs84", "wgs84latitude", "geolat", "ycoordlat")
_LONGITUDE = ("longitude", "long", "lon", "lng", "longitudewgs84", "wgs84longitude", "geolong")
_EASTING = ("easting", "eastings", "east", "osx", "geox", "xcoordinate", "xcoord", "bngx")
_NORTHING = ("northing", "northings", "north", "osy", "geoy", "ycoordinate", "ycoord", "bngy")
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
    r"creator|created|editor|edited|officer|reporter|reported|contact|owner|user|staff|surname"
    r"|forename|firstname|lastname|email|phone|complainant|applicant|resident|person|customer"
)
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the line that it stands on and a point where GeoJSON gave one."""

    values: Mapping[str, str]
    line: int
    position: tuple[float, float] | None = None
    in_metres: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    name: str
    latitude: str | None
    longitude: str | None
    easting: str | None
    northing: str | None
    grid: str | None
    identifier: str | None
    progress: str | None


def read_csv(text: str) -> tuple[list[str], list[Row]]:
    """Header and rows of a table separated by commas, semicolons or tabs."""
    lines = text.lstrip("\ufeff").split("\n")
    header = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    names: list[str] = []
    rows: list[Row] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if not names:
                    names = [cell.strip() for cell in cells]
                else:
                    values = dict(zip(names, (c.strip() for c in cells), strict=False))
                    rows.append(Row(values, start))
            start = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            f"this line of the table cannot be read: {error}",
            "Save the sheet as CSV again from your spreadsheet program.",
            reader.line_num,
        ) from None
    return names, rows


def read_geojson(text: str) -> tuple[list[str], list[Row]]:
    """Properties and points of a GeoJSON file; a shape that is no point gives its middle."""
    rows = [
        Row(
            {str(k): "" if v is None else str(v) for k, v in feature.properties.items()},
            feature.line,
            _position(feature.geometry),
            feature.in_metres,
        )
        for feature in features(text)
    ]
    return list(dict.fromkeys(name for row in rows for name in row.values)), rows


def _position(geometry: Mapping[str, Any]) -> tuple[float, float] | None:
    """Longitude and latitude, or easting and northing, of a Point or a MultiPoint of one."""
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "MultiPoint" and isinstance(coordinates, list) and coordinates:
        coordinates = coordinates[0]
    elif geometry.get("type") != "Point":
        return None
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return None
    first, second = coordinates[:2]
    if not isinstance(first, int | float) or not isinstance(second, int | float):
        return None
    return float(first), float(second)


def read_places(
    text: str, is_geojson: bool, name_column: str, report: Report
) -> tuple[Place, ...] | None:
    """The places of a list in its order, or None where no column can be used.

    Rows that cannot be read are reported with their lines; rows without any position are left
    out with a warning.
    """
    try:
        names, rows = read_geojson(text) if is_geojson else read_csv(text)
    except Unreadable as unreadable:
        report.unreadable(unreadable)
        return None
    if not rows:
        report.stop(
            None,
            "this file is empty" if not names else "this file has column names but no rows",
            "Put the council's list in it, with one place on each line.",
        )
        return None
    if len(set(names)) < len(names):
        twice = next(n for n in names if names.count(n) > 1)
        report.warn(1, f'two columns are called "{twice}"', "The last of them is used.")
    columns = _find_columns(names, rows, name_column, is_geojson, report)
    if columns is None:
        return None
    return tuple(_places(columns, rows, report))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _find(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    by_plain = {_plain(name): name for name in reversed(names)}
    return next((by_plain[w] for w in wanted if w in by_plain), None)


def _find_columns(
    names: list[str], rows: list[Row], name_column: str, is_geojson: bool, report: Report
) -> _Columns | None:
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
    return _Columns(
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
        number = _number(row.values.get(column, ""))
        if number:
            return abs(number) > 180
    return False


def _name_column(names: list[str], asked: str, report: Report) -> str | None:
    """The column that names each place: the one asked for, else the likeliest."""
    usable = [n for n in names if n and not _PEOPLE.search(_plain(n))]
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
        found = next((n for p in parts for n in usable if p in _plain(n)), None)
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


def _number(written: str) -> float | None:
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


def _places(columns: _Columns, rows: list[Row], report: Report) -> Iterator[Place]:
    """The rows' places; positions on the grid are converted all at once."""
    points: list[Point | None] = []
    metres: list[tuple[int, float, float]] = []
    told = _Told(report)
    for index, row in enumerate(rows):
        point: Point | None = None
        try:
            found = _row_position(columns, row)
            if isinstance(found, Point):
                point = published(found, Precision.EXACT)
            elif found is None:
                told.warn(row.line, "this row has no position, and was left out")
            else:
                metres.append((index, *found))
        except Unreadable as unreadable:
            told.stop(row.line, unreadable.message, unreadable.hint)
        points.append(point)
    converted = from_grid([e for _, e, _ in metres], [n for _, _, n in metres])
    for (index, easting, northing), point in zip(metres, converted, strict=True):
        points[index] = point
        if point is None:
            told.stop(
                rows[index].line,
                f"easting {easting:g}, northing {northing:g} is outside the United Kingdom",
                OUTSIDE_GRID,
            )
    told.finish()
    for row, point in zip(rows, points, strict=True):
        if point is not None:
            yield _place(columns, row, point, report)


def _place(columns: _Columns, row: Row, point: Point, report: Report) -> Place:
    progress: Progress | None = None
    if columns.progress and row.values.get(columns.progress):
        with report.at(row.line):
            progress = parse_progress(row.values[columns.progress])
    identifier = clean(row.values.get(columns.identifier, "")) if columns.identifier else ""
    name = " ".join(clean(row.values.get(columns.name, "")).split())
    return Place(name or identifier or "No name", point, Precision.EXACT, progress, identifier)


def _row_position(columns: _Columns, row: Row) -> Point | tuple[float, float] | None:
    """A point, or easting and northing in metres; None for a row that has neither."""
    if row.position:
        first, second = row.position
        if row.in_metres or abs(first) > 180 or abs(second) > 180:
            return first, second
        return _geojson_point(second, first)
    for one, other in (
        (columns.latitude, columns.longitude),
        (columns.easting, columns.northing),
    ):
        if one is None or other is None:
            continue
        written = row.values.get(one, ""), row.values.get(other, "")
        if not any(written):
            continue
        first_number, second_number = _number(written[0]), _number(written[1])
        if first_number is None or second_number is None:
            raise Unreadable(
                f'cannot read "{written[0]}" and "{written[1]}" as a position',
                f'Put numbers in the columns "{one}" and "{other}".',
            )
        if one == columns.easting:
            return first_number, second_number
        if abs(first_number) > 180 or abs(second_number) > 180:
            # Eastings and northings under the names of degrees, which happens.
            return second_number, first_number
        return checked(first_number, second_number)
    if columns.grid and row.values.get(columns.grid):
        return grid_metres(row.values[columns.grid])
    return None


def _geojson_point(latitude: float, longitude: float) -> Point:
    try:
        return checked(latitude, longitude)
    except Unreadable as unreadable:
        if "swapped" in unreadable.message:
            raise Unreadable(
                unreadable.message, "GeoJSON has longitude first: [-0.15602, 51.46671]."
            ) from None
        raise


class _Told:
    """Tells of the first rows that are wrong, and counts the rest of a long list."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._stops: list[int] = []
        self._warnings: list[int] = []

    def stop(self, line: int, message: str, hint: str) -> None:
        self._stops.append(line)
        if len(self._stops) <= _MOST_TOLD:
            self._report.stop(line, message, hint)

    def warn(self, line: int, message: str) -> None:
        self._warnings.append(line)
        if len(self._warnings) <= _MOST_TOLD:
            self._report.warn(line, message)

    def finish(self) -> None:
        if more := self._stops[_MOST_TOLD:]:
            rows = counted(len(more), "more row has", "more rows have")
            self._report.stop(more[0], f"{rows} a position that cannot be used")
        if more := self._warnings[_MOST_TOLD:]:
            rows = counted(len(more), "more row has", "more rows have")
            self._report.warn(more[0], f"{rows} no position, and were left out")
