"""Tells whether a ward is in Northern Ireland, where eastings and northings use other grids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wardblog.model import Boundary, Point
from wardblog.places.united_kingdom import in_northern_ireland
from wardblog.support.late_regex import late_regex

# Codes of the Office for National Statistics: a letter for the country, and eight digits.
_CODE = late_regex(r"[ENSW]\d{8}", re.IGNORECASE)
# Words in the names of Northern Ireland's eleven councils, and of no others.
_COUNCILS = late_regex(
    r"\b(?:antrim|ards|armagh|belfast|causeway coast|castlereagh|derry|fermanagh|lisburn|mid ulster"
    r"|newry|omagh|strabane)\b",
    re.IGNORECASE,
)


def by_code(code: str) -> bool | None:
    """Tell by a ward's code, such as N10000303; None if it is not such a code."""
    return code[0] in "Nn" if _CODE.fullmatch(code.strip()) else None


def by_council(name: str) -> bool | None:
    """True if it is the name of a council in Northern Ireland, else None."""
    return True if _COUNCILS.search(name) else None


def by_properties(properties: Mapping[str, Any]) -> bool | None:
    """Tell by a code in the properties of a feature; None if there is none."""
    codes = (by_code(value) for value in properties.values() if isinstance(value, str))
    return next((home for home in codes if home is not None), None)


def by_points(points: Iterable[Point]) -> bool | None:
    """Tell by where most of the points are; None if there are none."""
    positions = [(point.latitude, point.longitude) for point in points]
    if not positions:
        return None
    return 2 * sum(in_northern_ireland(*position) for position in positions) > len(positions)


def by_boundary(boundary: Boundary | None) -> bool | None:
    return by_points(boundary.rings[0].points) if boundary and boundary.rings else None
