"""Shares work on many items among all processors, where that is safe."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wardblog.support.progress_bar import Watch, no_progress

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

# Fewer items than this take less time than starting another process.
_FEW = 64
# The bytes of a turn, and the most turns there can be: that many fit into any pipe.
_TURN, _TURNS = 4, 10_000
# The bytes of a count.
_COUNT = 8
# After how many new objects a process looks for rubbish, and how often for older rubbish. Python's
# own 700 take a tenth of a build, which makes hundreds of thousands of objects and keeps most.
_RUBBISH_AFTER = (50_000, 20, 50)
# How often the progress of the other processes is shown, in seconds.
_INTERVAL = 0.1


class HelperError(RuntimeError):
    """The work failed in another process, with an exception that cannot be sent here."""


class SharedWork(Generic[T, R]):
    """Work on many items. Other processes start at once; this one joins in with `results`.

    Each process takes the next few items when it is free. This process does everything itself on
    one processor, on systems without a safe `fork`, and beside other threads, which a forked
    process would not have. Items that a killed process had taken are done again.
    """

    def __init__(
        self,
        work: Callable[[T], R],
        items: Sequence[T],
        words: str = "",
        watch: Watch = no_progress,
        few: int = _FEW,
        step: int = 50,
    ) -> None:
        self._work, self._items = work, items
        self._words, self._watch = words, watch
        share = min(step, len(items) // (processors() * 8))
        self._step = max(1, share, -(-len(items) // _TURNS))
        self._processes: list[tuple[Connection, Any]] = []
        self._turns: int | None = None  # a pipe with a turn for every few items
        # How many items each process has done, in memory that all of them share.
        self._done: memoryview | None = None
        if len(items) >= few and _can_fork():
            self._begin()

    def _begin(self) -> None:
        # late import: see docs/architecture.md
        import mmap
        import multiprocessing

        context = multiprocessing.get_context("fork")
        # Each turn is read from the pipe by one process only, even if another is killed.
        self._turns, write = os.pipe()
        turns = range(0, len(self._items), self._step)
        os.write(write, b"".join(first.to_bytes(_TURN, "big") for first in turns))
        os.close(write)
        self._done = memoryview(mmap.mmap(-1, processors() * _COUNT)).cast("Q")
        gc.set_threshold(*_RUBBISH_AFTER)
        gc.enable()
        gc.freeze()  # no process visits the objects so far, so their memory stays shared
        with warnings.catch_warnings():
            # Numerical libraries have threads of their own, and handle forks.
            warnings.simplefilter("ignore", DeprecationWarning)
            for number in range(1, processors()):
                answer, there = context.Pipe(duplex=False)
                ends = [answer, *(known for known, _ in self._processes)]
                process = context.Process(
                    target=self._serve, args=(there, ends, number), daemon=True
                )
                process.start()
                there.close()
                self._processes.append((answer, process))

    def results(self) -> list[R]:
        """Do the remaining work, wait for the others, and return all results in the items' order.

        Raises what the work raised.
        """
        results = self._taken(self._watch, 0)
        for answer, process in list(self._processes):
            results.update(self._answered(answer))
            process.join()
        self._close()
        self._watch(self._words, len(self._items), len(self._items))
        for n in range(len(self._items)):
            if n not in results:
                results[n] = self._work(self._items[n])
        return [results[n] for n in range(len(self._items))]

    def stop(self) -> None:
        """Stop the other processes; their work is no longer needed."""
        for _, process in self._processes:
            process.kill()
            process.join()
        self._close()

    def _close(self) -> None:
        if self._turns is not None:
            os.close(self._turns)
            gc.unfreeze()
        for answer, _ in self._processes:
            answer.close()
        self._turns, self._processes = None, []

    def _answered(self, answer: Connection) -> dict[int, R]:
        while not answer.poll(_INTERVAL):
            self._show_progress(self._watch)
        try:
            is_done, value = answer.recv()
        except EOFError:
            return {}
        if not is_done:
            self.stop()
            raise value
        results: dict[int, R] = value
        return results

    def _taken(self, watch: Watch, number: int) -> dict[int, R]:
        """Return the results of all items that this process took, by their numbers."""
        results: dict[int, R] = {}
        for first in self._turn_starts():
            for n in range(first, min(first + self._step, len(self._items))):
                results[n] = self._work(self._items[n])
            if self._done is not None:
                self._done[number] = len(results)
            self._show_progress(watch, len(results))
        return results

    def _turn_starts(self) -> Iterator[int]:
        """Yield the number of the first item of each turn that this process gets."""
        if self._turns is None:
            yield from range(0, len(self._items), self._step)
            return
        while turn := os.read(self._turns, _TURN):
            yield int.from_bytes(turn, "big")

    def _show_progress(self, watch: Watch, done: int = 0) -> None:
        if self._done is not None:
            done = sum(self._done)
        watch(self._words, done, len(self._items))

    def _serve(self, answer: Connection, others: list[Connection], number: int) -> None:
        """Work in another process, and send the results to the first one."""
        for end in others:
            end.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process
        try:
            result: tuple[bool, object] = True, self._taken(no_progress, number)
        except Exception as error:  # noqa: BLE001 - raised again in the first process
            result = False, error
        try:
            answer.send(result)
        except BrokenPipeError:
            return
        except (AttributeError, TypeError, pickle.PicklingError) as error:
            answer.send((False, HelperError(f"{result[1]!r} ({error})")))


def _can_fork() -> bool:
    """Whether forking is safe; Python's documentation calls it unsafe on macOS."""
    return (
        hasattr(os, "fork")
        and sys.platform != "darwin"
        and processors() > 1
        and threading.active_count() == 1
    )


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
