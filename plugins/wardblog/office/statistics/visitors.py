"""Decides which page requests are reads of people, by how visitors behave.

A User-Agent proves nothing: most programs that pretend to be a browser say so only there. A browser
also loads the style, the scripts and the pictures of a page, or asks whether they have changed. So
what a visitor asked for waits until there is a sign, or until the visit is over. A visitor who has
shown one before needs none, since the browser has kept the files. One who comes back from another
address of the same network is believed if there are more visits there that have shown a sign.

A visitor is an address with a User-Agent. All of this is in memory only.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TypeVar

from wardblog.office.statistics.agents import Agent
from wardblog.office.statistics.day_counts import Slot
from wardblog.office.statistics.totals import Excluded

# After such a pause a visit is over, and a page is read again.
PAUSE = 1_800
# A visit without any sign of a browser is decided after this time at the latest.
LONGEST_WAIT = 7_200
# How long a browser keeps files, in days.
_REMEMBERED = 60
# More pages than that in a minute, or in a visit, is not a person.
_MOST_IN_A_MINUTE, _MOST_IN_A_VISIT = 20, 150
# So many pages without a sign of a browser are not a warm cache.
_MOST_WAITING = 15
# So many may come from a new address of a network where people are known.
_MOST_FROM_NEW_ADDRESS = 3
_SECONDS_TO_READ = 3
# Addresses that do not exist, after which a visitor is one who looks for weaknesses.
_MOST_ERRORS = 5
# How many visitors may be there at once, and be remembered.
_MOST_VISITORS, _MOST_REMEMBERED = 50_000, 120_000
_EVERY = 1_800
# How many people must be known in a wider network before new ones are believed.
_FEWEST_NEAR = 3
_NO_BROWSER, _TOO_FAST = Excluded.NO_BROWSER.value, Excluded.TOO_FAST.value
_REPEATED = Excluded.REPEATED.value
Kept = TypeVar("Kept")
# Second, path, slot, source, campaign, path of the referrer.
Waiting = tuple[int, str, Slot, str, str, str]


class ReaderVisit:
    """A visit that is going on."""

    __slots__ = ("address", "counted", "errors", "family", "fault", "in_minute", "is_proven",
                 "minute", "pages", "seen", "waiting")  # fmt: skip

    def __init__(self, address: bytes, family: bytes, second: int) -> None:
        self.address, self.family, self.seen = address, family, second
        self.is_proven = False
        self.fault = ""  # why nothing of this visit counts
        self.minute = self.in_minute = self.pages = self.errors = 0
        self.waiting: list[Waiting] = []
        self.counted: dict[str, int] = {}


class Visitors:
    """All visits of a log."""

    def __init__(self) -> None:
        self._present: dict[tuple[bytes, bytes], ReaderVisit] = {}
        self._next_look = 0
        # The day on which a browser, or a robot, was last seen.
        self._proven: dict[int, int] = {}
        self._robots: dict[int, int] = {}
        # How many visits with a sign of a browser a network has had, and how many without.
        self._networks: dict[int, tuple[int, int]] = {}

    def at(
        self, address: bytes, written: bytes, agent: Agent, second: int, day: int
    ) -> ReaderVisit:
        """The visit that a request belongs to."""
        if not self._next_look - 2 * _EVERY < second < self._next_look:
            self._look_round(second)
        key = (address, written)
        visitor = self._present.get(key)
        if visitor is not None:
            if second - visitor.seen <= PAUSE:
                visitor.seen = second
                if visitor.waiting and second - visitor.waiting[0][0] > LONGEST_WAIT:
                    self._decide(visitor)
                return visitor
            self._close(visitor)
        if len(self._present) >= _MOST_VISITORS:
            self._leave_room()
        visitor = self._present[key] = ReaderVisit(address, agent.family, second)
        known = hash((address, agent.family))
        if day - self._robots.get(known, -_REMEMBERED) < _REMEMBERED:
            visitor.fault = _NO_BROWSER
        elif day - self._proven.get(known, -_REMEMBERED) < _REMEMBERED:
            visitor.is_proven = True
            _remember(self._proven, known, day)
        return visitor

    def goes_on(self, address: bytes, written: bytes, second: int) -> bool:
        """Whether the request belongs to a visit that has shown a sign of a browser."""
        visitor = self._present.get((address, written))
        if visitor is None or not visitor.is_proven or second - visitor.seen > PAUSE:
            return False
        visitor.seen = second
        return True

    def page(
        self, visitor: ReaderVisit, second: int, path: str, slot: Slot, origin: tuple[str, str, str]
    ) -> None:
        """A page was sent. `origin` is the source, the campaign and the path of the referrer."""
        visitor.pages += 1
        minute = second // 60
        if visitor.minute != minute:
            visitor.minute, visitor.in_minute = minute, 0
        visitor.in_minute += 1
        if visitor.in_minute > _MOST_IN_A_MINUTE or visitor.pages > _MOST_IN_A_VISIT:
            self._refuse(visitor, _TOO_FAST)
        if visitor.fault:
            slot.segment.excluded[visitor.fault] += 1
        elif visitor.is_proven:
            _count(visitor, (second, path, slot, *origin))
        else:
            visitor.waiting.append((second, path, slot, *origin))
            if len(visitor.waiting) > _MOST_WAITING:
                self._refuse(visitor, _NO_BROWSER)

    def prove(self, visitor: ReaderVisit, day: int) -> None:
        """The visitor did what only a browser does."""
        if visitor.is_proven or visitor.fault:
            return
        visitor.is_proven = True
        _remember(self._proven, hash((visitor.address, visitor.family)), day)
        for network in networks_of(visitor.address):
            self._count_in(hash((network, visitor.family)), 1, 0)
        for one in visitor.waiting:
            _count(visitor, one)
        visitor.waiting.clear()

    def is_a_robot(self, visitor: ReaderVisit, day: int) -> None:
        """The visitor did what only a robot does."""
        _remember(self._robots, hash((visitor.address, visitor.family)), day)
        self._refuse(visitor, _NO_BROWSER)

    def not_found(self, visitor: ReaderVisit) -> None:
        """A page does not exist."""
        visitor.errors += 1
        if visitor.errors > max(_MOST_ERRORS, visitor.pages):
            self._refuse(visitor, _NO_BROWSER)

    def finish(self) -> None:
        """The log is at its end: decide what still waits."""
        for visitor in self._present.values():
            self._close(visitor)
        self._present.clear()

    def _refuse(self, visitor: ReaderVisit, fault: str) -> None:
        visitor.fault = fault
        for one in visitor.waiting:
            one[2].segment.excluded[fault] += 1
        visitor.waiting.clear()

    def _close(self, visitor: ReaderVisit) -> None:
        if visitor.waiting:
            self._decide(visitor)

    def _decide(self, visitor: ReaderVisit) -> None:
        """A visit without a sign of a browser: is it one whose files are still in its cache?"""
        near, wide = (
            self._count_in(hash((network, visitor.family)), 0, 1)
            for network in networks_of(visitor.address)
        )
        is_usual = near[0] > near[1] or (wide[0] >= _FEWEST_NEAR and wide[0] > 2 * wide[1])
        is_usual = is_usual and visitor.family != b""  # a log without User-Agents tells too little
        is_small = len(visitor.waiting) <= _MOST_FROM_NEW_ADDRESS
        if (is_small and is_usual) or _walks(visitor.waiting):
            for one in visitor.waiting:
                _count(visitor, one)
            visitor.waiting.clear()
            return
        self._refuse(visitor, _NO_BROWSER)

    def _count_in(self, network: int, with_sign: int, without: int) -> tuple[int, int]:
        """Count a visit from a network; returns how many of both kinds there were before."""
        before = self._networks.get(network, (0, 0))
        _remember(self._networks, network, (before[0] + with_sign, before[1] + without))
        return before

    def _look_round(self, second: int) -> None:
        """End the visits that are over."""
        self._next_look = second + _EVERY
        over = [key for key, v in self._present.items() if second - v.seen > PAUSE]
        for key in over:
            self._close(self._present.pop(key))

    def _leave_room(self) -> None:
        """An attack from very many addresses: end the visits that are quiet for longest."""
        by_age = sorted(self._present.items(), key=lambda item: item[1].seen)
        for key, visitor in by_age[: _MOST_VISITORS // 2]:
            self._close(visitor)
            del self._present[key]


def _remember(memory: dict[int, Kept], key: int, value: Kept) -> None:
    """Set a value; those that were set longest ago are forgotten when there are too many."""
    memory.pop(key, None)
    memory[key] = value
    if len(memory) > _MOST_REMEMBERED:
        for old in list(islice(memory, _MOST_REMEMBERED // 10)):
            del memory[old]


def _count(visitor: ReaderVisit, one: Waiting) -> None:
    second, path, slot, source, campaign, _ = one
    before = visitor.counted.get(path)
    if before is not None and abs(second - before) < PAUSE:
        slot.segment.excluded[_REPEATED] += 1
        return
    visitor.counted[path] = second
    slot.segment.read(path, slot.hour, source, campaign)


def _walks(waiting: list[Waiting]) -> bool:
    """Whether somebody goes from page to page by the links on them, at the pace of a reader."""
    seen = {waiting[0][1]}
    for before, one in pairwise(waiting):
        if one[5] not in seen or one[0] - before[0] < _SECONDS_TO_READ:
            return False
        seen.add(one[1])
    return len(seen) > 1


def networks_of(address: bytes) -> tuple[bytes, bytes]:
    """The network of an address, and the wider one around it: /24 and /16, or /48 and /32."""
    if b":" in address and b"." not in address:
        parts = address.split(b":")
        return b":".join(parts[:3]), b":".join(parts[:2])
    near = address.rpartition(b".")[0]
    return near, near.rpartition(b".")[0]
