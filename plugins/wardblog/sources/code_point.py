"""Reads OS Code-Point Open: every postcode of Great Britain, with its position and ward.

The columns are explained at https://docs.os.uk/os-downloads/addressing-and-location/
code-point-open. There is no header; positions are on the British National Grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.places.grids import Grid, to_degrees
from wardblog.places.postcodes import ANY_POSTCODE
from wardblog.report import ParseError
from wardblog.sources.csv_parts import Wanted, csv_parts
from wardblog.sources.grid_boxes import box_on
from wardblog.sources.map_rows import NamedPlace, around

_COLUMNS = 10
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
    west, south, east, north = box_on(Grid.BRITISH, frame.bounds)
    near = [
        (row, easting, northing)
        for row in _rows(path, lambda _: True)
        if (position := _position(row))
        for easting, northing in [position]
        if west <= easting <= east and south <= northing <= north
    ]
    degrees = to_degrees(Grid.BRITISH, [e for _, e, _ in near], [n for _, _, n in near])
    shapely.prepare(frame)
    return sorted(
        (
            NamedPlace("postcode", _written(row[0]), latitude, longitude)
            for (row, _, _), (latitude, longitude) in zip(near, degrees, strict=True)
            if shapely.intersects_xy(frame, longitude, latitude)
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
    for row in _rows(path, lambda stem: stem.casefold() == area):
        if _plain(row[0]) == sought:
            position = _position(row)
            latitude, longitude = (
                to_degrees(Grid.BRITISH, [position[0]], [position[1]])[0]
                if position
                else (None, None)
            )
            return CodePointRow(
                postcode=_written(row[0]), latitude=latitude, longitude=longitude,
                country=row[4], district=row[8], ward=row[9],
            )  # fmt: skip
    return None


def _rows(path: Path, wanted: Wanted) -> Iterator[list[str]]:
    """The rows of the files that are wanted; raises `ParseError` if this is something else."""
    stems: list[str] = []

    def is_wanted(stem: str) -> bool:
        stems.append(stem)
        return _is_area(stem) and wanted(stem)

    for _, file in csv_parts(path, is_wanted):
        with closing(file):
            yield from _rows_of(file)
    if stems and not any(map(_is_area, stems)):
        raise ParseError("this is not Code-Point Open", _DOWNLOAD)


def _is_area(stem: str) -> bool:
    """Whether a file is named after a postcode area, such as `sw.csv`."""
    return len(stem) <= 2 and stem.isalpha()


def _rows_of(file: Iterable[str]) -> Iterator[list[str]]:
    for number, line in enumerate(file, 1):
        # No value has a comma in it, and this takes a third of the time of a CSV reader.
        row = line.rstrip("\r\n").replace('"', "").split(",")
        if len(row) == _COLUMNS and row[1].isdigit():
            yield row
        elif line.strip() and not row[0].casefold().startswith("postcode"):
            raise ParseError(
                f"this is not a table of Code-Point Open: it needs {_COLUMNS} columns, "
                "with a quality in the second",
                _DOWNLOAD,
                number,
            )


def _position(row: list[str]) -> tuple[float, float] | None:
    """Return easting and northing, or None."""
    try:
        easting, northing = float(row[2]), float(row[3])
    except ValueError:
        return None
    return None if row[1] == _NO_POSITION or not (easting and northing) else (easting, northing)


def _plain(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def _written(postcode: str) -> str:
    """The postcode with one space, as it is written on an envelope."""
    plain = _plain(postcode)
    return f"{plain[:-3]} {plain[-3:]}"
