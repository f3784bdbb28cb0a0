"""Reads a spreadsheet of answers into lines of cells; nothing of it is kept."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from wardblog.content import time_limit
from wardblog.problems import UsageError, display_path
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import decode_table, refuse_other_formats

TABLES = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".ods")
_MOST_BYTES = 50_000_000
_SECONDS = 60.0
_BEGINNING = 20
_SAVE = "Save it as CSV from your spreadsheet program, and try again."


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its number in the file, from 1, and its cells without spaces."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        return self.cells[column] if column is not None and column < len(self.cells) else ""


def column_name(number: int) -> str:
    """What spreadsheet programs call a column, of which the first has the number 0: A, Z, AA."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = f"{chr(ord('A') + letter)}{name}"
    return name


def refuse_twice(paths: Sequence[Path]) -> None:
    """Raise `UsageError` if a file is given twice, or another with the same contents."""
    seen: dict[object, Path] = {}
    for path in paths:
        names: list[object] = [path.resolve()]
        if path.is_file():
            with path.open("rb") as file:
                names.append(hashlib.file_digest(file, "sha256").digest())
        before = next((seen[name] for name in names if name in seen), None)
        if before is not None:
            shown = display_path(path)
            same = "" if before == path else f", since it is the same as {display_path(before)}"
            raise UsageError(f"{shown} would be counted twice{same}", "Name each file once.")
        seen.update(dict.fromkeys(names, path))


def read_lines(path: Path) -> list[Line]:
    """The lines of a CSV file or of a workbook; raises `UsageError`, which quotes no cell."""
    if path.stat().st_size > _MOST_BYTES:
        raise UsageError(f"{display_path(path)} is too large", "Split it into several files.")
    data = path.read_bytes()
    try:
        if path.suffix.lower() in WORKBOOKS:
            found = time_limit.run_within(_SECONDS, partial(_workbook, data), isolated=True)
        else:
            refuse_other_formats(data, _SAVE)
            found = _table(decode_table(data))
    except ParseError as error:
        where = f"{display_path(path)}:{error.line}" if error.line else display_path(path)
        raise UsageError(f"{where}: {error.message}", _SAVE) from None
    return [Line(number, tuple(map(str.strip, cells))) for number, cells in found if any(cells)]


def _workbook(data: bytes) -> list[tuple[int, list[str]]]:
    # late import: see docs/architecture.md
    from wardblog.content.tables.workbooks import limit_memory, workbook_lines

    limit_memory()
    return workbook_lines(data)


def _table(text: str) -> list[tuple[int, list[str]]]:
    """The lines of a table separated by commas, semicolons or tabs; raises `ParseError`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text.split("\n", _BEGINNING)))
    found, start = [], 1
    try:
        for cells in reader:
            found.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        raise ParseError("this line of the table cannot be read", "", start) from None
    return found


def _delimiter(lines: Sequence[str]) -> str:
    """What separates the most cells in any of the first lines."""
    beginning = lines[:_BEGINNING]
    return max(",;\t", key=lambda sign: max((line.count(sign) for line in beginning), default=0))
