"""Events, deadlines, and the updates of a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wardblog.model.places import Progress
from wardblog.support.late_dataclass import dataclass

LONDON = ZoneInfo("Europe/London")


def midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def exists(moment: datetime) -> bool:
    """Whether this time exists: in spring the clocks skip an hour."""
    shown = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return shown.replace(tzinfo=None, fold=0) == moment.replace(tzinfo=None, fold=0)


def time_of_day(moment: datetime) -> time | None:
    """The time of a moment; None at midnight, which is what a date without a time has."""
    return None if moment.time() == time() else moment.time()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline at the end of a day, or at a time on that day."""

    day: date
    words: str
    hour: time | None = None

    @property
    def ends(self) -> datetime:
        if self.hour is None:
            return midnight_after(self.day)
        return datetime.combine(self.day, self.hour, LONDON)


@dataclass(frozen=True, slots=True)
class Repeat:
    """How an event repeats.

    `rule` is an RRULE (RFC 5545, 3.3.10) without its end, `words` are the councillor's own,
    `until` is the last possible day, and `without` are the days on which it is not held.
    """

    rule: str
    words: str
    until: date | None = None
    without: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event, with its times in Europe/London; for a repeating event, those of the first date.

    `last_day` is the last day of an event that lasts several whole days. `link` is the address of
    its agenda or page elsewhere, or "". `is_attended` is whether the councillor was there.
    """

    start: datetime
    end: datetime | None
    words: str
    where: str = ""
    is_cancelled: bool = False
    repeat: Repeat | None = None
    last_day: date | None = None
    link: str = ""
    is_attended: bool = False

    @property
    def last(self) -> date:
        """The day on which it ends."""
        return self.last_day or (self.end or self.start).date()

    @property
    def ends(self) -> datetime:
        """When it is over; without an hour, at the end of its day."""
        return self.end or midnight_after(self.last)

    @property
    def is_all_day(self) -> bool:
        """Whether it has a day but no time."""
        return self.end is None and (self.start.hour, self.start.minute) == (0, 0)

    def on_or_after(self, day: date) -> Event | None:
        """The next occurrence, on this day or later; None if there are no more."""
        if self.repeat is None:
            return self if self.last >= day else None
        # late import: see docs/architecture.md
        from dateutil.rrule import rrulestr

        first = self.start.replace(tzinfo=None)
        earliest = max(datetime.combine(day, datetime.min.time()), first)
        for occurrence in rrulestr(self.repeat.rule, dtstart=first).xafter(earliest, inc=True):
            on = occurrence.date()
            if self.repeat.until and on > self.repeat.until:
                return None
            start = datetime.combine(on, self.start.timetz())
            # An hour that the clocks skip is left out (RFC 5545, 3.3.10).
            if on not in self.repeat.without and exists(start):
                end = datetime.combine(on, self.end.timetz()) if self.end else None
                return replace(self, start=start, end=end)
        return None

    def not_over(self, moment: datetime) -> Event | None:
        """The current or next occurrence; None if there are no more."""
        event = self.on_or_after(moment.date())
        if event is None or event.ends > moment:
            return event
        return self.on_or_after(event.start.date() + timedelta(days=1)) if self.repeat else None


@dataclass(frozen=True, slots=True)
class Update:
    """One line of a report's history; without a time, it is at the beginning of its day."""

    moment: datetime
    progress: Progress | None
    words: str

    @property
    def day(self) -> date:
        return self.moment.date()
