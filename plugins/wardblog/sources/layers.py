"""Reads the layers of GeoPackages, Shapefiles and files of OpenStreetMap with pyogrio.

pyogrio (https://pyogrio.readthedocs.io/) is an optional dependency, `geodata`. Only what is in the
box around the ward is read, so that the size of a file does not matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.places.coordinates import likely_grid
from wardblog.places.crs import grid_named
from wardblog.places.grids import Grid, to_degrees
from wardblog.report import ParseError, Report
from wardblog.sources.grid_boxes import box_on
from wardblog.support.extras import install_hint
from wardblog.support.late_dataclass import dataclass
from wardblog.text.mojibake import repair_mojibake

_AGAIN = "Download the file again; it may be damaged or cut off."
# The layers of a file of OpenStreetMap that can be drawn or have names.
_OSM_LAYERS = ("points", "lines", "multipolygons")
_OSM_COLUMNS = ("osm_id", "osm_way_id", "z_order")
# A coordinate system written out, as beside a Shapefile.
_WKT = re.compile(r'\s*(?:PROJCS|PROJCRS|GEOGCS|GEOGCRS|COMPD_CS|COMPOUNDCRS)\["([^"]+)"')


@dataclass(frozen=True, slots=True)
class LayerFeature:
    """A feature of a layer: the layer's name, its columns as text, and its shape in degrees."""

    layer: str
    columns: dict[str, str]
    shape: BaseGeometry


def read_layers(file: str, area: BaseGeometry, is_osm: bool) -> Iterator[LayerFeature]:
    """Give the features whose box touches that of the area (in degrees, longitude first).

    `file` is a path as GDAL writes it, which may lead into a zip. Raises `ParseError` if the file
    cannot be read, or if pyogrio is not installed.
    """
    # late import: see docs/architecture.md
    try:
        import pyogrio
        from pyogrio.errors import DataLayerError, DataSourceError
    except ImportError:
        raise ParseError(
            "GeoPackages, Shapefiles and .osm files need a library that is not installed",
            install_hint("geodata"),
        ) from None
    try:
        for name, kind in pyogrio.list_layers(file):
            if kind is not None and (not is_osm or name in _OSM_LAYERS):
                yield from _layer(pyogrio, file, name, area, is_osm)
    except (DataLayerError, DataSourceError, UnicodeDecodeError):
        raise ParseError("this file cannot be read as a map", _AGAIN) from None


def _layer(
    pyogrio: Any, file: str, layer: str, area: BaseGeometry, is_osm: bool
) -> Iterator[LayerFeature]:
    """The features of one layer in the box around the area."""
    info = pyogrio.read_info(file, layer=layer)
    grid = _grid(info["crs"], info["total_bounds"])
    box = box_on(grid, area.bounds)
    bounds = info["total_bounds"]
    if bounds is not None and not shapely.box(*bounds).intersects(shapely.box(*box)):
        return
    options = {"TAGS_FORMAT": "JSON"} if is_osm else {}
    meta, _, blobs, columns = pyogrio.raw.read(file, layer=layer, bbox=box, **options)
    shapes = _in_degrees(shapely.force_2d(shapely.from_wkb(blobs, on_invalid="ignore")), grid)
    for row, shape in enumerate(shapes):
        if shape is not None and not shape.is_empty:
            values = {
                # A Shapefile may not say how its letters are encoded.
                str(key): repair_mojibake(str(column[row]), Report(layer))
                for key, column in zip(meta["fields"], columns, strict=True)
                if column[row] is not None
            }
            yield LayerFeature(layer, _osm_tags(values) if is_osm else values, shape)


def _osm_tags(values: dict[str, str]) -> dict[str, str]:
    others = json.loads(values.pop("other_tags", "{}"))
    return {
        **{key: value for key, value in values.items() if key not in _OSM_COLUMNS},
        **{str(key): str(value) for key, value in others.items()},
    }


def _grid(crs: str | None, bounds: Sequence[float] | None) -> Grid:
    """Return the grid of a layer, by its name or, if it has none, by its positions."""
    if crs:
        name = _WKT.match(crs)
        written = name[1] if name else crs
        if grid := grid_named(written):
            return grid
        raise ParseError(
            f'the coordinate system "{written[:80]}" of this file is not supported',
            "Save it again on the British National Grid (EPSG:27700) or as WGS84 (EPSG:4326).",
        )
    if bounds is None or max(abs(side) for side in bounds) <= 180:
        return Grid.DEGREES
    return likely_grid(bounds[::2], bounds[1::2], None)[0]


def _in_degrees(shapes: Any, grid: Grid) -> Iterable[BaseGeometry | None]:
    """Convert an array of shapes; None for those that are not on the grid."""
    if grid is Grid.DEGREES or len(shapes) == 0:
        return shapes  # type: ignore[no-any-return]
    pairs, of_shape = shapely.get_coordinates(shapes, return_index=True)
    found = to_degrees(grid, pairs[:, 0].tolist(), pairs[:, 1].tolist())
    off_grid = {
        int(index)
        for index, (latitude, _) in zip(of_shape, found, strict=True)
        if latitude != latitude
    }
    moved = shapely.set_coordinates(shapes, [(lon, lat) for lat, lon in found])
    return (None if i in off_grid else shape for i, shape in enumerate(moved))
