"""The gazetteer of the content folder: streets, places and postcodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import WARD, read_all, read_fine, write_site
from wardblog.problems import Severity

ROWS = """\
kind,name,lat,lon
street,Eland Road,51.4665,-0.1602
street,Church Road,51.4700,-0.1700
street,Church Road,51.4600,-0.1500
place,Lavender Hill Library,51.4651,-0.1601
postcode,sw115jy,51.4660,-0.1610
"""


def files(rows: str) -> dict[str, str]:
    settings = '[map]\ngazetteer = "data/names.csv"\ngazetteer_attribution = "Names: OS."\n'
    return {"ward.toml": WARD + settings, "data/names.csv": rows}


@pytest.mark.parametrize("rows", [ROWS, "\ufeff" + ROWS.replace("\n", "\r\n"), ROWS + ",,,\n\n"])
def test_entries_of_each_kind(rows: str, tmp_path: Path) -> None:
    found = read_fine(tmp_path, files(rows)).gazetteer
    assert [(s.name, s.slug, s.latitude) for s in found.streets] == [
        ("Church Road", "church-road", 51.46),
        ("Church Road", "church-road-2", 51.47),
        ("Eland Road", "eland-road", 51.4665),
    ]
    assert [place.name for place in found.places] == ["Lavender Hill Library"]
    assert [postcode.name for postcode in found.postcodes] == ["SW11 5JY"]
    assert found.attribution == "Names: OS."


def test_columns_may_be_in_any_order_and_others_are_ignored(tmp_path: Path) -> None:
    rows = "lon,Note,NAME,Lat,Kind\n-0.16,mine,Eland Road,51.4665,Street\n"
    assert read_fine(tmp_path, files(rows)).gazetteer.streets[0].name == "Eland Road"


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("point", [".", ","])
def test_a_table_as_a_spreadsheet_program_of_another_country_saves_it(
    separator: str, point: str, tmp_path: Path
) -> None:
    rows = ROWS.replace(",", separator).replace(".", point)
    assert (
        read_fine(tmp_path, files(rows)).gazetteer
        == read_fine(tmp_path / "b", files(ROWS)).gazetteer
    )


def test_rows_that_cannot_be_read_are_left_out_with_a_warning(tmp_path: Path) -> None:
    odd = "road,Elm Road,51.4,-0.1\nstreet,Elm Road,x,-0.1\npostcode,SW11,51.4,-0.1\n"
    site, problems = read_all(write_site(tmp_path, files(ROWS + odd)))
    assert [(p.file, p.line, p.severity, p.message, p.hint) for p in problems] == [
        (
            "data/names.csv",
            7,
            Severity.WARN,
            "3 rows cannot be read, so they were left out",
            'The problem with the first one: there is no kind called "road".',
        )
    ]
    assert len(site.gazetteer.streets) == 3


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("kind,name,lat\n", 'the gazetteer has no column called "lon"'),
        ("kind,name,lat,lon\n", "the gazetteer is empty"),
        ("", "the gazetteer is empty"),
        ("<!DOCTYPE html>\n<html>\n", "this is a web page and not a gazetteer"),
        ("kind,name,lat,lon\nstreet,,51.4,-0.1\n", "this street has no name"),
        ("kind,name,lat,lon\nstreet,Elm,1.4,-0.1\n", "1.4, -0.1 is outside the United Kingdom"),
    ],
)
def test_a_table_that_cannot_be_read_stops_the_build(
    rows: str, message: str, tmp_path: Path
) -> None:
    _, problems = read_all(write_site(tmp_path, files(rows)))
    assert [(p.file, p.severity, p.message) for p in problems] == [
        ("data/names.csv", Severity.STOP, message)
    ]


def test_each_street_has_an_address_of_its_own(tmp_path: Path) -> None:
    names = ("Mill Lane", "Mill Lane", "Mill Lane 2", "Mill Lane 3", "Con", "☂", "..", "../../x")
    rows = "".join(f"street,{name},51.4{n},-0.1\n" for n, name in enumerate(names))
    streets = read_fine(tmp_path, files(f"kind,name,lat,lon\n{rows}")).gazetteer.streets
    assert {(street.name, street.latitude): street.slug for street in streets} == {
        ("Mill Lane", 51.40): "mill-lane",
        ("Mill Lane", 51.41): "mill-lane-4",
        ("Mill Lane 2", 51.42): "mill-lane-2",
        ("Mill Lane 3", 51.43): "mill-lane-3",
        ("Con", 51.44): "con-2",
        ("☂", 51.45): "street-2",
        ("..", 51.46): "street",
        ("../../x", 51.47): "x",
    }


def test_names_are_without_marks_that_nobody_sees(tmp_path: Path) -> None:
    rows = ROWS + "street,\u202eElm\u202c Ro\u00adad\u200b,51.4,-0.1\n"
    assert "Elm Road" in [s.name for s in read_fine(tmp_path, files(rows)).gazetteer.streets]


def test_a_name_that_is_too_long_for_an_address_is_left_out(tmp_path: Path) -> None:
    rows = f"{ROWS}street,{'x' * 101},51.4,-0.1\nstreet,{'北' * 100},51.4,-0.1\n"
    site, problems = read_all(write_site(tmp_path, files(rows)))
    assert [p.message for p in problems] == ["1 row cannot be read, so it was left out"]
    assert all(len(street.slug) < 110 for street in site.gazetteer.streets)
