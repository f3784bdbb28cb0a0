"""The area of the ward, to ask for what is around it and to keep what is inside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.model import Site
from wardblog.problems import UsageError


def ward_area(site: Site) -> BaseGeometry:
    """The ward's outline, with longitude as x and latitude as y (WGS84, degrees).

    Raises `UsageError` if the ward has no outline yet.
    """
    boundary = site.ward.boundary
    if boundary is None or not boundary.rings:
        raise UsageError(
            "The outline of the ward is not known yet, so nobody can say what is inside it",
            'Fetch it first: make ward POSTCODE="SW11 5JY", with a postcode of your ward.',
        )
    rings = (
        shapely.make_valid(
            shapely.Polygon([(point.longitude, point.latitude) for point in ring.points])
        )
        for ring in boundary.rings
    )
    # What is in an even number of rings is a hole.
    return reduce(shapely.symmetric_difference, rings)


def are_inside(area: BaseGeometry, positions: Sequence[tuple[float, float]]) -> list[bool]:
    """Whether each position, latitude first, is inside the ward or on its line."""
    if not positions:
        return []
    shapely.prepare(area)
    latitudes, longitudes = zip(*positions, strict=True)
    return [bool(one) for one in shapely.intersects_xy(area, longitudes, latitudes)]
