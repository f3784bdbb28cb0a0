"""The casework with its rows, from which some can be deleted, and what is made from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from wardblog.office.casework.calendar import CalendarSite, write_calendar
from wardblog.office.casework.case import CASEWORK_FILE, Case
from wardblog.office.casework.news import LastChange, changes_seen, load_changes, save_changes
from wardblog.office.casework.read import read_cases, rows_and_cases
from wardblog.office.casework.sheet import CaseworkSheet, SheetRow, is_blank, sheet_of
from wardblog.office.casework.store import casework_bytes, casework_locked, save_casework
from wardblog.problems import ContentError, has_errors
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import close_to_others


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseworkTable:
    """The bytes of the casework file, its rows, and the cases in them."""

    before: bytes
    sheet: CaseworkSheet
    rows: tuple[tuple[SheetRow, Case], ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        return tuple(case for _, case in self.rows)


def load_table(private: Path, report: Report) -> CaseworkTable | None:
    """Read the casework file; None if it is missing or empty.

    What cannot be used is reported as by `read_cases`. Raises `ContentError` for a file that is no
    table, and `CommandError` for one that cannot be opened.
    """
    before = casework_bytes(private)
    if before is None:
        read_cases(private / CASEWORK_FILE, report)  # a workbook may be there instead
    elif not is_blank(before):
        try:
            sheet = sheet_of(before)
            return CaseworkTable(
                before=before, sheet=sheet, rows=tuple(rows_and_cases(sheet, report))
            )
        except ParseError as error:
            report.parse_error(error)
    if has_errors(report.problems):
        raise ContentError(report.problems, private)
    return None


def delete_rows(private: Path, table: CaseworkTable, rows: Collection[SheetRow]) -> None:
    """Delete rows from the casework file, of which no copy is left.

    Raises `CommandError` if the file has changed since it was read, or is open elsewhere.
    """
    with casework_locked(private):
        save_casework(private, table.sheet.without(rows), table.before)


def renew_files(
    private: Path, cases: Sequence[Case], site: CalendarSite, today: date
) -> dict[str, LastChange]:
    """Write what is made from the casework: when each case last changed, and the calendar.

    Returns the changes. Raises `OSError`.
    """
    with casework_locked(private):
        close_to_others(private / CASEWORK_FILE)  # spreadsheet programs leave it open to others
        changes = changes_seen(cases, load_changes(private), today)
        save_changes(private, changes)
        write_calendar(private, cases, changes, site)
    return changes
