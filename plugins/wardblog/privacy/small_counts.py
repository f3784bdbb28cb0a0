"""Hides small counts, so that nobody can work them out from the others and their total.

Somebody who reads a table knows every number in it, what the two labels mean, and the rule below.
It must still leave at least two possible values for each number that it hides. A rule that looks at
a hidden number before it decides what else to hide would give that number away, so this one decides
by sums that the reader either knows anyway or cannot tell from another.

- A count of 1 to 4 is "fewer than 5". 0 is nobody, and is shown.
- If the sum of these counts is within 1 of its least or its greatest value, the last of the larger
  counts is "not shown". A single small count is always that near.
- If that sum is near its least value again, with the larger count added, the total is "not shown";
  so it is if there is no larger count to hide.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from wardblog.model.casework import CaseCount, HiddenCount
from wardblog.support.late_dataclass import dataclass

SMALL = range(1, 5)
_FEWEST_SHOWN = SMALL.stop
_FEWER, _WITHHELD = HiddenCount.FEWER_THAN_5, HiddenCount.NOT_SHOWN
# How far a sum must be from its least and its greatest value.
_MARGIN = 2


@dataclass(frozen=True, slots=True)
class ProtectedColumn:
    """Counts in their order and their total, each as a number or as the reason why it is hidden."""

    counts: tuple[CaseCount, ...]
    total: CaseCount


class Doubt(Enum):
    """What is wrong with a published column, as the end of a sentence."""

    REVEALS = "the total gives away a number that is hidden"
    IMPOSSIBLE = "the total is not the sum of the numbers above it"


def protected(counts: Sequence[int]) -> ProtectedColumn:
    """The column as it may be published. `counts` are whole numbers from 0."""
    small = [count for count in counts if count in SMALL]
    shown: list[CaseCount] = [_FEWER if count in SMALL else count for count in counts]
    if not small:
        return ProtectedColumn(tuple(shown), sum(counts))
    number, hidden = len(small), sum(small)
    larger = [at for at, count in enumerate(counts) if count >= _FEWEST_SHOWN]
    if not larger:
        return ProtectedColumn(tuple(shown), _total_of_small(number, hidden))
    if not _is_near_an_end(number, hidden):
        return ProtectedColumn(tuple(shown), sum(counts))
    second = larger[-1]
    shown[second] = _WITHHELD
    is_clear = hidden + counts[second] >= number + _FEWEST_SHOWN + _MARGIN
    return ProtectedColumn(tuple(shown), sum(counts) if is_clear else _WITHHELD)


def _total_of_small(number: int, total: int) -> CaseCount:
    """The total of a column in which all counts but 0 are small; `number` is how many there are."""
    if total in SMALL and number < SMALL[-1]:
        return _FEWER
    return _WITHHELD if _is_near_an_end(number, total) else total


def _is_near_an_end(number: int, hidden: int) -> bool:
    """Whether so many small counts with this sum could be nearly all 1, or nearly all 4."""
    least, most = number * SMALL[0], number * SMALL[-1]
    return not least + _MARGIN <= hidden <= most - _MARGIN


def doubt_about(counts: Sequence[CaseCount], total: CaseCount) -> Doubt | None:
    """What is wrong with a column as published, whoever wrote it; None if nothing is.

    Each hidden count and a hidden total must have at least two values with which the column adds
    up. A count that is "not shown" is at least 5.
    """
    shown = sum(count for count in counts if isinstance(count, int))
    small = sum(count is _FEWER for count in counts)
    withheld = sum(count is _WITHHELD for count in counts)
    least = shown + small + _FEWEST_SHOWN * withheld
    most = shown + SMALL[-1] * small if not withheld else None
    if isinstance(total, HiddenCount):
        return _doubt_about_small(least, most) if total is _FEWER else None
    if not small and not withheld:
        return None if total == shown else Doubt.IMPOSSIBLE
    if total < least or (most is not None and total > most):
        return Doubt.IMPOSSIBLE
    is_alone = small + withheld == 1
    return Doubt.REVEALS if is_alone or total in (least, most) else None


def _doubt_about_small(least: int, most: int | None) -> Doubt | None:
    """The same for a total of 1 to 4, where the sum is from `least` to `most`; None is no limit."""
    if least > SMALL[-1] or most == 0:
        return Doubt.IMPOSSIBLE
    return Doubt.REVEALS if least == SMALL[-1] or least == most else None
