"""Positions as people write them, to WGS84: degrees, OS grid references, eastings and northings."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from wardblog.model import Point, Precision
from wardblog.read.report import Unreadable

HOW_TO = (
    'Write latitude and longitude ("51.46671, -0.15602"), an OS grid reference ("TQ 277 757") '
    'or easting and northing ("527700, 175700").'
)

OUTSIDE = "Check the figures: latitude comes first, then longitude."
OUTSIDE_GRID = "Check the figures: easting comes first, then northing."

_LONGEST = 80
_NUMBER = r"[-+−]?\d+(?:\.\d+)?"
_PAIR = re.compile(
    rf"^\(?\s*[EeXx]?:?\s*({_NUMBER})\s*°?\s*(?:[,;/]|\s)\s*[NnYy]?:?\s*({_NUMBER})\s*°?\s*\)?$"
)
_GRID = re.compile(r"^([HJNOST][A-HJ-Z])\s*(\d[\d\s]*)$", re.IGNORECASE)
_IRISH = re.compile(r"^[A-HJ-Z]\s*\d[\d\s]*$", re.IGNORECASE)

# Boxes that together hold the United Kingdom and leave out its neighbours, in degrees:
# south, north, west, east. From the extreme points of the mainland and islands.
_UNITED_KINGDOM = (
    (49.85, 50.25, -6.6, -5.7),  # the Isles of Scilly
    (49.9, 50.75, -5.8, -3.4),  # Cornwall and south Devon
    (50.45, 51.1, -3.6, 1.05),  # the south coast, as far as Dungeness
    (50.9, 55.1, -5.75, 1.8),  # England and Wales
    (54.0, 55.4, -8.2, -5.4),  # Northern Ireland
    (54.6, 60.9, -7.8, -0.65),  # Scotland
    (57.5, 58.0, -8.8, -7.8),  # St Kilda
)

# The grid on which a place is published, in degrees: about 100 m and about 500 m.
_STEP = {Precision.STREET: Decimal("0.001"), Precision.AREA: Decimal("0.005")}


def in_united_kingdom(latitude: float, longitude: float) -> bool:
    return any(
        south <= latitude <= north and west <= longitude <= east
        for south, north, west, east in _UNITED_KINGDOM
    )


def _said(degrees: float) -> str:
    return f"{degrees:.6f}".rstrip("0").rstrip(".")


def checked(latitude: float, longitude: float) -> Point:
    """A point in the United Kingdom, or `Unreadable` with the likely reason."""
    if in_united_kingdom(latitude, longitude):
        return Point(latitude, longitude)
    north, east = _said(latitude), _said(longitude)
    if in_united_kingdom(longitude, latitude):
        raise Unreadable(
            f"latitude and longitude are swapped: {north}, {east}",
            f'Latitude comes first. Write "{east}, {north}".',
        )
    hint = OUTSIDE
    if longitude > 0 and in_united_kingdom(latitude, -longitude):
        hint = f'West of Greenwich the longitude has a minus sign: "{north}, {_said(-longitude)}".'
    raise Unreadable(f"{north}, {east} is outside the United Kingdom", hint)


def from_grid(eastings: Sequence[float], northings: Sequence[float]) -> list[Point | None]:
    """British National Grid metres to WGS84 by OSTN15; None where the grid does not reach."""
    # Here, since numpy takes a fifth of a second that a site without grid positions can save.
    from convertbng.cutil import convert_lonlat

    if not eastings:
        return []
    longitudes, latitudes = convert_lonlat(list(eastings), list(northings))
    return [
        Point(round(float(lat), 6), round(float(lon), 6))
        if math.isfinite(lat) and in_united_kingdom(lat, lon)
        else None
        for lat, lon in zip(latitudes, longitudes, strict=True)
    ]


def _one_from_grid(easting: float, northing: float, written: str) -> Point:
    point = from_grid([easting], [northing])[0]
    if point is None:
        raise Unreadable(f"{written} is outside the United Kingdom", OUTSIDE_GRID)
    return point


def grid_metres(reference: str) -> tuple[float, float]:
    """Easting and northing of the south-west corner of an OS grid reference's square.

    The letters are two steps in a grid of five by five, without I
    (https://www.ordnancesurvey.co.uk/documents/resources/guide-to-nationalgrid.pdf).
    """
    match = _GRID.match(reference.strip())
    if not match:
        raise Unreadable(f'"{reference}" is not an OS grid reference', HOW_TO)
    digits = re.sub(r"\s", "", match[2])
    parts = match[2].split()
    if len(digits) % 2 or len(digits) > 10 or (len(parts) == 2 and len(parts[0]) != len(parts[1])):
        raise Unreadable(
            f'"{reference}" has an odd number of figures',
            'An OS grid reference has as many figures for east as for north: "TQ 277 757".',
        )
    first, second = ("ABCDEFGHJKLMNOPQRSTUVWXYZ".index(c) for c in match[1].upper())
    easting = ((first - 2) % 5) * 5 + second % 5
    northing = (19 - (first // 5) * 5) - second // 5
    half = len(digits) // 2
    scale = 10 ** (5 - half)
    return (
        easting * 100_000.0 + int(digits[:half]) * scale,
        northing * 100_000.0 + int(digits[half:]) * scale,
    )


def parse_point(written: str) -> Point:
    """A position in any of the three notations; raises `Unreadable`."""
    text = " ".join(written.split())
    if not text:
        raise Unreadable("the coordinates are missing", HOW_TO)
    if len(text) > _LONGEST:
        raise Unreadable("these coordinates are too long to be any", HOW_TO)
    if pair := _PAIR.match(text):
        first, second = (float(n.replace("−", "-")) for n in pair.groups())
        if abs(first) > 180 or abs(second) > 180:
            return _one_from_grid(first, second, text)
        return checked(first, second)
    if _GRID.match(text):
        return _one_from_grid(*grid_metres(text), text)
    if _IRISH.match(text):
        raise Unreadable(
            f'"{text}" looks like an Irish grid reference',
            "Write latitude and longitude instead.",
        )
    raise Unreadable(f'cannot read "{text}" as a position', HOW_TO)


def published(point: Point, precision: Precision) -> Point:
    """The point as any output may hold it: rounded where the precision is below exact."""
    step = _STEP.get(precision)
    if step is None:
        return Point(round(point.latitude, 6), round(point.longitude, 6))

    def rounded(degrees: float) -> float:
        steps = (Decimal(repr(degrees)) / step).quantize(Decimal(1), ROUND_HALF_EVEN)
        return float(steps * step)

    return Point(rounded(point.latitude), rounded(point.longitude))
