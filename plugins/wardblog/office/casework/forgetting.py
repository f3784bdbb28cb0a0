"""Finds what the casework has about a person, and the other files that mention them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wardblog.office.casework.calendar import CALENDAR_FILE
from wardblog.office.casework.case import CASEWORK_FILE, COLUMNS, UPDATED, Case
from wardblog.office.casework.name_match import Certainty
from wardblog.office.casework.news import NEWS_FILE
from wardblog.office.casework.person import PersonSought
from wardblog.office.casework.sheet import CaseworkSheet, SheetRow
from wardblog.office.casework.table import CaseworkTable
from wardblog.text.decoding import decode_table

_OURS = frozenset((CASEWORK_FILE, CALENDAR_FILE, NEWS_FILE))
_TEXTS = frozenset(
    (".md", ".markdown", ".txt", ".csv", ".tsv", ".toml", ".json", ".geojson", ".html", ".htm",
     ".xml", ".opml", ".ics", ".vcf", ".log", ".yaml", ".yml", ".svg", "")
)  # fmt: skip
# The columns that have no people in them, as a rule.
_WITHOUT_PEOPLE = frozenset((*COLUMNS, UPDATED)) - {"next", "note"}
_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".avif"))
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenRow:
    """A row that mentions the person: its case, if it is one, and the headings of its columns."""

    row: SheetRow
    case: Case | None
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherFile:
    """A file that may mention the person, by its name or on these lines.

    `is_searched` is False for a file that is no text, in which nothing can be found.
    """

    path: Path
    lines: tuple[int, ...] = ()
    is_searched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPlan:
    """What would be deleted: `sure` rows mention the person, and `perhaps` rows may do so.

    `damaged` are the lines of rows with a number that a spreadsheet has made unreadable.
    """

    sure: tuple[ForgottenRow, ...] = ()
    perhaps: tuple[ForgottenRow, ...] = ()
    damaged: tuple[int, ...] = ()


def plan_forgetting(table: CaseworkTable, person: PersonSought) -> ForgetPlan:
    """Find the person in all rows of the casework, whether or not they are cases."""
    cases = {row.first: case for row, case in table.rows}
    found: dict[Certainty, list[ForgottenRow]] = {one: [] for one in Certainty}
    for row in table.sheet.rows:
        found[_certainty(table.sheet, row, person)].append(
            ForgottenRow(
                row=row,
                case=cases.get(row.first),
                headings=tuple(_headings(table.sheet, row, person)),
            )
        )
    return ForgetPlan(
        sure=tuple(found[Certainty.SURE]),
        perhaps=tuple(found[Certainty.PERHAPS]),
        damaged=tuple(
            one.row.line for one in found[Certainty.NOT] if person.may_be_damaged(one.row.cells)
        ),
    )


def _certainty(sheet: CaseworkSheet, row: SheetRow, person: PersonSought) -> Certainty:
    columns = {sheet.columns[name] for name in _WITHOUT_PEOPLE if name in sheet.columns}
    cells = list(enumerate(row.cells))
    return person.in_cells(
        fixed=[cell for number, cell in cells if number in columns],
        free=[cell for number, cell in cells if number not in columns],
    )


def _headings(sheet: CaseworkSheet, row: SheetRow, person: PersonSought) -> Iterator[str]:
    """The headings of the cells that mention the person."""
    for number, cell in enumerate(row.cells):
        if person.in_text(cell):
            heading = sheet.headings[number].strip() if number < len(sheet.headings) else ""
            yield heading or f"column {number + 1}"


def other_files(folder: Path, person: PersonSought) -> Iterator[OtherFile]:
    """The files of a folder that may mention the person, and those that cannot be searched.

    Links to folders are not followed. The files that are made from the casework are left out.
    """
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if name in _OURS and Path(parent) == folder:
                continue
            if name.endswith(".lock") or path.suffix.lower() in _PICTURES:
                continue
            yield from _in_file(path, person)


def _in_file(path: Path, person: PersonSought) -> Iterator[OtherFile]:
    try:
        is_text = path.suffix.lower() in _TEXTS and path.stat().st_size <= _LARGEST
        text = decode_table(path.read_bytes()) if is_text else ""
    except OSError:
        is_text, text = False, ""
    if not is_text:
        yield OtherFile(path, is_searched=False)
        return
    lines = person.lines_in(text.replace("\r\n", "\n").replace("\r", "\n"))
    if lines or person.in_text(path.stem):
        yield OtherFile(path, tuple(lines))
