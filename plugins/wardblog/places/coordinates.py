"""Parses positions as people write them (degrees, grid references, metres) into WGS84 points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wardblog.model import Point, Precision
from wardblog.places.grids import Grid, to_degrees
from wardblog.places.lettered_degrees import lettered_degrees, without_labels
from wardblog.places.united_kingdom import in_northern_ireland, in_united_kingdom
from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex

HOW_TO = (
    'Write latitude and longitude ("51.46671, -0.15602"), an OS grid reference ("TQ 277 757") '
    'or easting and northing ("527700, 175700").'
)
# The letters of a grid form a square of five by five; I is not used.
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"

OUTSIDE = "Check the figures: latitude comes first, then longitude."
OUTSIDE_GRID = "Check the figures: easting comes first, then northing."

_LONGEST = 80
_IRISH_GRIDS = (Grid.IRISH, Grid.ITM)
# How many positions of a list are compared to find its grid.
_MOST_COMPARED = 200
_NUMBER = r"[-+−]?\d+(?:\.\d+)?"
_PAIR = late_regex(
    rf"^\(?\s*[EeXx]?:?\s*({_NUMBER})\s*°?\s*(?:[,;/]|\s)\s*[NnYy]?:?\s*({_NUMBER})\s*°?\s*\)?$"
)
_GRID = late_regex(r"^([HJNOST][A-HJ-Z])[\s:]*(\d[\d\s,]*)$", re.IGNORECASE)
# Some write an I for Ireland in front: "IJ 335 722".
_IRISH = late_regex(r"^I?([A-HJ-Z])[\s:]*(\d[\d\s,]*)$", re.IGNORECASE)
# What people write before a grid reference.
_GRID_WORDS = late_regex(
    r"^(?:OS\b|NGR\b|(?:irish\s+)?grid\b|ref(?:erence)?\b|[\s.:])+", re.IGNORECASE
)

# The steps in degrees to which positions are rounded: about 100 m and about 500 m.
_STEP = {Precision.STREET: "0.001", Precision.AREA: "0.005"}


def _decimal(degrees: float) -> str:
    return f"{degrees:.6f}".rstrip("0").rstrip(".")


def validated_point(latitude: float, longitude: float) -> Point:
    """Return a point in the United Kingdom; raises `ParseError` with the likely reason."""
    if in_united_kingdom(latitude, longitude):
        return Point(latitude, longitude)
    north, east = _decimal(latitude), _decimal(longitude)
    if in_united_kingdom(longitude, latitude):
        raise ParseError(
            f"latitude and longitude are swapped: {north}, {east}",
            f'Latitude comes first. Write "{east}, {north}".',
        )
    hint = OUTSIDE
    if longitude > 0 and in_united_kingdom(latitude, -longitude):
        hint = (
            f'West of Greenwich the longitude has a minus sign: "{north}, {_decimal(-longitude)}".'
        )
    raise ParseError(f"{north}, {east} is outside the United Kingdom", hint)


def points_from_grid(
    eastings: Sequence[float], northings: Sequence[float], grid: Grid = Grid.BRITISH
) -> list[Point | None]:
    """Convert metres on a grid to WGS84 points.

    A point outside the United Kingdom, or on the Irish grids outside Northern Ireland, is None.
    """
    is_inside = in_northern_ireland if grid in _IRISH_GRIDS else in_united_kingdom
    return [
        Point(round(latitude, 6), round(longitude, 6)) if is_inside(latitude, longitude) else None
        for latitude, longitude in to_degrees(grid, eastings, northings)
    ]


def likely_grid(
    eastings: Sequence[float], northings: Sequence[float], in_ireland: bool | None
) -> tuple[Grid, bool]:
    """Return the grid that most of these positions fit, and whether that is only a guess.

    The same figures may be in Belfast on the Irish Grid and in the Wirral on the British one.
    `in_ireland` is whether the ward is in Northern Ireland; if that is unknown (None), the British
    grid is preferred.
    """
    grids: tuple[Grid, ...] = (Grid.BRITISH, Grid.WEB_MERCATOR)
    if in_ireland is not False:
        grids = (*_IRISH_GRIDS, *grids) if in_ireland else (*grids, *_IRISH_GRIDS)
    grid = next((g for g in grids if _fits(g, eastings, northings)), grids[0])
    is_guess = in_ireland is None and grid is Grid.BRITISH
    return grid, is_guess and _fits(Grid.IRISH, eastings, northings)


def _fits(grid: Grid, eastings: Sequence[float], northings: Sequence[float]) -> bool:
    """Whether most positions are in the United Kingdom, or for Irish grids in Northern Ireland."""
    is_inside = in_northern_ireland if grid in _IRISH_GRIDS else in_united_kingdom
    step = len(eastings) // _MOST_COMPARED + 1
    positions = to_degrees(grid, eastings[::step], northings[::step])
    return 2 * sum(is_inside(*position) for position in positions) > len(positions)


def _point_from_grid(easting: float, northing: float, written: str, grid: Grid) -> Point:
    point = points_from_grid([easting], [northing], grid)[0]
    if point is None:
        country = "Northern Ireland" if grid in _IRISH_GRIDS else "the United Kingdom"
        raise ParseError(f"{written} is outside {country}", OUTSIDE_GRID)
    return point


def grid_metres(reference: str) -> tuple[float, float]:
    """Return easting and northing, in metres, of an OS grid reference's south-west corner.

    The two letters name a square of 500 km and one of 100 km within it
    (https://www.ordnancesurvey.co.uk/documents/resources/guide-to-nationalgrid.pdf). Raises
    `ParseError`.
    """
    match = _GRID.match(reference.strip())
    if not match:
        raise ParseError(f'"{reference}" is not an OS grid reference', HOW_TO)
    first, second = (_LETTERS.index(c) for c in match[1].upper())
    easting = ((first - 2) % 5) * 5 + second % 5
    northing = (19 - (first // 5) * 5) - second // 5
    return _in_square(reference, easting, northing, match[2])


def irish_metres(reference: str) -> tuple[float, float]:
    """Return easting and northing of an Irish grid reference, which has one letter: "J 335 722"."""
    match = _IRISH.match(reference.strip())
    if not match:
        raise ParseError(f'"{reference}" is not an Irish grid reference', HOW_TO)
    letter = _LETTERS.index(match[1].upper())
    return _in_square(reference, letter % 5, 4 - letter // 5, match[2])


def _in_square(reference: str, across: int, up: int, figures: str) -> tuple[float, float]:
    """Return easting and northing of the figures in a square of 100 km."""
    digits, parts = re.sub(r"[\s,]", "", figures), figures.replace(",", " ").split()
    if len(digits) % 2 or len(digits) > 10 or (len(parts) == 2 and len(parts[0]) != len(parts[1])):
        raise ParseError(
            f'"{reference}" has an odd number of figures',
            'A grid reference has the same number of figures for east and north: "TQ 277 757".',
        )
    half = len(digits) // 2
    scale = 10 ** (5 - half)
    return (
        across * 100_000.0 + int(digits[:half]) * scale,
        up * 100_000.0 + int(digits[half:]) * scale,
    )


def parse_point(written: str, in_ireland: bool | None = None) -> Point:
    """Parse a position in any notation; raises `ParseError`.

    `in_ireland` is whether the ward is in Northern Ireland, where eastings and northings are on
    the Irish Grid.
    """
    text = " ".join(written.split())
    if not text:
        raise ParseError("the coordinates are missing", HOW_TO)
    if len(text) > _LONGEST:
        raise ParseError("these coordinates are too long", HOW_TO)
    text = without_labels(text)
    if degrees := lettered_degrees(text):
        return validated_point(*degrees)
    if pair := _PAIR.match(text):
        first, second = (float(n.replace("−", "-")) for n in pair.groups())
        if abs(first) > 180 or abs(second) > 180:
            grid, _ = likely_grid([first], [second], in_ireland)
            return _point_from_grid(first, second, text, grid)
        return validated_point(first, second)
    text = _GRID_WORDS.sub("", text) or text
    if _GRID.match(text):
        return _point_from_grid(*grid_metres(text), text, Grid.BRITISH)
    if _IRISH.match(text):
        return _point_from_grid(*irish_metres(text), text, Grid.IRISH)
    raise ParseError(f'cannot read "{text}" as a position', HOW_TO)


def rounded_to_precision(point: Point, precision: Precision) -> Point:
    """Return the point as it may be published: rounded if the precision is below exact."""
    if precision not in _STEP:
        return Point(round(point.latitude, 6), round(point.longitude, 6))
    # late import: see docs/architecture.md
    from decimal import ROUND_HALF_EVEN, Decimal

    step = Decimal(_STEP[precision])

    def rounded(degrees: float) -> float:
        steps = (Decimal(repr(degrees)) / step).quantize(Decimal(1), ROUND_HALF_EVEN)
        return float(steps * step)

    return Point(rounded(point.latitude), rounded(point.longitude))
