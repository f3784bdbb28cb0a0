"""Sheets as people save them: titles, totals, repeated headers, and cells too many."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from growth import assert_grows_with_input
from support import read_places
from wardblog.content.tables.sheets import read_csv
from wardblog.content.tables.tables import PlaceTable
from wardblog.problems import Severity
from wardblog.report import ParseError, Report
from wardblog.text.decoding import decode_table


def read(text: str) -> tuple[PlaceTable | None, list[tuple[Severity, int | None, str]]]:
    report = Report("data/list.csv")
    found = read_places(text, False, "", report)
    return found, [(p.severity, p.line, p.message) for p in report.problems]


@pytest.mark.parametrize(
    "text",
    [
        "Bins of the borough\n\nSource: the council,,\nas of May 2026\n\nName,Lat,Lon\n{}",
        "Grit bins,,,\n,,,\nName,Lat,Lon,\n{}",
        "sep=,\nName,Lat,Lon\n{}",
        '"sep=,"\nName,Lat,Lon\n{}',
        "\ufeffName,Lat,Lon\n{}",
        "Name,Lat,Lon\n{}Name,Lat,Lon\n",
        "NAME,LAT,LON\n{}Name,Lat,Lon\n\n",
        ",Name,Lat,Lon,,\n,{}",
        ",Position,\nName,Lat,Lon\n{}",
        "Place,Location,\nName,Lat,Lon\n{}",
        "Name,Lat,Lon\n{}\n,,\n , , \n",
    ],
)
def test_what_stands_around_the_rows_is_passed_over(text: str) -> None:
    found, problems = read(text.format("Elm Road,51.4665,-0.16\n"))
    assert problems == []
    assert found is not None
    assert [place.name for place in found.places] == ["Elm Road"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_goes_with_any_encoding(encoding: str, separator: str) -> None:
    text = "Name,Lat,Lon\r\nFfordd y Môr,51.4665,-0.16\r\n".replace(",", separator)
    found, problems = read(decode_table(text.encode(encoding)))
    assert problems == []
    assert found is not None
    assert found.places[0].name == "Ffordd y Môr"


def test_a_decimal_comma_goes_with_semicolons() -> None:
    found, _ = read("Name;Lat;Lon\nElm Road;51,4665;-0,16\n")
    assert found is not None
    assert found.places[0].point.latitude == 51.4665


@pytest.mark.parametrize(
    "row",
    ["Total,,,2", "TOTAL:,102.9,-0.3,2", "Grand Total,51.4665,-0.16,2", "Sub-total,,,2",
     "Total number of bins: 2,,,", ",,Total,2", "Sum,102.93,-0.32,2", "Average,51.46,-0.16,1",
     "Grand total: 2,,,", "Count: 2,,,", "(2 rows affected),,,", "2 records,,,",
     "Ward totals,,,2", "Overall total,NULL,NULL,2", "Total bins in the borough: 2,,,", ",,,2",
     ",102.9332,-0.32,2", ',,,"2.00"'],
)  # fmt: skip
def test_a_total_is_no_place_and_no_row_without_position(row: str) -> None:
    found, problems = read(
        f"Name,Lat,Lon,Bins\nElm Road,51.4665,-0.16,1\nOak Lane,51.4667,-0.16,1\n{row}\n"
    )
    assert found is not None
    assert [place.name for place in found.places] == ["Elm Road", "Oak Lane"]
    assert found.without_position == 0
    assert problems == [(Severity.NOTE, 4, "this row is a total, not a place, so it was left out")]


@pytest.mark.parametrize("name", ["Total", "Total Garage", "Count Street", "Average Road"])
def test_a_place_may_be_called_so(name: str) -> None:
    found, problems = read(f"Name,Lat,Lon\n{name},51.4665,-0.16\nOak Lane,51.4667,-0.16\n")
    assert found is not None
    assert found.places[0].name == name
    assert problems == []


@pytest.mark.parametrize("row", [",,,3", "Elm Road,51.4665,-0.16,1", ",51.4668,-0.16,2"])
def test_a_row_is_a_sum_only_if_all_its_numbers_are(row: str) -> None:
    rows = f"Elm Road,51.4665,-0.16,1\nOak Lane,51.4667,-0.16,1\n{row}\n"
    _, problems = read(f"Name,Lat,Lon,Bins\n{rows}")
    assert not any("total" in message for _, _, message in problems)


def test_cells_beyond_the_header_are_left_out_with_a_word() -> None:
    found, problems = read("Name,Lat,Lon\nElm Road,51.4665,-0.16,Mrs Smithson\n")
    assert found is not None
    assert [place.name for place in found.places] == ["Elm Road"]
    assert problems == [
        (
            Severity.WARN,
            2,
            "this row has more cells than the header has columns; the extra cells were left out",
        )
    ]


def test_a_comma_in_a_name_is_one_mistake() -> None:
    _, problems = read("Name,Lat,Lon\nElm Road, by the shop,51.4665,-0.16\nOak,51.4665,-0.16\n")
    assert problems == [(Severity.STOP, 2, "this row has more cells than the header has columns")]


def test_of_two_columns_of_one_name_the_first_is_used() -> None:
    found, problems = read("Name,Lat,Lon,Name\nElm Road,51.4665,-0.16,Jane Doering\n")
    assert found is not None
    assert found.places[0].name == "Elm Road"
    assert problems == [(Severity.WARN, 1, 'two columns are called "Name"')]


@pytest.mark.parametrize("sign", ["name,", ",", "(", '"",', "a;"])
def test_a_header_without_bounds_is_looked_at_in_little_time(sign: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = sign * size + "\n1,2\n"

        def read() -> None:
            with suppress(ParseError):
                read_csv(text)

        return read

    assert_grows_with_input(prepare, 50_000)
