"""Finds what the casework has about a person, and the other files that mention them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from wardblog.office.casework.calendar import CALENDAR_FILE
from wardblog.office.casework.case import CASEWORK_FILE, COLUMNS, UPDATED, Case
from wardblog.office.casework.name_match import Certainty
from wardblog.office.casework.news import NEWS_FILE
from wardblog.office.casework.person import PersonSought
from wardblog.office.casework.sheet import CaseworkSheet, SheetRow
from wardblog.office.casework.table import CaseworkTable
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import decode_table, encoding_of, refuse_other_formats

_OURS = frozenset((CASEWORK_FILE, CALENDAR_FILE, NEWS_FILE))
# No text has one of these, but nearly every other file.
_CONTROL = late_regex(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# A line that goes on in the next one, as in address books; and how JSON writes other letters.
_FOLDED = late_regex(r"[^\n]*(?:\n[ \t][^\n]*)+")
_FOLD = late_regex(r"\n[ \t]")
_ESCAPED = late_regex(r"\\(?:u([0-9A-Fa-f]{4})|[nrt])")
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

    `is_searched` is False for a file that is not text, in which nothing can be found.
    """

    path: Path
    lines: tuple[int, ...] = ()
    is_searched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPlan:
    """What would be deleted: `sure` rows mention the person, and `perhaps` rows may do so.

    `damaged` are the lines of rows with a number that a spreadsheet has made unreadable, and
    `above` those of the title and the headings that may mention the person.
    """

    sure: tuple[ForgottenRow, ...] = ()
    perhaps: tuple[ForgottenRow, ...] = ()
    damaged: tuple[int, ...] = ()
    above: tuple[int, ...] = ()


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
    above = table.sheet.lines[: table.sheet.heading_row.end]
    return ForgetPlan(
        sure=tuple(found[Certainty.SURE]),
        perhaps=tuple(found[Certainty.PERHAPS]),
        damaged=tuple(
            one.row.line for one in found[Certainty.NOT] if person.may_be_damaged(one.row.cells)
        ),
        above=tuple(person.lines_in(_plain_ends("".join(above)))),
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

    Folders with the person's name are among them, and of pictures only the name is searched.
    Links to folders are not followed. The files that are made from the casework are left out.
    """
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in folders:
            if person.in_text(name):
                yield OtherFile(Path(parent, name))
        for name in sorted(names):
            path = Path(parent, name)
            if name in _OURS and Path(parent) == folder:
                continue
            if not name.endswith(".lock"):
                yield from _in_file(path, person)


def _in_file(path: Path, person: PersonSought) -> Iterator[OtherFile]:
    is_picture = path.suffix.lower() in _PICTURES
    text = None if is_picture else _text_of(path)
    lines = _lines_in(text, person) if text else []
    if lines or person.in_text(path.stem):
        yield OtherFile(path, tuple(lines))
    if text is None and not is_picture:
        yield OtherFile(path, is_searched=False)


def _text_of(path: Path) -> str | None:
    """The text of a file; None if it is not text, or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        data = path.read_bytes()
        refuse_other_formats(data, "")
    except (OSError, ParseError):
        return None
    is_text = encoding_of(data)[1].startswith("utf-16") or not _CONTROL.search(data)
    return _plain_ends(decode_table(data)) if is_text else None


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines_in(text: str, person: PersonSought) -> list[int]:
    """The lines that may mention the person, as they are written or as programs read them."""
    read = _FOLDED.sub(_unfolded, text) if _FOLD.search(text) else text
    read = _ESCAPED.sub(_letter, read)
    if "&" in read:
        read = "\n".join(" ".join(unescape(line).split("\n")) for line in read.split("\n"))
    found = set(person.lines_in(text))
    return sorted(found | set(person.lines_in(read))) if read != text else sorted(found)


def _unfolded(match: re.Match[str]) -> str:
    """The lines as one, with empty ones after it, so that all others keep their numbers."""
    whole, folds = _FOLD.subn("", match[0])
    return whole + "\n" * folds


def _letter(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16)) if match[1] else " "
    return " " if letter.isspace() else letter
