"""Positions as lists have them: in pairs of columns, in one cell, on any grid, or missing."""

from __future__ import annotations

import pytest

from support import read_places
from wardblog.content.tables.tables import ListOptions, PlaceTable
from wardblog.model import Point
from wardblog.places.grids import Grid
from wardblog.problems import Severity
from wardblog.report import Report

BELFAST = pytest.approx((54.580442, -5.936034), abs=2e-6)
ELAND = pytest.approx((51.4665, -0.16), abs=7e-4)


def read(text: str, **options: object) -> tuple[PlaceTable | None, Report]:
    report = Report("data/list.csv")
    found = read_places(
        text,
        text.startswith("{"),
        "",
        report,
        ListOptions(**options),  # type: ignore[arg-type]
    )
    return found, report


def only_point(text: str, **options: object) -> tuple[float, float]:
    found, report = read(text, **options)
    assert found is not None, report.problems
    assert len(found.places) == 1
    return found.places[0].point.latitude, found.places[0].point.longitude


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("geo_point_2d", '"51.4665, -0.1600"'),
        ("Geo Point", "51.4665;-0.16"),
        ("point", "POINT (-0.1600 51.4665)"),
        ("WKT", "POINT Z (-0.16 51.4665 3)"),
        ("the_geom", "SRID=4326;POINT(-0.16 51.4665)"),
        ("geom", "SRID=27700;POINT(527910 175780)"),
        ("Shape", '"MULTIPOINT ((-0.16 51.4665))"'),
        ("geometry", '"POLYGON((-0.161 51.466,-0.159 51.466,-0.16 51.468,-0.161 51.466))"'),
        ("wkb", "01010000007B14AE47E17AC4BFC1CAA145B6BB4940"),
        ("Location", '"(51.4665, -0.1600)"'),
        ("Location", '"1 Elm Road\nLondon, SW11\n(51.4665, -0.16)"'),
        ("location", '"{""type"": ""Point"", ""coordinates"": [-0.16, 51.4665]}"'),
        ("Location", "\"{'latitude': '51.4665', 'longitude': '-0.16'}\""),
        (
            "Location",
            '"{\'latitude\': \'51.4665\', \'longitude\': \'-0.16\', \'a\': \'{""a"": ""Elm""}\'}"',
        ),
        ("Lat/Long", "51.4665/-0.16"),
        ("LonLat", '"-0.16, 51.4665"'),
        ("Coordinates", "51.4665 -0.16"),
        ("Where it is", '"[51.4665, -0.16]"'),
        ("Grid Ref", "TQ 2791 7578"),
        ("OS Grid Reference", '"527910, 175780"'),
        ("GPS", '"51°27\'59.4""N 0°09\'36""W"'),
    ],
)  # fmt: skip
def test_a_position_may_be_in_one_cell(column: str, cell: str) -> None:
    assert only_point(f"Name,{column}\nElm Road,{cell}\n") == ELAND


def test_a_cell_that_is_a_position_is_no_name() -> None:
    found, _ = read('Location,Street\n"(51.4665, -0.1600)",Elm Road\n')
    assert found is not None
    assert [place.name for place in found.places] == ["Elm Road"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grid Ref X", "Grid Ref Y"), ("GEOMETRY_X", "GEOMETRY_Y"), ("X_COORD", "Y_COORD"),
        ("GridRefX", "GridRefY"), ("osgb_x", "osgb_y"), ("Site Easting", "Site Northing"),
        ("FEATURE_EASTING", "FEATURE_NORTHING"), ("Eastings (BNG)", "Northings (BNG)"),
        ("point_x", "point_y"), ("EASTING_M", "NORTHING_M"), ("MAPX", "MAPY"), ("E", "N"),
    ],
)  # fmt: skip
def test_a_pair_of_columns_is_known_by_its_last_or_first_word(one: str, other: str) -> None:
    assert only_point(f"Name,{one},{other}\nElm Road,527910,175780\n") == ELAND


def test_degrees_have_such_names_too() -> None:
    for header in ("stop_lon,stop_lat", "X_Long,Y_Lat", "Longitude (WGS84),Latitude (WGS84)"):
        assert only_point(f"Name,{header}\nElm Road,-0.16,51.4665\n") == ELAND


@pytest.mark.parametrize(
    "cells", ["51.4665°N,0.16°W", "51.4665 N,0.16 W", '"51°27\'59.4""N","0°09\'36""W"']
)
def test_degrees_of_a_pair_may_say_which_way_they_go(cells: str) -> None:
    assert only_point(f"Name,Latitude,Longitude\nElm Road,{cells}\n") == ELAND


def test_a_position_that_cannot_be_read_is_one_mistake() -> None:
    _, report = read("Name,Latitude,Longitude\nElm Road,51.4665,0.16x\n")
    assert [p.line for p in report.problems] == [2]


@pytest.mark.parametrize(
    "words",
    ["NULL", "null", "#N/A", "N/A", "n/a", "-", "--", "–", "none", "NaN", "0", "0.0", "", "Unknown",
     "TBC", "(null)", "#VALUE!", "-9999", "not known"],
)  # fmt: skip
@pytest.mark.parametrize("columns", ["Latitude,Longitude", "Easting,Northing"])
def test_a_row_with_words_for_no_position_is_left_out(words: str, columns: str) -> None:
    place = "51.4665,-0.16" if "Lat" in columns else "527910,175780"
    found, report = read(f"Name,{columns}\nElm Road,{place}\nOak Lane,{words},{words}\n")
    assert found is not None
    assert [place.name for place in found.places] == ["Elm Road"]
    assert found.without_position == 1
    assert [(p.line, p.severity, p.message) for p in report.problems] == [
        (3, Severity.WARN, "this row has no position, so it was left out")
    ]


@pytest.mark.parametrize("cell", ["NULL", "POINT EMPTY", '"(0, 0)"', "POINT (0 0)", "[]", "{}", ""])
def test_one_cell_may_say_so_as_well(cell: str) -> None:
    found, report = read(f"Name,point\nElm Road,POINT (-0.16 51.4665)\nOak Lane,{cell}\n")
    assert found is not None
    assert (len(found.places), found.without_position) == (1, 1)
    assert [p.severity for p in report.problems] == [Severity.WARN]


def test_many_rows_without_a_position_are_one_warning() -> None:
    rows = "".join(f"Oak {n},NULL,NULL\n" for n in range(1200))
    found, report = read(f"Name,Lat,Lon\nElm Road,51.4665,-0.16\nHalf,51.4,\n{rows}")
    assert found is not None
    assert found.without_position == 1201
    assert [(p.line, p.message) for p in report.problems] == [
        (3, "1,201 rows have no position, so they were left out; this is the first")
    ]


@pytest.mark.parametrize(
    "geometry",
    ['null', '{"type": "Point", "coordinates": [0, 0]}', '{"type": "Point", "coordinates": []}',
     '{"type": "Point", "coordinates": [null, null]}'],
)  # fmt: skip
def test_geojson_without_a_position_is_left_out_too(geometry: str) -> None:
    point = '{"type": "Point", "coordinates": [-0.16, 51.4665]}'
    features = ", ".join(
        f'{{"type": "Feature", "properties": {{"name": "Elm"}}, "geometry": {g}}}'
        for g in (point, geometry)
    )
    found, report = read(f'{{"type": "FeatureCollection", "features": [{features}]}}')
    assert found is not None
    assert (len(found.places), found.without_position) == (1, 1)
    assert [p.severity for p in report.problems] == [Severity.WARN]


POINT = '"properties": {"name": "X"}, "geometry": {"type": "Point", "coordinates": [333500, 372200]'
IRISH = "Name,Easting,Northing\nStranmillis Road,333500,372200\n"


def test_metres_are_irish_where_the_ward_is() -> None:
    assert only_point(IRISH, in_ireland=lambda: True) == BELFAST


def test_metres_are_british_elsewhere_without_a_word() -> None:
    found, report = read(IRISH, in_ireland=lambda: False)
    assert found is not None
    assert found.places[0].point == Point(53.242655, -2.997943)
    assert report.problems == []


def test_a_guess_between_two_grids_is_reported() -> None:
    _, report = read(IRISH)
    assert [(p.severity, p.message) for p in report.problems] == [
        (
            Severity.WARN,
            (
                "the positions of this list fit both the British National Grid and the Irish Grid; "
                "they are read as British"
            ),
        )
    ]


@pytest.mark.parametrize("grid", [Grid.BRITISH, Grid.IRISH])
def test_the_settings_may_say_which_grid_it_is(grid: Grid) -> None:
    _, report = read(IRISH, grid=grid)
    assert report.problems == []
    assert (only_point(IRISH, grid=grid) == BELFAST) is (grid is Grid.IRISH)


@pytest.mark.parametrize(
    "text",
    [
        "Name,Easting (Irish Grid),Northing (Irish Grid)\nX,333500,372200\n",
        "Name,Irish Grid X,Irish Grid Y\nX,333500,372200\n",
        "Name,Grid Ref\nX,J 33500 72200\n",
        'Name,geom\nX,"SRID=29903;POINT(333500 372200)"\n',
        f'{{"type": "Feature", "crs": {{"properties": {{"name": "EPSG:29902"}}}}, {POINT}}}}}',
        f'{{"type": "Feature", {POINT}, "crs": {{"properties": {{"name": "TM75"}}}}}}}}',
    ],
)
def test_a_grid_that_is_named_is_used(text: str) -> None:
    assert only_point(text) == BELFAST


@pytest.mark.parametrize(
    "text",
    ["Name,X,Y\nX,733500,872188.6\n", "Name,ITM_E,ITM_N,X,Y\nX,,,733500,872188.6\n",
     "Name,X,Y\nX,-660792.8,7280882.7\n"],
)  # fmt: skip
def test_numbers_that_fit_one_grid_only_need_no_name(text: str) -> None:
    assert only_point(text) == pytest.approx((54.580442, -5.936), abs=2e-3)


def test_a_coordinate_system_that_is_not_known_is_refused_by_name() -> None:
    found, report = read(
        '{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:32630"}}, '
        '"features": []}'
    )
    assert found is None
    assert report.problems[0].message == (
        'the coordinate system "EPSG:32630" of this file is not supported'
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"type": "Topology", "objects": {}}',
            "this TopoJSON is damaged: its lines or objects cannot be read",
        ),
        (
            '{"geometryType": "esriGeometryPoint", "features": []}',
            "this file is empty",
        ),
        ('{"features": [{"attributes": {"a": 1}}]}', "no column says where the places are"),
        ('{"error": {"code": 400}}', "this is the error message of a map service, not GeoJSON"),
    ],
)
def test_other_forms_that_cannot_be_used_are_refused(text: str, message: str) -> None:
    _, report = read(text)
    assert [problem.message for problem in report.problems] == [message]


@pytest.mark.parametrize("text", ["<!DOCTYPE html><title>Busy</title>", '\n<?xml version="1.0"?>'])
def test_a_web_page_is_not_map_data(text: str) -> None:
    report = Report("data/list.geojson")
    assert read_places(text, True, "", report) is None
    assert report.problems[0].message == (
        "this is a web page, or map data in XML such as KML or GML, and not GeoJSON"
    )
