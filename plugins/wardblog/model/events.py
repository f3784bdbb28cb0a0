"""What is held, what closes, and what happened since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wardblog.model.places import Progress

LONDON = ZoneInfo("Europe/London")


def midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def exists(moment: datetime) -> bool:
    """Whether clocks ever show it: in spring they skip an hour."""
    shown = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return shown.replace(tzinfo=None, fold=0) == moment.replace(tzinfo=None, fold=0)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What ends on a day, or at an hour of it."""

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
    """How an event comes again.

    `rule` is an RRULE (RFC 5545, 3.3.10) without its end, `words` the same as the councillor put
    it, `until` the last day on which it may be, and `without` the days on which it is not held.
    """

    rule: str
    words: str
    until: date | None = None
    without: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A meeting, with its times in Europe/London; of one that repeats, the first.

    `last_day` is that of an event of several whole days.
    """

    start: datetime
    end: datetime | None
    words: str
    where: str = ""
    is_cancelled: bool = False
    repeat: Repeat | None = None
    last_day: date | None = None

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
        """Whether it was given a day and no time."""
        return self.end is None and (self.start.hour, self.start.minute) == (0, 0)

    def on_or_after(self, day: date) -> Event | None:
        """The event as it is next held, on this day or later; None where it is over for good."""
        if self.repeat is None:
            return self if self.last >= day else None
        # late import: see docs/architecture.md
        from dateutil.rrule import rrulestr

        first = self.start.replace(tzinfo=None)
        wanted = max(datetime.combine(day, datetime.min.time()), first)
        for found in rrulestr(self.repeat.rule, dtstart=first).xafter(wanted, inc=True):
            on = found.date()
            if self.repeat.until and on > self.repeat.until:
                return None
            start = datetime.combine(on, self.start.timetz())
            # An hour that the clocks skip is left out (RFC 5545, 3.3.10).
            if on not in self.repeat.without and exists(start):
                end = datetime.combine(on, self.end.timetz()) if self.end else None
                return replace(self, start=start, end=end)
        return None

    def not_over(self, moment: datetime) -> Event | None:
        """The event as it is held at this moment or next; None where it is over for good."""
        found = self.on_or_after(moment.date())
        if found is None or found.ends > moment:
            return found
        return self.on_or_after(found.start.date() + timedelta(days=1)) if self.repeat else None


@dataclass(frozen=True, slots=True)
class Update:
    """One line of a report's history; a line without an hour is of the beginning of its day."""

    moment: datetime
    progress: Progress | None
    words: str

    @property
    def day(self) -> date:
        return self.moment.date()
