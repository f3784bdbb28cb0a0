"""Tables of this command that the councillor fills in with a spreadsheet program."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from wardblog.office.answers.sheet import Line, read_lines
from wardblog.office.spreadsheets import refuse_if_open
from wardblog.problems import UsageError, display_path
from wardblog.scaffold.old_blog.remembered import import_folder
from wardblog.support.private_files import write_private
from wardblog.text.formulas import is_formula

# A spreadsheet program takes these away from what looks like a number, such as "+442071234567".
_SIGNS = ("+", "-")


def table_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table in the form that Excel and LibreOffice open without a question (RFC 4180)."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_as_words(cell) for cell in row] for row in rows)
    return BOM_UTF8 + file.getvalue().encode("utf-8", "replace")


def _as_words(cell: str) -> str:
    """A cell that no program takes for a formula; `read_table` removes the apostrophe again."""
    words = " ".join(cell.split())
    return f"'{words}" if _needs_apostrophe(words) else words


def _needs_apostrophe(cell: str) -> bool:
    """Whether a spreadsheet program would change a cell or run it; a lone hyphen is an answer."""
    return cell != "-" and (cell.startswith(_SIGNS) or is_formula(cell))


def read_table(
    path: Path, columns: Sequence[str], more: Sequence[str] = ()
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table by their columns, each with its line; none if there is no file.

    `more` are columns that may be missing, and are then empty.
    Raises `UsageError` if the file is not a table or has other columns.
    """
    if not path.is_file():
        return []
    lines = read_lines(path)
    if not lines:
        return []
    heading = [cell.casefold() for cell in lines[0].cells]
    missing = [name for name in columns if name not in heading]
    if missing:
        raise UsageError(
            f'{display_path(path)}:{lines[0].number}: there is no column called "{missing[0]}"',
            f"Put this line back at the top: {','.join(columns)}. (If you delete the file, it is "
            "made again, without what you wrote.)",
        )
    numbers = {name: heading.index(name) if name in heading else -1 for name in (*columns, *more)}
    return [(line.number, _row(line, numbers)) for line in lines[1:]]


def _row(line: Line, numbers: dict[str, int]) -> dict[str, str]:
    return {
        name: _words(line.cell(number)) if number >= 0 else "" for name, number in numbers.items()
    }


def _words(cell: str) -> str:
    """The words of a cell in one line, however many lines it has."""
    cell = " ".join(cell.split())
    return cell[1:] if cell.startswith("'") and _needs_apostrophe(cell[1:]) else cell


def write_table(private: Path, name: str, data: bytes, keys: Sequence[str] = ()) -> Path:
    """Replace a table, and return its path; raises `CommandError` if it is open elsewhere.

    `keys` are the columns by which a row is recognised: with them, columns that the councillor
    added stay beside their rows.
    """
    path = import_folder(private) / name
    if keys and path.is_file():
        data = _with_further_columns(data, read_lines(path), keys)
    if path.is_file() and path.read_bytes() == data:
        return path
    refuse_if_open(path)
    write_private(path, data)
    return path


def _with_further_columns(data: bytes, before: Sequence[Line], keys: Sequence[str]) -> bytes:
    """A table with the columns that the one in its place has besides."""
    heading, *rows = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
    old = [cell.casefold() for cell in before[0].cells] if before else []
    further = [number for number, name in enumerate(old) if name and name not in heading]
    if not further or not set(keys) <= set(old):
        return data
    places = [old.index(key) for key in keys]
    known = {
        tuple(line.cell(place) for place in places): [line.cell(number) for number in further]
        for line in before[1:]
    }
    nothing = [""] * len(further)
    own = [heading.index(key) for key in keys]
    return table_bytes(
        [*heading, *(before[0].cells[number] for number in further)],
        ([*row, *known.get(tuple(row[place] for place in own), nothing)] for row in rows),
    )
