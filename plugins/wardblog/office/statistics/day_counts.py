"""Counts the lines of each day while a log is read.

A day is divided where parts of logs begin and end that were counted before, so that what is new in
an overlapping log can be told from what is known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from wardblog.model.events import LONDON
from wardblog.office.statistics.kept_names import KeptNames
from wardblog.office.statistics.referrers import OWN_CODES, source_of_campaign
from wardblog.office.statistics.stored import DayPart
from wardblog.office.statistics.totals import HOURS, DayTotals

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC).timestamp()
_HOUR, _DAY = 3_600, 86_400
# A clock can be wrong, that of the server or of this computer; a time further ahead is a fault.
_AHEAD = 366 * _DAY
# Codes in links that are kept in all. Half of the room is for those that this software makes.
_MOST_CODES, _MOST_FOREIGN_CODES = 200, 100
# Of so many lines of a second the lengths are remembered.
_LONGEST_TAIL = 100
Cut = tuple[int, int]


class Segment:
    """The counts of a part of a day. The attributes are those of `DayPart` and `DayTotals`."""

    __slots__ = ("at_last", "campaigns", "codes", "excluded", "first", "head", "hours", "last",
                 "profile", "reads", "tail")  # fmt: skip

    def __init__(self, codes: KeptNames) -> None:
        self.codes = codes
        self.first = self.last = self.at_last = 0
        # How long the lines of the first and of the last second are.
        self.head: list[int] = []
        self.tail: list[int] = []
        self.profile = [[0, 0] for _ in range(HOURS)]
        self.reads: dict[str, dict[str, int]] = {}
        self.hours = [0] * HOURS
        self.campaigns: dict[str, int] = {}
        self.excluded: defaultdict[str, int] = defaultdict(int)

    def read(self, path: str, hour: int, source: str, campaign: str) -> None:
        """Count a read; with a code, that says where it came from."""
        if campaign:
            is_ours = source_of_campaign(campaign) in OWN_CODES
            code = self.codes.kept(campaign, _MOST_CODES if is_ours else _MOST_FOREIGN_CODES)
            source = source_of_campaign(code)
            self.campaigns[code] = self.campaigns.get(code, 0) + 1
        sources = self.reads.setdefault(path, {})
        sources[source] = sources.get(source, 0) + 1
        self.hours[hour] += 1

    @property
    def totals(self) -> DayTotals:
        """What was counted, but for the feeds."""
        return DayTotals(
            reads=self.reads,
            hours=tuple(self.hours),
            campaigns=self.campaigns,
            excluded=self.excluded,
        )


class Slot:
    """An hour of a segment, for lines from the second `begin` up to `end`, which is not in it."""

    __slots__ = ("at_last", "begin", "day", "end", "first", "head", "hour", "last", "lines",
                 "segment", "size", "tail")  # fmt: skip

    def __init__(self, segment: Segment, day: int, hour: int, begin: int, end: int) -> None:
        self.segment, self.day, self.hour = segment, day, hour
        self.begin, self.end = begin, end
        self.first, self.last = begin, -1
        self.at_last = self.lines = self.size = 0
        self.head: deque[int] = deque()
        self.tail: deque[int] = deque(maxlen=_LONGEST_TAIL)

    def begin_second(self, second: int, length: int) -> None:
        """Count the first line of a second that is later than all before."""
        if self.last == self.first:
            self.head = self.tail
            self.tail = deque(maxlen=_LONGEST_TAIL)
        self.tail.clear()
        self.tail.append(length)
        self.last, self.at_last = second, 1


class DayCounts:
    """The segments of a day, in their order; between them are the `cuts`.

    A cut is a second, and how many of its lines come before the cut.
    """

    def __init__(self, day: date, known: Sequence[DayPart], codes: KeptNames) -> None:
        self.day = day
        self.begin = int(datetime.combine(day, time(), LONDON).timestamp())
        self.end = int(datetime.combine(day + timedelta(days=1), time(), LONDON).timestamp())
        self.cuts = sorted({cut for part in known for cut in cuts_of(part)})
        self.segments = [Segment(codes) for _ in range(len(self.cuts) + 1)]
        self._slots: dict[tuple[int, int, int], Slot] = {}
        # How many lines each second has at which there is a cut.
        self._at: dict[int, int] = {second: 0 for second, _ in self.cuts}

    def slot(self, second: int) -> Slot:
        """Where a line of this second is counted; ask again for each line at a cut."""
        at = self._at.get(second)
        index = 0
        if at is not None:
            index, self._at[second] = at, at + 1
        number = bisect_right(self.cuts, (second, index))
        # In London, the time is moved by whole hours, so that each hour begins at a whole one.
        hour_begin = second - second % _HOUR
        begin, end = (second, second) if at is not None else self._limits(second, hour_begin)
        key = (number, begin, end)
        slot = self._slots.get(key)
        if slot is None:
            hour = datetime.fromtimestamp(hour_begin, LONDON).hour
            ordinal = self.day.toordinal()
            slot = self._slots[key] = Slot(self.segments[number], ordinal, hour, begin, end)
            slot.first = second
        return slot

    def _limits(self, second: int, hour_begin: int) -> tuple[int, int]:
        before = [s + 1 for s in self._at if s < second]
        after = [s for s in self._at if s > second]
        return max([hour_begin, *before]), min([hour_begin + _HOUR, *after])

    @property
    def lines(self) -> int:
        """How many lines there are, once it is finished."""
        return sum(lines for segment in self.segments for lines, _ in segment.profile)

    def finish(self) -> None:
        """Move what the slots have counted into their segments."""
        for slot in self._slots.values():
            if not slot.lines:
                continue
            segment = slot.segment
            segment.profile[slot.hour][0] += slot.lines
            segment.profile[slot.hour][1] += slot.size
            if not segment.first or slot.first < segment.first:
                segment.first, segment.head = slot.first, list(slot.head or slot.tail)
            if slot.last > segment.last:
                segment.last, segment.at_last = slot.last, slot.at_last
                segment.tail = list(slot.tail)
        self._slots.clear()


def cuts_of(part: DayPart) -> tuple[Cut, Cut]:
    """Before the first of its lines, and after the last."""
    return (part.first, 0), (part.last, part.at_last)


class LogCalendar:
    """The days of a log."""

    def __init__(self, known: Mapping[date, Sequence[DayPart]], now: datetime) -> None:
        self._known = known
        stored = (code for parts in known.values() for p in parts for code in p.totals.campaigns)
        self.codes = KeptNames(_MOST_CODES, stored)
        self._latest = now.timestamp() + _AHEAD
        self.days: dict[date, DayCounts] = {}
        # The days by their number since 1970 in universal time; two in London share most of them.
        self._near: dict[int, tuple[DayCounts, ...]] = {}

    def slot(self, second: int) -> Slot | None:
        """Where a line of this second is counted; None for a time that cannot be."""
        if not _EARLIEST <= second <= self._latest:
            return None
        for day in self._near.get(second // _DAY, ()):
            if day.begin <= second < day.end:
                return day.slot(second)
        day = self._new_day(datetime.fromtimestamp(second, LONDON).date())
        near = self._near.get(second // _DAY, ())
        self._near[second // _DAY] = (*near, day)
        return day.slot(second)

    def _new_day(self, day: date) -> DayCounts:
        if day not in self.days:
            self.days[day] = DayCounts(day, self._known.get(day, ()), self.codes)
        return self.days[day]
