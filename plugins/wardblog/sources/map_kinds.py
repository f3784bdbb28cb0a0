"""Refuses files that are not what their ending says, before GDAL opens them.

GDAL finds out by itself what a file is. Some kinds name other files or web addresses, which it
would then read: https://gdal.org/en/stable/user/security.html
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from wardblog.report import ParseError

_HEAD = 65_536
_NO_MAP = "this file cannot be read as a map"
_OSM = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?\s*(?:<!--[^<]*?-->\s*)*<osm(?=[\s>])", re.ASCII
)
# What each kind of file begins with.
_BEGINNINGS = {
    ".gpkg": re.compile(rb"SQLite format 3\0"),
    ".shp": re.compile(rb"\0\0\x27\x0a"),
    ".pbf": re.compile(rb"\0\0..\n\x09OSMHeader", re.DOTALL),
    ".osm": _OSM,
    **dict.fromkeys((".geojson", ".json"), re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")),
}
# Signs of another kind, which GDAL looks for in the whole beginning of a text.
_OTHERS = re.compile(rb"<!DOCTYPE|<OGR|<GDAL|opengis\.net/|schemaLocation", re.IGNORECASE)
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL", re.IGNORECASE)
_AGAIN = "Download the file again; it may be damaged, or not what its ending says."


def check_map_file(path: Path) -> None:
    """Raise `ParseError` if a file is not of the kind that its ending says."""
    ending = path.suffix.casefold()
    try:
        with path.open("rb") as file:
            check_beginning(ending, file.read(_HEAD))
    except OSError:
        raise ParseError(_NO_MAP, _AGAIN) from None
    if ending == ".gpkg":
        _check_tables(path)


def check_beginning(ending: str, head: bytes) -> None:
    """Raise `ParseError` if these are not the first bytes of a file with this ending."""
    known = _BEGINNINGS.get(ending)
    if not known or not known.match(head) or (ending == ".osm" and _OTHERS.search(head)):
        raise ParseError(_NO_MAP, _AGAIN)


def _check_tables(path: Path) -> None:
    """Refuse a GeoPackage in which a view or a program takes the place of a table."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            plain = {
                name.casefold()
                for kind, name, sql in database.execute("SELECT type, name, sql FROM sqlite_master")
                if kind == "table" and not _VIRTUAL.match(sql or "")
            }
            used = {"gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"}
            if used <= plain:
                found = database.execute("SELECT table_name FROM gpkg_contents")
                used |= {str(name).casefold() for (name,) in found}
    except (sqlite3.Error, UnicodeError):  # what SQLite quotes need not be text
        raise ParseError(_NO_MAP, _AGAIN) from None
    if missing := sorted(used - plain):
        raise ParseError(f'this GeoPackage has no proper table "{missing[0][:80]}"', _AGAIN)
