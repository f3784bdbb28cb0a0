"""Plus codes, as Google Maps shows them: "9C3XFR8Q+2X", or "FR8Q+2X London".

The algorithm is published and needs no service:
https://github.com/google/open-location-code/blob/main/Documentation/Specification/specification.md
"""

from __future__ import annotations

import re
from itertools import pairwise

from wardblog.model import Point
from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex

_DIGITS = "23456789CFGHJMPQRVWX"
_CODE = late_regex(
    rf"^([{_DIGITS}]{{2}}|[{_DIGITS}]{{4}}|[{_DIGITS}]{{6}}|[{_DIGITS}]{{8}})\+([{_DIGITS}]{{2,7}})"
    r"(?:[\s,].*)?$",
    re.IGNORECASE,
)
# A pair of digits divides both axes by 20, a single one latitude by 5 and longitude by 4.
_BASE, _ROWS, _COLUMNS = 20, 5, 4


def is_plus_code(text: str) -> bool:
    """Whether it is a plus code, whole or short, perhaps with the name of a town after it."""
    return _CODE.match(text) is not None


def plus_code_point(text: str, near: Point | None) -> Point:
    """Return the middle of a plus code's square; a short code is completed to the nearest one.

    Short codes leave out the part that is the same for the whole town, so they need a position
    `near`, in WGS84 degrees. Raises `ParseError` without one.
    """
    match = _CODE.match(text)
    if match is None:
        raise ParseError(f'"{text}" is not a plus code', "")
    missing = 8 - len(match[1])
    north, east = _offset(match[1].upper() + match[2].upper(), missing // 2)
    if not missing:
        return Point(round(north - 90, 6), round(east - 180, 6))
    if near is None:
        raise ParseError(
            f'"{match[1]}+{match[2]}" is a short plus code, which is only unique within a town',
            'Write the whole code, such as "9C3XFR8Q+2X", or latitude and longitude.',
        )
    size = float(_BASE) ** (2 - missing // 2)
    north += size * round((near.latitude + 90 - north) / size)
    east += size * round((near.longitude + 180 - east) / size)
    return Point(round(north - 90, 6), round(east - 180, 6))


def _offset(digits: str, first_pair: int) -> tuple[float, float]:
    """Return degrees from the south-west corner of the square that the first digits divide."""
    numbers = [_DIGITS.index(digit) for digit in digits]
    pairs = 5 - first_pair
    north = east = 0.0
    height = width = float(_BASE) ** (2 - first_pair)
    for up, across in [*pairwise(numbers)][: 2 * pairs : 2]:
        height, width = height / _BASE, width / _BASE
        north, east = north + up * height, east + across * width
    for number in numbers[2 * pairs :]:
        height, width = height / _ROWS, width / _COLUMNS
        north += number // _COLUMNS * height
        east += number % _COLUMNS * width
    return north + height / 2, east + width / 2
