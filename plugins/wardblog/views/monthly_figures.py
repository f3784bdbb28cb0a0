"""Counts of posts, of reports and of repairs by month, and by year before that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from wardblog.model import Closure, Post, Progress, Site
from wardblog.model.addresses import months, years
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import MONTHS
from wardblog.views.charts import MonthColumn

# So many months are listed one by one; what was earlier is added up by year.
_MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """A month, or a whole year before that; `address` is that of its posts, "" if there are none.

    A report is counted when it was reported, and when it was fixed, if the day is known.
    """

    title: str
    address: str
    posts: int
    reported: int
    fixed: int


def closures(site: Site, posts: tuple[Post, ...]) -> Iterator[Closure]:
    """How those ended that are closed."""
    return (closure for post in posts if (closure := post.closure(site.now)))


def is_fixed(closure: Closure) -> bool:
    return closure.progress is Progress.FIXED


Month = tuple[int, int]


class MonthlyCounts:
    """Counts of posts, of reports and of repairs by month."""

    def __init__(self, site: Site, reports: tuple[Post, ...]) -> None:
        self._today = site.today
        self._addresses = frozenset((*months(site), *years(site)))
        days = {
            "posts": [post.date.date() for post in site.published],
            "reported": [post.reported for post in reports],
            "fixed": [o.day for o in closures(site, reports) if is_fixed(o) and o.day],
        }
        self._counts: Mapping[str, Counter[Month]] = {
            name: Counter((day.year, day.month) for day in found) for name, found in days.items()
        }

    def months(self) -> tuple[Month, ...]:
        """The months that are shown one by one, oldest first, up to this month.

        That is all of them, if there are few enough; or else this year's and last year's.
        """
        first = min(min(counts) for counts in self._counts.values() if counts)
        last = self._today.year * 12 + self._today.month - 1
        start = first[0] * 12 + first[1] - 1
        if last - start >= _MONTHS:
            start = (self._today.year - 1) * 12
        return tuple((n // 12, n % 12 + 1) for n in range(min(start, last), last + 1))

    def of(self, year: int, month: int) -> PeriodFigures:
        title, address = f"{MONTHS[month - 1][:3]} {year}", f"{year}/{month:02}/"
        return self._figures(title, address, {(year, month)})

    def years(self, until: Month) -> Iterator[PeriodFigures]:
        """The years before a month in which anything happened, newest first."""
        earlier = {month for counts in self._counts.values() for month in counts if month < until}
        for year in sorted({year for year, _ in earlier}, reverse=True):
            yield self._figures(str(year), f"{year}/", {m for m in earlier if m[0] == year})

    def _figures(self, title: str, address: str, within: set[Month]) -> PeriodFigures:
        return PeriodFigures(
            title=title,
            address=address if address in self._addresses else "",
            **{name: sum(counts[m] for m in within) for name, counts in self._counts.items()},
        )

    def columns(self, listed: tuple[Month, ...], *names: str) -> tuple[MonthColumn, ...]:
        return tuple(
            MonthColumn(year, month, tuple(self._counts[name][year, month] for name in names))
            for year, month in listed
        )
