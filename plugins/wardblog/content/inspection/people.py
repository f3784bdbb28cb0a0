"""Finds columns of people's names beside addresses in tables that are published unchanged."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wardblog.content.tables.column_names import Kind, kind_of, may_name_people
from wardblog.places.columns import words_of_name
from wardblog.privacy.free_text import (
    has_house_address,
    is_company,
    is_name_in_any_form,
    is_titled_name,
)

# Offices whose holders are named in public.
_PUBLIC = frozenset(
    ("councillor", "councillors", "cllr", "head", "headteacher", "teacher", "principal", "mayor",
     "mp", "minister", "vicar", "rector", "priest", "officer", "architect")
)  # fmt: skip
# There may be titles and dates above the header.
_HEADER_WITHIN = 20
_LONGEST_HEADER = 60
_OF_OTHERS = (Kind.NAME, Kind.OTHER_NAME)


class People:
    """Reads a table row by row; `found` is a column of people and the number of their first row.

    In a column that is about people, one name in a row with a house number is enough. In any other
    column of names it takes a title such as "Mrs", or a majority of people, since shops and pubs
    are named after people as well.
    """

    def __init__(self) -> None:
        self._header: Sequence[str] = ()
        # The columns about people who are not public, and those of other names.
        self._theirs: frozenset[str] = frozenset()
        self._others: frozenset[str] = frozenset()
        self._rows = 0
        self._counts: dict[str, tuple[int, int]] = {}
        self._firsts: dict[str, int] = {}
        self.found: tuple[str, int] | None = None

    def add(self, cells: Sequence[str]) -> None:
        self._rows += 1
        if self.found or not any(cells):
            return
        if not self._header:
            if self._rows <= _HEADER_WITHIN:
                self._set_header(_as_header(cells))
            return
        named = [(n, " ".join(c.split())) for n, c in zip(self._header, cells, strict=False) if c]
        for column, cell in named:
            self._judge(column, cell, (c for n, c in named if n != column))

    def _set_header(self, header: Sequence[str]) -> None:
        """Decide once what the columns are about, since a table has many rows."""
        self._header = header
        theirs = filter(may_name_people, header)
        self._theirs = frozenset(c for c in theirs if _PUBLIC.isdisjoint(words_of_name(c)))
        self._others = frozenset(c for c in header if kind_of(c) in _OF_OTHERS)

    def _judge(self, column: str, cell: str, others: Iterable[str]) -> None:
        if column in self._theirs:
            if has_house_address(others) and is_name_in_any_form(cell):
                self.found = self.found or (column, self._rows)
        elif column in self._others and not is_company(cell):
            is_one = has_house_address(others) and is_name_in_any_form(cell)
            if is_one:
                self._firsts.setdefault(column, self._rows)
            if is_one and is_titled_name(cell):
                self.found = self.found or (column, self._rows)
            people, all_of_them = self._counts.get(column, (0, 0))
            self._counts[column] = people + is_one, all_of_them + 1

    def end(self) -> None:
        """Decide about the columns of names, once all rows are known."""
        for column, (people, all_of_them) in self._counts.items():
            if people > 1 and 2 * people > all_of_them:
                self.found = self.found or (column, self._firsts[column])


def _as_header(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells if they are the header of a table of people or places, else ()."""
    several = sum(map(bool, cells)) > 1 and all(len(c) <= _LONGEST_HEADER for c in cells)
    is_one = several and any(may_name_people(c) or kind_of(c) in _OF_OTHERS for c in cells)
    return tuple(" ".join(c.split()) for c in cells) if is_one else ()


def delimiter_of(text: str) -> str:
    """Return the delimiter that occurs most often in one of the first lines."""
    lines = text.split("\n", _HEADER_WITHIN)[:_HEADER_WITHIN]
    return max(",;\t|", key=lambda sign: max((line.count(sign) for line in lines), default=0))


def rows_of_csv(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows up to the first one that cannot be read; the text is searched as well anyway."""
    try:
        yield from csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    except csv.Error:
        return


def rows_of_json(text: str) -> Iterator[Sequence[str]]:
    """The header and rows of a list of JSON objects, such as the properties of GeoJSON."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    members = data.get("features", ()) if isinstance(data, dict) else data
    rows: list[Mapping[str, object]] = []
    for member in members if isinstance(members, list) else ():
        row = member.get("properties", member) if isinstance(member, dict) else None
        if isinstance(row, dict):
            rows.append(row)
    names = list(dict.fromkeys(name for row in rows for name in row))
    if rows:
        yield [str(name) for name in names]
    for row in rows:
        yield [value if isinstance(value := row.get(name), str) else "" for name in names]
