"""What the totals of some days come to: for the terminal, and for the page of figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardblog.office.statistics.subjects import Subjects
from wardblog.office.statistics.totals import HOURS, DayTotals, subscribers

Ranked = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The days from `first` to `last`, as far as there were logs of them.

    All lists are in the order of their numbers. `feeds` has for each feed that is followed its
    name, its subscribers, and those that each service announced. `weekdays` are the reads of
    Monday to Sunday, `hours` those of each hour.
    """

    first: date
    last: date
    days: int
    reads: int
    titles: Ranked
    issues: Ranked
    streets: Ranked
    sources: Ranked
    campaigns: Ranked
    excluded: Ranked
    feeds: Sequence[tuple[str, int, Ranked]]
    weekdays: Sequence[int]
    hours: Sequence[int]

    @property
    def best_weekday(self) -> int | None:
        """The weekday with most reads, Monday is 0; None if none has more than others."""
        return _best(self.weekdays)

    @property
    def best_hour(self) -> int | None:
        """The hour with most reads; None if none has more than others."""
        return _best(self.hours)


def _best(numbers: Sequence[int]) -> int | None:
    most = max(numbers)
    return numbers.index(most) if numbers.count(most) == 1 else None


def summary(
    totals: Mapping[date, DayTotals], subjects: Subjects, last: date, length: int
) -> Summary:
    """What was counted on so many days, of which `last` is the last."""
    first = last - timedelta(days=length - 1)
    days = {day: one for day, one in totals.items() if first <= day <= last}
    reads: Counter[str] = Counter()
    weekdays, hours = [0] * 7, [0] * HOURS
    for day, one in days.items():
        reads.update(one.by_path())
        weekdays[day.weekday()] += one.all_reads
        hours = [a + b for a, b in zip(hours, one.hours, strict=True)]
    return Summary(
        first=first,
        last=last,
        days=len(days),
        reads=sum(hours),
        titles=subjects.by_title(reads).most_common(),
        issues=subjects.by_issue(reads).most_common(),
        streets=subjects.by_street(reads).most_common(),
        sources=_sum(one.by_source() for one in days.values()),
        campaigns=_sum(one.campaigns for one in days.values()),
        excluded=_sum(one.excluded for one in days.values()),
        feeds=_feeds(days, subjects),
        weekdays=weekdays,
        hours=hours,
    )


def _sum(counts: Iterable[Mapping[str, int]]) -> Ranked:
    found: Counter[str] = Counter()
    for one in counts:
        found.update(one)
    return found.most_common()


def _feeds(days: Mapping[date, DayTotals], subjects: Subjects) -> list[tuple[str, int, Ranked]]:
    """The feeds at the end of these days."""
    found: list[tuple[str, int, Ranked]] = []
    for path, number in Counter(subscribers(sorted(days.items()))).most_common():
        services: dict[str, int] = {}
        for _, one in sorted(days.items())[-7:]:
            if path in one.feeds:
                services.update(one.feeds[path].services)
        name = subjects.feeds.get(path, "")
        shown = f"{name} ({path})" if name else path
        found.append((shown, number, Counter(services).most_common()))
    return found
