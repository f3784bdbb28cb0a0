"""private/diary.csv: read whatever a spreadsheet did to it, without what is about people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wardblog.office.diary import DiaryEntry, read_diary
from wardblog.report import Report

TEXT = """\
date,what,where,said,name
2026-11-20,Surgery,Library,Bins are full,Joan Canary
2026-11-21,,,Parents want a crossing,
"""


def read(tmp_path: Path, data: bytes) -> tuple[tuple[DiaryEntry, ...], Report]:
    path = tmp_path / "diary.csv"
    path.write_bytes(data)
    report = Report("diary.csv")
    return read_diary(path, report), report


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.replace(",", ";").replace("\n", "\r\n").encode(),
        f"sep=;\n{TEXT.replace(',', ';')}".encode("utf-16"),
        TEXT.replace("2026-11-20", "20/11/2026").replace("2026-11-21", "21 Nov 2026").encode(),
        TEXT.replace("2026-11-20", "46346").encode(),
        TEXT.replace("date,what,where,said", "Day,Event,Venue,What residents said").encode(),
        f"{TEXT},,,,\n,,,,\n".encode(),
        f"My diary,,,,\n{TEXT}".encode(),
    ],
    ids=["plain", "semicolons", "utf-16", "dates", "serial", "headings", "empty", "title"],
)
def test_it_is_read_whatever_a_spreadsheet_did(data: bytes, tmp_path: Path) -> None:
    entries, report = read(tmp_path, data)
    assert report.problems == []
    assert [(one.day, one.what, one.where, one.said) for one in entries] == [
        (date(2026, 11, 20), "Surgery", "Library", "Bins are full"),
        (date(2026, 11, 21), "", "", "Parents want a crossing"),
    ]
    assert "Bins" not in repr(entries)
    assert "Canary" not in repr(entries)


def test_a_name_from_a_column_about_people_is_noticed_wherever_it_is(tmp_path: Path) -> None:
    text = """\
date,what,said,who was there
2026-11-20,Surgery,Bins are full,Ngozi Canary
2026-11-21,Visit to Ms Canary,,
2026-11-22,Call,NGOZI asked about bins,the committee
2026-11-23,The committee met,,
2026-11-24,Call,Ng wants a bin,Dr Ng
2026-11-25,Call,No lamp works,No one else
"""
    entries, _ = read(tmp_path, text.encode())
    assert [one.names_somebody for one in entries] == [False, True, True, False, True, False]


def test_the_rows_are_put_in_the_order_of_their_days(tmp_path: Path) -> None:
    entries, _ = read(tmp_path, b"what,date\nB,2026-11-21\nA,2026-11-20\n")
    assert [one.what for one in entries] == ["A", "B"]


def test_a_row_without_a_day_is_named_by_its_line_only(tmp_path: Path) -> None:
    text = "date,what\nJoan Canary,Visit\n,Meeting\n2026-11-20,Surgery\n"
    entries, report = read(tmp_path, text.encode())
    assert [one.what for one in entries] == ["Surgery"]
    assert [(p.line, p.message) for p in report.problems] == [
        (2, '"date": this is not a date, so this row was left out'),
        (3, "this row has no date, so it was left out"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"when it was,what\n1,2\n", 'there is no column called "date"'),
        (b"date,said\n2026-11-20,x\n", 'there is no column called "what"'),
        (b"PK\x03\x04 a workbook", "spreadsheet file"),
        (b'date,what\n2026-11-20,"never closed\n', "never closed"),
    ],
)
def test_another_file_stops_with_a_sentence(data: bytes, said: str, tmp_path: Path) -> None:
    entries, report = read(tmp_path, data)
    assert entries == ()
    assert said in report.problems[0].message


def test_there_need_not_be_a_diary(tmp_path: Path) -> None:
    report = Report("diary.csv")
    assert read_diary(tmp_path / "diary.csv", report) == ()
    assert report.problems == []
