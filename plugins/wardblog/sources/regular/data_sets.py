"""Turns tables into data sets of the content folder: a CSV file, and its entry in issues.toml."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from wardblog.content.files import ISSUES_FILE
from wardblog.content.markdown.html_links import resolve
from wardblog.content.replace_files import read_bytes
from wardblog.content.tables.sheets import read_csv
from wardblog.content.tables.tables import read_places
from wardblog.content.toml.edit import with_entries, with_new_entry
from wardblog.content.toml.toml_file import TomlFile
from wardblog.model import Issue
from wardblog.places.cells import parse_number
from wardblog.problems import CommandError, Severity
from wardblog.report import ParseError, Report
from wardblog.sources.regular.source import FetchedTable
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import text_of

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "\ufeff")


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table, and the issue that its data set belongs to."""

    table: FetchedTable
    issue: Issue

    @property
    def file(self) -> str:
        return f"data/{self.table.stem}.csv"


def csv_bytes(table: FetchedTable) -> bytes:
    """The file of a table, in UTF-8; the same rows always give the same bytes."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a negative number is not one."""
    if not cell.startswith(_FORMULA) or parse_number(cell) is not None:
        return cell
    return cell.lstrip("".join(_FORMULA) + " ")


def refuse_unreadable(table: FetchedTable, data: bytes) -> None:
    """Raise `CommandError` for a data set that would stop the site from being built."""
    report = Report(f"data/{table.stem}.csv")
    try:
        sheet = read_csv(data.decode())
        places = read_places(sheet, "", report) if table.has_places else None
    except ParseError as error:
        raise CommandError(f"{report.file} would not be readable: {error.message}") from None
    for problem in report.problems:
        if problem.severity is Severity.STOP:
            raise CommandError(f"{report.file} would not be readable: {problem.message}")
    if places and (found := places.disclosure.personal):
        raise CommandError(
            f"{report.file} would have {found[0].kind.value} on line {found[0].line}",
            "None of it was written. Please tell the makers of this software.",
        )


def issues_bytes(before: bytes, changed: Sequence[TableOf], today: date) -> bytes:
    """The bytes of issues.toml in which these data sets are listed, as of today.

    Of an entry that is there already, only the day changes.
    """
    data = before
    for one in changed:
        number = _entry_of(data, one.file)
        if number is not None:
            data = with_entries(data, "dataset", {(number, "as_of"): today}, ISSUES_FILE)
        else:
            data = with_new_entry(data, "dataset", _entry(one, today), ISSUES_FILE)
    return data


def has_entry(content: Path, one: TableOf) -> bool:
    """Whether issues.toml lists the data set."""
    return _entry_of(read_bytes(content, ISSUES_FILE) or b"", one.file) is not None


def _entry_of(data: bytes, file: str) -> int | None:
    """The number of the [[dataset]] with this file, from 0."""
    text = text_of(data, Report(ISSUES_FILE))
    toml = TomlFile.parse(text, Report(ISSUES_FILE)) if text is not None else None
    for number, table in enumerate(toml.tables("dataset") if toml else ()):
        written = table.text("file")
        if written and resolve(written, ISSUES_FILE) == file:
            return number
    return None


def _entry(one: TableOf, today: date) -> dict[str, str | date]:
    table = one.table
    texts = {
        "issue": one.issue.name,
        "file": one.file,
        "title": table.title,
        "source": table.source,
        "source_url": table.source_url,
        "licence": table.licence,
        "attribution": table.attribution,
    }
    # All places are in the ward, since the others were cut off.
    shown = {"show": "all" if table.has_places else "table"}
    return {**{key: text for key, text in texts.items() if text}, "as_of": today, **shown}
