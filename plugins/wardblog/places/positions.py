"""Finds the position of each row of a list: in two columns, in one, or in a GeoJSON geometry."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from wardblog.model import Point
from wardblog.places.cells import (
    Metres,
    Position,
    is_missing,
    is_null_position,
    parse_number,
    parse_position,
)
from wardblog.places.columns import Columns, Row
from wardblog.places.coordinates import (
    OUTSIDE_GRID,
    likely_grid,
    parse_point,
    points_from_grid,
    validated_point,
)
from wardblog.places.grids import Grid
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.words import counted

_MOST_REPORTED = 5
# 51.4665°N, as in 51°27'59"N.
_TURN = late_regex(r"\d.*[NSEW]\s*$", re.IGNORECASE)
# The usual cause is a comma in a name without quotation marks.
OVERLONG = "{} more cells than the header has columns"
OVERLONG_HINT = 'Put quotation marks around a name with a comma in it: "Eland Road, by the school".'


@dataclass(frozen=True, slots=True)
class RowPositions:
    """The points of the rows, in order; `is_guess` if two grids would fit."""

    points: list[Point | None]
    is_guess: bool = False


def locate(
    columns: Columns,
    rows: list[Row],
    report: Report,
    grid: Grid | None,
    in_ireland: Callable[[], bool | None],
) -> RowPositions:
    """Return the point of each row; None, with a problem reported, if it has none that is valid.

    `grid` is the one named in the settings. `in_ireland` returns whether the ward is in Northern
    Ireland; it is called only if two grids fit.
    """
    positions: list[Position | None] = []
    failures = _Failures(report)
    nowhere: list[int] = []
    for row in rows:
        position: Position | None = None
        try:
            position = _position(columns, row)
            if position is None:
                nowhere.append(row.line)
        except ParseError as error:
            if row.is_overlong:
                failures.add(row.line, OVERLONG.format("this row has"), OVERLONG_HINT)
            else:
                failures.add(row.line, error.message, error.hint)
        positions.append(position)
    grid = grid or columns.grid
    is_guess = False
    loose = [p for p in positions if isinstance(p, Metres) and p.grid is None]
    if grid is None and loose:
        eastings, northings = [p.easting for p in loose], [p.northing for p in loose]
        grid, is_guess = likely_grid(eastings, northings, None)
        home = in_ireland() if is_guess or grid is not Grid.BRITISH else None
        if home is not None:
            grid, is_guess = likely_grid(eastings, northings, home)
    points = _converted(rows, positions, grid or Grid.BRITISH, failures)
    failures.finish()
    if nowhere:
        report.warn(nowhere[0], _left_out(nowhere))
    if is_guess:
        report.warn(
            1,
            "the positions of this list fit both the British National Grid and the Irish Grid; "
            "they are read as British",
            "Say which it is, under the list's [[dataset]] in {content}/issues.toml: "
            'grid = "british" or grid = "irish"',
        )
    if rows and not any(points) and not failures.has_any:
        report.stop(None, "no row of this file has a position that can be used")
    return RowPositions(points, is_guess)


def _left_out(lines: list[int]) -> str:
    if len(lines) == 1:
        return "this row has no position, so it was left out"
    return f"{len(lines):,} rows have no position, so they were left out; this is the first"


def _converted(
    rows: list[Row], positions: list[Position | None], grid: Grid, failures: _Failures
) -> list[Point | None]:
    """Convert all positions to points; those on the same grid are converted together."""
    points: list[Point | None] = [p if isinstance(p, Point) else None for p in positions]
    metres = [
        (p.grid or grid, index, p) for index, p in enumerate(positions) if isinstance(p, Metres)
    ]
    metres.sort(key=lambda found: (found[0].value, found[1]))
    wrong: list[tuple[int, Metres]] = []
    for own, group in groupby(metres, key=lambda found: found[0]):
        found = [(index, position) for _, index, position in group]
        converted = points_from_grid(
            [p.easting for _, p in found], [p.northing for _, p in found], own
        )
        for (index, position), point in zip(found, converted, strict=True):
            points[index] = point
            if point is None:
                wrong.append((index, position))
    for index, position in sorted(wrong, key=lambda found: found[0]):
        failures.add(
            rows[index].line,
            f"easting {position.easting:.10g}, northing {position.northing:.10g} is outside the "
            "United Kingdom",
            OUTSIDE_GRID,
        )
    return points


def _position(columns: Columns, row: Row) -> Position | None:
    """Return a point or metres on a grid; None for a row without a position."""
    if row.position:
        return _of_geojson(row, *row.position)
    for one, other in (
        (columns.latitude, columns.longitude),
        (columns.easting, columns.northing),
    ):
        if one is None or other is None:
            continue
        found = _of_pair(row, one, other, is_degrees=one == columns.latitude)
        if found is not None:
            return found
    whole = row.values.get(columns.whole, "") if columns.whole else ""
    return parse_position(whole) if whole else None


def _of_geojson(row: Row, first: float, second: float) -> Position | None:
    if is_null_position(first, second):
        return None
    if row.grid not in (None, Grid.DEGREES) or abs(first) > 180 or abs(second) > 180:
        return Metres(first, second, None if row.grid is Grid.DEGREES else row.grid)
    try:
        return validated_point(second, first)
    except ParseError as error:
        if "swapped" in error.message:
            raise ParseError(
                error.message, "GeoJSON has longitude first: [-0.15602, 51.46671]."
            ) from None
        raise


def _of_pair(row: Row, one: str, other: str, is_degrees: bool) -> Position | None:
    """Return the position in two cells: latitude and longitude, or easting and northing."""
    written = row.values.get(one, ""), row.values.get(other, "")
    if any(map(is_missing, written)):
        return None
    first, second = parse_number(written[0]), parse_number(written[1])
    if (first is None or second is None) and all(map(_TURN.search, written)):
        return parse_point(" ".join(written))
    if first is None or second is None:
        raise ParseError(
            f'cannot read "{written[0]}" and "{written[1]}" as a position',
            f'Put numbers in the columns "{one}" and "{other}".',
        )
    if is_null_position(first, second):
        return None
    if not is_degrees:
        # The first is the easting here, the second the northing.
        first, second = second, first
    if abs(first) > 180 or abs(second) > 180:
        # Some lists have metres in columns named for degrees, and the other way round.
        return Metres(second, first)
    return validated_point(first, second)


class _Failures:
    """Reports the first rows with a wrong position, and counts the others."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._lines: list[int] = []

    def add(self, line: int, message: str, hint: str) -> None:
        self._lines.append(line)
        if len(self._lines) <= _MOST_REPORTED:
            self._report.stop(line, message, hint)

    @property
    def has_any(self) -> bool:
        return bool(self._lines)

    def finish(self) -> None:
        if more := self._lines[_MOST_REPORTED:]:
            rows = counted(len(more), "more row has", "more rows have")
            self._report.stop(more[0], f"{rows} a position that cannot be used")
