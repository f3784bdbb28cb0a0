"""Reads OS Open Names: streets, postcodes, settlements and landscape names of Great Britain.

The columns are explained at https://docs.os.uk/os-downloads/addressing-and-location/os-open-names.
There is no header; positions are on the British National Grid.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.places.coordinates import grid_metres
from wardblog.places.grids import Grid, to_degrees
from wardblog.report import ParseError
from wardblog.sources.csv_parts import csv_parts
from wardblog.sources.grid_boxes import box_on
from wardblog.sources.map_rows import NamedPlace, PlaceKind, around
from wardblog.sources.same_street import name_key
from wardblog.support.late_dataclass import dataclass

_COLUMNS = 34
_NAMES, _TYPE, _LOCAL_TYPE, _X, _BOX = (2, 4), 6, 7, 8, slice(12, 16)
_ROADS = (
    "Named Road", "Section Of Named Road", "Numbered Road", "Section Of Numbered Road"
)  # fmt: skip
_TYPES = ("populatedPlace", "landform", "landcover", "hydrography", "transportNetwork", "other")
# Lines through several wards, and marks that nobody knows by name.
_NO_PLACES = ("Railway", "Tramway", "Spot Height", "Electricity Distribution")
# A tile is named by its south-west corner and covers 20 km.
_TILE, _TILE_METRES = re.compile(r"^[HJNOST][A-HJ-Z]\d\d$", re.IGNORECASE), 20_000
# The boxes of two parts of one street are this near each other, in metres.
_NEAR = 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenName:
    """A row: its position in degrees, and on the grid the box around all of it."""

    kind: PlaceKind
    name: str
    latitude: float
    longitude: float
    is_whole: bool
    box: BaseGeometry


def read_open_names(path: Path, area: BaseGeometry) -> list[NamedPlace]:
    """Return the names in the area (degrees, longitude first) and 200 m around it, sorted.

    `path` is `opname_csv_gb.zip`, a folder of its CSV files or one of them. A street comes once,
    though it may have a row for itself and one for each part. Something with two names, such as
    one in Welsh and one in English, is there under both. Raises `ParseError`.
    """
    frame = around(area)
    shapely.prepare(frame)
    streets: dict[str, list[OpenName]] = {}
    found = set()
    for row in _open_names(path, box_on(Grid.BRITISH, frame.bounds)):
        if row.kind == "street":
            streets.setdefault(name_key(row.name), []).append(row)
        elif shapely.intersects_xy(frame, row.longitude, row.latitude):
            found.add(_place(row))
    for parts in streets.values():
        for street in _clusters(parts):
            inside = [r for r in street if shapely.intersects_xy(frame, r.longitude, r.latitude)]
            if inside:
                found.add(_place(_best(inside, area)))
    return sorted(found, key=lambda place: (place.kind, place.name, place.latitude))


def _place(row: OpenName) -> NamedPlace:
    return NamedPlace(row.kind, row.name, row.latitude, row.longitude)


def _clusters(parts: list[OpenName]) -> Iterator[list[OpenName]]:
    """The rows of each street: those of which the boxes touch, or nearly."""
    near = shapely.union_all([part.box.buffer(_NEAR / 2) for part in parts])
    for piece in shapely.get_parts(near):
        yield [part for part in parts if piece.intersects(part.box)]


def _best(street: Iterable[OpenName], area: BaseGeometry) -> OpenName:
    """The row for the whole street if its middle is in the ward, or else the nearest part."""
    middle = area.centroid

    def order(row: OpenName) -> tuple[bool, bool, float, str, float]:
        point = shapely.Point(row.longitude, row.latitude)
        return (
            not area.intersects(point), not row.is_whole, point.distance(middle),
            row.name, row.latitude,
        )  # fmt: skip

    return min(street, key=order)


def _open_names(path: Path, box: tuple[float, float, float, float]) -> list[OpenName]:
    """The rows of which the box touches one on the grid: west, south, east, north."""
    near: list[tuple[list[str], float, float]] = []
    west, south, east, north = box
    is_open_names = False
    for stem, lines in csv_parts(path, lambda stem: _may_reach(stem, box)):
        for row in csv.reader(lines):
            if len(row) != _COLUMNS or not (position := _numbers(row[_X : _X + 2])):
                continue
            is_open_names = True
            left, low, right, high = _numbers(row[_BOX]) or position * 2
            if west <= right and left <= east and south <= high and low <= north:
                near.append((row, position[0], position[1]))
        if not is_open_names and not stem.casefold().endswith("header"):
            raise ParseError(
                f"this is not a table of OS Open Names: it needs {_COLUMNS} columns",
                "Download OS Open Names as CSV from Ordnance Survey.",
            )
    degrees = to_degrees(Grid.BRITISH, [e for _, e, _ in near], [n for _, _, n in near])
    return [
        named
        for (row, easting, northing), (latitude, longitude) in zip(near, degrees, strict=True)
        for named in _named(row, shapely.Point(easting, northing), latitude, longitude)
    ]


def _may_reach(stem: str, box: tuple[float, float, float, float]) -> bool:
    """Whether a tile touches the box; a file with another name may."""
    if not _TILE.match(stem):
        return True
    easting, northing = grid_metres(stem)
    tile = shapely.box(easting, northing, easting + _TILE_METRES, northing + _TILE_METRES)
    return bool(tile.intersects(shapely.box(*box)))


def _named(
    row: list[str], point: shapely.Point, latitude: float, longitude: float
) -> Iterator[OpenName]:
    local_type = row[_LOCAL_TYPE]
    if row[_TYPE] not in _TYPES or local_type in _NO_PLACES:
        return
    kind: PlaceKind = "place"
    if local_type in _ROADS:
        kind = "street"
    elif local_type == "Postcode":
        kind = "postcode"
    sides = _numbers(row[_BOX])
    for name in dict.fromkeys(" ".join(row[column].split()) for column in _NAMES):
        if any(letter.isalpha() for letter in name):
            yield OpenName(
                kind=kind, name=name, latitude=latitude, longitude=longitude,
                is_whole=not local_type.startswith("Section"),
                box=_box(sides) if sides else point,
            )  # fmt: skip


def _box(sides: list[float]) -> BaseGeometry:
    west, south, east, north = sides
    return shapely.box(west, south, east, north)


def _numbers(texts: list[str]) -> list[float]:
    """Return the numbers, or none if one of them is not a number."""
    try:
        return [float(text) for text in texts]
    except ValueError:
        return []
