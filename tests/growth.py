"""Whether work grows no faster than its input: a busy machine slows both, so it changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable
from statistics import median
from time import process_time

# Twice the input may be this many times the work.
MOST = 2.5
# Enough rounds for a quiet moment; a machine that is busier gets more of them.
ROUNDS, MOST_ROUNDS = 3, 25


def assert_grows_with_input(prepare: Callable[[int], Callable[[], object]], size: int) -> None:
    """Compares the processor time for inputs of `size` and of twice that, measured in turns.

    `prepare` makes an input of a size and returns the work on it, which alone is measured, without
    the garbage collector, which no command uses either. One of two comparisons has to hold: that of
    the quickest work for each length, or the median of those of the rounds. A machine that changes
    its speed disturbs the first, and one that often interrupts the second.
    """
    once, twice, ratios = float("inf"), float("inf"), []
    for number in range(MOST_ROUNDS):
        now = size + 64 * number  # another input each time, so that no cache knows it
        first, second = _seconds(prepare(now)), _seconds(prepare(2 * now))
        once, twice = min(once, first / now), min(twice, second / now)
        ratios.append(second / first)
        # No third round changes the median if the first two agree.
        enough = ROUNDS - 1 if max(ratios) <= MOST else ROUNDS
        if number + 1 >= enough and min(twice / once, median(ratios)) <= MOST:
            return
    raise AssertionError(f"{median(ratios):.1f} times the work for twice the input of {size}")


def _seconds(work: Callable[[], object]) -> float:
    is_on = gc.isenabled()
    gc.disable()
    try:
        begin = process_time()
        work()
        return process_time() - begin
    finally:
        if is_on:
            gc.enable()
