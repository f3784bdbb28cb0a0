"""Says what each column of a list is used for, and why a column is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from wardblog.content.tables.column_names import Kind, kind_of, may_name_people
from wardblog.content.tables.count_tables import parts_of
from wardblog.content.tables.fetched_lists import about_places
from wardblog.content.tables.name_column import choose_name, doubt_of
from wardblog.content.tables.sheets import TableSheet
from wardblog.places.cells import is_missing
from wardblog.places.columns import Columns, Row, find_columns
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_MOST_EXAMPLES, _LONGEST_EXAMPLE = 3, 40
_LETTERS = late_regex(r"[^\W\d_]{2}")
_TOLD_ON_DAYS = ("received", "decided", "closes", "since")


class ColumnRole(Enum):
    """What a column is used for; the value is its name in words."""

    NAME = "name"
    POSITION = "position"
    NUMBER = "number of the place"
    PROGRESS = "progress"
    DAY = "date"
    LINK = "link"
    WORDS = "words"
    COUNTS = "counts"
    PERSONAL = "left out: about people"
    TEXT = "left out: free text"
    NOT_NEEDED = "not published"


_PUBLISHED = frozenset(ColumnRole) - {
    ColumnRole.PERSONAL,
    ColumnRole.TEXT,
    ColumnRole.NOT_NEEDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """A column of a list. `why` is a sentence, or "" where the role says it all.

    `examples` are a few of its cells; none of a column that may be about people.
    """

    name: str
    role: ColumnRole
    why: str = ""
    examples: tuple[str, ...] = ()

    @property
    def is_published(self) -> bool:
        return self.role in _PUBLISHED


def uses_of_columns(
    sheet: TableSheet, name_column: str = "", is_table: bool = False, is_sensitive: bool = False
) -> tuple[ColumnUse, ...]:
    """What each column is used for, in the order of the file.

    `name_column` is the one that the councillor chose for the names. With `is_table`, the list is a
    table of counts; `is_sensitive` is whether it is about complaints.
    """
    rows = [row for row in sheet.rows if any(row.values.values())]
    names = [name for name in dict.fromkeys(sheet.names) if name]
    if is_table:
        uses = _of_table(sheet, rows, names, is_sensitive)
    else:
        uses = _of_places(sheet, rows, names, "" if is_sensitive else name_column, is_sensitive)
    return tuple(uses)


def _of_table(
    sheet: TableSheet, rows: Sequence[Row], names: Sequence[str], is_sensitive: bool
) -> Iterator[ColumnUse]:
    parts = parts_of(sheet, rows, is_sensitive)
    for name in names:
        if name in parts.counts:
            yield _use(name, ColumnRole.COUNTS, rows)
        elif name in parts.words:
            yield _use(name, ColumnRole.WORDS, rows)
        elif name == parts.link:
            yield _use(name, ColumnRole.LINK, rows)
        else:
            yield _left_out(name, rows, None)


def _of_places(
    sheet: TableSheet,
    rows: Sequence[Row],
    names: Sequence[str],
    name_column: str,
    is_sensitive: bool,
) -> Iterator[ColumnUse]:
    columns = find_columns(sheet.names, list(rows), sheet.is_map_data, Report(""))
    known = columns or Columns()
    naming = None
    if rows and columns and not is_sensitive:
        naming = choose_name(sheet.names, rows, columns, name_column, Report(""))
    used = naming.column if naming else ""
    is_told = about_places(sheet.names) is not None and not is_sensitive
    for name in names:
        if name == used:
            doubt = naming.doubt if naming else None
            yield _use(name, ColumnRole.NAME, rows, f"Look at it: {doubt.words}." if doubt else "")
        elif name in known.positions:
            yield _use(name, ColumnRole.POSITION, rows)
        elif name == known.progress:
            yield _use(name, ColumnRole.PROGRESS, rows)
        elif is_told and (name == "link" or name in _TOLD_ON_DAYS):
            yield _use(name, ColumnRole.LINK if name == "link" else ColumnRole.DAY, rows)
        elif is_told and name in ("description", "state", "kind"):
            yield _use(name, ColumnRole.WORDS, rows)
        elif name == known.identifier and not may_name_people(name) and not is_sensitive:
            yield _use(name, ColumnRole.NUMBER, rows)
        else:
            yield _left_out(name, rows, known)


def _left_out(name: str, rows: Sequence[Row], columns: Columns | None) -> ColumnUse:
    if may_name_people(name) and any(_LETTERS.search(row.values.get(name, "")) for row in rows):
        return ColumnUse(
            name=name,
            role=ColumnRole.PERSONAL,
            why="Its name says that it is about people.",
        )
    doubt = doubt_of(name, rows, columns or Columns()) if rows else None
    if doubt and doubt.is_of_people:
        where = "It has people's names" if doubt.line == 1 else f"Line {doubt.line} has a name"
        return ColumnUse(name=name, role=ColumnRole.PERSONAL, why=f"{where} of a person in it."
                         if doubt.line != 1 else f"{where}.")  # fmt: skip
    if doubt or kind_of(name) is Kind.NOTES:
        line = f"Line {doubt.line} reads like a sentence" if doubt else "It is for notes"
        return ColumnUse(
            name=name, role=ColumnRole.TEXT, why=f"{line}, and may say something about somebody."
        )
    return _use(name, ColumnRole.NOT_NEEDED, rows)


def _use(name: str, role: ColumnRole, rows: Sequence[Row], why: str = "") -> ColumnUse:
    cells = (row.values.get(name, "") for row in rows)
    examples = dict.fromkeys(_short(cell) for cell in cells if cell and not is_missing(cell))
    return ColumnUse(name=name, role=role, why=why, examples=tuple(examples)[:_MOST_EXAMPLES])


def _short(cell: str) -> str:
    words = " ".join(cell.split())
    return words if len(words) <= _LONGEST_EXAMPLE else f"{words[:_LONGEST_EXAMPLE]}…"
