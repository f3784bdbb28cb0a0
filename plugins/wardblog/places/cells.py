"""Parses the cells of a list that hold a position, or one of its two numbers."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

import shapely

from wardblog.model import Point
from wardblog.places.coordinates import grid_metres, irish_metres, parse_point, validated_point
from wardblog.places.crs import grid_named
from wardblog.places.grids import Grid
from wardblog.places.united_kingdom import in_united_kingdom
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# Spreadsheet values that mean "no value", in lower case without spaces.
_NOTHING = frozenset(
    ("null", "#n/a", "n/a", "na", "#na", "n.a.", "n.a", "none", "nan", "nil", "nodata", "<null>",
     "(null)", "[null]", "<na>", "(blank)", "blank", "unknown", "notknown", "notavailable",
     "notapplicable", "notrecorded", "noposition", "nolocation", "notgeocoded", "undefined",
     "missing", "empty", "tbc", "tba", "tbd", "inf", "-inf", "infinity",
     "#value!", "#ref!", "#div/0!", "#name?", "#null!", "#num!", "#error!", "#spill!", "#calc!",
     "pointempty", "pointzempty", "multipointempty", "geometrycollectionempty", "[]", "{}", "()",
     ",", "null,null", "(null,null)", "nan,nan", "none,none", "pointnan", "point(nannan)")
)  # fmt: skip
_LONGEST_NOTHING = 30
_ONLY_SIGNS = late_regex(r"[\s\-–—−_.?*/~]*")
# Numbers that programs write into both columns for "no position": zero, -9999 and the like.
_NO_NUMBERS = late_regex(r"0|-1|-?9{2,}")
_TWO = r"([-+−]?\d+(?:\.\d+)?)"
_PAIR = late_regex(rf"[(\[]?\s*{_TWO}\s*(?:[,;|/]|\s)\s*{_TWO}\s*[)\]]?")
_COMMAS = late_regex(r"([-+−]?\d+,\d+)\s*(?:;|/|\s|, )\s*([-+−]?\d+,\d+)")
# An address followed by its position in brackets, as Socrata exports it.
_AT_THE_END = late_regex(r".*\(([^()]+)\)\s*", re.DOTALL)
_WKT = late_regex(
    r"(?:SRID\s*=\s*(\d+)\s*;\s*)?((?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_WKB = late_regex(r"0[01][0-9a-f]{40,}", re.IGNORECASE)
# The same as Python writes it, with an address in JSON inside, as Socrata's users export it.
_IN_PYTHON = late_regex(r"['\"](latitude|longitude)['\"]: *['\"]?([-+]?\d+(?:\.\d+)?)['\"]?[,}]")
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Metres:
    """Easting and northing in metres; `grid` is None if the cell does not say which one."""

    easting: float
    northing: float
    grid: Grid | None = None


Position = Point | Metres


def is_missing(cell: str) -> bool:
    """Whether a cell means "no value", such as "n/a", "-" or "#REF!"."""
    if cell[:1].isdigit() or cell[1:2].isdigit() or len(cell) > _LONGEST_NOTHING:
        return False
    text = re.sub(r"\s", "", cell.casefold())
    return text in _NOTHING or _ONLY_SIGNS.fullmatch(text) is not None


def parse_number(written: str) -> float | None:
    text = written.strip()
    if not (text.isascii() and text.replace(".", "", 1).lstrip("-").isdigit()):
        text = _as_number(text)
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _as_number(written: str) -> str:
    """Rewrite a number with spaces, commas or a minus sign (−) in Python's notation."""
    text = re.sub(r"\s", "", written).replace("−", "-").rstrip("°")
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[-+]?\d+,\d+", text):
        text = text.replace(",", ".")
    return text.replace("_", "x")  # Python would ignore an underscore


def is_null_position(first: float, second: float) -> bool:
    """Whether two numbers mean "no position": 0, 0 is in the Atlantic."""
    return first == second and _NO_NUMBERS.fullmatch(f"{first:g}") is not None


def parse_position(cell: str) -> Position | None:
    """Parse a cell with a whole position; None if the cell means "no position".

    It may be "51.4665, -0.16" (in either order, since no place in the United Kingdom stays in it
    with the two swapped), a grid reference, easting and northing, WKT, WKB or GeoJSON. Raises
    `ParseError`.
    """
    text = cell.strip()
    if is_missing(text):
        return None
    if len(text) > _LONGEST:
        raise ParseError("this position is too long")
    if found := _WKT.fullmatch(text):
        grid = _declared(found[1]) if found[1] else None
        return _inside(_shape(text[found.start(2) :]), grid)
    if _WKB.fullmatch(text):
        return _inside(_shape(bytes.fromhex(text) if len(text) % 2 == 0 else ""), None)
    if text.startswith("{"):
        return _in_json(text)
    return _in_words(text)


def _in_words(text: str) -> Position | None:
    pair = _PAIR.fullmatch(text) or _COMMAS.fullmatch(text)
    if pair is None and (end := _AT_THE_END.fullmatch(text)):
        return _in_words(end[1].strip())
    if pair is None:
        return _grid_reference(text) or parse_point(text)
    first, second = (parse_number(number) for number in pair.groups())
    if first is None or second is None:
        raise ParseError(f'cannot read "{text}" as a position')
    return _in_either_order(first, second)


def _grid_reference(text: str) -> Metres | None:
    for metres, grid in ((grid_metres, Grid.BRITISH), (irish_metres, Grid.IRISH)):
        if re.fullmatch(r"[A-Za-z]{1,2}\s*\d[\d\s]*", text):
            try:
                return Metres(*metres(text), grid)
            except ParseError as error:
                if "odd number" in error.message:
                    raise
    return None


def _declared(srid: str) -> Grid:
    grid = grid_named(srid)
    if grid is None:
        raise ParseError(f'the coordinate system "EPSG:{srid}" is not supported')
    return grid


def _shape(written: str | bytes) -> Any:
    try:
        if isinstance(written, str):
            return shapely.from_wkt(written)
        return shapely.from_wkb(written)
    except (shapely.errors.ShapelyError, ValueError, TypeError):
        raise ParseError(f'cannot read "{str(written)[:60]}" as a position') from None


def _inside(shape: Any, grid: Grid | None) -> Position | None:
    """Return a point inside a shape; easting or longitude comes first in it."""
    if shape is None or shape.is_empty:
        return None
    srid = shapely.get_srid(shape)
    inside = shape if shape.geom_type == "Point" else shape.representative_point()
    x, y = inside.x, inside.y
    if not (math.isfinite(x) and math.isfinite(y)):
        return None
    grid = grid or (_declared(str(srid)) if srid else None)
    if grid not in (None, Grid.DEGREES):
        return None if is_null_position(x, y) else Metres(x, y, grid)
    return _in_either_order(y, x)


def _in_either_order(first: float, second: float) -> Position | None:
    """Return metres, or a point with the two numbers in the order that is in the UK."""
    if is_null_position(first, second):
        return None
    if abs(first) > 180 or abs(second) > 180:
        return Metres(first, second)
    if not in_united_kingdom(first, second) and in_united_kingdom(second, first):
        return Point(second, first)
    return validated_point(first, second)


def _in_json(text: str) -> Position | None:
    """Parse GeoJSON, or an object with keys such as `lat` and `lng`."""
    try:
        data = json.loads(text.replace("'", '"'))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        data = dict(_IN_PYTHON.findall(text))
        if len(data) != 2:
            raise ParseError(f'cannot read "{text[:60]}" as a position')
    plain: Mapping[str, object] = {str(key).casefold(): value for key, value in data.items()}
    named = [
        parse_number(str(next((plain[key] for key in keys if key in plain), "")))
        for keys in (("latitude", "lat", "y"), ("longitude", "lon", "lng", "long", "x"))
    ]
    if named[0] is not None and named[1] is not None:
        return _in_either_order(named[0], named[1])
    if "type" not in data:
        return None
    try:
        return _inside(shapely.geometry.shape(data), None)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
            shapely.errors.ShapelyError):  # fmt: skip
        raise ParseError(f'cannot read "{text[:60]}" as a position') from None
