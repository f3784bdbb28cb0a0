"""From when to when a report-back is about."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from wardblog.model import Post, Site
from wardblog.model.events import LONDON
from wardblog.office.newsletter.periods import a_period_before
from wardblog.problems import UsageError
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.text.day_cells import parse_day_cell
from wardblog.text.words import long_date, short_date

TAGS = ("report-backs", "report-back")
_WEEK, _MONTH = 8, 32
# How far ahead a report looks, after a week and after more than that.
_AHEAD_WEEK, _AHEAD = timedelta(weeks=2), timedelta(weeks=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPeriod:
    """The time from `since` until `now`; `last` is the report-back before, if it begins there."""

    since: datetime
    now: datetime
    last: Post | None = None

    @property
    def first_day(self) -> date:
        return self.since.date()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def days(self) -> int:
        return (self.today - self.first_day).days

    @property
    def looks_ahead_to(self) -> date:
        """The last day of what is coming up."""
        return self.today + (_AHEAD_WEEK if self.days <= _WEEK else _AHEAD)

    def holds(self, moment: datetime) -> bool:
        is_later = moment > self.since if self.last else moment >= self.since
        return is_later and moment <= self.now

    def has_day(self, day: date) -> bool:
        """Whether a day belongs to it; that of the report-back before was reported there."""
        first = self.first_day + timedelta(days=1) if self.last else self.first_day
        return first <= day <= self.today

    def opening(self, our: str) -> str:
        """How it begins: `Since our last report-back on 14 November`, or `In the past week`."""
        day = short_date(self.first_day, self.today)
        if self.last:
            return f"Since {our} last report-back on {day}"
        if self.days in (6, 7):
            return "In the past week"
        return f"In the month since {day}" if 28 <= self.days <= _MONTH else f"Since {day}"

    def span(self) -> str:
        """`14 to 29 November 2026`."""
        first, last = self.first_day, self.today
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {long_date(last)}"
        return f"{short_date(first, last)} to {long_date(last)}"


def is_report(post: Post) -> bool:
    """Whether a post is a report-back itself."""
    return any(tag.slug in TAGS for tag in post.tags)


def period_since(site: Site, written: str, now: datetime) -> ReportPeriod:
    """The period from the day of `SINCE=`, or else from the last report-back, or for a month.

    Raises `UsageError` for a day that cannot be read or has not come.
    """
    if written.strip():
        return ReportPeriod(since=_start_of(_day(written, now.date())), now=now)
    last = next((post for post in site.published if is_report(post)), None)
    if last is not None:
        return ReportPeriod(since=last.date, now=now, last=last)
    return ReportPeriod(since=_start_of(a_period_before("month", now.date())), now=now)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _day(written: str, today: date) -> date:
    example = f"make report SINCE={today.replace(day=1).isoformat()}"
    try:
        day = parse_day_cell(written)
    except ParseError as error:
        raise UsageError(f"SINCE={written.strip()}: {error.message}", example) from None
    if day is None:
        raise UsageError(f"SINCE={written.strip()}: this is not a date", example)
    if day > today:
        raise UsageError(
            f"SINCE={written.strip()} is in the future, so there is nothing to report yet", example
        )
    return day
