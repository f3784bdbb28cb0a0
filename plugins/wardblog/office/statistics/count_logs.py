"""Counts the logs that were given, and adds what is new to what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import accumulate
from pathlib import Path

from wardblog.office.private_lock import private_lock
from wardblog.office.statistics.counting import LogCount, Surroundings
from wardblog.office.statistics.log_names import by_log
from wardblog.office.statistics.log_rows import LogRows, note_on, opened
from wardblog.office.statistics.stored import DayPart, read_parts, totals_of, write_parts
from wardblog.office.statistics.stored_parts import SETTLED, CountedDay, join_all
from wardblog.office.statistics.totals import NOTHING, DayTotals, added, subscribers
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass

Parts = Mapping[date, tuple[DayPart, ...]]
_LOCK = ".stats.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the given logs have, by day, whatever was stored before.

    `notes` are sentences about files that could not be read, or only in part. `has_agents` is
    whether the logs have User-Agents and referrers.
    """

    days: Mapping[date, DayTotals]
    files: int
    notes: Sequence[str]
    has_agents: bool

    @property
    def total(self) -> DayTotals:
        """All days together, but for the feeds."""
        return reduce(lambda one, other: added(one, other, True), self.days.values(), NOTHING)

    def as_json(self) -> dict[str, dict[str, int]]:
        """The reads of each path, the subscribers of each feed, and what was excluded."""
        total = self.total
        return {
            "reads": dict(Counter(total.by_path()).most_common()),
            "subscribers": subscribers(sorted(self.days.items())),
            "excluded": dict(Counter(total.excluded).most_common()),
        }


def count_logs(paths: Sequence[Path], private: Path, about: Surroundings) -> Counted:
    """Count these files, and store the totals. Raises `OSError` and `CommandError`."""
    with private_lock(private, _LOCK, "counting logs"):
        return _count_logs(paths, private, about)


def _count_logs(paths: Sequence[Path], private: Path, about: Surroundings) -> Counted:
    stored: Parts = read_parts(private)
    # What these logs have, joined as what is stored, but from nothing.
    found: Parts = {}
    notes: list[str] = []
    files, has_agents = 0, False
    for (_, name), some in by_log(paths).items():
        logs, more = opened(some)
        notes += more
        if not logs:
            continue
        count = LogCount(about, _both(stored, found))
        count.count(LogRows(logs))
        count.finish()
        days = _counted_days(count, name, all(log.form.is_in_order for log in logs))
        notes += [note_on(log.file) for log in logs if log.file.fault]
        files += len(logs)
        has_agents = has_agents or any(log.form.has_agents for log in logs)
        stored = join_all(stored, days)
        found = join_all(found, days)
    if not files:
        raise CommandError(
            "\n".join(["There is nothing to count in these files", *notes]).removesuffix("."),
            "docs/figures.md says which logs can be read, and where each host keeps them.",
        )
    write_parts(private, stored)
    totals = {day: totals_of(parts) for day, parts in found.items()}
    return Counted(days=totals, files=files, notes=notes, has_agents=has_agents)


def _counted_days(count: LogCount, name: str, is_in_order: bool) -> list[CountedDay]:
    feeds = count.feeds.days()
    days = [day for _, day in sorted(count.calendar.days.items())]
    if not days:
        return []
    last = max(segment.last for day in days for segment in day.segments)
    before = accumulate((day.lines for day in days), initial=0)
    return [
        CountedDay(
            counts=day,
            feeds=feeds.get(day.day, {}),
            log=name,
            is_in_order=is_in_order,
            history=history,
            is_settled=last >= day.end + SETTLED,
        )
        for day, history in zip(days, before, strict=False)
    ]


def _both(stored: Parts, found: Parts) -> Parts:
    """All parts at whose ends a log has to be divided."""
    return {day: (*stored.get(day, ()), *found.get(day, ())) for day in {**stored, **found}}
