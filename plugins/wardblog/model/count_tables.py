"""Tables of counts without places, such as reports by category and state."""

from __future__ import annotations

import re

from wardblog.support.late_dataclass import dataclass

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
# Names of columns whose numbers cannot be added up.
_NO_SUM = re.compile(r"%|per ?cent|average|mean|median|rate\b|share|per\b", re.IGNORECASE)
# The most rows on a page, and how many there are of a table that has more; the download has all.
_MOST_SHOWN, _OF_MORE = 30, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """A table as it is published: words first, then counts.

    `words` and `counts` are the names of the columns, and `rows` have the cells of both, so that
    each has `len(words)` texts and `len(counts)` numbers.
    """

    words: tuple[str, ...]
    counts: tuple[str, ...]
    rows: tuple[CountRow, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of the columns for people to read: `Street`, `Sep 2026`."""
        return tuple(map(_heading, (*self.words, *self.counts)))

    @property
    def shown(self) -> tuple[CountRow, ...]:
        """All rows; of a long table those with the highest numbers, highest first."""
        if len(self.rows) <= _MOST_SHOWN:
            return self.rows
        return tuple(sorted(self.rows, key=lambda row: -sum(row.counts))[:_OF_MORE])

    @property
    def totals(self) -> tuple[float, ...]:
        """The sum of each column of counts, over all rows; () where sums would say nothing."""
        if len(self.rows) < 2 or not self.words or any(map(_NO_SUM.search, self.counts)):
            return ()
        return tuple(sum(column) for column in zip(*(r.counts for r in self.rows), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """The words and counts of a row, and the address with more about it, or ""."""

    words: tuple[str, ...]
    counts: tuple[float, ...]
    link: str = ""


def _heading(name: str) -> str:
    if month := _MONTH.fullmatch(name):
        return f"{_MONTHS[int(month[2]) - 1]} {month[1]}"
    plain = name.replace("_", " ")
    return plain[:1].upper() + plain[1:]
