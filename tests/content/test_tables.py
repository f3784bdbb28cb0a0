"""Councils' lists: any column order, encoding, separator and notation."""

from __future__ import annotations

import pytest

from support import read_places
from wardblog.model import Place
from wardblog.report import Report
from wardblog.text.decoding import decode_table


def places(data: str | bytes, name_column: str = "") -> tuple[tuple[Place, ...], list[str]]:
    report = Report("data/bins.csv")
    text = decode_table(data if isinstance(data, bytes) else data.encode())
    found = read_places(text, text.lstrip().startswith("{"), name_column, report)
    return found.places if found else (), [p.message for p in report.problems]


CLOSE = pytest.approx((51.466184, -0.152966), abs=2e-6)


@pytest.mark.parametrize(
    "data",
    [
        "Name,Latitude,Longitude\nAshley Crescent,51.466184,-0.152966\n",
        "LONGITUDE;LAT;Street name\n-0.152966;51.466184;Ashley Crescent\n",
        "Easting\tNorthing\tLocation\n528396\t175752\tAshley Crescent\n",
        "X,Y,Description\n528396,175752,Ashley Crescent\n",
        "X,Y,Description\n-0.152966,51.466184,Ashley Crescent\n",
        'Grid Ref,Site\nTQ 28396 75752,"Ashley Crescent"\n',
        "Site,Easting,Northing\nAshley Crescent,528396,175752\n",
        '\n\n"Name","Easting","Northing"\r\n"Ashley Crescent","528,396","175,752"\r\n',
        "Name;Latitude;Longitude\nAshley Crescent;51,466184;-0,152966\n",
        "Latitude,Longitude,Easting,Northing,Notes\n,,528396,175752,Ashley Crescent\n",
        "Easting (m),Northing (m),Street\n528396,175752,Ashley Crescent\n",
        "Bins of the borough\n\nas of May,,\nName,Lat,Lon\nAshley Crescent,51.466184,-0.152966\n",
        "Easting,Northing,Name\n-0.152966,51.466184,Ashley Crescent\n",
        "Latitude,Longitude,Name\n175752,528396,Ashley Crescent\n",
    ],
)
def test_a_place_is_found_however_the_list_is_written(data: str) -> None:
    found, problems = places(data)
    assert problems == []
    assert [p.name for p in found] == ["Ashley Crescent"]
    assert (found[0].point.latitude, found[0].point.longitude) == pytest.approx(
        (51.466184, -0.152966), abs=1e-5
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_that_spreadsheets_save_is_read(encoding: str) -> None:
    data = "Name,Latitude,Longitude\nCafé “Ynys” – £5,51.466184,-0.152966\n".encode(encoding)
    found, problems = places(data)
    assert problems == []
    assert found[0].name == "Café “Ynys” – £5"


def test_latitude_and_longitude_win_where_both_notations_are_there() -> None:
    found, _ = places(
        "Easting,Northing,Name,Latitude,Longitude\n400000,300000,A,51.466184,-0.152966\n"
    )
    assert (found[0].point.latitude, found[0].point.longitude) == CLOSE


def test_the_name_column_may_be_given() -> None:
    found, _ = places("Name,Ward,Lat,Lon\nA,Balham,51.46,-0.15\n", name_column="ward")
    assert found[0].name == "Balham"


def test_a_column_of_people_never_names_a_place() -> None:
    found, _ = places("Editor Name,Officer,Asset ID,Lat,Lon\nJ. Smith,K. Jones,GB12,51.46,-0.15\n")
    assert [(p.name, p.identifier) for p in found] == [("GB12", "GB12")]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("Bin number", ["11", "12"]),
        ("Grit Bin ID", ["11", "12"]),
        ("TREE_REF", ["11", "12"]),
        ("House number", ["", ""]),
        ("Licence number", ["", ""]),
        ("Street number", ["", ""]),
        ("Bin size", ["", ""]),
    ],
)
def test_the_number_of_a_thing_is_its_reference(column: str, expected: list[str]) -> None:
    found, _ = places(f"{column},Name,Lat,Lon\n11,A,51.46,-0.15\n12,B,51.47,-0.15\n")
    assert [place.identifier for place in found] == expected


def test_numbers_that_several_rows_have_are_no_references() -> None:
    found, _ = places("Bin number,Name,Lat,Lon\n1,A,51.46,-0.15\n1,B,51.47,-0.15\n")
    assert [place.identifier for place in found] == ["", ""]


def test_a_quoted_cell_may_have_line_ends_and_rows_keep_their_lines() -> None:
    found, problems = places('Name,Lat,Lon\n"Eland\nRoad",51.46,-0.15\nWrong,5,5\n')
    assert [p.name for p in found] == ["Eland Road"]
    assert problems == ["5, 5 is outside the United Kingdom"]


def test_progress_is_read_from_a_column_of_that_name() -> None:
    found, _ = places("Name,Lat,Lon,Progress\nA,51.46,-0.15,Fixed\n")
    assert found[0].progress is not None
    assert found[0].progress.value == "fixed"


def test_geojson_points_keep_their_order_and_take_names_from_properties() -> None:
    found, problems = places(
        '{"type": "FeatureCollection", "features": ['
        '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [-0.15, 51.46]},'
        ' "properties": {"Map_ID": 8, "Description": "A", "LASTUPDATE": 1}},'
        '{"type": "Feature", "geometry": {"type": "MultiPoint", "coordinates": [[-0.16, 51.47]]},'
        ' "properties": {"Map_ID": 9, "Description": "B"}}]}'
    )
    assert problems == []
    assert [(p.identifier, p.name, p.point.latitude) for p in found] == [
        ("8", "A", 51.46),
        ("9", "B", 51.47),
    ]


def test_geojson_in_metres_is_converted() -> None:
    found, problems = places(
        '{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:27700"}}, '
        '"features": [{"type": "Feature", "properties": {"Name": "A"}, '
        '"geometry": {"type": "Point", "coordinates": [528396, 175752]}}]}'
    )
    assert problems == []
    assert (found[0].point.latitude, found[0].point.longitude) == pytest.approx(
        (51.466184, -0.152966), abs=1e-5
    )


def test_a_lone_surrogate_in_geojson_is_left_out() -> None:
    found, _ = places(
        '{"type": "Feature", "properties": {"Name": "A\\ud800\\u0000B"}, '
        '"geometry": {"type": "Point", "coordinates": [-0.15, 51.46]}}'
    )
    assert found[0].name == "AB"
