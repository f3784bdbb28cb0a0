"""Shapes of GeoJSON as Shapely has them, flat and in WGS84, whatever their file measures in."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.read.coordinates import from_grid
from wardblog.read.geojson import Feature
from wardblog.read.report import Unreadable

DOWNLOAD_AGAIN = "Download the file again, or save it as GeoJSON from your map program."


def shape_of(feature: Feature, unreadable: Unreadable, outside: Unreadable) -> BaseGeometry:
    """The shape in degrees, longitude first; raises `unreadable` or `outside`.

    Only positions in metres are known to lie outside the United Kingdom here.
    """
    try:
        shape = shapely.force_2d(shapely.geometry.shape(dict(feature.geometry)))
        positions = shapely.get_coordinates(shape)
    except (ArithmeticError, LookupError, AttributeError, RecursionError, TypeError, ValueError,
            shapely.errors.ShapelyError):  # fmt: skip
        raise unreadable from None
    if len(positions) == 0 or not (feature.in_metres or abs(positions).max() > 180):
        return shape
    points = from_grid(list(positions[:, 0]), list(positions[:, 1]))
    if not all(points):
        raise outside
    return shapely.set_coordinates(shape, [[p.longitude, p.latitude] for p in points if p])
