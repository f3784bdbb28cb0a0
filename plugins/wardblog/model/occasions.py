"""What is held, what closes, and what happened since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from wardblog.model.places import Progress


@dataclass(frozen=True, slots=True)
class Deadline:
    day: date
    words: str


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


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting, with its times in Europe/London; of one that repeats, the first."""

    start: datetime
    end: datetime | None
    words: str
    where: str = ""
    is_cancelled: bool = False
    repeat: Repeat | None = None

    @property
    def is_all_day(self) -> bool:
        """Whether it was given a day and no time."""
        return self.end is None and (self.start.hour, self.start.minute) == (0, 0)

    def on_or_after(self, day: date) -> Event | None:
        """The event as it is next held, on this day or later; None where it is over for good."""
        if self.repeat is None:
            return self if self.start.date() >= day else None
        # Here, since most sites and commands ask for no repeat.
        from dateutil.rrule import rrulestr

        first = self.start.replace(tzinfo=None)
        wanted = max(datetime.combine(day, datetime.min.time()), first)
        for found in rrulestr(self.repeat.rule, dtstart=first).xafter(wanted, inc=True):
            on = found.date()
            if self.repeat.until and on > self.repeat.until:
                return None
            if on not in self.repeat.without:
                start = datetime.combine(on, self.start.timetz())
                end = datetime.combine(on, self.end.timetz()) if self.end else None
                return replace(self, start=start, end=end)
        return None


@dataclass(frozen=True, slots=True)
class Update:
    """One line of a report's history; a line without an hour is of the beginning of its day."""

    moment: datetime
    progress: Progress | None
    words: str

    @property
    def day(self) -> date:
        return self.moment.date()
