"""Reads OS Code-Point Open: every postcode of Great Britain, with its position and ward.

The columns are explained at https://docs.os.uk/os-downloads/addressing-and-location/
code-point-open. There is no header; positions are on the British National Grid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.places.grids import Grid, to_degrees
from wardblog.report import ParseError
from wardblog.sources.csv_parts import Wanted, csv_parts
from wardblog.sources.grid_boxes import box_on
from wardblog.sources.map_rows import NamedPlace, around
from wardblog.support.late_dataclass import dataclass
from wardblog.text.postcodes import ANY_POSTCODE

_COLUMNS = 10
# Whether a row is sought, by its first four values.
_IsSought = Callable[[Sequence[str]], bool]
# The quality of a postcode without a position; its easting and northing are 0.
_NO_POSITION = "90"
_DOWNLOAD = "Download Code-Point Open as CSV from Ordnance Survey."


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePointRow:
    """A postcode ("SW11 5JY"), with the codes of its country, district and ward.

    `latitude` and `longitude` are in WGS84, or None for a postcode without a position.
    """

    postcode: str
    latitude: float | None
    longitude: float | None
    country: str
    district: str
    ward: str


def read_code_point(path: Path, area: BaseGeometry) -> list[NamedPlace]:
    """Return the postcodes in the area (degrees, longitude first) and 200 m around it, sorted.

    `path` is `codepo_gb.zip`, a folder of its CSV files or one of them. Raises `ParseError`.
    """
    frame = around(area)
    shapely.prepare(frame)
    west, south, east, north = box_on(Grid.BRITISH, frame.bounds)

    def is_near(start: Sequence[str]) -> bool:
        return west <= float(start[2]) <= east and south <= float(start[3]) <= north

    return sorted(
        (
            NamedPlace("postcode", row.postcode, row.latitude, row.longitude)
            for row in _rows(path, lambda _: True, is_near)
            if row.latitude is not None
            and row.longitude is not None
            and shapely.intersects_xy(frame, row.longitude, row.latitude)
        ),
        key=lambda place: place.name,
    )


def find_postcode(path: Path, postcode: str) -> CodePointRow | None:
    """Return the row of a postcode in any spelling, or None if there is none.

    A postcode of Northern Ireland is not in Code-Point Open. Raises `ParseError`, also for what is
    not a postcode.
    """
    sought = _plain(postcode)
    if not ANY_POSTCODE.fullmatch(sought):
        raise ParseError(f'"{postcode}" is not a full postcode', 'Write one such as "SW11 5JY".')
    letters = re.match("[A-Z]+", sought)
    area = letters[0].casefold() if letters else ""
    rows = _rows(
        path, lambda stem: stem.casefold() == area, lambda start: _plain(start[0]) == sought
    )
    return next(rows, None)


def _rows(path: Path, is_wanted: Wanted, is_sought: _IsSought) -> Iterator[CodePointRow]:
    """The rows that are sought in the files that are wanted.

    Raises `ParseError` if the files are something else.
    """
    stems: list[str] = []

    def is_area(stem: str) -> bool:
        stems.append(stem)
        return _is_area(stem) and is_wanted(stem)

    for _, lines in csv_parts(path, is_area):
        yield from _rows_of(lines, is_sought)
    if stems and not any(map(_is_area, stems)):
        raise ParseError("this is not Code-Point Open", _DOWNLOAD)


def _is_area(stem: str) -> bool:
    """Whether a file is named after a postcode area, such as `sw.csv`."""
    return len(stem) <= 2 and stem.isalpha()


def _rows_of(lines: Iterable[str], is_sought: _IsSought) -> Iterator[CodePointRow]:
    """The rows that are sought; whether a row is, is decided by its first four values."""
    for number, line in enumerate(lines, 1):
        # No value has a comma in it. To split only the start takes a third of the time of a CSV
        # reader, and there are 1.7 million rows.
        start = line.split(",", 4)
        try:
            if is_sought(start):
                yield _row(line)
        except (IndexError, ValueError):
            if line.strip() and not start[0].strip('"').casefold().startswith("postcode"):
                raise ParseError(
                    f"this is not a table of Code-Point Open: it needs {_COLUMNS} columns, "
                    "with easting and northing in the third and the fourth",
                    _DOWNLOAD,
                    number,
                ) from None


def _row(line: str) -> CodePointRow:
    """Parse a row; raises `ValueError`."""
    postcode, quality, easting, northing, country, _, _, _, district, ward = (
        value.strip().strip('"') for value in line.split(",")
    )
    has_position = quality != _NO_POSITION and float(easting) > 0
    [(latitude, longitude)] = to_degrees(Grid.BRITISH, [float(easting)], [float(northing)])
    plain = _plain(postcode)
    return CodePointRow(
        postcode=f"{plain[:-3]} {plain[-3:]}",
        latitude=latitude if has_position else None,
        longitude=longitude if has_position else None,
        country=country,
        district=district,
        ward=ward,
    )


def _plain(postcode: str) -> str:
    return "".join(postcode.split()).strip('"').upper()
