"""Recognises the columns of a council's list that hold positions, identifiers and categories."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from wardblog.places.cells import is_missing, parse_position
from wardblog.places.grids import Grid
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# Column names that councils use, in lower case without spaces and punctuation, best first.
_LATITUDE = (
    "latitude",
    "lat",
    "latitudewgs84",
    "wgs84latitude",
    "geolat",
    "ycoordlat",
    "ylat",
    "laty",
)
_LONGITUDE = (
    "longitude",
    "long",
    "lon",
    "lng",
    "longitudewgs84",
    "wgs84longitude",
    "geolong",
    "xlong",
    "longx",
)
_EASTING = (
    "easting", "eastings", "east", "osx", "geox", "xcoordinate", "xcoord", "coordx", "bngx",
    "geomx", "gridx",
)  # fmt: skip
_NORTHING = (
    "northing", "northings", "north", "osy", "geoy", "ycoordinate", "ycoord", "coordy", "bngy",
    "geomy", "gridy",
)  # fmt: skip
# Words that mark a pair of columns whose names are otherwise the same.
_PAIRS = (
    (("latitude", "lat"), ("longitude", "long", "lon", "lng")),
    (("easting", "eastings"), ("northing", "northings")),
    (("x",), ("y",)),
    (("e",), ("n",)),
)
# Columns with the whole position in one cell, best first.
_REFERENCES = (
    "gridreference", "gridref", "osgridreference", "osgridref", "osgr", "ngr", "osref",
    "nationalgridreference", "nationalgridref", "irishgridreference", "irishgridref",
)  # fmt: skip
_WHOLE = (
    *_REFERENCES, "mapref", "mapreference", "geopoint2d", "geopoint", "geolocation", "latlon",
    "latlong", "latlng",
    "latitudelongitude", "longitudelatitude", "lonlat", "coordinates", "coordinate", "coords",
    "coord", "gps", "gpscoordinates", "gpslocation", "point", "wkt", "wktgeom", "wktgeometry",
    "wkb", "geom", "thegeom", "geometry", "geojson", "shape", "geoshape", "position", "xy",
    "eastingnorthing", "eastingsnorthings", "centroid", "mappoint",
)  # fmt: skip
_IDENTIFIERS = (
    "mapid", "id", "ref", "reference", "assetid", "assetref", "assetno", "assetnumber",
    "number", "no", "objectid", "fid",
)  # fmt: skip
# What such a column is called otherwise: "Bin number", "Grit bin ID", "Tree ref". Only things are
# listed: the number of a house or a licence can lead to a person.
_NUMBERS = frozenset(("id", "no", "nr", "num", "number", "ref", "reference"))
_THINGS = frozenset(
    ("asset", "bench", "bin", "bollard", "camera", "charger", "chargepoint", "column", "crossing",
     "defib", "defibrillator", "dog", "feature", "grit", "gully", "lamp", "light", "lighting",
     "litter", "map", "playground", "recycling", "rack", "salt", "shelter", "sign", "site", "stop",
     "street", "tree", "unit", "waste")
)  # fmt: skip
_CATEGORIES = ("category", "type", "assettype", "kind", "subcategory", "servicename", "class")
_IRISH, _ITM = late_regex(r"irish.?grid|\btm[67]5\b|\big\b", re.I), late_regex(r"\bitm\b", re.I)
# How many cells are parsed to see whether a column holds positions.
_TRIED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row with its line number.

    `position` is easting or longitude first, from a GeoJSON geometry. `is_overlong` is whether the
    row has more cells than the header has columns.
    """

    values: Mapping[str, str]
    line: int
    position: tuple[float, float] | None = None
    grid: Grid | None = None
    is_overlong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of the columns that are used; of a pair either both are set or neither.

    `whole` has the whole position in one cell; `grid` is the one that the columns' names mention.
    """

    latitude: str | None = None
    longitude: str | None = None
    easting: str | None = None
    northing: str | None = None
    whole: str | None = None
    identifier: str | None = None
    progress: str | None = None
    category: str | None = None
    grid: Grid | None = None

    @property
    def positions(self) -> tuple[str, ...]:
        """The columns that hold positions, so they cannot name places."""
        columns = (self.latitude, self.longitude, self.easting, self.northing, self.whole)
        return tuple(column for column in columns if column)


def plain_name(name: str) -> str:
    """Return a column name in lower case, without spaces, punctuation and a unit in brackets."""
    return re.sub(r"\(.*?\)|[^a-z0-9]", "", name.casefold())


def words_of_name(name: str) -> tuple[str, ...]:
    """Return the words of a column name, the same for "Grid Ref X", "GRID_REF_X", "gridRefX"."""
    without_unit = re.sub(r"\(.*?\)", "", name)
    return tuple(
        word.casefold() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", without_unit)
    )


def has_positions(names: Sequence[str]) -> bool:
    """Whether a line of cells looks like the header of a list of places."""
    return bool(find_column(names, _WHOLE)) or any(map(all, _pairs_in(names)))


def find_column(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    by_plain = {plain_name(name): name for name in reversed(names)}
    return next((by_plain[w] for w in wanted if w in by_plain), None)


_Pair = tuple[str | None, str | None]


def _pairs_in(names: Sequence[str]) -> tuple[_Pair, _Pair]:
    """Return the columns of latitude and longitude, and those of easting and northing."""
    degrees = find_column(names, _LATITUDE), find_column(names, _LONGITUDE)
    metres = find_column(names, _EASTING), find_column(names, _NORTHING)
    lat_lon, *in_metres = (_pair_of_words(names, *words) for words in _PAIRS)
    pairs = (metres, *in_metres, _pair_of_letters(names))
    return degrees if all(degrees) else lat_lon, next(filter(all, pairs), (None, None))


def _pair_of_words(names: Sequence[str], one: Collection[str], other: Collection[str]) -> _Pair:
    """Return two columns whose names differ only in these words: "Grid Ref X", "Grid Ref Y"."""
    firsts = {_without(name, one): name for name in reversed(names) if _without(name, one)}
    for name in names:
        if (rest := _without(name, other)) and rest in firsts:
            return firsts[rest], name
    return None, None


def _pair_of_letters(names: Sequence[str]) -> _Pair:
    """Return two columns whose names differ only in an X and a Y at the end: "MAPX", "MAPY"."""
    by_plain = {plain_name(name): name for name in reversed(names)}
    found = (plain for plain in by_plain if plain.endswith("x") and f"{plain[:-1]}y" in by_plain)
    plain = next(found, "")
    return (by_plain[plain], by_plain[f"{plain[:-1]}y"]) if plain else (None, None)


def _without(name: str, taken: Collection[str]) -> tuple[str, ...] | None:
    """Return the words of a name with "*" for the one that is in `taken`; None if there is none."""
    words = words_of_name(name)
    if sum(word in taken for word in words) != 1:
        return None
    return tuple("*" if word in taken else word for word in words)


def find_columns(
    names: list[str], rows: list[Row], is_geojson: bool, report: Report
) -> Columns | None:
    """Choose the columns by name or by their cells; None, with a problem, without positions."""
    (latitude, longitude), (easting, northing) = _pairs_in(names)
    whole = _whole_column(names, rows, has_pair=bool(latitude or easting))
    has_points = is_geojson and any(row.position for row in rows)
    if not (has_points or latitude or easting or whole):
        listed = ", ".join(f'"{n}"' for n in names if n)
        report.stop(
            1,
            "no column says where the places are",
            "Call two columns Latitude and Longitude, or Easting and Northing. If these are counts "
            'and not places, write show = "table" under its [[dataset]]. '
            + (f"The file has: {listed}." if listed else "The file has no column names."),
        )
        return None
    if has_points:
        latitude = longitude = easting = northing = whole = None
    headers = [easting or "", northing or "", whole or ""]
    return Columns(
        latitude=latitude,
        longitude=longitude,
        easting=easting,
        northing=northing,
        whole=whole,
        identifier=find_column(names, _IDENTIFIERS) or _number_column(names, rows),
        progress=find_column(names, ("progress",)),
        category=find_column(names, _CATEGORIES),
        grid=_grid_in(headers),
    )


def _number_column(names: Sequence[str], rows: Sequence[Row]) -> str | None:
    """Return a column such as "Bin number", in which no two rows are the same."""
    for name in names:
        *before, last = words_of_name(name) or ("",)
        if last in _NUMBERS and before and before != ["street"] and _THINGS.issuperset(before):
            cells = [c for row in rows if (c := row.values.get(name, "")) and not is_missing(c)]
            if cells and len(set(cells)) == len(cells):
                return name
    return None


def _grid_in(headers: Sequence[str]) -> Grid | None:
    """Return the grid named in headers such as "ITM_X" or "Easting (Irish Grid)", if any."""
    text = " ".join(headers).replace("_", " ")
    return Grid.ITM if _ITM.search(text) else Grid.IRISH if _IRISH.search(text) else None


def _whole_column(names: list[str], rows: list[Row], has_pair: bool) -> str | None:
    """Return the column with whole positions, by its name or else by its cells."""
    by_plain = {plain_name(name): name for name in reversed(names)}
    called = [by_plain[word] for word in _WHOLE if word in by_plain]
    others = [] if has_pair else [name for name in names if name and name not in called]
    for name in (*called, *others):
        if _holds_positions(rows, name):
            return name
    return find_column(names, _REFERENCES)


def _holds_positions(rows: list[Row], column: str) -> bool:
    cells = [c for row in rows if (c := row.values.get(column, "")) and not is_missing(c)]
    tried = [_is_position(cell) for cell in cells[:: len(cells) // _TRIED + 1]]
    return tried.count(True) > tried.count(False)


def _is_position(cell: str) -> bool | None:
    """Whether a cell holds a position; None if it means "no position"."""
    try:
        return True if parse_position(cell) else None
    except ParseError:
        return False
