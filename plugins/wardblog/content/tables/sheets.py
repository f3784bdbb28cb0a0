"""Reads a list in CSV into a header and rows, whatever is above or between them."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from wardblog.places.cells import parse_number
from wardblog.places.columns import Row, has_positions
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import without_entities

# A line that is wider, or has a longer name in it, is not a header: Excel had only 256 columns.
MOST_COLUMNS, _LONGEST_NAME = 256, 2000
_MOST_ROWS = 200_000
# So many lines are searched for the header.
_LONGEST_TITLE = 20
# Excel writes and reads it above the header.
_SEPARATOR = late_regex(r"\s*\"?sep=(.)\"?\s*\n", re.IGNORECASE)
# What is at the front of a row that counts the others, wherever its figures seem to be.
_TOTAL = late_regex(
    r"(?:grand|sub|overall|running) ?-?totals?|sum|count|average|mean|median", re.IGNORECASE
)
# The same where a row has no position: "Total" alone is also a chain of petrol stations.
_LONE_TOTAL = late_regex(
    r"(?:[\w&’']+ ){0,3}totals?|totals? (?:number|count|of|for|rows?|records?|sites?|assets?)\b.*",
    re.IGNORECASE,
)
# Such a row with nothing else in it: "Total bins in the borough: 55".
_TOTAL_OF = late_regex(r"totals?\b[^\d]{0,60}\d[\d,.]*", re.IGNORECASE)

# The number may be in the same cell.
_COUNTED = " :=0123456789,."
_AFFECTED = late_regex(r"\(?\d[\d,]* (?:rows?|records?)(?: \w+)?\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableSheet:
    """The names of the columns, and the rows below them; of map data, its properties."""

    names: list[str]
    rows: list[Row]
    is_map_data: bool = False


def read_csv(text: str) -> TableSheet:
    """Header and rows of a table separated by commas, semicolons, tabs or bars.

    The header is the first line that has columns of positions, so that titles above it do no
    harm; without one it is the first line of several cells. Raises `ParseError`.
    """
    text, chosen = _without_separator(text.lstrip("\ufeff"))
    beginning = [line for line in text.split("\n") if line.strip()][:_LONGEST_TITLE]
    header = next((x for x in beginning if _delimiter(x)), "")
    delimiter = chosen or _delimiter(header) or _commonest(beginning)
    return table_of(list(_lines(text, delimiter)))


def table_of(lines: Sequence[tuple[int, list[str]]]) -> TableSheet:
    """Find the header among the lines of a table, which have their numbers and are not empty."""
    if not lines:
        return TableSheet([], [])
    _refuse_many(len(lines))
    start = _header_of([cells for _, cells in lines[:_LONGEST_TITLE]])
    line, header = lines[start]
    _refuse_unlike_header(header, line)
    names = header[:MOST_COLUMNS]
    again = [name.casefold() for name in names]
    rows = [
        Row(values=_by_name(names, cells), line=line, is_overlong=any(cells[len(names) :]))
        for line, cells in lines[start + 1 :]
        # The header comes again on each printed page.
        if cells[0].casefold() != again[0]
        or [cell.casefold() for cell in cells[: len(names)]] != again
    ]
    return TableSheet(names, rows)


def refuse_many_columns(names: Sequence[str], line: int | None = None) -> None:
    """Raises `ParseError` for more columns than any list has."""
    if len(names) > MOST_COLUMNS and any(names[MOST_COLUMNS:]):
        count = sum(map(bool, names))
        raise ParseError(
            f"this list has {count:,} columns, and at most {MOST_COLUMNS} can be read",
            "Leave out the columns that residents do not need.",
            line,
        )


def _refuse_unlike_header(names: Sequence[str], line: int | None = None) -> None:
    """Raises `ParseError` for more or longer names of columns than any list has."""
    refuse_many_columns(names, line)
    longest = max(map(len, names), default=0)
    if longest > _LONGEST_NAME:
        raise ParseError(
            f"the name of a column has {longest:,} characters, and at most {_LONGEST_NAME:,} "
            "can be read",
            "Put a short name for each column in the first line.",
            line,
        )


def _refuse_many(count: int) -> None:
    if count > _MOST_ROWS:
        raise ParseError(
            f"this list has more than {_MOST_ROWS:,} rows, and no more can be read",
            "Leave out what is far from the ward, or split it into several files.",
        )


def _is_header(cells: Sequence[str]) -> bool:
    """Whether it names columns of positions; no header is that wide, or has names that long."""
    if any(cells[MOST_COLUMNS:]) or max(map(len, cells), default=0) > _LONGEST_NAME:
        return False
    return has_positions(cells[:MOST_COLUMNS])


def _by_name(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells by column name; of two columns with one name, the first."""
    cells_by_name: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if name:
            cells_by_name.setdefault(name, cell)
    return cells_by_name


def is_total(row: Row) -> bool:
    """Whether a row counts the others, and is not a place."""
    first = next(filter(None, row.values.values()), "")
    return _TOTAL.fullmatch(first.rstrip(_COUNTED)) is not None


def may_be_total(row: Row) -> bool:
    """The same where it has no position of its own."""
    cells = [cell for cell in row.values.values() if cell]
    return any(
        _LONE_TOTAL.fullmatch(cell.rstrip(_COUNTED)) or _AFFECTED.fullmatch(cell) for cell in cells
    ) or (len(cells) == 1 and _TOTAL_OF.fullmatch(cells[0]) is not None)


def is_sum(row: Row, others: Sequence[Row]) -> bool:
    """Whether a row has no words, and each of its numbers is the sum of those above it."""
    cells = {name: parse_number(cell) for name, cell in row.values.items() if cell}
    return (
        len(others) > 1
        and bool(cells)
        and all(
            number is not None and math.isclose(number, _sum_of(name, others), abs_tol=0.011)
            for name, number in cells.items()
        )
    )


def _sum_of(name: str, rows: Sequence[Row]) -> float:
    return math.fsum(parse_number(row.values.get(name, "")) or 0 for row in rows)


def duplicate_name(names: Sequence[str]) -> str | None:
    """A name that two columns have."""
    return next((n for n, count in Counter(names).items() if n and count > 1), None)


def _without_separator(text: str) -> tuple[str, str]:
    """The text without the line that names its separator, which leaves an empty line."""
    match = _SEPARATOR.match(text)
    return (text[match.end() - 1 :], match[1]) if match else (text, "")


def _header_of(lines: Sequence[Sequence[str]]) -> int:
    """Which line is the header: the first with positions, else the first with several cells."""
    counts = [sum(map(bool, cells)) for cells in lines]
    with_several = (n for n, count in enumerate(counts) if count > 1)
    header = next((n for n, cells in enumerate(lines) if _is_header(cells)), None)
    if header is None:
        return next(with_several, 0)
    below = header + 1
    # A word over several columns may be above their names: "Position" above two of them.
    is_above = below < len(lines) and counts[below] > counts[header] and _is_header(lines[below])
    return below if is_above else header


def _delimiter(line: str) -> str | None:
    """The delimiter of a line that is the header of a list of places."""
    cells = {d: [c.strip(' "') for c in line.split(d)] for d in ",;\t|"}
    return next((d for d, names in cells.items() if len(names) > 1 and _is_header(names)), None)


def _commonest(lines: Sequence[str]) -> str:
    """The delimiter that gives the most cells in any of these lines."""
    line = max(lines, key=lambda x: max(map(x.count, ",;\t")), default="")
    return max(",;\t", key=line.count)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table that are not empty, with their numbers."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start, count = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                count += 1
                _refuse_many(count)
                yield start, [without_entities(cell).strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise ParseError(
                "a quotation mark is opened on this line and never closed",
                "Remove it, or close it, and save the sheet again.",
                start,
            ) from None
        raise ParseError(
            f"this line of the table cannot be read: {error}",
            "Save the sheet as CSV again from your spreadsheet program.",
            reader.line_num,
        ) from None
