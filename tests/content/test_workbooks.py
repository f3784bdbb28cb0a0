"""Councils' lists in spreadsheets: what people see in them, and nothing that is hidden."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from spreadsheets import (
    DAY,
    INVISIBLE,
    MOMENT,
    PADDED,
    PERCENT,
    Cell,
    ods,
    ods_cell,
    ods_row,
    row,
    xlsx,
)
from support import DATASET, ISSUES, read_all, read_fine, run, write_site
from wardblog.content.tables.workbooks import read_workbook
from wardblog.problems import Problem, Severity
from wardblog.report import ParseError, Report

HEADER = ("Name", "Easting", "Northing")
ELM, OAK = ("Elm Road", 527960, 175700), ("Oak Lane", 527990.5, 175720)
SHEET = DATASET.replace("data/bins.csv", "data/bins.xlsx")
CHECKED = """\
content/data/bins.xlsx:1: note: the column "Officer" may hold people's names, and is not published
content/data/bins.xlsx:1: note: the names of the places come from the column "Name"
No problems, 1 warning.
"""
EMPTY_END = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
)
Told = list[tuple[Severity, int | None, str]]


def read(data: bytes) -> tuple[list[tuple[int, list[str]]], Told]:
    """The rows below the header, and what is reported."""
    report = Report("data/bins.xlsx")
    table = read_workbook(data, report)
    told = [(problem.severity, problem.line, problem.message) for problem in report.problems]
    return [(one.line, list(one.values.values())) for one in table.rows], told


def told_about(data: bytes, folder: Path, ending: str = "xlsx") -> list[Problem]:
    issues = ISSUES + SHEET.replace("xlsx", ending)
    _, problems = read_all(write_site(folder, {"issues.toml": issues, f"data/bins.{ending}": data}))
    return problems


def test_cells_are_read_as_people_see_them() -> None:
    styles = {0: PADDED, 4: PERCENT, 5: DAY, 6: MOMENT}
    names = ("Bin", "Name", "Easting", "Northing", "Full", "Filled", "Seen", "Here", "Depth")
    here = '<c r="H4" t="b"><v>1</v></c></row>'
    rows = [
        row(1, "Grit bins in the borough"),
        row(2, "as of May 2026"),
        row(3, *names),
        row(4, 12, *ELM, 0.125, 46093, 46093.5, styles=styles).replace("</row>", here),
        row(5, 13.0, *OAK, 1, None, None, None, 0.30000000000000004, styles=styles),
        row(7, 14, "<f>A1</f><v>7</v>", "#N/A", "#REF!"),
    ]
    found, told = read(
        xlsx({"Bins": rows}, after='<mergeCells><mergeCell ref="A1:I1"/></mergeCells>')
    )
    assert told == []
    assert found == [
        (4, ["GB0012", "Elm Road", "527960", "175700", "12.5%", "12/03/2026",
             "12/03/2026 12:00", "TRUE", ""]),
        (5, ["GB0013", "Oak Lane", "527990.5", "175720", "100.0%", "", "", "", "0.3"]),
        (7, ["14", "7", "", "", "", "", "", "", ""]),
    ]  # fmt: skip


def test_a_spreadsheet_in_ods_is_read_as_people_see_it() -> None:
    rows = [
        "<table:table-column/>",
        ods_row("Grit bins in the borough"),
        ods_row("Bin", *HEADER, "Full", "Filled"),
        ods_row(
            ods_cell(12, shown="0012"),
            *ELM,
            ods_cell(0.125, shown="12.5%", kind="percentage"),
            ods_cell("2026-03-12", shown="12/03/26", kind="date"),
        ),
        ods_row(13.0, *OAK),
        EMPTY_END,
    ]
    found, told = read(ods({"Bins": rows}))
    assert told == []
    assert found == [
        (3, ["0012", "Elm Road", "527960", "175700", "12.5%", "12/03/26"]),
        (4, ["13", "Oak Lane", "527990.5", "175720", "", ""]),
    ]


def test_the_first_sheet_with_positions_is_the_list() -> None:
    sheets = {
        "Notes": [row(1, "About"), row(2, "Word", "Meaning"), row(3, "Bin", "A box of grit")],
        "Bins": [row(1, *HEADER), row(2, *ELM)],
        "Old": [row(1, *HEADER), row(2, *OAK)],
    }
    found, told = read(xlsx(sheets))
    assert [cells[0] for _, cells in found] == ["Elm Road"]
    assert told == [(Severity.NOTE, None, 'the list is the sheet "Bins" of this spreadsheet')]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read(state: str) -> None:
    sheets = {"Staff": [row(1, *HEADER), row(2, *OAK)], "Bins": [row(1, *HEADER), row(2, *ELM)]}
    found, _ = read(xlsx(sheets, hidden={"Staff": state}))
    assert [cells[0] for _, cells in found] == ["Elm Road"]
    rows = {"Staff": [ods_row(*HEADER), ods_row(*OAK)], "Bins": [ods_row(*HEADER), ods_row(*ELM)]}
    found, _ = read(ods(rows, hidden=["Staff"]))
    assert [cells[0] for _, cells in found] == ["Elm Road"]


@pytest.mark.parametrize("about", ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"'])
def test_hidden_rows_are_left_out_with_a_warning(about: str) -> None:
    rows = [row(1, *HEADER), row(2, *ELM), row(3, *OAK, about=about), row(4, *OAK, about=about)]
    found, told = read(xlsx({"Bins": rows}))
    assert [line for line, _ in found] == [2]
    message = "2 rows are hidden, so they were left out; this is the first"
    assert told == [(Severity.WARN, 3, message)]


@pytest.mark.parametrize(
    "hidden",
    [
        ods_row(*OAK, about='table:visibility="collapse"'),
        ods_row(*OAK, about='table:visibility="filter"'),
        f'<table:table-row-group table:display="false">{ods_row(*OAK)}</table:table-row-group>',
    ],
)
def test_hidden_rows_of_ods_are_left_out_too(hidden: str) -> None:
    found, told = read(ods({"Bins": [ods_row(*HEADER), hidden, ods_row(*ELM)]}))
    assert found == [(3, ["Elm Road", "527960", "175700"])]
    assert told == [(Severity.WARN, 2, "this row is hidden, so it was left out")]


def test_hidden_columns_are_not_used() -> None:
    cells: list[tuple[Cell, ...]] = [("Officer note", *HEADER), ("by Jane Doering", *ELM)]
    note = [(Severity.NOTE, None, "one column is hidden, so it is not used")]
    rows = [row(n, *values) for n, values in enumerate(cells, 1)]
    for column in ('min="1" max="1" hidden="1"', 'min="1" max="1" width="0" customWidth="1"'):
        found, told = read(xlsx({"Bins": rows}, before=f"<cols><col {column}/></cols>"))
        assert (found, told) == ([(2, ["Elm Road", "527960", "175700"])], note)
    lines = ['<table:table-column table:visibility="collapse"/>', *(ods_row(*v) for v in cells)]
    assert read(ods({"Bins": lines})) == ([(2, ["Elm Road", "527960", "175700"])], note)


def test_a_value_that_its_format_hides_is_empty() -> None:
    rows = [row(1, *HEADER, "Key"), row(2, *ELM, 1234, styles={3: INVISIBLE}),
            row(3, *OAK, "at 12", styles={3: INVISIBLE})]  # fmt: skip
    assert [cells[3] for _, cells in read(xlsx({"Bins": rows}))[0]] == ["", ""]
    hidden = ods_cell(1234).replace("<text:p>1234</text:p>", "<text:p/>")
    lines = [ods_row(*HEADER, "Key"), ods_row(*ELM, hidden), ods_row(*OAK, 12)]
    assert [cells[3] for _, cells in read(ods({"Bins": lines}))[0]] == ["", "12"]


def test_a_note_on_a_cell_is_not_read() -> None:
    note = "<office:annotation><text:p>Ring Jane Doering</text:p></office:annotation>"
    end = "</table:table-cell>"
    rows = [ods_row(*HEADER), ods_row(*ELM).replace(end, note + end, 1)]
    assert read(ods({"Bins": rows}))[0] == [(2, ["Elm Road", "527960", "175700"])]


def test_a_cell_merged_over_rows_counts_for_each_of_them() -> None:
    rows = [row(1, "Street", "Position"), row(2, None, "Easting", "Northing"), row(3, *ELM),
            row(4, None, 527961, 175701)]  # fmt: skip
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="A3:A4"/></mergeCells>'
    found, _ = read(xlsx({"Bins": rows}, after=merged))
    assert [cells[0] for _, cells in found] == ["Elm Road", "Elm Road"]
    two = ods_cell("Elm Road", about='table:number-rows-spanned="2"')
    lines = [ods_row(*HEADER), ods_row(two, *ELM[1:]), ods_row("<table:covered-table-cell/>", 1, 2)]
    assert [cells[0] for _, cells in read(ods({"Bins": lines}))[0]] == ["Elm Road", "Elm Road"]


def test_formulas_without_a_result_are_reported() -> None:
    rows = [row(1, *HEADER), row(2, *ELM), row(3, "<f>A2</f>", "<f>B2</f><v></v>", 175700)]
    found, told = read(xlsx({"Bins": rows}))
    assert found[1] == (3, ["", "", "175700"])
    assert told == [(Severity.WARN, None, "2 formulas in this spreadsheet have no result")]


def test_letters_in_the_wrong_encoding_are_repaired_with_their_line() -> None:
    found, told = read(xlsx({"Bins": [row(1, *HEADER), row(2, "Ffordd y MÃ´r", *ELM[1:])]}))
    assert found[0][1][0] == "Ffordd y Môr"
    assert [(severity, line) for severity, line, _ in told] == [(Severity.WARN, 2)]


def test_a_site_publishes_a_csv_and_nothing_else_of_a_spreadsheet(tmp_path: Path) -> None:
    rows = [
        row(1, "Officer", *HEADER, "Notes"),
        row(2, "Jane Doering", *ELM, "Beware of the dog"),
        row(3, None, "Secret House", 527970, 175700, about='hidden="1"'),
    ]
    author = "<x><creator>Jo Author</creator></x>"
    files: dict[str, str | bytes] = {
        "issues.toml": f'{ISSUES}{SHEET}show = "all"\n',
        "data/bins.xlsx": xlsx({"Bins": rows}, more={"docProps/core.xml": author}),
    }
    write_site(tmp_path / "content", files)
    done = run("check", "--content", "content", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, CHECKED)
    run("html", "--content", "content", "--output", "output", cwd=tmp_path)
    outputs = {path for path in (tmp_path / "output").rglob("*") if path.is_file()}
    table = (tmp_path / "output/data/bins.csv").read_text(encoding="utf-8-sig")
    assert "Elm Road" in table
    assert not any(path.suffix == ".xlsx" for path in outputs)
    for path in outputs:
        words = path.read_bytes()
        for secret in (b"Doering", b"Secret House", b"Beware", b"Jo Author"):
            assert secret not in words, path


def test_a_spreadsheet_may_be_the_list_of_last_year(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "issues.toml": f'{ISSUES}{DATASET}previous = "data/old.ods"\n',
        "data/bins.csv": "Name,Easting,Northing\nElm Road,527960,175700\n",
        "data/old.ods": ods({"Bins": [ods_row(*HEADER), ods_row(*OAK)]}),
    }
    data_set = read_fine(tmp_path, files).issues[0].datasets[0]
    assert data_set.previous
    assert [place.name for place in data_set.previous.places] == ["Oak Lane"]


DAMAGED = "this is not a spreadsheet, or it is damaged"
LOCKED = "this spreadsheet is locked with a password"
FINE = xlsx({"Bins": [row(1, *HEADER), row(2, *ELM)]})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", DAMAGED),
        (b"Name,Lat,Lon\n", DAMAGED),
        (b"<html><table></table></html>", DAMAGED),
        (FINE[: len(FINE) // 2], DAMAGED),
        (xlsx({"Bins": ["<row><c></row>"]}), DAMAGED),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, f"{LOCKED}, or in the old form of Excel (.xls)"),
        (xlsx({"Bins": []}), "this spreadsheet has nothing in it that is not hidden"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_sentence(
    data: bytes, message: str, tmp_path: Path
) -> None:
    assert [problem.message for problem in told_about(data, tmp_path)] == [message]
    with pytest.raises(ParseError, match=message.partition("(")[0]):
        read(data)


def test_a_locked_ods_says_so() -> None:
    data = ods({"Bins": [ods_row(*HEADER)]})
    with pytest.raises(ParseError, match=LOCKED):
        read(changed(data, "META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>"))


def changed(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with another content of one part."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for one in before.namelist():
            after.writestr(one, content if one == name else before.read(one))
    return out.getvalue()


FAR = row(1, *HEADER) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ALL = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value="1" '
    'office:value-type="float" table:number-columns-repeated="16384"/></table:table-row>'
)


@pytest.mark.parametrize(
    "made",
    [
        lambda: xlsx({"Bins": [FAR]}),
        lambda: ods({"Bins": [ALL]}),
        lambda: changed(FINE, "xl/styles.xml", b" " * 101_000_000),
    ],
    ids=["far-cell", "repeated", "zeros"],
)
def test_a_small_file_that_unpacks_to_a_huge_sheet_is_refused(made: Callable[[], bytes]) -> None:
    with pytest.raises(ParseError, match="this spreadsheet is too large to read"):
        read(made())


def test_without_the_library_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    problems = told_about(FINE, tmp_path)
    assert [problem.message for problem in problems] == [
        "the library that reads spreadsheets is not installed"
    ]
    assert problems[0].hint == (
        'Put the file into {content}/data and run "make check", which installs it, or save the '
        "list as CSV."
    )
