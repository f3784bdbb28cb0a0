"""Positions on grids, held against values of PROJ 9, and the names by which files call grids."""

from __future__ import annotations

import math

import pytest

from wardblog.places.crs import grid_from_crs
from wardblog.places.grids import Grid, to_degrees
from wardblog.report import ParseError


@pytest.mark.parametrize(
    ("grid", "easting", "northing", "latitude", "longitude"),
    [
        (Grid.IRISH, 333500, 372200, 54.580442, -5.936034),
        (Grid.IRISH, 206000, 345000, 54.353667, -7.908468),
        (Grid.IRISH, 366000, 355000, 54.416473, -5.443550),
        (Grid.IRISH, 309000, 451000, 55.293827, -6.284883),
        (Grid.ITM, 733500, 872200, 54.580453, -5.934840),
        (Grid.ITM, 540000, 850000, 54.395067, -8.923920),
        (Grid.WEB_MERCATOR, -660000, 7280000, 54.575961, -5.928881),
        (Grid.WEB_MERCATOR, -17800, 6690000, 51.386792, -0.159900),
        (Grid.DEGREES, -0.16, 51.4665, 51.4665, -0.16),
    ],
)
def test_each_grid_is_converted_to_a_tenth_of_a_metre(
    grid: Grid, easting: float, northing: float, latitude: float, longitude: float
) -> None:
    found = to_degrees(grid, [easting], [northing])
    assert found == [pytest.approx((latitude, longitude), abs=1e-6)]


@pytest.mark.parametrize("grid", list(Grid)[1:])
def test_metres_outside_a_grids_range_are_nan(grid: Grid) -> None:
    ((latitude, _),) = to_degrees(grid, [1e12], [1e12])
    assert math.isnan(latitude)


@pytest.mark.parametrize(
    ("crs", "grid"),
    [
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::29902"}}, Grid.IRISH),
        ({"type": "name", "properties": {"name": "EPSG:29903"}}, Grid.IRISH),
        ({"type": "name", "properties": {"name": "TM65 / Irish Grid"}}, Grid.IRISH),
        ({"type": "EPSG", "properties": {"code": 29900}}, Grid.IRISH),
        ({"type": "EPSG", "properties": {"code": "2157"}}, Grid.ITM),
        ({"properties": {"name": "urn:ogc:def:crs:EPSG:6.9:27700"}}, Grid.BRITISH),
        ({"properties": {"name": "OSGB 1936 / British National Grid"}}, Grid.BRITISH),
        ({"type": "link", "properties": {"href": "https://epsg.io/27700.json"}}, Grid.BRITISH),
        (
            {"type": "link", "properties": {"href": "http://www.opengis.net/def/crs/EPSG/0/3857"}},
            Grid.WEB_MERCATOR,
        ),
        ({"properties": {"name": "ESRI:102100"}}, Grid.WEB_MERCATOR),
        ({"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, Grid.DEGREES),
        ({"properties": {"name": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}, Grid.DEGREES),
        ({"properties": {"name": "EPSG:4258"}}, Grid.DEGREES),
        ("EPSG:4326", Grid.DEGREES),
        (27700, Grid.BRITISH),
        ('PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM[]]]', Grid.BRITISH),
        (None, None),
        ({}, None),
        ("", None),
    ],
)
def test_a_grid_is_recognised_in_every_form(crs: object, grid: Grid | None) -> None:
    assert grid_from_crs(crs) is grid


@pytest.mark.parametrize(
    ("crs", "name"),
    [
        ({"properties": {"name": "EPSG:32630"}}, "EPSG:32630"),
        ({"properties": {"name": "WGS 84 / UTM zone 30N"}}, "WGS 84 / UTM zone 30N"),
        ({"properties": {"name": "urn:ogc:def:crs:EPSG::4277"}}, "urn:ogc:def:crs:EPSG::4277"),
        ({"type": "EPSG", "properties": {"code": 23030}}, "23030"),
        (
            {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS83"}},
            "urn:ogc:def:crs:OGC:1.3:CRS83",
        ),
        ({"type": "unlinked", "properties": {"colour": "red"}}, "without a name"),
    ],
)
def test_any_other_is_refused_by_its_name(crs: object, name: str) -> None:
    with pytest.raises(ParseError) as refused:
        grid_from_crs(crs)
    assert refused.value.message == (
        f'the coordinate system "{name}" of this file is not supported'
    )
