"""The casework file as its lines: what is not changed keeps every byte."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice

from wardblog.office.casework.case import COLUMNS, field_of, plain_heading
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean, encoding_of, refuse_other_formats

_LINE = late_regex(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_SEPARATOR = late_regex(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)
_DELIMITERS = ",;\t|"
# So many rows are searched for the headings, and so many of our columns make a row of headings.
_LONGEST_TITLE, _FEWEST_HEADINGS = 20, 3
_LONGEST_CELL = 131_072
# Excel needs the mark to read UTF-8, and this is how it ends lines (RFC 4180).
_NEW = BOM_UTF8 + ",".join(COLUMNS).encode() + b"\r\n"
_SAVE_AS_CSV = 'In your spreadsheet program, choose Save As and the type "CSV UTF-8".'


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its cells as written, and its lines, `first` counted from 0 and `end` excluded."""

    cells: tuple[str, ...]
    first: int
    end: int

    @property
    def line(self) -> int:
        return self.first + 1

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseworkSheet:
    """The text of a casework file, with its lines and rows.

    `mark` and `codec` are how it is encoded, `lines` have their ends, `columns` are the numbers of
    our columns in a row, `headings` what the columns are called, and `rows` are those below the
    headings that are not empty.
    """

    mark: bytes
    codec: str
    lines: tuple[str, ...]
    delimiter: str
    headings: tuple[str, ...]
    heading_row: SheetRow
    columns: Mapping[str, int]
    rows: tuple[SheetRow, ...]

    def cell(self, row: SheetRow, name: str) -> str:
        """What a row has in one of our columns, on one line and without controls, or ""."""
        at = self.columns.get(name, len(row.cells))
        return " ".join(clean(row.cells[at]).split()) if at < len(row.cells) else ""

    def with_row(self, values: Mapping[str, str], after: SheetRow | None) -> bytes:
        """The file with one more row after another one, or else after the headings.

        Raises `ParseError` if the file's encoding has no such letters.
        """
        at = (after or self.heading_row).end
        cells = [""] * len(self.headings)
        for name, number in self.columns.items():
            cells[number] = values.get(name, "")
        before = list(self.lines[:at])
        end = self._line_end
        is_unfinished = bool(before) and not before[-1].endswith(("\r", "\n"))
        if is_unfinished:
            before[-1] += end
        row = self._written(cells) + ("" if is_unfinished and at == len(self.lines) else end)
        return self._encoded("".join((*before, row, *self.lines[at:])))

    def without(self, rows: Collection[SheetRow]) -> bytes:
        """The file without these rows."""
        gone = {number for row in rows for number in range(row.first, row.end)}
        kept = (line for number, line in enumerate(self.lines) if number not in gone)
        return self._encoded("".join(kept))

    @property
    def _line_end(self) -> str:
        last = self.lines[self.heading_row.end - 1]
        end = last[len(last.rstrip("\r\n")) :]
        return end or "\r\n"

    def _written(self, cells: Sequence[str]) -> str:
        file = StringIO()
        # It quotes a line break in a cell only if its own lines end with one.
        csv.writer(file, delimiter=self.delimiter, lineterminator="\r\n").writerow(cells)
        return file.getvalue().removesuffix("\r\n")

    def _encoded(self, text: str) -> bytes:
        try:
            return self.mark + _encode(text, self.codec)
        except UnicodeEncodeError as error:
            letter = text[error.start]
            raise ParseError(
                f'this file is saved in an older encoding, which has no "{letter}"',
                f"Open it, save it again, and run this again. {_SAVE_AS_CSV}",
            ) from None


def is_blank(data: bytes) -> bool:
    """Whether a file has nothing but spaces, empty lines and a byte order mark."""
    return not data.strip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ")


def empty_sheet() -> CaseworkSheet:
    """A new file: only headings, in the form that Excel and LibreOffice open without a question."""
    return sheet_of(_NEW)


def sheet_of(data: bytes) -> CaseworkSheet:
    """The lines and rows of a file; raises `ParseError`, with the line, if it is not a table."""
    refuse_other_formats(data, _SAVE_AS_CSV)
    mark, codec = encoding_of(data)
    text = _decoded(data.removeprefix(mark), codec)
    lines = tuple(_LINE.findall(text))
    chosen = _SEPARATOR.fullmatch(lines[0]) if lines else None
    start = 1 if chosen else 0
    delimiters = chosen[1] if chosen else _DELIMITERS
    delimiter, number = _headings_in(lines[start:], delimiters)
    rows = _rows(lines, start, delimiter)
    heading = next(islice(rows, number, None))
    return CaseworkSheet(
        mark=mark,
        codec=codec,
        lines=lines,
        delimiter=delimiter,
        headings=heading.cells,
        heading_row=heading,
        columns=_columns(heading.cells),
        rows=tuple(row for row in rows if not row.is_empty),
    )


def _decoded(data: bytes, codec: str) -> str:
    """The text, from which the same bytes can be made; raises `ParseError`."""
    try:
        text = data.decode(codec, errors=_errors(codec))
    except UnicodeDecodeError:
        text = ""
    if _encode(text, codec) != data:
        raise ParseError("this file is damaged: it is not all text", _SAVE_AS_CSV)
    return text


def _encode(text: str, codec: str) -> bytes:
    return text.encode(codec, errors=_errors(codec))


def _errors(codec: str) -> str:
    """Windows-1252 has no letters for five bytes; UTF-16 may have half a letter."""
    return "surrogateescape" if codec == "cp1252" else "surrogatepass"


def _headings_in(lines: Sequence[str], delimiters: str) -> tuple[str, int]:
    """The delimiter and the number of the row of headings; raises `ParseError`."""
    best = (0, "", 0)
    for delimiter in delimiters:
        rows = csv.reader(lines, delimiter=delimiter)
        try:
            for number, cells in zip(range(_LONGEST_TITLE), rows, strict=False):
                known = len({name for name in map(field_of, cells) if name})
                best = max(best, (known, delimiter, -number))
        except csv.Error:
            continue
    known, delimiter, number = best
    if known < _FEWEST_HEADINGS:
        raise ParseError(
            "no line of this file names the columns",
            f"Its first line has to be: {','.join(COLUMNS)}",
        )
    return delimiter, -number


def _rows(lines: Sequence[str], start: int, delimiter: str) -> Iterator[SheetRow]:
    """All rows; raises `ParseError` with the line of one that cannot be read."""
    reader = csv.reader(lines[start:], delimiter=delimiter, strict=True)
    first = start
    try:
        for cells in reader:
            end = start + reader.line_num
            yield SheetRow(tuple(cells), first, end)
            first = end
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise ParseError(
                "a quotation mark in this row is not closed", "Close or remove it.", first + 1
            ) from None
        if "field limit" in str(error):
            raise ParseError(
                f"a cell of this row has more than {_LONGEST_CELL:,} letters",
                "Remove what does not belong there. A quotation mark may not be closed.",
                first + 1,
            ) from None
        raise ParseError(
            "a quotation mark in this row is in the wrong place",
            "Remove it, or open the file in a spreadsheet program and save it again.",
            first + 1,
        ) from None


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """The numbers of our columns; our own name for one comes before another."""
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        if plain_heading(heading) == field_of(heading) != "":
            found.setdefault(field_of(heading), number)
    for number, heading in enumerate(headings):
        if name := field_of(heading):
            found.setdefault(name, number)
    return found
