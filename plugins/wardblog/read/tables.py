"""A council's list to places: whichever columns, encoding and notation it happens to have."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely

from wardblog.model import NOTHING_DISCLOSED, Disclosure, Place, Point, Precision, Progress
from wardblog.read.cleaning import HARM, HARM_HINT, HARM_WHY, harm_in
from wardblog.read.columns import Columns, Row, find_columns, has_positions, number_in
from wardblog.read.coordinates import OUTSIDE_GRID, checked, from_grid, grid_metres, published
from wardblog.read.fields import parse_progress
from wardblog.read.geojson import features
from wardblog.read.people import disclosed, name_people
from wardblog.read.report import Report, Unreadable
from wardblog.read.text import clean, without_entities
from wardblog.words import counted

_MOST_TOLD = 5
# How many lines above the header are passed over.
_LONGEST_TITLE = 10


def read_csv(text: str) -> tuple[list[str], list[Row]]:
    """Header and rows of a table separated by commas, semicolons or tabs.

    The header is the first line that has columns of positions, so that a title above it does no
    harm; without one it is the first line. Raises `Unreadable`.
    """
    text = text.lstrip("\ufeff")
    beginning = [line for line in text.split("\n") if line.strip()][:_LONGEST_TITLE]
    header = next((x for x in beginning if _delimiter(x)), beginning[0] if beginning else "")
    lines = list(_lines(text, _delimiter(header) or max(",;\t", key=header.count)))
    first = next(
        (n for n, (_, cells) in enumerate(lines[:_LONGEST_TITLE]) if has_positions(cells)), 0
    )
    names = lines[first][1] if lines else []
    rows = [Row(dict(zip(names, cells, strict=False)), line) for line, cells in lines[first + 1 :]]
    return names, rows


def _delimiter(line: str) -> str | None:
    """What separates the columns of a line that is the header of a list of places."""
    cells = {d: [c.strip(' "') for c in line.split(d)] for d in ",;\t"}
    return next((d for d, names in cells.items() if has_positions(names)), None)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table that are not empty, with their numbers."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, [without_entities(cell).strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Unreadable(
                "a quotation mark is opened on this line and never closed",
                "Take it out, or close it, and save the sheet again.",
                start,
            ) from None
        raise Unreadable(
            f"this line of the table cannot be read: {error}",
            "Save the sheet as CSV again from your spreadsheet program.",
            reader.line_num,
        ) from None


def read_geojson(text: str) -> tuple[list[str], list[Row]]:
    """Properties and points of a GeoJSON file; a shape that is no point gives one inside it."""
    rows = [
        Row(
            {clean(str(k)): _cell(v) for k, v in feature.properties.items()},
            feature.line,
            _position(feature.geometry),
            feature.in_metres,
        )
        for feature in features(text)
    ]
    return list(dict.fromkeys(name for row in rows for name in row.values)), rows


def _cell(value: object) -> str:
    """A property as a spreadsheet would show it; lists and tables in it are not."""
    if isinstance(value, str):
        return without_entities(clean(value))
    return str(value) if isinstance(value, int | float) and abs(value) < 1e15 else ""


def _position(geometry: Mapping[str, Any]) -> tuple[float, float] | None:
    """Longitude and latitude, or easting and northing; a point inside what is no point."""
    try:
        if geometry.get("type") == "Point":
            first, second = geometry["coordinates"][:2]
            position = float(first), float(second)
        else:
            inside = shapely.geometry.shape(dict(geometry)).representative_point()
            position = inside.x, inside.y
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
            shapely.errors.ShapelyError):  # fmt: skip
        return None
    return position if all(map(math.isfinite, position)) else None


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """A list as cleaned, and how many of its rows say nothing of where they are."""

    places: tuple[Place, ...]
    without_position: int
    disclosure: Disclosure = NOTHING_DISCLOSED


def read_places(text: str, is_geojson: bool, name_column: str, report: Report) -> PlaceTable | None:
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
    twice = next((n for n, count in Counter(names).items() if n and count > 1), None)
    if twice:
        report.warn(1, f'two columns are called "{twice}"', "The last of them is used.")
    columns = find_columns(names, rows, name_column, is_geojson, report)
    if columns is None:
        return None
    _report_harm(columns, rows, report)
    name_people(names, rows, columns, report)
    points = _points(columns, rows, report)
    used = [(row, point) for row, point in zip(rows, points, strict=True) if point is not None]
    places = tuple(_place(columns, row, point, report) for row, point in used)
    disclosure = disclosed(columns.name, places, [row.line for row, _ in used])
    return PlaceTable(places, len(rows) - len(places), disclosure)


def _report_harm(columns: Columns, rows: list[Row], report: Report) -> None:
    """Names that would run if any reader, now or later, took them as HTML."""
    found = [
        (row.line, harm_in(words))
        for row in rows
        for words in (row.values.get(columns.name), row.values.get(columns.identifier or ""))
        if words and harm_in(words)
    ]
    for line, word in found[:_MOST_TOLD]:
        report.stop(line, f"a name in this list has {word}, which {HARM_WHY}", HARM_HINT, HARM)
    if more := found[_MOST_TOLD:]:
        names = counted(len(more), "more name has", "more names have")
        report.stop(more[0][0], f"{names} HTML that {HARM_WHY}", "", HARM)


def _points(columns: Columns, rows: list[Row], report: Report) -> list[Point | None]:
    """Where each row lies; positions on the grid are converted all at once."""
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
    if not any(points):
        report.stop(None, "no row of this file has a position that can be used")
    return points


def _place(columns: Columns, row: Row, point: Point, report: Report) -> Place:
    progress: Progress | None = None
    if columns.progress and row.values.get(columns.progress):
        with report.at(row.line):
            progress = parse_progress(row.values[columns.progress])
    identifier = clean(row.values.get(columns.identifier, "")) if columns.identifier else ""
    name = " ".join(clean(row.values.get(columns.name, "")).split())
    return Place(name or identifier or "No name", point, Precision.EXACT, progress, identifier)


def _row_position(columns: Columns, row: Row) -> Point | tuple[float, float] | None:
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
        first_number, second_number = number_in(written[0]), number_in(written[1])
        if first_number is None or second_number is None:
            raise Unreadable(
                f'cannot read "{written[0]}" and "{written[1]}" as a position',
                f'Put numbers in the columns "{one}" and "{other}".',
            )
        if one == columns.easting:
            # As a point: the first of the two lies across, the second up.
            first_number, second_number = second_number, first_number
        if abs(first_number) > 180 or abs(second_number) > 180:
            # Metres under the names of degrees happen, and degrees under those of metres.
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
