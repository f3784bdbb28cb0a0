"""What may be said of small numbers: whether a difference is more than chance, and shares."""

from __future__ import annotations

import math
from collections.abc import Sequence

# Reads come in clumps (one person opens several pages), so a difference has to be this many times
# the root of the sum, which is what independent events differ by.
_CLEAR = 3


def is_clearly_more(more: int, less: int) -> bool:
    """Whether two counts of the same length of time differ by more than chance would explain."""
    return more - less > _CLEAR * math.sqrt(more + less)


def shares(numbers: Sequence[int]) -> list[int]:
    """Each number's part of their sum in whole per cent; together they are 100, or all are 0.

    What is missing after rounding down goes to those that lost most by it.
    """
    total = sum(numbers)
    if not total:
        return [0] * len(numbers)
    found = [100 * number // total for number in numbers]
    by_loss = sorted(range(len(numbers)), key=lambda at: -(100 * numbers[at] % total))
    for at in by_loss[: 100 - sum(found)]:
        found[at] += 1
    return found


def share_in_words(percent: int, number: int) -> str:
    """`12%`; `under 1%` of something that is there, but is little."""
    return "under 1%" if number and not percent else f"{percent}%"
