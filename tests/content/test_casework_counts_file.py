"""`content/casework.csv`: read whatever a spreadsheet did to it, and never with a small number."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import MARKDOWN, TODAY, read_all, read_fine, write_site
from wardblog.content import read_site
from wardblog.content.casework_counts import parse_quarter, read_casework_counts
from wardblog.model.casework import CaseworkRow, HiddenCount, Quarter
from wardblog.report import ParseError, Report
from wardblog.text.decoding import decode_table

FEWER, WITHHELD = HiddenCount.FEWER_THAN_5, HiddenCount.NOT_SHOWN
TEXT = """\
quarter,issue,opened,closed
2026-Q2,Grit bins,7,0
2026-Q2,All cases,7,0
2026-Q3,Grit bins,fewer than 5,8
2026-Q3,Potholes,not shown,12
2026-Q3,Anything else,1204,9
2026-Q3,All cases,1220,29
"""
ROWS = (
    CaseworkRow("Grit bins", FEWER, 8),
    CaseworkRow("Potholes", WITHHELD, 12),
    CaseworkRow("Anything else", 1204, 9),
)


def test_the_counts_are_part_of_the_site_newest_first(tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"casework.csv": TEXT})
    assert [one.quarter for one in site.casework] == [Quarter(2026, 3), Quarter(2026, 2)]
    assert site.casework[0].rows == ROWS
    assert site.casework[0].total == CaseworkRow("All cases", 1220, 29)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace(",", ";").encode(),
        f"sep=;\n{TEXT.replace(',', ';')}".encode(),
        TEXT.replace("\n", "\r\n").encode("utf-16"),
        TEXT.replace("quarter", "Quarter ").replace("closed\n", "CLOSED\n").encode(),
        TEXT.replace("1204", '"1,204"').replace(",29", ",29.0").encode(),
        TEXT.replace("fewer than 5", "Fewer  than 5").replace("2026-Q3", "Q3 2026").encode(),
        "\n".join(f"{line},," for line in TEXT.splitlines()).encode(),
    ],
    ids=["mark", "semicolons", "sep", "utf-16", "headings", "numbers", "words", "empty columns"],
)
def test_what_a_spreadsheet_saves_is_the_same(data: bytes) -> None:
    report = Report("casework.csv")
    found = read_casework_counts(decode_table(data), ("Grit bins", "Potholes"), report)
    assert report.problems == []
    assert found[0].rows == ROWS
    assert len(found) == 2


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "4.0"])
@pytest.mark.parametrize("column", [2, 3])
def test_a_small_number_stops_the_build(number: str, column: int, tmp_path: Path) -> None:
    cells = ["2026-Q3", "Grit bins", "9", "9"]
    cells[column] = number
    text = f"quarter,issue,opened,closed\n{','.join(cells)}\n"
    _, problems = read_all(write_site(tmp_path, {"casework.csv": text}))
    assert [(p.file, p.line) for p in problems] == [("casework.csv", 2)]
    assert "which could be somebody's own case" in problems[0].message


@pytest.mark.parametrize(
    "name",
    ["Jane Doe", "jane doe", "Fatima", "Mrs Doe", "Eland Road", "14 Eland Road", "She is ill"],
)
def test_a_person_or_a_place_is_no_issue(name: str, tmp_path: Path) -> None:
    content = write_site(tmp_path, {"casework.csv": TEXT.replace("Potholes", name)})
    _, problems = read_all(content)
    assert [(p.file, p.line) for p in problems] == [("casework.csv", 5)]
    assert "this line names a person or a place" in problems[0].message
    assert name not in problems[0].message + problems[0].hint


def test_an_issue_may_be_named_after_a_place() -> None:
    report = Report("casework.csv")
    names = ("Grit bins", "Lavender Hill")
    assert read_casework_counts(TEXT.replace("Potholes", "Lavender Hill"), names, report)
    assert report.problems == []


@pytest.mark.parametrize("key", ["2026-Q4", "2027-Q4"])
def test_a_quarter_that_has_not_ended_stops(key: str, tmp_path: Path) -> None:
    _, problems = read_all(write_site(tmp_path, {"casework.csv": TEXT.replace("2026-Q3", key)}))
    assert [p.message for p in problems] == [
        f"{key} has not ended, so its cases cannot be counted yet"
    ]


def test_a_telephone_number_in_the_name_of_an_issue_is_found(tmp_path: Path) -> None:
    text = TEXT.replace("Grit bins", "Bins 07700 900123")
    _, problems = read_all(write_site(tmp_path, {"casework.csv": text}))
    assert {p.file for p in problems} == {"casework.csv"}
    assert "a telephone number" in problems[0].message


def test_an_issue_that_is_gone_stays_in_the_counts(tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"casework.csv": TEXT.replace("Potholes", "Street trees")})
    assert [row.issue for row in site.casework[0].rows][1] == "Street trees"


def test_a_change_of_the_file_is_seen_by_the_next_run(tmp_path: Path) -> None:
    content = write_site(tmp_path, {"casework.csv": TEXT})
    first = read_site(content, TODAY, MARKDOWN)
    (content / "casework.csv").write_text(TEXT.replace(",9\n", ",10\n").replace(",29", ",30"))
    second = read_site(content, TODAY, MARKDOWN, first.cache)
    assert second.site.casework[0].rows[2].closed == 10
    (content / "casework.csv").unlink()
    assert read_site(content, TODAY, MARKDOWN, second.cache).site.casework == ()


@pytest.mark.parametrize("written", ["2026-Q5", "2026", "Q3", "2026-09", "third quarter", ""])
def test_other_words_are_no_quarter(written: str) -> None:
    with pytest.raises(ParseError, match="is not a quarter"):
        parse_quarter(written)
