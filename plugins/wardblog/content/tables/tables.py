"""Reads a council's list into places, whatever its columns, encoding and notation."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import shapely

from wardblog.content.header.fields import parse_progress
from wardblog.content.markdown.cleaning import HARM, HARM_HINT, HARM_REASON, harm_in
from wardblog.content.tables.column_names import may_name_people
from wardblog.content.tables.complaint_lists import anonymised
from wardblog.content.tables.fetched_lists import about_places
from wardblog.content.tables.name_column import Naming, choose_name
from wardblog.content.tables.people import disclosed, name_people
from wardblog.content.tables.sheets import (
    TableSheet,
    duplicate_name,
    is_sum,
    is_total,
    may_be_total,
    refuse_many_columns,
)
from wardblog.model import NOTHING_DISCLOSED, Disclosure, Place, Point, Precision, Progress
from wardblog.places.cells import is_missing
from wardblog.places.columns import Columns, Row, find_columns
from wardblog.places.coordinates import rounded_to_precision
from wardblog.places.geojson import features
from wardblog.places.grids import Grid
from wardblog.places.positions import OVERLONG, OVERLONG_HINT, locate
from wardblog.privacy.free_text import names_a_person
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import clean, without_entities
from wardblog.text.words import counted

_MOST_REPORTED = 5


def _unknown() -> bool | None:
    return None


@dataclass(frozen=True, slots=True)
class ListOptions:
    """The settings of a list.

    `grid` is the one that its positions are on, if the councillor says so; `in_ireland` tells
    whether the ward is in Northern Ireland. Below an exact `precision` the list is one of
    complaints, and `label` is what its places are called that have neither street nor category.
    """

    grid: Grid | None = None
    precision: Precision = Precision.EXACT
    label: str = "Report"
    in_ireland: Callable[[], bool | None] = _unknown


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """A cleaned list, and how many of its rows have no location."""

    places: tuple[Place, ...]
    without_position: int
    disclosure: Disclosure = NOTHING_DISCLOSED
    is_guess: bool = False


def read_geojson(text: str) -> TableSheet:
    """Properties and points of a GeoJSON file; a point inside each shape that is not a point."""
    rows = [
        Row(
            values={clean(str(k)): _cell(v) for k, v in feature.properties.items()},
            line=feature.line,
            position=_position(feature.geometry),
            grid=feature.grid,
        )
        for feature in features(text)
    ]
    names = list(dict.fromkeys(name for row in rows for name in row.values))
    refuse_many_columns(names)
    return TableSheet(names, rows, is_map_data=True)


def _cell(value: object) -> str:
    """A property as a spreadsheet would show it; lists and tables in it are not."""
    if isinstance(value, str):
        return without_entities(clean(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value) if abs(value) < 1e15 else ""


def _position(geometry: Mapping[str, Any]) -> tuple[float, float] | None:
    """Longitude and latitude, or easting and northing; for other shapes, of a point inside."""
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


_AS_IT_IS = ListOptions()


def read_places(
    sheet: TableSheet, name_column: str, report: Report, options: ListOptions = _AS_IT_IS
) -> PlaceTable | None:
    """The places of a list in its order, or None if no column can be used.

    Rows that cannot be read are reported with their lines; rows without any position are left
    out with a warning, and those that count the others without one.
    """
    names, is_map_data = sheet.names, sheet.is_map_data
    rows = [row for row in sheet.rows if is_map_data or any(row.values.values())]
    if not rows:
        report.stop(
            None,
            "this file is empty" if not names else "this file has column names but no rows",
            "Put the council's list in it, with one place on each line.",
        )
        return None
    _report_twins(sheet, report)
    columns = find_columns(names, rows, is_map_data, report)
    if columns is None:
        return None
    rows = _without_totals(columns, rows, report)
    is_reduced = options.precision is not Precision.EXACT
    naming: Naming | None = Naming("")
    if not is_reduced:
        naming = choose_name(names, rows, columns, name_column, report)
    if naming is None:
        return None
    columns = _with_identifier(columns, rows, naming)
    _report_harm(columns, naming, rows, report)
    name_people(names, rows, naming.column, report)
    located = locate(columns, rows, report, options.grid, options.in_ireland)
    _report_overlong(rows, located.points, report)
    tell = _telling(names)
    rows_with_places = [
        (row, tell(_place(columns, naming, row, number, point, report), row))
        for number, (row, point) in enumerate(zip(rows, located.points, strict=True), start=1)
        if point is not None
    ]
    if is_reduced:
        rows_with_places = anonymised(
            rows_with_places, names, columns, options.precision, options.label
        )
    places = tuple(place for _, place in rows_with_places)
    disclosure = disclosed(naming, places, [row.line for row, _ in rows_with_places])
    if is_reduced:
        disclosure = replace(disclosure, named_by="")
    return PlaceTable(places, len(rows) - len(places), disclosure, located.is_guess)


def _telling(names: Sequence[str]) -> Callable[[Place, Row], Place]:
    """What adds the words about a place, in lists that have them."""
    about = about_places(names)
    if about is None:
        return lambda place, _: place

    def tell(place: Place, row: Row) -> Place:
        words, link = about(row.values)
        return replace(place, about=words, link=link)

    return tell


def _report_twins(sheet: TableSheet, report: Report) -> None:
    if twice := duplicate_name(sheet.names):
        report.warn(1, f'two columns are called "{twice}"', "The first of them is used.")


def _report_overlong(rows: list[Row], points: list[Point | None], report: Report) -> None:
    """Rows with a position, without the last cells that have no column header."""
    lines = [r.line for r, point in zip(rows, points, strict=True) if point and r.is_overlong]
    if lines:
        have = "this row has" if len(lines) == 1 else f"{len(lines):,} rows have"
        message = f"{OVERLONG.format(have)}; the extra cells were left out"
        report.warn(lines[0], message, OVERLONG_HINT)


def _without_totals(columns: Columns, rows: list[Row], report: Report) -> list[Row]:
    """The rows without totals, which are noted."""
    totals = [
        row for row in rows if is_total(row) or (may_be_total(row) and _is_nowhere(columns, row))
    ]
    if rows[-1] not in totals and is_sum(rows[-1], rows[:-1]):
        totals.append(rows[-1])
    if not totals or len(totals) == len(rows):
        return rows
    which = (
        "this row is a total, not a place, so it was"
        if len(totals) == 1
        else f"{len(totals):,} rows are totals, not places, so they were"
    )
    report.note(totals[0].line, f"{which} left out")
    return [row for row in rows if row not in totals]


def _is_nowhere(columns: Columns, row: Row) -> bool:
    """Whether a row has nothing that could be a position."""
    quiet = Report("")
    return not any(locate(columns, [row], quiet, None, _unknown).points)


def _with_identifier(columns: Columns, rows: Sequence[Row], naming: Naming) -> Columns:
    """The columns that may hold people's names, without identifiers."""
    identifier = columns.identifier
    if identifier and identifier != naming.column:
        cells = {row.values.get(identifier, "") for row in rows}
        if may_name_people(identifier) or any(
            names_a_person(cell) for cell in cells if " " in cell or "," in cell
        ):
            return replace(columns, identifier=None)
    return columns


def _report_harm(columns: Columns, naming: Naming, rows: list[Row], report: Report) -> None:
    """Report names with HTML in them that could run in a browser."""
    used = [name for name in (naming.column, columns.identifier) if name]
    harmful = [
        (row.line, harm_in(words))
        for row in rows
        for words in (row.values.get(name) for name in used)
        if words and harm_in(words)
    ]
    for line, word in harmful[:_MOST_REPORTED]:
        report.stop(line, f"a name in this list has {word}, which {HARM_REASON}", HARM_HINT, HARM)
    if more := harmful[_MOST_REPORTED:]:
        names = counted(len(more), "more name has", "more names have")
        report.stop(more[0][0], f"{names} HTML that {HARM_REASON}", "", HARM)


def _place(
    columns: Columns, naming: Naming, row: Row, number: int, point: Point, report: Report
) -> Place:
    progress: Progress | None = None
    written = row.values.get(columns.progress, "") if columns.progress else ""
    if written and not is_missing(written):
        with report.at(row.line):
            progress = parse_progress(written)
    own = row.values.get(columns.identifier, "") if columns.identifier else ""
    identifier = "" if is_missing(own) else clean(own)
    name = " ".join(clean(naming.name(row, number, identifier)).split())
    exact = rounded_to_precision(point, Precision.EXACT)
    return Place(
        name=name, point=exact, precision=Precision.EXACT, progress=progress, identifier=identifier
    )
