"""The section about the best day and hour; it names one only if it stands out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from wardblog.office.statistics.chance import is_clearly_more
from wardblog.office.statistics.sections import (
    QUARTER,
    WEEK,
    Basis,
    ColumnChart,
    FigureRow,
    FigureSection,
    number,
)
from wardblog.office.statistics.totals import HOURS, DayTotals, upper_median
from wardblog.text.words import WEEKDAYS

# With fewer weeks or reads nothing is said.
_FEWEST_WEEKS, _FEWEST_READS = 4, 200
# How much more the best has than the second, besides being more than chance.
_MARGIN = 1.2
# The hours of a part of the day.
_PART = 3


def times(basis: Basis) -> FigureSection:
    """The days of the week and the hours, from up to twelve weeks."""
    first = basis.last - timedelta(days=QUARTER - 1)
    days = {day: one for day, one in basis.totals.items() if day >= first}
    by_weekday = [[t.all_reads for d, t in days.items() if d.weekday() == n] for n in range(WEEK)]
    weeks, reads = min(map(len, by_weekday)), sum(map(sum, by_weekday))
    heading = "Best day and hour"
    if weeks < _FEWEST_WEEKS or reads < _FEWEST_READS:
        return FigureSection(
            key="times",
            heading=heading,
            advice=(
                f"Post when it suits you: after {_FEWEST_WEEKS} weeks of logs and "
                f"{_FEWEST_READS} reads, this says whether a day or an hour stands out."
            ),
        )
    usual = [upper_median(reads_of) for reads_of in by_weekday]
    hours = _hours(days.values())
    day = _best_day(usual, weeks)
    part = _best_part(hours)
    return FigureSection(
        key="times",
        heading=heading,
        advice=_advice(basis, first, day, part),
        about=(
            "“Usual” is the middle one of all those days, which one busy day does not change. "
            "Times are those of London."
        ),
        named="Day",
        columns=("Usual",),
        rows=tuple(
            FigureRow(name=name, cells=(number(middle),))
            for name, middle in zip(WEEKDAYS, usual, strict=True)
        ),
        chart=ColumnChart(
            title="Reads by the hour of the day",
            unit="Hour from",
            names=tuple(f"{hour}:00" for hour in range(HOURS)),
            values=tuple(hours),
            ticks=tuple((hour, f"{hour}:00") for hour in range(0, HOURS, 6)),
        ),
    )


def _hours(days: Iterable[DayTotals]) -> list[int]:
    return [sum(one) for one in zip(*(day.hours for day in days), strict=True)]


def _best_day(usual: Sequence[int], weeks: int) -> int | None:
    """The weekday that has clearly the most; None if none has."""
    first, second = sorted(usual, reverse=True)[:2]
    is_clear = is_clearly_more(first * weeks, second * weeks)
    return usual.index(first) if is_clear and first >= second * _MARGIN else None


def _best_part(hours: Sequence[int]) -> int | None:
    """The hour with which those begin that have clearly more than any after or before them."""
    parts = [sum(hours[(at + n) % HOURS] for n in range(_PART)) for at in range(HOURS)]
    first = max(parts)
    # If it is one busy hour, it is in the middle.
    begins = [at for at, reads in enumerate(parts) if reads == first]
    best = begins[len(begins) // 2]
    apart = range(best + _PART, best + HOURS - _PART + 1)
    second = max(parts[at % HOURS] for at in apart)
    return best if is_clearly_more(first, second) and first >= second * _MARGIN else None


def _advice(basis: Basis, first: date, day: int | None, part: int | None) -> str:
    if day is None and part is None:
        return "No day or hour stands out: post when it suits you."
    name = "" if day is None else f"{WEEKDAYS[day]}s"
    verb = "Keep posting" if day is not None and _is_usual(basis, first, day) else "Post"
    usual = "" if day is None else f"on a usual {WEEKDAYS[day]} than on any other day"
    reasons = [usual] if usual else []
    words = [f"{verb} on {name}" if name else verb]
    if part is not None:
        begin, end = _hour(part), _hour((part + _PART) % HOURS)
        words.append(f"before {begin}" if part else "in the evening")
        reasons.append(f"from {begin} to {end} than at any other time of the day")
    return f"{' '.join(words)}: more is read {', and '.join(reasons)}."


def _is_usual(basis: Basis, first: date, weekday: int) -> bool:
    """Whether most posts are of this weekday: the reads may just follow them."""
    found = [d.weekday() for d in basis.subjects.published.values() if first <= d <= basis.last]
    return 2 * found.count(weekday) > len(found)


def _hour(hour: int) -> str:
    """`6pm`, `midday`, `midnight`."""
    if hour % 12 == 0:
        return "midday" if hour == 12 else "midnight"
    return f"{hour % 12}{'am' if hour < 12 else 'pm'}"
