"""How many cases were opened and closed, by quarter and issue, as residents see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from wardblog.support.late_dataclass import dataclass

# What is about no issue of the site.
OTHER_CASES = "Anything else"
# The row of a quarter that adds up the others.
ALL_CASES = "All cases"


class HiddenCount(Enum):
    """Why a count is not given; the value is what residents read instead.

    A small number could be somebody's own case. A number is withheld as well where a small one
    could be worked out from it.
    """

    FEWER_THAN_5 = "fewer than 5"
    NOT_SHOWN = "not shown"


CaseCount = int | HiddenCount


class Quarter(NamedTuple):
    """A quarter of a year; the first is January to March."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def key(self) -> str:
        """`2026-Q3`."""
        return f"{self.year}-Q{self.number}"

    @property
    def following(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.following.first_day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CaseworkRow:
    """The cases about an issue, or all of them, that were opened and closed in a quarter."""

    issue: str
    opened: CaseCount
    closed: CaseCount


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseworkQuarter:
    """The published counts of a quarter.

    `total` is the row that adds up the others, or None if there is none.
    """

    quarter: Quarter
    rows: tuple[CaseworkRow, ...]
    total: CaseworkRow | None = None

    def each(self) -> Iterator[CaseworkRow]:
        """The rows in their order, then the total."""
        yield from self.rows
        if self.total:
            yield self.total
