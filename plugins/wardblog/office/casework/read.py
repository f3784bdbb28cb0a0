"""Reads private/casework.csv, whatever a spreadsheet program did to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from wardblog.office.casework.case import (
    COLUMNS,
    SPREADSHEETS,
    STATUS_WORDS,
    UPDATED,
    Case,
    CaseStatus,
    field_of,
    plain_heading,
    plain_id,
    status_of,
)
from wardblog.office.casework.sheet import CaseworkSheet, SheetRow, is_blank, sheet_of
from wardblog.problems import did_you_mean, nearest
from wardblog.report import ParseError, Report
from wardblog.support.late_regex import late_regex
from wardblog.text.day_cells import parse_day_cell

# Without these, a case cannot be shown or counted.
_EXPECTED = ("id", "opened", "issue", "status", "due")
_DAYS = ("opened", "due", "closed", UPDATED)
_TOTAL = late_regex(
    r"(?:(?:grand|sub|overall|running)[ -]?)?totals?(?: (?:cases?|open|closed|number|of)\b.*)?"
    r"|sum|count|average",
    re.IGNORECASE,
)
# The number may be in the same cell.
_COUNTED = " :=0123456789,."


def read_cases(path: Path, report: Report) -> tuple[Case, ...]:
    """The cases of a file, in its order; none, without a problem, if there is no file.

    What cannot be used is reported with its line: a cell as a warning, and the case is still
    there; a file that is not a table as a problem that stops. Columns about people are not read.
    """
    if not path.exists():
        _look_beside(path, report)
        return ()
    try:
        data = path.read_bytes()
    except OSError as error:
        report.stop(None, f"this file cannot be read: {error.strerror}")
        return ()
    return cases_in(data, report)


def cases_in(data: bytes, report: Report) -> tuple[Case, ...]:
    """The cases in the bytes of a file, as `read_cases`."""
    if is_blank(data):
        return ()
    try:
        sheet = sheet_of(data)
    except ParseError as error:
        report.parse_error(error)
        return ()
    return tuple(case for _, case in rows_and_cases(sheet, report))


def rows_and_cases(sheet: CaseworkSheet, report: Report) -> list[tuple[SheetRow, Case]]:
    """Each row that is a case, with the case."""
    _report_columns(sheet, report)
    found = [(row, _case(sheet, row, report)) for row in sheet.rows if _is_case(sheet, row, report)]
    if "id" in sheet.columns:
        _report_ids((case for _, case in found), report)
    return found


def is_total(sheet: CaseworkSheet, row: SheetRow) -> bool:
    """Whether a row only counts the others: one with a date is a case, whatever its issue."""
    first = next((cell.strip() for cell in row.cells if cell.strip()), "")
    if _TOTAL.fullmatch(first.rstrip(_COUNTED)) is None:
        return False
    is_dated = any(_is_day(sheet.cell(row, name)) for name in _DAYS)
    return not (is_dated or (sheet.cell(row, "status") and sheet.cell(row, "issue")))


def _is_day(written: str) -> bool:
    try:
        return parse_day_cell(written) is not None
    except ParseError:
        return False


def _is_case(sheet: CaseworkSheet, row: SheetRow, report: Report) -> bool:
    if is_total(sheet, row) or _is_heading_again(sheet, row):
        return False
    if any(sheet.cell(row, name) for name in sheet.columns if name != "id"):
        return True
    has_more = any(
        cell.strip() for n, cell in enumerate(row.cells) if n not in sheet.columns.values()
    )
    if has_more:
        report.warn(
            row.line,
            "this row has no issue, status or date, so it is not counted as a case",
            "Fill them in, or delete the row.",
        )
    return False  # a number that was filled in for a case to come


def _is_heading_again(sheet: CaseworkSheet, row: SheetRow) -> bool:
    return [plain_heading(c) for c in row.cells] == [plain_heading(c) for c in sheet.headings]


def _case(sheet: CaseworkSheet, row: SheetRow, report: Report) -> Case:
    cell = partial(sheet.cell, row)
    days = {name: _day(cell(name), name, row.line, report) for name in _DAYS}
    if days["opened"] and days["closed"] and days["closed"] < days["opened"]:
        report.warn(
            row.line, "this case was closed before it was opened", "Correct one of the two dates."
        )
    return Case(
        id=plain_id(cell("id")),
        opened=days["opened"],
        issue=cell("issue"),
        street=cell("street"),
        status=_status(cell("status"), days["closed"], row.line, report),
        next=cell("next"),
        due=days["due"],
        reference=cell("reference"),
        closed=days["closed"],
        note=cell("note"),
        updated=days[UPDATED],
        line=row.line,
    )


def _day(written: str, name: str, line: int, report: Report) -> date | None:
    try:
        return parse_day_cell(written)
    except ParseError as error:
        report.warn(line, f'"{name}": {error.message}', error.hint)
        return None


def _status(written: str, closed: date | None, line: int, report: Report) -> CaseStatus:
    """The status; a case of which nothing is said is closed if it has the date of that."""
    if not written.strip(" -?."):
        return CaseStatus.CLOSED if closed else CaseStatus.OPEN
    status = status_of(written)
    if status is None:
        guess = nearest(" ".join(written.casefold().split())[:40], STATUS_WORDS)
        report.warn(
            line,
            "this status is not known, so the case counts as open",
            (f'Did you mean "{guess}"? ' if guess else "") + "Write open, waiting or closed.",
        )
        return CaseStatus.OPEN
    if closed and status is not CaseStatus.CLOSED:
        report.warn(
            line,
            f"this case has a closing date, but its status is {status.value}",
            'Write "closed" as its status, or remove the date.',
        )
    return status


def _report_columns(sheet: CaseworkSheet, report: Report) -> None:
    """Say which columns are missing, and which are there twice."""
    line = sheet.heading_row.line
    others = [h for n, h in enumerate(sheet.headings) if n not in sheet.columns.values()]
    for name in _EXPECTED:
        if name not in sheet.columns:
            report.warn(
                line,
                f'there is no column called "{name}"',
                did_you_mean(name, filter(None, map(str.strip, others)))
                or f"Add it. The columns are: {', '.join(COLUMNS)}.",
            )
    for name, read in sheet.columns.items():
        same = [heading for heading in sheet.headings if field_of(heading) == name]
        if len({plain_heading(heading) for heading in same}) < len(same):
            report.warn(
                line,
                f'two columns are called "{name}"',
                "Only the first one is read. Rename or remove the other one.",
            )
        elif len(same) > 1 and name != "note":
            names = " and ".join(f'"{heading.strip()}"' for heading in same)
            report.warn(
                line,
                f'the columns {names} mean the same: "{name}"',
                f'Only "{sheet.headings[read].strip()}" is read. Rename or remove what is not '
                f'"{name}".',
            )


def _report_ids(cases: Iterator[Case], report: Report) -> None:
    seen: dict[str, int] = {}
    for case in cases:
        if not case.id:
            report.warn(case.line, "this case has no id", "Give it a number of its own.")
            continue
        first = seen.setdefault(case.id.casefold(), case.line)
        if first != case.line:
            report.warn(
                case.line,
                f'there is another case "{case.id}" on line {first}',
                "Give one of the two another number.",
            )


def _look_beside(path: Path, report: Report) -> None:
    """A workbook in place of the file."""
    for ending in SPREADSHEETS:
        if path.with_suffix(ending).exists():
            report.stop(
                None,
                f"this file is missing, but there is {path.with_suffix(ending).name}",
                f'Open that, choose Save As, and save it as {path.name}, of the type "CSV UTF-8".',
            )
            return
