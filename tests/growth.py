"""Whether work grows no faster than its input: a busy machine slows both, so it changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

# Twice the input may be this many times the work.
MOST = 2.5
# Enough rounds for a quiet moment; a machine that is busier gets more of them.
ROUNDS, MOST_ROUNDS = 3, 25


def assert_grows_with_input(prepare: Callable[[int], Callable[[], object]], size: int) -> None:
    """Compares the least processor time for inputs of `size` and of twice that.

    `prepare` makes an input of a size and returns the work on it, which alone is measured. The two
    are measured in turns, without the garbage collector, which no command uses either.
    """
    once, twice = float("inf"), float("inf")
    for number in range(MOST_ROUNDS):
        now = size + 64 * number  # another input each time, so that no cache knows it
        once = min(once, _seconds(prepare(now)))
        twice = min(twice, _seconds(prepare(2 * now)))
        if number + 1 >= ROUNDS and twice <= MOST * once:
            return
    raise AssertionError(f"{twice:.3f} s for twice the input of {once:.3f} s")


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
