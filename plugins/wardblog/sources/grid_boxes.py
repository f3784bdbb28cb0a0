"""Finds the box on a grid that holds an area in degrees."""

from __future__ import annotations

import math
from collections.abc import Sequence

from wardblog.model import METRES_PER_DEGREE
from wardblog.places.grids import Grid, to_degrees
from wardblog.report import ParseError

# West, south, east, north.
Box = tuple[float, float, float, float]

# Where on each grid the search for a position begins, in metres.
_NEAR_MIDDLE = {
    Grid.BRITISH: (400_000.0, 400_000.0),
    Grid.IRISH: (200_000.0, 250_000.0),
    Grid.ITM: (600_000.0, 750_000.0),
    Grid.WEB_MERCATOR: (-200_000.0, 7_200_000.0),
}
_STEPS = 40


def box_on(grid: Grid, bounds: Sequence[float]) -> Box:
    """Return the box on a grid that holds one in degrees: west, south, east, north.

    Raises `ParseError` if the grid does not reach so far.
    """
    west, south, east, north = bounds
    if grid is Grid.DEGREES:
        return west, south, east, north
    longitudes = (west, east, west, east, (west + east) / 2, (west + east) / 2)
    latitudes = (south, south, north, north, south, north)
    eastings, northings = _on_grid(grid, longitudes, latitudes)
    if any(map(math.isnan, (*eastings, *northings))):
        raise ParseError(
            f"the ward is outside {grid.value}", "Use a map or list for its own country."
        )
    return min(eastings), min(northings), max(eastings), max(northings)


def _on_grid(
    grid: Grid, longitudes: Sequence[float], latitudes: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Find positions on a grid by steps: its metres are nearly those of the ground."""
    first_east, first_north = _NEAR_MIDDLE[grid]
    eastings, northings = [first_east] * len(longitudes), [first_north] * len(latitudes)
    for _ in range(_STEPS):
        found = to_degrees(grid, eastings, northings)
        for i, (latitude, longitude) in enumerate(found):
            # Degrees of longitude are about six tenths of those of latitude here.
            eastings[i] += (longitudes[i] - longitude) * METRES_PER_DEGREE * 0.6
            northings[i] += (latitudes[i] - latitude) * METRES_PER_DEGREE
    return eastings, northings
