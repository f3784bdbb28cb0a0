"""Collects a ward from files that were already downloaded; nobody is contacted."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.places import northern_ireland
from wardblog.places.geojson import features
from wardblog.places.shapes import shape_of
from wardblog.places.wards import Wards
from wardblog.problems import CommandError, UsageError, display_path
from wardblog.report import ParseError, Report
from wardblog.sources import attributions
from wardblog.sources.code_point import find_postcode, read_code_point
from wardblog.sources.given_files import GivenFiles, given_files
from wardblog.sources.map_files import read_map_file
from wardblog.sources.map_rows import NamedPlace
from wardblog.sources.open_names import read_open_names
from wardblog.sources.ward_choice import checked_postcode, split_name
from wardblog.sources.ward_data import WardData, WardRequest, outline_of, plainly
from wardblog.sources.ward_outline import WardOutline, ward_outline
from wardblog.text.decoding import decode_utf8

# How the files of OpenStreetMap, and of Ordnance Survey, are called.
_OF_OSM = re.compile(r"gis_osm_|\.osm\b|\.pbf$|osm|openstreetmap|overpass", re.IGNORECASE)
_OF_OS = re.compile(r"oproad|opmplc|opgrsp|oprvrs|bdline|os_?open|roadlink", re.IGNORECASE)


def read_ward(request: WardRequest, written: Iterable[str]) -> WardData:
    """Read a ward from files and folders; raises `CommandError` with a plain sentence.

    Without an outline among them, that of the request is used.
    """
    given = given_files(list(written))
    data = WardData(outline=_outline(request, given))
    data.notes += _read_maps(given.maps, data, request.year)
    data.name_credits = data.map_credits
    named = _read_names(given.names, data, read_open_names, attributions.open_names(request.year))
    _read_names(given.postcodes, data, read_code_point, attributions.code_point_open(request.year))
    data.kinds |= {place.kind for place in data.places}
    data.kinds |= {"street", "place"} if data.rows or named else set()
    return data


def _read_names(
    paths: Sequence[Path],
    data: WardData,
    read: Callable[[Path, BaseGeometry], list[NamedPlace]],
    credit: tuple[str, ...],
) -> bool:
    """Read the names near the ward into the data; whether there is any in these files."""
    found: list[NamedPlace] = []
    for path in paths:
        found += plainly(partial(read, path, data.outline.area), path)
    if found:
        data.places += found
        data.name_credits += credit
    elif paths:
        which = display_path(paths[0]) if len(paths) == 1 else f"These {len(paths):,} files"
        have = "has" if len(paths) == 1 else "of names have"
        data.notes.append(
            f"{which} {have} nothing in or near the ward. Download what covers your area."
        )
    return bool(found)


def _read_maps(paths: Sequence[Path], data: WardData, year: int) -> list[str]:
    """Read the maps into the data; those of other places only matter if no map has the ward."""
    report = Report("")
    failures: list[CommandError] = []
    for path in paths:
        try:
            rows, places = plainly(partial(read_map_file, path, data.outline.area, report), path)
        except CommandError as error:
            failures.append(error)
            continue
        data.rows += rows
        data.places += places
        data.map_credits += _credit(path, year)
    if failures and not data.rows:
        raise failures[0]
    notes = [f"{problem.message}. {problem.hint}".strip() for problem in report.problems]
    if data.rows and not data.map_credits:
        notes.append(
            "The files do not say who made this map. Its licence probably asks for that: write it "
            'below [map] in ward.toml, as base_attribution = "..."'
        )
    return notes


def _credit(path: Path, year: int) -> tuple[str, ...]:
    """Whom to credit for a map, by the names of the file and of what is in it."""
    names = path.name
    if path.suffix.casefold() == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = " ".join((names, *archive.namelist()))
    if _OF_OSM.search(names):
        return (attributions.OPENSTREETMAP,)
    if _OF_OS.search(names):
        return (attributions.ordnance_survey(year),)
    with path.open("rb") as file:
        start = file.read(5000).lower()
    is_osm = b"openstreetmap" in start or b"overpass api" in start
    return (attributions.OPENSTREETMAP,) if is_osm else ()


def _outline(request: WardRequest, given: GivenFiles) -> WardOutline:
    if not given.outlines:
        if request.outline:
            return plainly(lambda: outline_of(request))
        raise UsageError(
            "None of these files has the outline of the ward",
            "Add one to FROM=: the GeoJSON of your council's wards, for example.",
        )
    failures: list[CommandError] = []
    for path in given.outlines:
        text = plainly(lambda path=path: decode_utf8(path.read_bytes()), path)  # type: ignore[misc]
        code, name, council = _wanted(request, given, text)
        try:
            return plainly(partial(ward_outline, text, code, name, council), path)
        except CommandError as error:
            failures.append(error)
    raise failures[0]


def _wanted(request: WardRequest, given: GivenFiles, text: str) -> tuple[str, str, str]:
    """The code of the ward to look for in a file of outlines, or its name and council."""
    if not request.postcode:
        name, council = split_name(request.name)
        return request.code, name, council or request.council
    postcode = checked_postcode(request.postcode)
    if not given.postcodes:
        raise UsageError(
            "To find a postcode, FROM= needs Code-Point Open as well",
            "Add its zip file, or write CODE= or NAME= instead of POSTCODE=.",
        )
    for path in given.postcodes:
        row = plainly(partial(find_postcode, path, postcode), path)
        if row and row.latitude is not None and row.longitude is not None:
            return _code_at(text, row.latitude, row.longitude) or row.ward, "", ""
        if row:
            return row.ward, "", ""
    raise CommandError(f"There is no postcode {postcode} in {given.postcodes[0]}", "Check it.")


def _code_at(text: str, latitude: float, longitude: float) -> str:
    """The code of the ward in a file that a position is in, or ""."""
    unreadable = ParseError("the outline cannot be read")
    for feature in plainly(partial(features, text)):
        if not feature.geometry:
            continue
        in_ireland = northern_ireland.by_properties(feature.properties)
        shape = plainly(partial(shape_of, feature, unreadable, unreadable, in_ireland))
        if shapely.intersects_xy(shape, longitude, latitude):
            return next(iter(Wards([feature]).codes), "")
    return ""
