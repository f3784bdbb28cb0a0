"""Reads spreadsheets (.xlsx and .ods) into a header and rows, without anything hidden in them."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from wardblog.content.tables.ods_layout import ods_layouts
from wardblog.content.tables.sheets import TableSheet, table_of
from wardblog.content.tables.workbook_layout import DAMAGED, SAVE_AGAIN, Layout
from wardblog.content.tables.xlsx_layout import xlsx_layouts
from wardblog.places.columns import find_columns
from wardblog.problems import Problem
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import clean, without_entities
from wardblog.text.mojibake import repair_mojibake

# The limits of what is unpacked and of the memory that reading it may take, in bytes.
_MOST_BYTES = 100_000_000
_MOST_MEMORY = 4_000_000_000
_MOST_CELLS = 5_000_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError,
           OSError, RuntimeError, ValueError, LookupError)  # fmt: skip
_TOO_LARGE = "this spreadsheet is too large to read"
_SPLIT = "Leave out what residents do not need, or split it into several files."
_UNLOCKED = "Open it, and save the list without a password, as .xlsx, .ods or CSV."
_SHOW = "If residents may see them, show them in the spreadsheet, and save it again."
# What separates cells, and lines in a cell, while the letters of a whole sheet are repaired.
_CELL, _BREAK = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True)
class _VisibleSheet:
    """A sheet with its name and layout; `problems` are those of its letters."""

    name: str
    layout: Layout
    lines: list[tuple[int, list[str]]]
    problems: list[Problem]

    @property
    def table(self) -> TableSheet:
        return table_of(self.lines)


def read_workbook(data: bytes, report: Report) -> TableSheet:
    """Return the first visible sheet that has positions, or else the first that is not empty.

    Hidden sheets, rows and columns are left out, since residents can download what is read; that
    rows are is a warning. The lines are the numbers of the rows. Raises `ParseError`.
    """
    try:
        return _first_list(data, report)
    except MemoryError:
        raise ParseError(_TOO_LARGE, _SPLIT) from None


def workbook_lines(data: bytes) -> list[tuple[int, list[str]]]:
    """The visible rows of the first visible sheet that is not empty, with their numbers.

    Raises `ParseError`.
    """
    try:
        sheet = next(_sheets(*_parts_of(data)), None)
    except MemoryError:
        raise ParseError(_TOO_LARGE, _SPLIT) from None
    return sheet.lines if sheet else []


def _parts_of(data: bytes) -> tuple[dict[str, bytes], Mapping[str, Layout]]:
    """The unpacked files of a workbook, and the layouts of its sheets; raises `ParseError`."""
    files = _unpacked(data)
    layouts = ods_layouts(files) if "content.xml" in files else xlsx_layouts(files)
    if sum(layout.height * layout.width for layout in layouts.values()) > _MOST_CELLS:
        raise ParseError(_TOO_LARGE, _SPLIT)
    return files, layouts


def _first_list(data: bytes, report: Report) -> TableSheet:
    files, layouts = _parts_of(data)
    first: _VisibleSheet | None = None
    for sheet in _sheets(files, layouts):
        table = sheet.table
        if find_columns(table.names, table.rows, False, Report("")):
            first = sheet
            break
        first = first or sheet
    if first is None:
        raise ParseError(
            "this spreadsheet has nothing in it that is not hidden",
            "Put the council's list in it, with one place on each line.",
        )
    report.problems += first.problems
    if len(layouts) > 1:
        report.note(None, f'the list is the sheet "{first.name}" of this spreadsheet')
    _report_layout(first.layout, report)
    return first.table


def limit_memory() -> None:
    """Limit the memory of this process, which must be a child, and silence its last words.

    A library that is refused more memory ends the process with a message of its own.
    """
    with suppress(ImportError, OSError, ValueError):
        # late import: Windows, which has no such children, has no such module
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, hard))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook that have words, whatever size their headers claim."""
    if data.startswith(_OLD_OR_LOCKED):
        raise ParseError(
            "this spreadsheet is locked with a password, or in the old form of Excel (.xls)",
            _UNLOCKED,
        )
    files: dict[str, bytes] = {}
    left = _MOST_BYTES
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                if left >= 0 and name.endswith((".xml", ".rels", "mimetype")):
                    with archive.open(name) as member:
                        files[name] = member.read(left + 1)
                    left -= len(files[name])
    except _BROKEN:
        raise ParseError(DAMAGED, SAVE_AGAIN) from None
    if left < 0:
        raise ParseError(_TOO_LARGE, _SPLIT)
    if b"encryption-data" in files.get("META-INF/manifest.xml", b""):
        raise ParseError("this spreadsheet is locked with a password", _UNLOCKED)
    return files


def _sheets(files: Mapping[str, bytes], layouts: Mapping[str, Layout]) -> Iterator[_VisibleSheet]:
    """The visible sheets that are not empty, in their order."""
    try:
        # late import: an optional extra
        import python_calamine
    except ImportError:
        raise ParseError(
            "the library that reads spreadsheets is not installed",
            'Put the file into {content}/data and run "make check", which installs it, or save '
            "the list as CSV.",
        ) from None
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    packed.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(packed)
        for about in book.sheets_metadata:
            is_table = about.typ is python_calamine.SheetTypeEnum.WorkSheet
            is_visible = about.visible is python_calamine.SheetVisibleEnum.Visible
            if is_table and is_visible and (layout := layouts.get(about.name)):
                rows = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                own = Report("")
                if lines := _lines(rows, layout, own):
                    yield _VisibleSheet(about.name, layout, lines, own.problems)
    except python_calamine.PasswordError:
        raise ParseError("this spreadsheet is locked with a password", _UNLOCKED) from None
    except python_calamine.CalamineError:
        raise ParseError(DAMAGED, SAVE_AGAIN) from None


def _lines(rows: list[list[Any]], layout: Layout, own: Report) -> list[tuple[int, list[str]]]:
    """The visible rows that are not empty, as people see them, with their numbers."""
    for top, bottom, column in layout.merged:
        for row in rows[top + 1 : bottom + 1]:
            row[column] = rows[top][column]
    shown = [
        _shown(number, row, layout) if number not in layout.hidden_rows else []
        for number, row in enumerate(rows)
    ]
    text = "\n".join(_CELL.join(cells).replace("\n", _BREAK) for cells in shown)
    lines = (
        [without_entities(clean(cell.replace(_BREAK, "\n"))).strip() for cell in line.split(_CELL)]
        for line in repair_mojibake(text, own).split("\n")
    )
    return [(number, cells) for number, cells in enumerate(lines, 1) if any(cells)]


def _shown(number: int, row: list[Any], layout: Layout) -> list[str]:
    return [
        _as_shown(layout.shown.get((number, column), value))
        for column, value in enumerate(row)
        if column not in layout.hidden_columns
    ]


def _as_shown(value: object) -> str:
    """Return a cell as a spreadsheet shows it: 12 and not 12.0, and days in British order."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
        case datetime():
            has_time = value.time() != time()
            return f"{value:%d/%m/%Y %H:%M}" if has_time else f"{value:%d/%m/%Y}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
    return str(value)


def _report_layout(layout: Layout, report: Report) -> None:
    """Say what was left out since it is hidden, and what has no value."""
    if rows := sorted(layout.hidden_rows):
        message = (
            "this row is hidden, so it was left out"
            if len(rows) == 1
            else f"{len(rows):,} rows are hidden, so they were left out; this is the first"
        )
        report.warn(rows[0] + 1, message, _SHOW)
    if columns := len(layout.hidden_columns):
        are = "one column is hidden, so it is" if columns == 1 else (
            f"{columns:,} columns are hidden, so they are"
        )  # fmt: skip
        report.note(None, f"{are} not used", _SHOW)
    if formulas := layout.without_value:
        have = "one formula in this spreadsheet has" if formulas == 1 else (
            f"{formulas:,} formulas in this spreadsheet have"
        )  # fmt: skip
        report.warn(
            None,
            f"{have} no result",
            "Open it in a spreadsheet program, which calculates them, and save it again.",
        )
