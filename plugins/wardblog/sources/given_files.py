"""Recognises files that were already downloaded, by what is in them."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from wardblog.places.geojson import features
from wardblog.problems import CommandError, UsageError
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import decode_table, decode_utf8
from wardblog.text.postcodes import ANY_POSTCODE

# Endings of maps in a form that only map programs write.
_MAPS = (".gpkg", ".shp", ".osm", ".pbf", ".gml")
_JSON = (".geojson", ".json")
_MOST_FILES = 5_000
# A map of a whole county in JSON would not fit into memory several times.
_LARGEST_JSON = 400_000_000
_OPEN_NAMES_COLUMNS = 34


@dataclass(frozen=True, slots=True)
class GivenFiles:
    """The files by what they are for: an outline or many, maps, OS Open Names, Code-Point Open."""

    outlines: list[Path] = field(default_factory=list)
    maps: list[Path] = field(default_factory=list)
    names: list[Path] = field(default_factory=list)
    postcodes: list[Path] = field(default_factory=list)


def given_files(written: Sequence[str]) -> GivenFiles:
    """Sort the files, and those in the folders, by what they are for.

    Raises `UsageError` for a file that is missing, and `CommandError` for one that is none of
    these.
    """
    given = GivenFiles()
    for word in written:
        path = Path(word).expanduser()
        if path.is_dir():
            for file in _below(path):
                if (group := _group(given, file)) is not None:
                    group.append(file)
        elif not path.is_file():
            raise UsageError(f"There is no file called {word}", "Check the name after FROM=.")
        elif (group := _group(given, path)) is not None:
            group.append(path)
        else:
            raise CommandError(
                f"{word} is neither an outline, a map, OS Open Names nor Code-Point Open",
                "FROM= takes GeoJSON, GeoPackage, Shapefile, .osm, .osm.pbf, and the zip files of "
                "Ordnance Survey.",
            )
    if not any((given.outlines, given.maps, given.names, given.postcodes)):
        raise UsageError("There is nothing to read in FROM=", "Name one file or more.")
    return given


def _below(folder: Path) -> Iterator[Path]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if len(files) > _MOST_FILES:
        raise UsageError(
            f"{folder} has {len(files):,} files in it", "Put only what you downloaded there."
        )
    yield from (file for file in files if not file.name.startswith("."))


def _group(given: GivenFiles, path: Path) -> list[Path] | None:
    ending = path.suffix.casefold()
    if ending in _MAPS:
        return given.maps
    if ending in _JSON:
        return _group_of_json(given, path)
    if ending == ".csv":
        return _group_of_rows(given, _first_rows(path))
    if ending == ".zip":
        return _group_of_zip(given, path)
    return None


def _group_of_json(given: GivenFiles, path: Path) -> list[Path] | None:
    if path.stat().st_size > _LARGEST_JSON:
        return given.maps
    try:
        data: Any = json.loads(decode_utf8(path.read_bytes()))
    except (ParseError, ValueError, RecursionError):
        return given.maps  # whose reader says what is wrong with it
    if isinstance(data, dict) and "elements" in data:
        return given.maps
    return given.outlines if _is_outlines(data) else given.maps


def _is_outlines(data: Any) -> bool:
    """Whether all shapes are areas, and none is a building or a park."""
    try:
        found = features(json.dumps(data))
    except ParseError:
        return False
    kinds = {feature.geometry.get("type") for feature in found if feature.geometry}
    keys = {str(key).casefold() for feature in found for key in feature.properties}
    is_map = keys & {"building", "highway", "landuse", "leisure", "natural", "@id", "kind"}
    return bool(kinds) and kinds <= {"Polygon", "MultiPolygon", "GeometryCollection"} and not is_map


def _first_rows(path: Path) -> list[list[str]]:
    with path.open("rb") as file:
        return list(csv.reader(decode_table(file.read(4000)).splitlines()[:3]))


def _group_of_rows(given: GivenFiles, rows: Sequence[Sequence[str]]) -> list[Path] | None:
    first = rows[0] if rows else ()
    if len(first) == _OPEN_NAMES_COLUMNS:
        return given.names
    if first and (ANY_POSTCODE.fullmatch(first[0].strip()) or first[0] in ("Postcode", "PC")):
        return given.postcodes
    return None


def _group_of_zip(given: GivenFiles, path: Path) -> list[Path] | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.casefold() for name in archive.namelist()]
    except (OSError, zipfile.BadZipFile):
        raise CommandError(f"{path} is not a complete zip file", "Download it again.") from None
    tables = [name for name in names if name.endswith(".csv") and "/doc/" not in f"/{name}"]
    if any(re.search(r"(?:^|/)[a-z]{2}\d\d\.csv$", name) for name in tables):
        return given.names
    if any(re.search(r"(?:^|/)[a-z]{1,2}\.csv$", name) for name in tables):
        return given.postcodes
    return given.maps
