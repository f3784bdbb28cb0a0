"""The casework file as spreadsheets leave it: nothing is lost, and nobody is named."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from office.casework import CANARIES, HEADER, PEOPLE
from support import examples
from wardblog.office.casework.case import Case, CaseStatus, field_of, plain_id, status_of
from wardblog.office.casework.read import cases_in, read_cases
from wardblog.office.casework.sheet import sheet_of
from wardblog.problems import Problem, Severity
from wardblog.report import ParseError, Report
from wardblog.text.day_cells import parse_day_cell

TWO = f"""{HEADER}
1,2026-11-03,Grit bins,Eland Road,open,chase,2026-11-24,ABC/1,,first note
2,2026-10-05,Planning,,closed,,2026-10-19,,2026-10-12,
"""


def read(data: str | bytes) -> tuple[tuple[Case, ...], list[Problem]]:
    report = Report("casework.csv")
    return cases_in(data.encode() if isinstance(data, str) else data, report), report.problems


def fine(data: str | bytes) -> tuple[Case, ...]:
    cases, problems = read(data)
    assert problems == []
    return cases


def without_lines(cases: tuple[Case, ...]) -> list[tuple[object, ...]]:
    return [(c.id, c.opened, c.issue, c.street, c.status, c.next, c.due, c.reference, c.closed,
             c.note) for c in cases]  # fmt: skip


def test_each_column_is_read() -> None:
    first, second = fine(TWO)
    assert (first.id, first.opened, first.issue) == ("1", date(2026, 11, 3), "Grit bins")
    assert (first.street, first.status, first.next) == ("Eland Road", CaseStatus.OPEN, "chase")
    assert (first.due, first.reference, first.note) == (date(2026, 11, 24), "ABC/1", "first note")
    assert (first.line, second.line) == (2, 3)
    assert (second.is_closed, second.closed) == (True, date(2026, 10, 12))


def reformed(delimiter: str, dates: str = "%Y-%m-%d", end: str = "\r\n") -> str:
    """The same two cases as another program would save them."""
    rows = list(csv.reader(StringIO(TWO)))
    for row in rows[1:]:
        for at in (1, 6, 8):
            if row[at]:
                row[at] = date.fromisoformat(row[at]).strftime(dates)
    file = StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    return file.getvalue()


MOVED = """Status ,Due date,Ref,Case no.,NOTES,Date opened,Next step,Issue,Street,Closed on
Open,24/11/2026,ABC/1,1,first note,03/11/2026,chase,Grit bins,Eland Road,
Closed,19/10/2026,,2,,05/10/2026,,Planning,,12/10/2026
"""
AS_SAVED: dict[str, str | bytes] = {
    "with a byte order mark": b"\xef\xbb\xbf" + TWO.encode(),
    "semicolons and British dates": reformed(";", "%d/%m/%Y"),
    "tabs and two-digit years": reformed("\t", "%d/%m/%y"),
    "UTF-16 from Excel": reformed("\t", "%d/%m/%Y").encode("utf-16"),
    "UTF-16 without a mark": reformed(",").encode("utf-16-le"),
    "old Macintosh line ends": reformed(",", end="\r"),
    "dots and short months": reformed(";", "%d.%m.%Y", "\n"),
    "spoken months": reformed(",", "%d %b %Y"),
    "a separator line": "sep=;\r\n" + reformed(";", "%d-%b-%y"),
    "moved and renamed columns": MOVED,
    "a title above": "My casework,,,,,,,,,\n,,,,,,,,,\n" + TWO,
    "a total below": TWO + "Total,2,,,,,,,,\n",
    "a counted total below": TWO + ",,,,,,,,,\nTotal cases: 2,,,,,,,,,\n",
    "empty rows": TWO.replace("\n2,", "\n,,,,,,,,,\n\n2,"),
    "trailing separators": TWO.replace("\n", ",,,\n"),
    "short rows": TWO.replace(",2026-10-12,\n", ",2026-10-12\n"),
    "numbers for days to come": TWO + "3,,,,,,,,,\n4,,,,,,,,,\n",
    "the headings again": TWO + HEADER + "\n",
    "numbers with zeros": TWO.replace("\n1,", "\n001,").replace("\n2,", "\n2.0,"),
    "people between the columns": TWO.replace("street,", "street,Name,").replace(
        "Eland Road,", "Eland Road,Jane Doe,").replace("Planning,,", "Planning,,John Doe,"),
}  # fmt: skip


@pytest.mark.parametrize("data", AS_SAVED.values(), ids=AS_SAVED)
def test_what_spreadsheets_do_changes_nothing(data: str | bytes) -> None:
    assert without_lines(fine(data)) == without_lines(fine(TWO))


def test_days_counted_by_a_spreadsheet() -> None:
    assert fine(TWO.replace("2026-11-03", "46329"))[0].opened == date(2026, 11, 3)


def test_quoted_line_breaks_keep_the_line_numbers() -> None:
    cases = fine(TWO.replace("first note", '"first\nsecond, ""third"""'))
    assert cases[0].note == 'first second, "third"'
    assert cases[1].line == 4


def test_windows_1252_is_read() -> None:
    text = TWO.replace("first note", "café – £5").encode("cp1252")
    assert fine(text)[0].note == "café – £5"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-03", date(2026, 11, 3)),
        ("2026-11-03T09:30:00", date(2026, 11, 3)),
        ("2026-11-03 00:00:00", date(2026, 11, 3)),
        ("03/11/2026", date(2026, 11, 3)),
        ("3/11/26", date(2026, 11, 3)),
        ("03/11/2026 14:05", date(2026, 11, 3)),
        ("3.11.2026", date(2026, 11, 3)),
        ("3-11-2026", date(2026, 11, 3)),
        ("3 Nov 2026", date(2026, 11, 3)),
        ("3-Nov-26", date(2026, 11, 3)),
        ("Tue 3rd November 2026", date(2026, 11, 3)),
        ("Tuesday, 3 November 2026", date(2026, 11, 3)),
        ("November 3, 2026", date(2026, 11, 3)),
        ("1st Sept 2026", date(2026, 9, 1)),
        ("29/02/2028", date(2028, 2, 29)),
        ("46329", date(2026, 11, 3)),
        ("46329.5", date(2026, 11, 3)),
        ("  ", None),
        ("n/a", None),
        ("TBC", None),
        ("-", None),
    ],
)
def test_dates_as_people_write_them(written: str, day: date | None) -> None:
    assert parse_day_cell(written) == day


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("tomorrow", "this is not a date"),
        ("3 Nov", "this date has no year"),
        ("03/11", "this date has no year"),
        ("11/25/2026", "there is no month 25"),
        ("31/11/2026", "there is no such day"),
        ("29/02/2026", "there is no such day"),
        ("########", "the spreadsheet saved # signs instead of a date"),
        ("03/11/1926", "the year 1926 cannot be right"),
    ],
)
def test_what_is_no_date_is_explained(written: str, message: str) -> None:
    with pytest.raises(ParseError) as found:
        parse_day_cell(written)
    assert found.value.message == message
    assert found.value.hint


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Open", CaseStatus.OPEN),
        ("in-progress", CaseStatus.OPEN),
        ("NEW", CaseStatus.OPEN),
        ("Waiting for the council", CaseStatus.WAITING),
        ("on hold", CaseStatus.WAITING),
        ("Pending", CaseStatus.WAITING),
        ("With Highways", CaseStatus.WAITING),
        ("Sorted!", CaseStatus.CLOSED),
        ("Yes", None),
        ("Done.", CaseStatus.CLOSED),
        ("NFA", CaseStatus.CLOSED),
        ("closed - no reply", CaseStatus.CLOSED),
        ("banana", None),
    ],
)
def test_statuses_in_usual_words(written: str, status: CaseStatus | None) -> None:
    assert status_of(written) is status


def test_without_a_status_the_closing_date_decides() -> None:
    cases = fine(TWO.replace(",open,", ",,").replace(",,closed,,", ",,,,"))
    assert [case.is_closed for case in cases] == [False, True]


def test_headings_and_numbers() -> None:
    assert field_of(" Due Date: ") == "due"
    for heading in ("Reported by", "Reported", "Address", "Number", "No.", "Name", "Contact", ""):
        assert field_of(heading) == ""
    assert [plain_id(one) for one in ("#017", "17.0", "C-17", " 17 ")] == ["17", "17", "C-17", "17"]


MISTAKES = {
    "due": (TWO.replace("2026-11-24", "soon"), 2, '"due": this is not a date'),
    "closed": (TWO.replace(",2026-10-12,", ",12/13/2026,"), 3, '"closed": there is no month 13'),
    "status": (TWO.replace(",open,", ",opeen,"), 2, "this status is not known"),
    "open with a closing date": (
        TWO.replace(",,closed,,", ",,open,,"), 3,
        "this case has a closing date, but its status is open",
    ),
    "closed too early": (
        TWO.replace(",2026-10-12,", ",2026-10-01,"), 3, "this case was closed before it was opened"
    ),
    "no id": (TWO.replace("\n2,", "\n,"), 3, "this case has no id"),
    "id twice": (TWO.replace("\n2,", "\n01,"), 3, 'there is another case "1" on line 2'),
    "no column": (TWO.replace(",due,", ",deu,"), 1, 'there is no column called "due"'),
    "columns that mean the same": (
        TWO.replace(",due,", ",Deadline,").replace(",note\n", ",note,Reply by\n"), 1,
        'the columns "Deadline" and "Reply by" mean the same: "due"',
    ),
    "two days of opening": (
        TWO.replace("opened", "Date", 1).replace(",note\n", ",note,Date opened\n"), 1,
        'the columns "Date" and "Date opened" mean the same: "opened"',
    ),
    "no column of ids": (TWO.replace("id,", "nr,", 1), 1, 'there is no column called "id"'),
    "column twice": (TWO.replace(",note\n", ",note,due\n"), 1, 'two columns are called "due"'),
    "only a name": (
        TWO.replace(",note\n", ",note,Name\n") + "3,,,,,,,,,,Jane Doe\n", 4,
        "this row has no issue, status or date, so it is not counted as a case",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "line", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_sentence_and_loses_nothing(data: str, line: int, message: str) -> None:
    cases, problems = read(data)
    assert len(cases) == 2
    assert len(problems) == 1
    assert problems[0].line == line
    assert problems[0].message.startswith(message)
    assert problems[0].hint
    assert problems[0].severity is Severity.WARN
    assert "Jane" not in str(problems)


NO_TABLES: dict[str, tuple[str | bytes, int | None, str]] = {
    "no headings": ("1,2,3\n4,5,6\n", None, "no line of this file names the columns"),
    "an open quotation": (TWO + '3,"2026-11-05,x\n4,,\n', 4, "a quotation mark in this row is not"),
    "a stray quotation": (
        TWO + '3,2026-11-05,"x" y,,,,,,,\n', 4, "a quotation mark in this row is in the wrong place"
    ),
    "a workbook": (b"PK\x03\x04...", None, "this is a word processor or spreadsheet file"),
    "a huge cell": (TWO + "3," + "x" * 140_000 + "\n", 4, "a cell of this row has more than"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "line", "message"), NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table_stops(data: str | bytes, line: int | None, message: str) -> None:
    cases, problems = read(data)
    assert cases == ()
    assert [problem.line for problem in problems] == [line]
    assert problems[0].message.startswith(message)
    assert problems[0].severity is Severity.STOP


def test_no_file_is_no_mistake_but_a_workbook_in_its_place_is(tmp_path: Path) -> None:
    report = Report("casework.csv")
    assert read_cases(tmp_path / "casework.csv", report) == ()
    assert report.problems == []
    (tmp_path / "casework.xlsx").write_bytes(b"PK")
    assert read_cases(tmp_path / "casework.csv", report) == ()
    assert "there is casework.xlsx" in report.problems[0].message
    assert "CSV" in report.problems[0].hint


def test_what_no_case_has_does_no_harm() -> None:
    """A number of any length as an id, and signs that steer a terminal."""
    case = fine(TWO.replace("\n1,", f"\n{'9' * 5000},").replace("chase", "\x1b[2Jcha\x00se"))[0]
    assert case.id == "9" * 5000
    assert case.next == "[2Jchase"


def test_rows_without_anything_cost_nothing() -> None:
    """Some spreadsheet programs save all rows that they have."""
    data = (TWO + ",,,,,,,,,\n" * 20_000).encode()
    assert len(fine(data)) == 2
    assert len(sheet_of(data).rows) == 2
    assert sheet_of(data).without(()) == data


@pytest.mark.long
def test_thousands_of_rows_are_read() -> None:
    rows = "".join(f"{n},03/11/2026,Grit bins,,open,,24/11/2026,,,\n" for n in range(5000))
    assert len(fine(f"{HEADER}\n{rows}")) == 5000


def test_a_case_shows_no_note_and_no_person() -> None:
    names = ",".join(PEOPLE)
    values = ",".join(PEOPLE.values())
    text = f"{HEADER},{names}\n1,2026-11-03,Grit bins,,open,x,,,,Canary note,{values}\n"
    shown = repr(fine(text))
    assert "Grit bins" in shown
    assert not [canary for canary in CANARIES if canary in shown]


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["open", "closed", "", "Total", "2026-11-03", "31/31/2026", '"', 'a "b" c', "x\ny", "\x00",
         "é–£", "id", "due", "46329", "=1+1"]
    ),
)  # fmt: skip
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=14), max_size=8)
HEADINGS = st.permutations([*HEADER.split(","), "Name", "Phone", ""])
CODECS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])


def saved(
    headings: list[str], rows: list[list[str]], delimiter: str, end: str, codec: str
) -> bytes:
    file = StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows([headings, *rows])
    return file.getvalue().encode(codec, errors="replace")


@settings(max_examples=examples(400, 60))
@given(HEADINGS, TABLES, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), CODECS)
def test_any_table_is_read_and_keeps_its_bytes(
    headings: list[str], rows: list[list[str]], delimiter: str, end: str, codec: str
) -> None:
    data = saved(headings, rows, delimiter, end, codec)
    report = Report("casework.csv")
    cases = cases_in(data, report)
    assert all(0 < case.line <= data.count(b"\n") + data.count(b"\r") + 1 for case in cases)
    if cases:
        sheet = sheet_of(data)
        assert sheet.without(()) == data
        longer = sheet_of(sheet.with_row({"id": "777", "issue": "Grit, bins"}, sheet.rows[-1]))
        ours = [row for row in longer.rows if longer.cell(row, "issue") == "Grit, bins"]
        assert [longer.cell(row, "id") for row in ours] == ["777"]
        assert longer.without(ours) == data


@settings(max_examples=examples(400, 60))
@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"id,opened,issue\n\x81\x8d,,\n")
@example(b'id,opened,issue\n"')
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    cases, problems = read(data)
    assert cases == () or sheet_of(data).without(()) == data
    assert all(problem.message and problem.hint for problem in problems)


@settings(max_examples=examples(200, 30))
@given(
    st.text(min_size=4, max_size=20).filter(
        lambda word: word.strip() == word and not field_of(word)
    )
)
def test_a_cell_of_an_unknown_column_is_nowhere(secret: str) -> None:
    marked = f"Xq{secret}Zq"
    file = StringIO()
    csv.writer(file).writerows(
        [[*HEADER.split(","), "Name", secret], ["1", *[""] * 9, marked, marked],
         ["2", "soon", "Grit bins", "", "opeen", *[""] * 5, marked, marked]]
    )  # fmt: skip
    cases, problems = read(file.getvalue().encode("utf-8", "replace"))
    assert len(cases) == 1
    assert len(problems) == 3
    for case in cases:
        assert marked not in str([getattr(case, name) for name in Case.__dataclass_fields__])
    assert marked not in str(problems)


def test_a_case_about_a_total_is_a_case() -> None:
    """Its date shows it, even if the issue is in the first column and the status is blank."""
    text = "issue,opened,due,status\nTotal of three bins missing,,2026-11-24,\nTotal,2,,\n"
    assert [case.due for case in read(text)[0]] == [date(2026, 11, 24)]
