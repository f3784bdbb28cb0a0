"""Whether a ward is in Northern Ireland, where eastings and northings are those of other grids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wardblog.model import Boundary, Point
from wardblog.places.united_kingdom import in_northern_ireland

# Codes of the Office for National Statistics: a letter for the country, and eight figures.
_CODE = re.compile(r"[ENSW]\d{8}", re.IGNORECASE)
# The eleven councils of Northern Ireland, by words that no other council's name has.
_COUNCILS = re.compile(
    r"\b(?:antrim|ards|armagh|belfast|causeway coast|castlereagh|derry|fermanagh|lisburn|mid ulster"
    r"|newry|omagh|strabane)\b",
    re.IGNORECASE,
)


def by_code(code: str) -> bool | None:
    """By a ward's code, such as N10000303; None for any other words."""
    return code[0] in "Nn" if _CODE.fullmatch(code.strip()) else None


def by_council(name: str) -> bool | None:
    """A council of Northern Ireland is known by its name; any other may be anywhere."""
    return True if _COUNCILS.search(name) else None


def by_properties(properties: Mapping[str, Any]) -> bool | None:
    """By the codes that a map program gave a shape."""
    codes = (by_code(value) for value in properties.values() if isinstance(value, str))
    return next((home for home in codes if home is not None), None)


def by_points(points: Iterable[Point]) -> bool | None:
    """By where most of the points are; None without any."""
    positions = [(point.latitude, point.longitude) for point in points]
    if not positions:
        return None
    return 2 * sum(in_northern_ireland(*position) for position in positions) > len(positions)


def by_boundary(boundary: Boundary | None) -> bool | None:
    return by_points(boundary.rings[0].points) if boundary and boundary.rings else None
