"""The totals of days: all that is kept of a log.

Days and hours are those of London. Nothing here is about one visitor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from enum import Enum

from wardblog.support.late_dataclass import dataclass

HOURS = 24
_WEEK = 7


class Excluded(Enum):
    """Why a request is not counted as a read; the value is shown and stored."""

    BROKEN = "broken line"
    NO_DATE = "impossible date"
    METHOD = "not a GET request"
    FEED = "feed"
    NOT_A_PAGE = "not a page"
    ELSEWHERE = "outside the folder of this site"
    ERROR = "error or redirect"
    CRAWLER = "crawler"
    NO_BROWSER = "no sign of a browser"
    TOO_FAST = "too fast for a person"
    REPEATED = "repeated within 30 minutes"
    TOO_MANY = "too many different addresses"


@dataclass(frozen=True, slots=True)
class FeedDay:
    """Who fetched a feed on a day.

    `readers` is how many feed readers there were of people themselves, as far as one can tell.
    `services` has the number of subscribers that each service last announced.
    """

    readers: int = 0
    services: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotals:
    """What was counted on one day.

    `reads` has for each path (with its leading slash, without a query) the number of reads by
    source; the sources are those of `referrers.py`. `hours` are the reads of each hour, 0 to 23.
    `campaigns` are the reads by what `from=` said in the link, such as `newsletter-2026-12` or
    `leaflet-2026-10`; they are among the reads. `feeds` go by the path of the feed, `excluded`
    by the values of `Excluded`.
    """

    reads: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hours: tuple[int, ...] = (0,) * HOURS
    campaigns: Mapping[str, int] = field(default_factory=dict)
    feeds: Mapping[str, FeedDay] = field(default_factory=dict)
    excluded: Mapping[str, int] = field(default_factory=dict)

    @property
    def all_reads(self) -> int:
        return sum(self.hours)

    def by_path(self) -> dict[str, int]:
        """The reads of each path."""
        return {path: sum(sources.values()) for path, sources in self.reads.items()}

    def by_source(self) -> Counter[str]:
        """The reads of each source."""
        found: Counter[str] = Counter()
        for sources in self.reads.values():
            found.update(sources)
        return found


NOTHING = DayTotals()


def added(one: DayTotals, other: DayTotals, is_same_log: bool) -> DayTotals:
    """The totals of two parts of a day.

    In two parts of the same log the same readers fetch the feeds, so they are not added up.
    """
    if one is NOTHING or other is NOTHING:
        return other if one is NOTHING else one
    return DayTotals(
        reads={
            path: _sum(one.reads.get(path, {}), other.reads.get(path, {}))
            for path in {**one.reads, **other.reads}
        },
        hours=tuple(a + b for a, b in zip(one.hours, other.hours, strict=True)),
        campaigns=_sum(one.campaigns, other.campaigns),
        feeds={
            path: _feed(one.feeds.get(path), other.feeds.get(path), is_same_log)
            for path in {**one.feeds, **other.feeds}
        },
        excluded=_sum(one.excluded, other.excluded),
    )


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}


def _feed(one: FeedDay | None, other: FeedDay | None, is_same_log: bool) -> FeedDay:
    if one is None or other is None:
        return one or other or FeedDay()
    readers = max(one.readers, other.readers) if is_same_log else one.readers + other.readers
    names = {**one.services, **other.services}
    return FeedDay(
        readers,
        {name: max(one.services.get(name, 0), other.services.get(name, 0)) for name in names},
    )


def subscribers(days: Iterable[tuple[date, DayTotals]]) -> dict[str, int]:
    """The subscribers of each feed at the end of these days, which are in order.

    They are what each service announced last, and the median of the other readers in the last
    week.
    """
    known = list(days)
    week = [totals for day, totals in known if (known[-1][0] - day).days < _WEEK]
    feeds = {path for totals in week for path in totals.feeds}
    found = {path: _subscribers([totals.feeds.get(path) for totals in week]) for path in feeds}
    return {path: number for path, number in sorted(found.items()) if number}


def _subscribers(week: list[FeedDay | None]) -> int:
    services: dict[str, int] = {}
    for day in week:
        services.update(day.services if day else {})
    return sum(services.values()) + upper_median([day.readers if day else 0 for day in week])


def upper_median(numbers: list[int]) -> int:
    """The middle number; of two, the larger."""
    return sorted(numbers)[len(numbers) // 2] if numbers else 0
