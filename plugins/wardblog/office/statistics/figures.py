"""All figures for the councillor: what was read and who follows, and what to do about each.

`stored_figures` reads what is kept; the rest is pure. The page in the preview and the terminal show
the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from wardblog.model import Site
from wardblog.model.events import LONDON
from wardblog.office.statistics.newsletter_list import NewsletterList, newsletter_list
from wardblog.office.statistics.reading_sections import excluded, issues, posts, reads, streets
from wardblog.office.statistics.sections import MONTH, WEEK, Basis, FigureSection, basis_of
from wardblog.office.statistics.source_sections import codes, sources
from wardblog.office.statistics.stored import DayPart, Days, read_parts, totals_of
from wardblog.office.statistics.subjects import Subjects, subjects_of
from wardblog.office.statistics.subscriber_sections import after_posts, feeds, ways
from wardblog.office.statistics.time_section import times
from wardblog.office.statistics.totals import DayTotals
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import clock, counted, days_between, weekday_date

TITLE = "What is read, and who follows"
UPDATE = 'make stats LOG="access.log*"'
_SECTIONS: tuple[Callable[[Basis], FigureSection], ...] = (
    reads, posts, issues, streets, sources, codes, times, after_posts, ways, feeds, excluded,
)  # fmt: skip
# A log that ends this early, or begins this late, has only a part of its day.
_FIRST_HOUR, _LAST_HOUR = 0, 23
# After so many days a newer log has to be fetched.
_OLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is shown: a few sentences, how current it is, and the sections.

    There are no sections if nothing was counted yet.
    """

    summary: str = ""
    current: tuple[str, ...] = ()
    sections: tuple[FigureSection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDays:
    """The whole days that were counted, the days of which there is only a part, and the end."""

    days: Mapping[date, DayTotals]
    partial: tuple[date, ...]
    until: datetime


def stored_figures(private: Path, site: Site) -> Figures:
    """The figures of what is stored. Raises `CommandError` if it is damaged."""
    stored, newsletter = read_parts(private), newsletter_list(private)
    days = {day: parts for day, parts in stored.items() if day <= site.today}
    ahead = _ahead(len(stored) - len(days))
    if not days:
        words = (newsletter_words(newsletter), *ahead)
        return Figures(summary=" ".join(filter(None, words)))
    found = figures(counted_days(days), subjects_of(site), newsletter, site.today)
    return replace(found, current=(*found.current, *ahead))


def _ahead(number: int) -> tuple[str, ...]:
    """What is said of days after today: with a wrong clock, they would hide all others."""
    are = "is" if number == 1 else "are"
    said = f"{counted(number, 'day')} after today {are} left out: a clock was wrong."
    return (said,) if number else ()


def counted_days(stored: Days) -> CountedDays:
    """The days that logs have from beginning to end; if there are none, all that there are.

    In the middle of a log every day is whole. Where it begins or ends, its first or last line says.
    """
    partial = {
        day
        for day, parts in stored.items()
        if (day - timedelta(days=1) not in stored and _begins(parts).hour > _FIRST_HOUR)
        or (day + timedelta(days=1) not in stored and _ends(parts).hour < _LAST_HOUR)
    }
    if len(partial) == len(stored):
        partial = set()
    return CountedDays(
        days={day: totals_of(p) for day, p in sorted(stored.items()) if day not in partial},
        partial=tuple(sorted(partial)),
        until=max(_ends(parts) for parts in stored.values()),
    )


def _begins(parts: tuple[DayPart, ...]) -> datetime:
    return datetime.fromtimestamp(min(part.first for part in parts), LONDON)


def _ends(parts: tuple[DayPart, ...]) -> datetime:
    return datetime.fromtimestamp(max(part.last for part in parts), LONDON)


def figures(
    found: CountedDays, subjects: Subjects, newsletter: NewsletterList, today: date
) -> Figures:
    """The figures of what was counted; there has to be at least one day."""
    basis = basis_of(found.days, subjects, newsletter, today)
    return Figures(
        summary=_summary(basis),
        current=tuple(_current(basis, found)),
        sections=tuple(section(basis) for section in _SECTIONS),
    )


def _summary(basis: Basis) -> str:
    """`310 reads in the last 7 days. 57 people receive the newsletter. ...`"""
    followed = sum(count for _, count, _ in basis.month.feeds)
    words = [
        f"{counted(basis.week.reads, 'read')} in {basis.period(WEEK)}.",
        newsletter_words(basis.newsletter),
        f"The feeds have {counted(followed, 'subscriber')}." if followed else "",
    ]
    return " ".join(filter(None, words))


def newsletter_words(newsletter: NewsletterList) -> str:
    """`57 people receive the newsletter.`; nothing if there is no list."""
    if newsletter.number is None:
        return newsletter.trouble
    receive = "receives" if newsletter.number == 1 else "receive"
    return f"{counted(newsletter.number, 'person', 'people')} {receive} the newsletter."


def _current(basis: Basis, found: CountedDays) -> list[str]:
    """How current the figures are, and what is missing in them."""
    until = found.until
    old = (basis.today - until.date()).days
    ago = f", {counted(old, 'day')} ago" if old > 1 else ""
    first = basis.last - timedelta(days=WEEK - 1)
    said = [
        f"Counted from logs up to {weekday_date(until.date())}, {clock(until)}{ago}.",
    ]
    if old <= 1:
        said.append(f"The last {WEEK} days are {days_between(first, basis.last)}.")
    if old > _OLD:
        said.append("Fetch a newer log from your host, then count it: this one is too old.")
    if found.partial:
        said.append(
            f"Days that are only partly in the logs are left out: {_listed(found.partial)}."
        )
    missing = [day for day in basis.days(MONTH) if min(found.days) < day]
    missing = [day for day in missing if day not in found.days and day not in found.partial]
    if missing:
        said.append(f"There is no log of {_listed(tuple(missing))}.")
    return said


def _listed(days: tuple[date, ...]) -> str:
    """Days in order, those that follow one another as one period."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "; ".join(days_between(run[0], run[-1]) for run in runs)
