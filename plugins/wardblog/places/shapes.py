"""Converts GeoJSON geometries to Shapely shapes, two-dimensional and in WGS84."""

from __future__ import annotations

import math
from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.places.coordinates import likely_grid
from wardblog.places.geojson import Feature
from wardblog.places.grids import Grid, to_degrees
from wardblog.report import ParseError

DOWNLOAD_AGAIN = "Download the file again, or save it as GeoJSON from your map program."


def shape_of(
    feature: Feature,
    unreadable: ParseError,
    outside: ParseError,
    in_ireland: bool | None = None,
) -> BaseGeometry:
    """Return the shape in degrees, longitude first.

    Raises `unreadable` for broken coordinates, and `outside` for metres far outside their grid;
    whether the positions are in the United Kingdom is not checked here. `in_ireland` is whether
    the ward is in Northern Ireland, if known.
    """
    try:
        shape = shapely.force_2d(shapely.geometry.shape(dict(feature.geometry)))
        positions = shapely.get_coordinates(shape)
    except (ArithmeticError, LookupError, AttributeError, RecursionError, TypeError, ValueError,
            shapely.errors.ShapelyError):  # fmt: skip
        raise unreadable from None
    is_metric = feature.grid not in (None, Grid.DEGREES)
    if len(positions) == 0 or not (is_metric or abs(positions).max() > 180):
        return shape
    eastings, northings = list(positions[:, 0]), list(positions[:, 1])
    grid = feature.grid if is_metric else None
    degrees = to_degrees(
        grid or likely_grid(eastings, northings, in_ireland)[0], eastings, northings
    )
    if not all(math.isfinite(latitude) for latitude, _ in degrees):
        raise outside
    return shapely.set_coordinates(shape, [[round(lon, 6), round(lat, 6)] for lat, lon in degrees])


def flat_parts(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """The points, lines and polygons in a shape, however deeply collections are nested."""
    for part in shapely.get_parts(shape):
        if part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from flat_parts(part)
        else:
            yield part
