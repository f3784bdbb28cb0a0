"""Reads maps that were downloaded by hand: Ordnance Survey's, OpenStreetMap's, and GeoJSON."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.places.geojson import features
from wardblog.places.shapes import DOWNLOAD_AGAIN, shape_of
from wardblog.report import ParseError, Report
from wardblog.sources import os_layers, osm_tags
from wardblog.sources.layers import LayerFeature, read_layers
from wardblog.sources.map_kinds import check_beginning, check_map_file
from wardblog.sources.map_rows import KINDS, MapRow, NamedPlace, around, is_finite, usable_rows
from wardblog.sources.overpass import TRY_LATER, read_overpass
from wardblog.text.words import counted

_OSM = (".osm", ".pbf")
_LAYERED = (".gpkg", ".shp", *_OSM)
_JSON = (".geojson", ".json")
# A .json beside a map usually says something about it.
_IN_FOLDERS = (*_LAYERED, ".geojson")
_ENDINGS = (*_LAYERED, *_JSON, ".zip")
# How GDAL names a file in a zip: https://gdal.org/user/virtual_file_systems.html
_IN_ZIP = "/vsizip/"
_KNOWN = "Files that can be read: .gpkg, .shp, .osm, .osm.pbf, .geojson, .json, or a .zip of these."
# A larger GeoJSON is read in pieces by the library that reads GeoPackages.
_LARGE = 60_000_000

# What reading a file in a zip may raise; a password is a RuntimeError.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
)  # fmt: skip

_Found = tuple[list[MapRow], list[NamedPlace]]


def read_map_file(path: Path, area: BaseGeometry, report: Report) -> _Found:
    """Return what the file has within 200 m of the area (in degrees, longitude first).

    The file is OS Open Roads or OS OpenMap Local as downloaded (GeoPackage or Shapefile, also in
    its zip or a folder), `.osm`, `.osm.pbf`, GeoJSON, or a saved answer of Overpass. Features that
    cannot be read get a warning. Raises `ParseError`.
    """
    frame = around(area)
    shapely.prepare(frame)
    rows: list[MapRow] = []
    places: list[NamedPlace] = []
    with _readable_parts(path) as parts:
        for part in parts:
            more_rows, more_places = _read_part(part, frame, report)
            rows += (row for row in usable_rows(more_rows) if frame.intersects(row.shape))
            places += more_places
    # A street near the ward may have its middle elsewhere; `gazetteer` sees to that.
    inside = [p for p in places if frame.intersects(shapely.Point(p.longitude, p.latitude))]
    if not rows and not inside:
        raise ParseError(
            "there is nothing near the ward in this file",
            "Check that it is a map of roads or buildings, and that it covers your area.",
        )
    return rows, inside


@contextmanager
def _readable_parts(path: Path) -> Iterator[list[str]]:
    """The files in a zip or folder, or the file itself, as paths that GDAL can open."""
    if path.is_dir():
        found = [file for file in sorted(path.rglob("*")) if file.suffix.casefold() in _IN_FOLDERS]
        yield _or_refuse([str(file) for file in found], "this folder has no map")
    elif path.suffix.casefold() == ".zip":
        with _unpacked(path) as parts:
            yield _or_refuse(parts, "this zip has no map")
    elif path.suffix.casefold() in _ENDINGS:
        yield [str(path)]
    else:
        ending = (
            f'ending in "{path.suffix}"' if path.suffix else 'without an ending such as ".gpkg"'
        )
        raise ParseError(f"cannot read a map from a file {ending}", _KNOWN)


def _or_refuse(parts: list[str], message: str) -> list[str]:
    if not parts:
        raise ParseError(message, _KNOWN)
    return parts


@contextmanager
def _unpacked(path: Path) -> Iterator[list[str]]:
    """Paths into a zip. A Shapefile is read where it is; the others are unpacked for a moment."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        raise ParseError("this zip is damaged or cut off", "Download the file again.") from None
    with archive, tempfile.TemporaryDirectory(dir=_folder_for(path)) as folder:
        parts = []
        for number, member in enumerate(sorted(archive.infolist(), key=lambda m: m.filename)):
            ending = PurePosixPath(member.filename).suffix.casefold()
            if ending == ".shp":
                check_beginning(ending, _first_bytes(archive, member))
                parts.append(f"{_IN_ZIP}{{{path.resolve()}}}/{member.filename}")
            elif ending in _IN_FOLDERS:
                # Numbered, since names in a zip may lead anywhere; the end says what it is.
                target = Path(folder) / f"{number}-{PurePosixPath(member.filename).name}"
                _unpack(archive, member, target)
                parts.append(str(target))
        yield parts


def _folder_for(path: Path) -> Path | None:
    """Unpack beside the zip if possible: the folder for temporary files may be small."""
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            return path.parent
    except OSError:
        return None


def _first_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as packed:
            return packed.read(100)
    except _DAMAGED:
        raise ParseError("this zip is damaged, or locked by a password", DOWNLOAD_AGAIN) from None


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    if shutil.disk_usage(target.parent).free < member.file_size + 100_000_000:
        size = f"{member.file_size / 1e9:.1f} GB"
        raise ParseError(
            f"there is not enough space on the disk to unpack this zip ({size})",
            "Free some space, or unpack it elsewhere and give the file in it.",
        )
    try:
        with archive.open(member) as packed, target.open("wb") as file:
            shutil.copyfileobj(packed, file, 1 << 20)
    except _DAMAGED:
        raise ParseError("this zip is damaged, or locked by a password", DOWNLOAD_AGAIN) from None


def _read_part(part: str, frame: BaseGeometry, report: Report) -> _Found:
    ending = PurePosixPath(part).suffix.casefold()
    if ending == ".shp" and not part.startswith(_IN_ZIP):
        _check_companions(Path(part))
    if ending in _JSON and Path(part).stat().st_size <= _LARGE:
        data = Path(part).read_bytes()
        if _is_overpass(data):
            try:
                return read_overpass(data)
            except ParseError as error:
                hint = DOWNLOAD_AGAIN if error.hint == TRY_LATER else error.hint
                raise ParseError(error.message, hint) from None
        return _classified(_of_geojson(data, Path(part).stem, report))
    if not part.startswith(_IN_ZIP):
        check_map_file(Path(part))
    return _classified(read_layers(part, frame, is_osm=ending in _OSM))


def _check_companions(shapefile: Path) -> None:
    """Raise `ParseError` if a file that belongs to a Shapefile is missing: names are in .dbf."""
    beside = {file.name.casefold() for file in shapefile.parent.iterdir()}
    for ending in (".shx", ".dbf"):
        if f"{shapefile.stem}{ending}".casefold() not in beside:
            raise ParseError(
                f"the {ending} file that belongs to this Shapefile is missing",
                "Keep all its files together, or give the zip as you downloaded it.",
            )


def _is_overpass(data: bytes) -> bool:
    """Whether a file of JSON is an answer of Overpass, or was meant to be one."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return b'"osm3s"' in start or b'"elements"' in start or b'"generator": "Overpass' in start


def _of_geojson(data: bytes, layer: str, report: Report) -> Iterator[LayerFeature]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ParseError("this file is not saved as UTF-8 text", DOWNLOAD_AGAIN) from None
    unusable: list[ParseError] = []
    for feature in features(text):
        try:
            shape = shape_of(
                feature,
                ParseError("the positions cannot be read", DOWNLOAD_AGAIN, feature.line),
                ParseError("this is outside the United Kingdom", "", feature.line),
            )
        except ParseError as error:
            unusable.append(error)
            continue
        columns = {str(k): str(v) for k, v in feature.properties.items() if v is not None}
        yield LayerFeature(layer, columns, shape)
    if unusable:
        report.warn(
            unusable[0].line,
            f"{counted(len(unusable), 'feature')} of this map cannot be drawn and "
            f"{'was' if len(unusable) == 1 else 'were'} left out",
            f"The problem with the first one: {unusable[0].message}.",
        )


def _classified(found: Iterable[LayerFeature]) -> _Found:
    rows: list[MapRow] = []
    places: list[NamedPlace] = []
    for feature in found:
        if not is_finite(feature.shape):
            continue
        layer, columns, shape = feature.layer, feature.columns, feature.shape
        known = os_layers.layer_name(layer)
        if columns.get("kind") in KINDS:
            row = MapRow(columns["kind"], columns.get("name", ""), shape)
            rows.append(row)
            if row.name and row.kind in ("green", "water", "building"):
                middle = shape.representative_point()
                places.append(NamedPlace("place", row.name, middle.y, middle.x))
        elif os_layers.is_known(known) or os_layers.has_road_columns(columns):
            known = known if os_layers.is_known(known) else "roadlink"
            rows += os_layers.map_rows_of(known, columns, shape)
            places += os_layers.named_places_of(known, columns, shape)
        else:
            for part in shapely.get_parts(shape) if "Line" in shape.geom_type else [shape]:
                rows += osm_tags.map_rows(columns, part)
                places += osm_tags.named_places(columns, part)
    return rows, places
