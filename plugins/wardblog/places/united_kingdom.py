"""Tests whether a position is in the United Kingdom, which catches most mistyped coordinates."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

# The outline is divided into bands of a tenth of a degree of latitude, so that a position is
# compared only with the edges in its band: a list may have 50,000 rows.
_BANDS_IN_A_DEGREE = 10


class Edge(NamedTuple):
    """An edge of the outline, from its southern to its northern end."""

    south: float
    north: float
    longitude: float
    slope: float


Bands = dict[int, tuple[Edge, ...]]


def in_united_kingdom(latitude: float, longitude: float) -> bool:
    """Whether a position (degrees, WGS84) is in the United Kingdom or a few kilometres offshore."""
    return _holds(_bands(), latitude, longitude)


def in_northern_ireland(latitude: float, longitude: float) -> bool:
    return _holds(_bands(northern_ireland=True), latitude, longitude)


def outline() -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the rings of the outline as (latitude, longitude); Northern Ireland comes first."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="ascii")
    return tuple(
        tuple(_position(pair) for pair in line.split())
        for line in text.splitlines()
        if not line.startswith("#")
    )


def _position(pair: str) -> tuple[float, float]:
    latitude, longitude = pair.split(",")
    return float(latitude), float(longitude)


@cache
def _bands(northern_ireland: bool = False) -> Bands:
    bands: dict[int, list[Edge]] = {}
    parts = outline()
    for part in parts[:1] if northern_ireland else parts:
        for one, other in zip(part, (*part[1:], part[0]), strict=True):
            (south, start), (north, end) = sorted((one, other))
            if south == north:
                continue  # a ray to the east never crosses a horizontal edge
            edge = Edge(south, north, start, (end - start) / (north - south))
            for band in range(_band(south), _band(north) + 1):
                bands.setdefault(band, []).append(edge)
    return {band: tuple(edges) for band, edges in bands.items()}


def _band(latitude: float) -> int:
    return int(latitude * _BANDS_IN_A_DEGREE)


def _holds(bands: Bands, latitude: float, longitude: float) -> bool:
    """Whether a ray to the east crosses the outline an odd number of times."""
    if not -90 <= latitude <= 90:
        return False  # also for NaN
    is_inside = False
    for south, north, start, slope in bands.get(_band(latitude), ()):
        if south <= latitude < north and longitude < start + (latitude - south) * slope:
            is_inside = not is_inside
    return is_inside
