"""From degrees to a flat picture: a ward is small enough for one scale in each direction."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from wardblog.model import MapFigure, Point

# Metres in a degree of latitude; over a ward the ellipsoid changes this by less than 1%.
METRES_PER_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box in WGS84 degrees."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, points: Iterable[Point], margin: float) -> Bounds:
        """The smallest box that holds the points, and a margin in metres on each side."""
        found = list(points)
        latitudes, longitudes = [p.latitude for p in found], [p.longitude for p in found]
        up = margin / METRES_PER_DEGREE
        across = up / math.cos(math.radians(latitudes[0]))
        return cls(
            min(latitudes) - up, min(longitudes) - across, max(latitudes) + up,
            max(longitudes) + across,
        )  # fmt: skip


def bounds_of(figure: MapFigure) -> Bounds:
    """What a figure shows: its places with their circles, and the ward around them."""
    points = [dot.place.point for dot in figure.dots]
    rings = figure.boundary.rings if figure.boundary else ()
    margin = 60 if rings else 250
    widest = max((dot.place.precision.radius for dot in figure.dots), default=0)
    return Bounds.around([*points, *(p for r in rings for p in r.points)], margin + widest)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture's own units: `width` across, `height` down, `scale` units in a metre."""

    bounds: Bounds
    width: float
    height: float
    scale: float

    @classmethod
    def fit(cls, bounds: Bounds, width: float, lowest: float, highest: float) -> Sheet:
        """A sheet of this width, as high as the bounds ask for between two limits."""
        middle = math.cos(math.radians((bounds.south + bounds.north) / 2))
        across = (bounds.east - bounds.west) * middle * METRES_PER_DEGREE
        down = (bounds.north - bounds.south) * METRES_PER_DEGREE
        height = min(max(width * down / across, lowest), highest)
        return cls(bounds, width, height, min(width / across, height / down))

    def place(self, point: Point) -> tuple[float, float]:
        """Units from the left and from the top, the bounds in the middle of the sheet."""
        bounds = self.bounds
        latitude = (bounds.south + bounds.north) / 2
        east = (point.longitude - (bounds.west + bounds.east) / 2) * math.cos(
            math.radians(latitude)
        )
        north = point.latitude - latitude
        metres = METRES_PER_DEGREE * self.scale
        return self.width / 2 + east * metres, self.height / 2 - north * metres
