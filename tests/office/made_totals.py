"""Totals of made-up days, as `make stats` stores them, and a site that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from wardblog.model.events import LONDON
from wardblog.office.statistics.stored import DayPart, write_parts
from wardblog.office.statistics.subjects import Subjects
from wardblog.office.statistics.totals import HOURS, DayTotals, FeedDay

# A Saturday.
LAST = date(2026, 11, 28)
GRIT, TREES, ISSUE = "/2026/11/grit/", "/2026/11/trees/", "/issues/grit-bins/"
FEED = "/feeds/all.rss.xml"
SUBJECTS = Subjects(
    titles={"/": "Home", GRIT: "Grit bins are full", TREES: "New trees", ISSUE: "Grit bins"},
    issues={GRIT: ("Grit bins",), ISSUE: ("Grit bins",), TREES: ("Trees",)},
    streets={GRIT: ("Eland Road",), TREES: ("Eland Road", "Tidy Street")},
    feeds={FEED: "Everything"},
    published={GRIT: date(2026, 11, 12), TREES: date(2026, 11, 17)},
)


def day_of(
    reads: Mapping[str, int] | None = None,
    *,
    source: str = "none",
    hour: int = 19,
    codes: Mapping[str, int] | None = None,
    feeds: Mapping[str, FeedDay] | None = None,
    excluded: Mapping[str, int] | None = None,
) -> DayTotals:
    """A day whose reads were all from one source and in one hour."""
    reads = reads or {}
    hours = [0] * HOURS
    hours[hour] = sum(reads.values())
    return DayTotals(
        reads={path: {source: number} for path, number in reads.items()},
        hours=tuple(hours),
        campaigns=codes or {},
        feeds=feeds or {},
        excluded=excluded or {},
    )


def days_before(number: int, last: date = LAST) -> list[date]:
    """So many days, of which `last` is the last, oldest first."""
    return [last - timedelta(days=n) for n in range(number - 1, -1, -1)]


def part_of(
    day: date, totals: DayTotals, begin: tuple[int, int] = (0, 1), end: tuple[int, int] = (23, 59)
) -> DayPart:
    """What a log has of a day, from one time to another."""
    first, last = (
        int(datetime(day.year, day.month, day.day, *at, tzinfo=LONDON).timestamp())
        for at in (begin, end)
    )
    return DayPart(
        log="access.log",
        first=first,
        last=last,
        at_last=1,
        tail=(1,),
        profile=((0, 0),) * HOURS,
        history=0,
        is_settled=True,
        totals=totals,
    )


def store(private: Path, totals: Mapping[date, DayTotals]) -> None:
    """Store whole days."""
    write_parts(private, {day: (part_of(day, one),) for day, one in totals.items()})
