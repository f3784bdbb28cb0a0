"""Rows of a table by the number of reads: with the week beside the month, shares, and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from wardblog.office.statistics.chance import is_clearly_more, share_in_words, shares
from wardblog.office.statistics.sections import (
    MONTH,
    Basis,
    FigureRow,
    FigureSection,
    number,
    shown,
)
from wardblog.office.statistics.summary import Ranked

_PERIODS = ("7 days", "28 days", "Share")


def stands_out(ranked: Ranked) -> bool:
    """Whether the first has clearly more than the second."""
    return is_clearly_more(ranked[0][1], ranked[1][1] if len(ranked) > 1 else 0)


DaysOf = Callable[[str], tuple[int | None, ...]]


def rows_of(week: Ranked, month: Ranked, days: DaysOf, whole: int = 0) -> list[FigureRow]:
    """A row for each name in the month, with the number of the week, and the share.

    The share is that of `whole`; without it, of all rows, which then make up 100% together.
    """
    numbers = [n for _, n in month]
    parts = [round(100 * n / whole) for n in numbers] if whole else shares(numbers)
    in_week = dict(week)
    return [
        FigureRow(
            name=name,
            cells=(number(in_week.get(name, 0)), number(n), share_in_words(percent, n)),
            days=days(name),
        )
        for (name, n), percent in zip(month, parts, strict=True)
    ]


def with_rows(section: FigureSection, rows: list[FigureRow]) -> FigureSection:
    if not rows:
        return replace(section, about="")
    first, more = shown(rows)
    return replace(section, rows=first, more=more, columns=_PERIODS)


def by_day(basis: Basis, by_name: Callable[[Mapping[str, int]], Counter[str]]) -> DaysOf:
    """The reads of each of the last 28 days, by name."""
    found = [
        by_name(basis.totals[day].by_path()) if day in basis.totals else None
        for day in basis.days(MONTH)
    ]
    return lambda name: tuple(None if one is None else one[name] for one in found)


def no_days(_: str) -> tuple[int | None, ...]:
    return ()
