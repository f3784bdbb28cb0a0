"""Adds a case to the casework file; every other byte stays as it is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from wardblog.office.casework.case import CASEWORK_FILE, UPDATED, Case, plain_id
from wardblog.office.casework.read import is_total, read_cases, rows_and_cases
from wardblog.office.casework.sheet import CaseworkSheet, SheetRow, empty_sheet, is_blank, sheet_of
from wardblog.office.casework.store import casework_bytes, casework_locked, save_casework
from wardblog.problems import ContentError
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass

# How the file writes its dates, and how one is written in the same way.
_FORMS = (
    (re.compile(r"\d\d/\d\d/\d{4}"), "%d/%m/%Y"),
    (re.compile(r"\d\d/\d\d/\d\d"), "%d/%m/%y"),
    (re.compile(r"\d\d\.\d\d\.\d{4}"), "%d.%m.%Y"),
    (re.compile(r"\d\d-\d\d-\d{4}"), "%d-%m-%Y"),
)
# What a number begins with, such as "C-" or "2026/", and its last figures.
_ID = re.compile(r"(|.*[^0-9])([0-9]{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What the councillor says about a new case, and the day by which it is due."""

    opened: date
    due: date
    issue: str
    street: str = ""
    note: str = ""


def add_case(private: Path, new: NewCase) -> str:
    """Add a case to the file, which is created if it is missing; return its id.

    Raises `ContentError` for a file that cannot be read or has no column for what is to be kept,
    and `CommandError` if the file is open in another program.
    """
    with casework_locked(private):
        before = casework_bytes(private)
        report = Report(CASEWORK_FILE)
        if before is None:
            read_cases(private / CASEWORK_FILE, report)  # a workbook may be there instead
        try:
            sheet = empty_sheet() if is_blank(before or b"") else sheet_of(before or b"")
            found = rows_and_cases(sheet, Report(CASEWORK_FILE))
            number = next_id(sheet, [case for _, case in found])
            values = _values(sheet, new, number, [row for row, _ in found], report)
            data = sheet.with_row(values, _last_row(sheet, [row for row, _ in found]))
        except ParseError as error:
            report.parse_error(error)
        if report.problems:
            raise ContentError(report.problems, private)
        save_casework(private, data, before)
        return number


def next_id(sheet: CaseworkSheet, cases: list[Case]) -> str:
    """The number after the highest one, with the same letters before it: `18`, or `C-018`.

    Empty rows that are numbered on from there count as well.
    """
    ids = [found for case in cases if (found := _ID.fullmatch(case.id))]
    prefix, figures = (ids[-1][1], ids[-1][2]) if ids else ("", "")
    highest = max((int(one[2]) for one in ids if one[1] == prefix), default=0)
    for row in sheet.rows:
        found = _ID.fullmatch(plain_id(sheet.cell(row, "id")))
        if found and found[1] == prefix and int(found[2]) == highest + 1:
            highest += 1
    width = len(figures) if figures.startswith("0") else 1
    return f"{prefix}{highest + 1:0{width}d}"


def _last_row(sheet: CaseworkSheet, cases: list[SheetRow]) -> SheetRow | None:
    """The row after which the new one goes: the last case, or else what is above a total."""
    if cases:
        return cases[-1]
    above = None
    for row in sheet.rows:
        if is_total(sheet, row):
            break
        above = row
    return above


def _values(
    sheet: CaseworkSheet, new: NewCase, number: str, rows: list[SheetRow], report: Report
) -> dict[str, str]:
    """The cells of the new row by column; a column that is missing is reported."""
    form = _date_form(sheet, rows)
    values = {
        "id": number,
        "opened": new.opened.strftime(form),
        "issue": _as_text(new.issue),
        "street": _as_text(new.street),
        "status": "open",
        "due": new.due.strftime(form),
        "note": _as_text(new.note),
    }
    for name in values:
        if values[name] and name not in sheet.columns:
            report.stop(
                sheet.heading_row.line,
                f'there is no column called "{name}", so the case was not added',
                f'Write "{name}" as a heading above a new column.',
            )
    if UPDATED in sheet.columns:
        values[UPDATED] = new.opened.strftime(form)
    return values


def _as_text(words: str) -> str:
    """The words so that no spreadsheet program takes them for a formula."""
    return f" {words}" if words.startswith(("=", "+", "-", "@")) else words


def _date_form(sheet: CaseworkSheet, rows: list[SheetRow]) -> str:
    """How the last date in the file is written."""
    for row in reversed(rows):
        for name in ("opened", "due"):
            written = sheet.cell(row, name)
            for pattern, form in _FORMS:
                if pattern.fullmatch(written):
                    return form
            if written:
                return "%Y-%m-%d"
    return "%Y-%m-%d"
