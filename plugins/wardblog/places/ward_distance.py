"""How far a position is outside the ward."""

from __future__ import annotations

import math
from itertools import pairwise

from wardblog.model import METRES_PER_DEGREE, Boundary, Point


def metres_outside(boundary: Boundary, point: Point) -> float:
    """Return the distance from the ward's outline, in metres; 0 inside it."""
    is_inside, least = False, math.inf
    across = math.cos(math.radians(point.latitude))
    for ring in boundary.rings:
        # Metres to the east and to the north of the point.
        corners = [
            (
                (corner.longitude - point.longitude) * across * METRES_PER_DEGREE,
                (corner.latitude - point.latitude) * METRES_PER_DEGREE,
            )
            for corner in ring.points
        ]
        for (x1, y1), (x2, y2) in pairwise(corners):
            least = min(least, _metres_to_line(x1, y1, x2, y2))
            if (y1 > 0) != (y2 > 0) and x1 - y1 * (x2 - x1) / (y2 - y1) > 0:
                is_inside = not is_inside
    return 0.0 if is_inside else least


def _metres_to_line(x1: float, y1: float, x2: float, y2: float) -> float:
    """The distance of (0, 0) from the line between two points."""
    width, height = x2 - x1, y2 - y1
    length = width**2 + height**2
    share = max(0.0, min(1.0, -(x1 * width + y1 * height) / length)) if length else 0.0
    return math.hypot(x1 + share * width, y1 + share * height)
