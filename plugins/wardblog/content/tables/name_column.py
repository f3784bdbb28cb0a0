"""Chooses the column that names the places of a list: never a column of people or notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase

from wardblog.content.tables.column_names import Kind, is_bare_name, kind_of, may_name_people
from wardblog.places.cells import is_missing
from wardblog.places.columns import Columns, Row, words_of_name
from wardblog.privacy.free_text import (
    has_house_address,
    has_titled_name,
    is_company,
    is_given_name,
    is_name_in_any_form,
    is_note_about_person,
    is_sentence,
    is_titled_name,
    may_have_sentences,
    reads_as_text,
)
from wardblog.problems import did_you_mean
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass

# In lists of reports, titles and descriptions are the residents' own words.
_REPORTS = frozenset(("report", "reports", "reported", "reporter", "complaint", "enquiry", "case"))
# Places of these kinds are often named after people.
_PUBLIC = frozenset(("pub", "school", "church", "stop"))
# What a column holds that says whether a place has something: "Toilet" of a park.
_ANSWERS = frozenset(("", "yes", "no", "y", "n", "true", "false", "n/a", "unknown"))
_ORDER = (
    Kind.NAME, Kind.TITLE, Kind.WHERE, Kind.TEXT, Kind.OTHER_NAME, Kind.NUMBER, Kind.NOTES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameDoubt:
    """Why a column gives no names: the first line with a person's name, or with free text.

    The line is 1, that of the header, where this is true of the whole column.
    """

    column: str
    line: int
    is_of_people: bool

    @property
    def words(self) -> str:
        if self.line == 1:
            return f'"{self.column}" (it has people\'s names)'
        what = "has a person's name" if self.is_of_people else "reads like a sentence"
        return f'"{self.column}" (line {self.line} {what})'


@dataclass(frozen=True, slots=True)
class Naming:
    """`column` has the names, or `""` where rows are numbered, after `prefix` if there is one.

    `doubt` is what speaks against the column, if it is used all the same, and `doubts` are what
    spoke against better ones.
    """

    column: str
    prefix: str = ""
    doubt: NameDoubt | None = None
    doubts: tuple[NameDoubt, ...] = ()

    @property
    def said(self) -> str:
        """Return which column is used, for `make check`."""
        if self.column:
            return f'the names of the places come from the column "{self.column}"'
        if self.prefix:
            return f'the places are called by "{self.prefix}" and a number'
        return "the places have numbers for names"

    @property
    def not_used(self) -> str:
        others = [doubt.words for doubt in self.doubts if doubt.column != self.column]
        return f"Not used: {', '.join(others)}." if others else ""

    def name(self, row: Row, number: int, identifier: str) -> str:
        """Return the name of the place in a row."""
        cell = " ".join(row.values.get(self.column, "").split()) if self.column else ""
        if not is_missing(cell):
            return cell
        if self.column:
            return identifier or "No name"
        own = " ".join(row.values.get(self.prefix, "").split()) if self.prefix else ""
        return f"{own or 'Place'} {number}"


def choose_name(
    names: Sequence[str], rows: Sequence[Row], columns: Columns, chosen: str, report: Report
) -> Naming | None:
    """The column that the councillor wants, else the best that names places, in every row.

    None, with a sentence, where no column can be used.
    """
    if chosen:
        return _wanted(names, rows, columns, chosen, report)
    doubts: list[NameDoubt] = []
    for column in _candidates(names, rows, columns):
        doubt = doubt_of(column, rows, columns)
        if doubt is None:
            return Naming(column, doubts=tuple(doubts))
        doubts.append(doubt)
    people = next((doubt for doubt in doubts if doubt.is_of_people), None)
    if people:
        return Naming(people.column, doubt=people, doubts=tuple(doubts))
    if doubts or columns.category:
        return Naming("", _category(rows, columns), doubts=tuple(doubts))
    listed = ", ".join(f'"{n}"' for n in names if n)
    report.stop(
        1,
        "no column says what the places are called",
        'Call one column "Name", or say which it is in issues.toml: name_column = "...". '
        f"The file has: {listed}.",
    )
    return None


def _wanted(
    names: Sequence[str], rows: Sequence[Row], columns: Columns, chosen: str, report: Report
) -> Naming | None:
    name = next((n for n in names if n.casefold() == chosen.casefold()), None)
    if name is None:
        listed = ", ".join(f'"{n}"' for n in names if n)
        hint = did_you_mean(chosen, names, f"The file has: {listed}.")
        report.stop(1, f'no column is called "{chosen}"', hint)
        return None
    doubt = NameDoubt(name, 1, True) if may_name_people(name) else doubt_of(name, rows, columns)
    return Naming(name, doubt=doubt)


def _candidates(names: Sequence[str], rows: Sequence[Row], columns: Columns) -> Iterator[str]:
    """Return the columns that may name places, best first; empty ones are skipped."""
    used = {*columns.positions, columns.progress}
    by_kind: dict[Kind, list[str]] = {}
    for name in dict.fromkeys(names):
        cells = {row.values.get(name, "") for row in rows}
        if name and name not in used and not _ANSWERS.issuperset(map(str.casefold, cells)):
            by_kind.setdefault(kind_of(name), []).append(name)
    are_reports = any(not _REPORTS.isdisjoint(words_of_name(name)) for name in names)
    for kind in _ORDER:
        if are_reports and kind in (Kind.TITLE, Kind.TEXT, Kind.NOTES):
            continue
        yield from sorted(by_kind.get(kind, ()), key=lambda name: _rank(kind, name, columns))


def _rank(kind: Kind, name: str, columns: Columns) -> int:
    """Among columns of one kind, "Name" comes first, and the list's own identifier."""
    words = words_of_name(name)
    if kind is Kind.NAME:
        return 0 if words == ("name",) else 1 if "name" in words else 2
    if kind is Kind.WHERE:
        order = ("location", "street", "road", "address")
        return next((n for n, word in enumerate(order) if word in words), len(order))
    return 0 if name == columns.identifier else 1


def doubt_of(column: str, rows: Sequence[Row], columns: Columns) -> NameDoubt | None:
    """Return why a column cannot be used for names, if any row has such a reason."""
    kind = kind_of(column)
    cells: dict[str, int] = {}
    for row in rows:
        cell = " ".join(row.values.get(column, "").split())
        if cell and not is_missing(cell):
            cells.setdefault(cell, row.line)
    for label in _labels(cells):
        del cells[label]
    if kind is not Kind.NUMBER:
        if (line := _persons_line(column, cells, rows, kind, columns)) is not None:
            return NameDoubt(column, line, is_of_people=True)
        if kind is Kind.WHERE and (named := [n for c, n in cells.items() if has_titled_name(c)]):
            return NameDoubt(column, named[0], is_of_people=True)
        is_strict = kind not in (Kind.NAME, Kind.WHERE)
        noted = next((cell for cell in cells if is_note_about_person(cell)), None)
        if noted is not None:
            is_person = not is_strict and is_name_in_any_form(noted)
            return NameDoubt(column, cells[noted], is_of_people=is_person)
        reads = reads_as_text if is_strict else is_sentence
        tried = cells if is_strict or may_have_sentences(cells) else {}
        text = next((line for cell, line in tried.items() if reads(cell)), None)
        if text is not None:
            return NameDoubt(column, text, is_of_people=False)
    elif (
        line := next((n for cell, n in cells.items() if is_name_in_any_form(cell)), None)
    ) is not None:
        return NameDoubt(column, line, is_of_people=True)
    return None


def _labels(cells: Iterable[str]) -> set[str]:
    """The cells that are labels in the order of letters: "Light A", "Light B", "Light C".

    Each by itself could be a surname with an initial.
    """
    series: dict[str, dict[str, str]] = {}
    for cell in cells:
        stem, _, letter = cell.rpartition(" ")
        if stem and len(letter) == 1 and letter.isalpha():
            series.setdefault(stem.casefold(), {})[letter.casefold()] = cell
    return {
        cell
        for found in series.values()
        if len(found) > 1 and "".join(sorted(found)) == ascii_lowercase[: len(found)]
        for cell in found.values()
    }


def _persons_line(
    column: str, cells: Mapping[str, int], rows: Sequence[Row], kind: Kind, columns: Columns
) -> int | None:
    """The first line of a person, where the column has people's names among its own.

    A lone "William Hill" may be a shop where the header speaks of shops. So there a name counts
    that begins with Mr or Mrs, or in a row with the address of a house; and all do where most
    cells are names of people or of companies.
    """
    if kind is Kind.NAME and not _PUBLIC.isdisjoint(words_of_name(column)):
        return next((line for cell, line in cells.items() if is_titled_name(cell)), None)
    if len(cells) > 1 and 2 * sum(map(is_given_name, cells)) > len(cells):
        return 1
    people = {cell: line for cell, line in cells.items() if is_name_in_any_form(cell)}
    if not people:
        return None
    first = min(people.values())
    owners = len(people) + sum(map(is_company, cells))
    if len(cells) > 1 and 2 * owners > len(cells):
        return 1
    if kind not in (Kind.NAME, Kind.WHERE) or is_bare_name(column):
        return first
    if titled := [line for cell, line in people.items() if is_titled_name(cell)]:
        return min(titled)
    beside = (row for row in rows if " ".join(row.values.get(column, "").split()) in people)
    others = {column, *columns.positions}
    return next(
        (
            row.line
            for row in beside
            if has_house_address(cell for name, cell in row.values.items() if name not in others)
        ),
        None,
    )


def _category(rows: Sequence[Row], columns: Columns) -> str:
    """Return a column with a few categories, which can name numbered places."""
    if not columns.category:
        return ""
    values = {row.values.get(columns.category, "") for row in rows}
    is_plain = not any(reads_as_text(v) or is_name_in_any_form(v) or len(v) > 60 for v in values)
    return columns.category if is_plain else ""
