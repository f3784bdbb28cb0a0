"""What the totals of some days come to: for the terminal, and for the page of figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from wardblog.office.statistics.subjects import Subjects
from wardblog.office.statistics.totals import DayTotals, subscribers
from wardblog.support.late_dataclass import dataclass

Ranked = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The days from `first` to `last`, as far as there were logs of them.

    All lists are in the order of their numbers. `feeds` has for each feed that is followed its
    name, its subscribers, and those that each service announced.
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


def summary(
    totals: Mapping[date, DayTotals], subjects: Subjects, last: date, length: int
) -> Summary:
    """What was counted on so many days, of which `last` is the last."""
    first = last - timedelta(days=length - 1)
    days = {day: one for day, one in totals.items() if first <= day <= last}
    reads: Counter[str] = Counter()
    for one in days.values():
        reads.update(one.by_path())
    return Summary(
        first=first,
        last=last,
        days=len(days),
        reads=sum(one.all_reads for one in days.values()),
        titles=subjects.by_title(reads).most_common(),
        issues=subjects.by_issue(reads).most_common(),
        streets=subjects.by_street(reads).most_common(),
        sources=_sum(one.by_source() for one in days.values()),
        campaigns=_sum(one.campaigns for one in days.values()),
        excluded=_sum(one.excluded for one in days.values()),
        feeds=_feeds(days, subjects),
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
