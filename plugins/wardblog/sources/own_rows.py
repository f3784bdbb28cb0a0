"""Keeps what the councillor changed in the gazetteer when it is fetched again."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable

from wardblog.model import METRES_PER_DEGREE
from wardblog.places.gazetteer import decimal, gazetteer_rows, read_gazetteer
from wardblog.problems import CommandError
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import decode_table

_COLUMNS = ("kind", "name", "lat", "lon")
_HEADER = b"kind,name,lat,lon\n"
# Nearer than this, in metres, two rows of one kind and name mean the same place.
_NEAR = 400.0


@dataclass(frozen=True, slots=True)
class NameRow:
    """A row of the gazetteer, as written."""

    kind: str
    name: str
    lat: str
    lon: str

    def means(self, other: NameRow) -> bool:
        """Whether both rows mean the same place."""
        if self.key != other.key:
            return False
        try:
            here, there = (float(self.lat), float(self.lon)), (float(other.lat), float(other.lon))
        except ValueError:
            return False
        across = (here[1] - there[1]) * math.cos(math.radians(here[0]))
        return METRES_PER_DEGREE * math.hypot(here[0] - there[0], across) < _NEAR

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.casefold(), self.name.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The new gazetteer; `own` are the councillor's rows in it, `left_out` those she removed.

    `is_guess` tells that her rows are all those that the sources do not have, since what was
    fetched before is not known.
    """

    data: bytes
    own: tuple[NameRow, ...]
    left_out: tuple[NameRow, ...]
    is_guess: bool


def name_rows(data: bytes) -> list[NameRow]:
    """Return the rows of a gazetteer; raises `ParseError` if they cannot be read."""
    text = decode_table(data)
    read_gazetteer(text, "", Report(""))
    found = []
    for row in gazetteer_rows(text):
        kind, name, lat, lon = (" ".join((row.get(key) or "").split()) for key in _COLUMNS)
        if name:
            found.append(NameRow(kind, name, _rounded(lat), _rounded(lon)))
    return found


def _rounded(number: str) -> str:
    """The number to a metre, so that it stays the same if a spreadsheet program saves it."""
    try:
        return f"{decimal(number):.5f}"
    except ValueError:
        return number


def merged_gazetteer(new: bytes, old: bytes | None, fetched: bytes | None, file: str) -> Merged:
    """Return the new gazetteer with the rows that the councillor added or changed in the old one.

    `fetched` is what an earlier run fetched, if that is known: a row that is not in it is hers, and
    one that she removed stays out. Otherwise all rows of `old` that the new one does not have are
    kept. Her rows are at the end. Raises `CommandError` if the old one cannot be read.
    """
    if old is None:
        return Merged(data=new, own=(), left_out=(), is_guess=False)
    try:
        before = name_rows(old)
    except ParseError as error:
        raise CommandError(
            f"{file}: {error.message}",
            "What you added to it would be lost. Correct it, or move it away, and run the command "
            "again.",
        ) from None
    fresh = name_rows(new)
    known = _readable(fetched)
    by_name, of_old = _ByName(fresh), _ByName(before)
    if known is None:
        own = [row for row in before if not by_name.same(row)]
        gone: list[NameRow] = []
    else:
        fetched_rows = frozenset(known)
        own = [row for row in before if row not in fetched_rows]
        gone = [row for row in known if not of_old.same(row)]
    replaced = {other for row in own for other in by_name.same(row)}
    left_out = {other for row in gone for other in by_name.same(row)}
    dropped = replaced | left_out
    kept = [row for row in fresh if row not in dropped]
    is_same = not own and not left_out
    return Merged(
        data=new if is_same else _HEADER + written_rows((*kept, *dict.fromkeys(own))),
        own=tuple(dict.fromkeys(own)),
        left_out=tuple(sorted(left_out - replaced, key=lambda row: row.name)),
        is_guess=known is None,
    )


def _readable(data: bytes | None) -> list[NameRow] | None:
    try:
        return None if data is None else name_rows(data)
    except ParseError:
        return None


class _ByName:
    """Rows by their kind and name, to compare only those that can mean the same place."""

    def __init__(self, rows: Iterable[NameRow]) -> None:
        self._rows: dict[tuple[str, str], list[NameRow]] = {}
        for row in rows:
            self._rows.setdefault(row.key, []).append(row)

    def same(self, row: NameRow) -> list[NameRow]:
        """The rows that mean the same place."""
        return [other for other in self._rows.get(row.key, ()) if row.means(other)]


def written_rows(rows: Iterable[NameRow]) -> bytes:
    """Return rows as CSV, without the header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((row.kind, row.name, row.lat, row.lon) for row in rows)
    return text.getvalue().encode()
