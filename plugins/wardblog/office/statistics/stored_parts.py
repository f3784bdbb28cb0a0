"""Joins what a log has with what is stored, so that no line counts twice and none is lost.

Which lines are known is decided for each day and each log by numbers alone: how many lines and
bytes each hour has, and when the first and the last line was. The same log has the same numbers
under any name, as `access.log.1` and as `access.log.1.gz`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import Enum, auto

from wardblog.model.events import LONDON
from wardblog.office.statistics.day_counts import Cut, DayCounts, Segment, cuts_of
from wardblog.office.statistics.stored import DayPart
from wardblog.office.statistics.totals import HOURS, NOTHING, FeedDay, added
from wardblog.support.late_dataclass import dataclass

# A visit may be undecided for so many seconds after the end of a day.
SETTLED = 10_800
_END_OF_TIME: Cut = (1 << 62, 0)
_BEGINNING: Cut = (-1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDay:
    """What a log has of a day: the counts between the cuts, and the followers of the feeds."""

    counts: DayCounts
    feeds: Mapping[str, FeedDay]
    log: str
    is_in_order: bool
    history: int
    is_settled: bool

    def whole(self) -> DayPart | None:
        """All of it; None if there is no line with a time."""
        return self.between(self.counts.segments)

    def between(self, segments: Sequence[Segment]) -> DayPart | None:
        """These segments as one part."""
        full = [segment for segment in segments if segment.first]
        if not full:
            return None
        latest = [s for s in full if s.last == max(segment.last for segment in full)]
        totals = NOTHING
        for segment in segments:
            totals = added(totals, segment.totals, True)
        return DayPart(
            log=self.log,
            first=min(segment.first for segment in full),
            last=latest[0].last,
            at_last=sum(segment.at_last for segment in latest),
            tail=tuple(length for segment in latest for length in segment.tail),
            profile=_sum_of([segment.profile for segment in full]),
            history=self.history,
            is_settled=self.is_settled,
            totals=replace(totals, feeds=self.feeds),
        )

    def head(self) -> tuple[int, ...]:
        """How long the lines of the first second are."""
        full = [segment for segment in self.counts.segments if segment.first]
        first = min(segment.first for segment in full)
        return tuple(n for segment in full if segment.first == first for n in segment.head)

    def outside(self, parts: Sequence[DayPart]) -> list[DayPart]:
        """What comes before, between and after these parts, which are among the known ones."""
        ends = [_BEGINNING, *self.counts.cuts, _END_OF_TIME]
        covered = [cuts_of(part) for part in parts]
        pieces: list[list[Segment]] = [[]]
        for segment, begin, end in zip(self.counts.segments, ends, ends[1:], strict=False):
            if any(first <= begin and end <= last for first, last in covered):
                pieces.append([])
            else:
                pieces[-1].append(segment)
        return [part for piece in pieces if (part := self.between(piece))]


def _sum_of(profiles: Iterable[Iterable[Iterable[int]]]) -> tuple[tuple[int, int], ...]:
    found = [[0, 0] for _ in range(HOURS)]
    for profile in profiles:
        for hour, (lines, size) in enumerate(profile):
            found[hour][0] += lines
            found[hour][1] += size
    return tuple((lines, size) for lines, size in found)


class _Relation(Enum):
    """How a new part of a day is related to a known one."""

    # Another log, or the same log at another time of the day.
    OTHER = auto()
    # All of the one is in the other, or both have the same.
    SAME = auto()
    COVERS = auto()
    WITHIN = auto()
    OVERLAPS = auto()


_COVERED = (_Relation.SAME, _Relation.COVERS)


def joined(known: Sequence[DayPart], new: CountedDay) -> tuple[DayPart, ...]:
    """The parts of a day after another log of it was read."""
    whole = new.whole()
    if whole is None:
        return tuple(known)
    relations = [(part, _relation(whole, part, new)) for part in known]
    if any(relation is _Relation.WITHIN for _, relation in relations):
        return tuple(known)
    covered = [part for part, relation in relations if relation in _COVERED]
    overlapping = [part for part, relation in relations if relation is _Relation.OVERLAPS]
    if covered and not _is_better(whole, covered):
        return tuple(known)
    kept = [part for part in known if part not in covered]
    return _in_order([*kept, *(new.outside(overlapping) if overlapping else [whole])])


def _is_better(new: DayPart, known: Sequence[DayPart]) -> bool:
    """Whether to replace what is known: the new one has more lines, or more of what is around."""
    lines = sum(_lines(part) for part in known)
    if _lines(new) != lines or len(known) > 1:
        return _lines(new) >= lines
    return (new.is_settled, new.history) >= (known[0].is_settled, known[0].history)


def _lines(part: DayPart) -> int:
    return sum(lines for lines, _ in part.profile)


def _in_order(parts: Iterable[DayPart]) -> tuple[DayPart, ...]:
    return tuple(sorted(parts, key=lambda part: (part.log, part.first, part.last)))


def _relation(new: DayPart, known: DayPart, day: CountedDay) -> _Relation:
    has_same_name = new.log == known.log
    if (new.first, new.last, new.profile) == (known.first, known.last, known.profile):
        return _Relation.SAME
    if new.first != known.first and (new.first >= known.last or new.last <= known.first):
        if not has_same_name:
            return _Relation.OTHER
        return _at_boundary(new, known, day.head())
    if not day.is_in_order and has_same_name:
        return _by_number(new, known)
    if not _fits(new, known, has_same_name):
        return _Relation.OTHER
    return _by_time(new, known)


def _at_boundary(new: DayPart, known: DayPart, head: tuple[int, ...]) -> _Relation:
    """Whether lines of the second in which one ends and the other begins are in both."""
    if new.last == known.first == known.last and known.tail == new.tail[-len(known.tail) :]:
        return _Relation.COVERS
    if new.first != known.last:
        return _Relation.OTHER
    lengths = range(1, min(len(head), len(known.tail)) + 1)
    common = max((n for n in lengths if known.tail[-n:] == head[:n]), default=0)
    if not common:
        return _Relation.OTHER
    is_known = new.last == known.last and common == len(head)
    return _Relation.WITHIN if is_known else _Relation.OVERLAPS


def _by_number(new: DayPart, known: DayPart) -> _Relation:
    """Where lines are written late, so that any hour of the day may have more of them."""
    pairs = list(zip(new.profile, known.profile, strict=True))
    if all(a >= b for (a, _), (b, _) in pairs):
        return _Relation.COVERS
    if all(a <= b for (a, _), (b, _) in pairs):
        return _Relation.WITHIN
    return _Relation.OVERLAPS


def _by_time(new: DayPart, known: DayPart) -> _Relation:
    if (new.first, new.last) == (known.first, known.last):
        return _Relation.COVERS if _lines(new) >= _lines(known) else _Relation.WITHIN
    if new.first <= known.first and new.last >= known.last:
        return _Relation.COVERS
    if new.first >= known.first and new.last <= known.last:
        return _Relation.WITHIN
    return _Relation.OVERLAPS


def _fits(new: DayPart, known: DayPart, has_same_name: bool) -> bool:
    """Whether the hours that both have are the same: then both are parts of one log.

    In the hours in which one of them begins or ends, the other one must have as many lines.
    """
    begin, end = max(new.first, known.first), min(new.last, known.last)
    low, high = _hour(begin), _hour(end)
    inner = range(low + 1, high)
    if any(new.profile[hour] != known.profile[hour] for hour in inner):
        return False
    starts_later = max(new, known, key=lambda part: part.first)
    ends_earlier = min(new, known, key=lambda part: part.last)
    if new.first != known.first:
        other = known if starts_later is new else new
        if low != high and other.profile[low] < starts_later.profile[low]:
            return False
    elif low != high and new.profile[low] != known.profile[low]:
        return False
    if new.last != known.last:
        other = known if ends_earlier is new else new
        is_whole = low != high or other.first <= ends_earlier.first
        if is_whole and other.profile[high] < ends_earlier.profile[high]:
            return False
    return has_same_name or any(new.profile[hour][0] for hour in inner)


def _hour(second: int) -> int:
    return datetime.fromtimestamp(second, LONDON).hour


def join_all(
    known: Mapping[date, tuple[DayPart, ...]], days: Iterable[CountedDay]
) -> dict[date, tuple[DayPart, ...]]:
    """What is stored after a log was read."""
    found = dict(known)
    for day in days:
        if parts := joined(found.get(day.counts.day, ()), day):
            found[day.counts.day] = parts
    return found
