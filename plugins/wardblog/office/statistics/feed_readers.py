"""How many people follow each feed, by who fetches it.

A service fetches once for all its readers, and announces how many they are. Other readers are told
apart by address and program. That fails in two ways, for which the numbers of a day are corrected:

- The address of a reader changes, for a phone several times a day. One that begins to fetch when
  another one with the same program has stopped, and in the same rhythm, is the same reader.
- Some fetch less than daily. One that has come regularly before, and need not have come again yet,
  is still there.

The number of a day uses nothing that happens later, so that it stays the same when the log grows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field
from datetime import date

from wardblog.office.statistics.agents import Agent, Program
from wardblog.office.statistics.totals import FeedDay
from wardblog.support.late_dataclass import dataclass

# For so many days a reader is remembered.
_REMEMBERED = 35
# On so many days somebody must have come before an absence counts as a habit.
_FEWEST_DAYS = 3
# A reader who comes more often than this, in days, is missed on the first day.
_DAILY = 1.3
# A reader is gone after so many times the usual absence.
_PATIENCE = 1.5
# A fetch continues another one's rhythm if it comes after so many times the usual interval; where
# the other one is known to have its address for long, it must fit better.
_RHYTHM, _RHYTHM_OF_KNOWN = (0.2, 3.0), (0.5, 1.6)
# A browser that fetches a feed is a reader if it does so for so many seconds, or on another day.
_LONG_ENOUGH = 10_800
# So many readers on all days together are counted.
_MOST = 600_000
# There are not more services that anybody uses in one ward.
_MOST_SERVICES = 100
# Seconds are kept from the midnight before: in summer, days in London begin before that of UTC.
_DAY, _DAYS_BEFORE_1970 = 86_400, date(1970, 1, 1).toordinal()
_TWENTY_BITS, _MOST_FETCHES = (1 << 20) - 1, 100_000
# A reader is a number; the families of programs are kept by it.
Reader = int


@dataclass(frozen=True, slots=True)
class _Fetches:
    """What one reader fetched on one day."""

    first: int
    last: int
    count: int

    @property
    def interval(self) -> float:
        """The usual seconds from one fetch to the next; 0 if there was only one."""
        return (self.last - self.first) / (self.count - 1) if self.count > 1 else 0


def _packed(first: int, last: int, count: int) -> int:
    """The fetches of a day in one number, since a year has very many of them."""
    return (min(count, _MOST_FETCHES) << 40) + (first << 20) + last


def _unpacked(packed: int) -> _Fetches:
    return _Fetches(packed >> 20 & _TWENTY_BITS, packed & _TWENTY_BITS, packed >> 40)


@dataclass(slots=True)
class _Habit:
    """On how many days a reader came, and the first and last of them."""

    first: int
    last: int
    days: int = 0

    @property
    def gap(self) -> float:
        return (self.last - self.first) / (self.days - 1) if self.days > 1 else 0


@dataclass(slots=True)
class _FeedLog:
    """Who fetched one feed, by the number of the day."""

    readers: defaultdict[int, dict[Reader, int]] = field(default_factory=lambda: defaultdict(dict))
    browsers: set[Reader] = field(default_factory=set)
    services: defaultdict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


class FeedReaders:
    """Who fetched the feeds. Addresses are in memory only."""

    def __init__(self) -> None:
        self._feeds: defaultdict[str, _FeedLog] = defaultdict(_FeedLog)
        self._known = 0
        self._readers: dict[tuple[bytes, bytes], Reader] = {}
        self._families: list[bytes] = []

    def fetched(self, path: str, address: bytes, agent: Agent, second: int, day: int) -> None:
        """A feed was sent, or had not changed; `day` is its number as of `date.toordinal`."""
        if agent.feed is Program.SERVICE:
            services = self._feeds[path].services[day]
            if agent.name in services or len(services) < _MOST_SERVICES:
                services[agent.name] = 1 if agent.subscribers is None else agent.subscribers
            return
        feed = self._feeds[path]
        readers, reader = feed.readers[day], self._reader(address, agent.family)
        at = second - (day - _DAYS_BEFORE_1970 - 1) * _DAY
        packed = readers.get(reader)
        if packed is None:
            if self._known >= _MOST:
                return
            self._known += 1
            readers[reader] = _packed(at, at, 1)
            if agent.feed is Program.BROWSER:
                feed.browsers.add(reader)
            return
        before = _unpacked(packed)
        readers[reader] = _packed(min(before.first, at), max(before.last, at), before.count + 1)

    def _reader(self, address: bytes, family: bytes) -> Reader:
        key = (address, family)
        reader = self._readers.get(key)
        if reader is None:
            reader = self._readers[key] = len(self._families)
            self._families.append(family)
        return reader

    def days(self) -> dict[date, dict[str, FeedDay]]:
        """The followers of each feed on each day."""
        found: defaultdict[date, dict[str, FeedDay]] = defaultdict(dict)
        for path, feed in self._feeds.items():
            readers = _readers_by_day(feed, self._families)
            for day in sorted({*readers, *feed.services}):
                number, services = readers.get(day, 0), feed.services.get(day, {})
                if number or services:
                    found[date.fromordinal(day)][path] = FeedDay(number, dict(services))
        return found


def _readers_by_day(feed: _FeedLog, families: Sequence[bytes]) -> dict[int, int]:
    habits: dict[Reader, _Habit] = {}
    found: dict[int, int] = {}
    for day in sorted(feed.readers):
        fetches = {reader: _unpacked(packed) for reader, packed in feed.readers[day].items()}
        for reader in fetches:
            habit = habits.setdefault(reader, _Habit(day, day))
            habit.last, habit.days = day, habit.days + 1
        present = {
            reader: one
            for reader, one in fetches.items()
            if reader not in feed.browsers or _is_follower(one, habits[reader])
        }
        found[day] = len(present) - _moved(present, habits, families) + _absent(habits, day)
        for reader in [r for r, habit in habits.items() if day - habit.last > _REMEMBERED]:
            del habits[reader]
    return found


def _is_follower(fetches: _Fetches, habit: _Habit) -> bool:
    """Whether a browser fetches the feed again and again, as those with a feed reader do."""
    return habit.days > 1 or fetches.last - fetches.first >= _LONG_ENOUGH


def _absent(habits: dict[Reader, _Habit], day: int) -> int:
    """How many did not come on this day, but come less than daily."""
    return sum(
        habit.last < day
        and habit.days >= _FEWEST_DAYS
        and habit.gap > _DAILY
        and day - habit.last <= habit.gap * _PATIENCE
        for habit in habits.values()
    )


def _moved(
    present: dict[Reader, _Fetches], habits: dict[Reader, _Habit], families: Sequence[bytes]
) -> int:
    """How many of these have only got another address on this day."""
    groups: defaultdict[bytes, list[Reader]] = defaultdict(list)
    for reader in present:
        groups[families[reader]].append(reader)
    return sum(_moved_in_family(readers, present, habits) for readers in groups.values())


def _moved_in_family(
    readers: list[Reader], present: dict[Reader, _Fetches], habits: dict[Reader, _Habit]
) -> int:
    """The same for those with the same program."""
    intervals = [present[r].interval for r in readers if present[r].interval]
    if not intervals or len(readers) < 2:
        return 0
    longest = max(intervals)
    starts = sorted(readers, key=lambda reader: present[reader].first)
    ended: list[Reader] = sorted(readers, key=lambda reader: present[reader].last)
    free, moved = [], 0
    at = 0
    for reader in starts:
        first = present[reader].first
        while at < len(ended) and present[ended[at]].last < first:
            free.append(ended[at])
            at += 1
        # The one that stopped last fits best.
        for before in reversed(free):
            if first - present[before].last > _RHYTHM[1] * longest:
                break
            if _continues(reader, before, present, habits):
                free.remove(before)
                moved += 1
                break
    return moved


def _continues(
    reader: Reader,
    before: Reader,
    present: dict[Reader, _Fetches],
    habits: dict[Reader, _Habit],
) -> bool:
    """Whether a reader fetches in the rhythm of one that has stopped, from a new address."""
    new = [habits[one].days == 1 for one in (reader, before)]
    if not any(new):
        return False
    interval = present[before].interval or present[reader].interval
    least, most = _RHYTHM if all(new) else _RHYTHM_OF_KNOWN
    pause = present[reader].first - present[before].last
    return interval > 0 and least * interval <= pause <= most * interval
