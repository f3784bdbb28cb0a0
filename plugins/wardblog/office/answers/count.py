"""What was counted: how many chose each answer, and what was not counted, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from wardblog.model import ME_TOO
from wardblog.office.answers.asked import AskedPost
from wardblog.support.late_dataclass import dataclass


class Aside(Enum):
    """Why something is not in the totals; the value says it of one and of several."""

    UNVERIFIED = (
        "person whose message failed the checks of your mail provider",
        "people whose messages failed the checks of your mail provider",
    )
    LATE = (
        "person who answered after the question had closed",
        "people who answered after the question had closed",
    )
    AGAIN = (
        "earlier answer of somebody who answered again",
        "earlier answers of people who answered again",
    )
    UNCLEAR = (
        "without a clear answer",
        "without a clear answer",
    )
    AUTOMATIC = ("written by a program, such as an automatic reply",) * 2
    LIST = ("from a mailing list",) * 2
    BOUNCE = ("that could not be delivered",) * 2
    OWN = ("from an address of your own",) * 2
    NO_SENDER = ("without a sender, or with several",) * 2

    @property
    def is_of_people(self) -> bool:
        """Whether its words say by themselves what is counted; otherwise it is of messages."""
        return self in (Aside.UNVERIFIED, Aside.LATE, Aside.AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCount:
    """The answers with one code in one channel: by key, and how many were set aside."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    aside: Mapping[Aside, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    @property
    def answers(self) -> int:
        """How many chose an answer; "me too" does not count."""
        return self.total - self.numbers.get(ME_TOO, 0)

    def __add__(self, other: CodeCount) -> CodeCount:
        return CodeCount(
            numbers=Counter(self.numbers) + Counter(other.numbers),
            aside=Counter(self.aside) + Counter(other.aside),
        )


class _Last(NamedTuple):
    """The last answer of somebody: when it was received, its number in the order, and its key."""

    received: datetime
    order: int
    key: str


class LastAnswers:
    """The last answer of each person with one code; people are known by digests only."""

    def __init__(self, asked: AskedPost) -> None:
        self._asked = asked
        self._last: dict[tuple[bytes, bool], _Last] = {}
        self._late: set[bytes] = set()
        self._unverified: set[bytes] = set()
        self._unnamed: Counter[str] = Counter()
        self.aside: Counter[Aside] = Counter()

    def add(self, who: bytes, key: str, received: datetime, *, is_unverified: bool = False) -> None:
        """Take an answer; of two that were received at the same time, the one added later counts.

        What failed the checks or came late replaces nothing.
        """
        is_me_too = key == ME_TOO
        if not is_me_too and not self._asked.is_open(received):
            self._late.add(who)
        elif is_unverified:
            self._unverified.add(who)
        else:
            order = len(self._last) + self.aside[Aside.AGAIN]
            new, person = _Last(received, order, key), (who, is_me_too)
            before = self._last.get(person)
            self._last[person] = max(before, new) if before else new
            self.aside[Aside.AGAIN] += before is not None

    def add_unnamed(self, number: int, key: str, received: datetime) -> None:
        """Take answers of so many people of whom nothing is known, such as slips of paper."""
        if key == ME_TOO or self._asked.is_open(received):
            self._unnamed[key] += number
        else:
            self.aside[Aside.LATE] += number

    def result(self) -> CodeCount:
        aside = self.aside + Counter(
            {Aside.LATE: len(self._late), Aside.UNVERIFIED: len(self._unverified)}
        )
        numbers = Counter(last.key for last in self._last.values()) + self._unnamed
        return CodeCount(
            numbers=numbers,
            aside={why: number for why, number in aside.items() if number},
        )


def merged(counts: Iterable[Mapping[str, CodeCount]]) -> dict[str, CodeCount]:
    """The sum of several counts, by code."""
    found: dict[str, CodeCount] = {}
    for one in counts:
        for code, count in one.items():
            found[code] = found[code] + count if code in found else count
    return found
