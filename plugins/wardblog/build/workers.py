"""Work on many things, shared among all processors where that is safe."""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
import signal
import sys
import termios
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wardblog.support.progress_bar import Watch, no_progress

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

# Fewer things than this are done sooner than another process is begun.
_FEW = 64
# A turn's bytes, and how many turns there are at most: so many fit into any pipe.
_TURN, _TURNS = 4, 10_000
# How long to wait for the others before it is told again how far they are, in seconds.
_GLANCE = 0.1


class HelperError(RuntimeError):
    """The work failed in another process, in a way that only words can tell."""


class Shared(Generic[T, R]):
    """Work on many things, begun at once by other processes; this one joins in when it likes.

    Whoever is free takes the next few. Where there is nobody else, this process does all of it: on
    one processor, on systems without a safe `fork`, beside other threads, which a forked process
    would not have. What a process that was killed had taken is done again.
    """

    def __init__(
        self,
        work: Callable[[T], R],
        things: Sequence[T],
        words: str = "",
        watch: Watch = no_progress,
        few: int = _FEW,
        step: int = 50,
    ) -> None:
        self._work, self._things = work, things
        self._words, self._watch = words, watch
        share = min(step, len(things) // (processors() * 8))
        self._step = max(1, share, -(-len(things) // _TURNS))
        self._helpers: list[tuple[Connection, Any]] = []
        self._turns: int | None = None  # a pipe with a turn for each few things
        if len(things) >= few and _can_fork():
            self._begin()

    def _begin(self) -> None:
        import multiprocessing  # here, since little work is shared

        context = multiprocessing.get_context("fork")
        # A turn is read from a pipe as a whole, by one process only, even if another is killed.
        self._turns, write = os.pipe()
        turns = range(0, len(self._things), self._step)
        os.write(write, b"".join(first.to_bytes(_TURN, "big") for first in turns))
        os.close(write)
        gc.enable()
        gc.freeze()  # what is there already is looked at by no process, and so stays shared
        with warnings.catch_warnings():
            # Libraries that count with threads have some, and mind their own forks.
            warnings.simplefilter("ignore", DeprecationWarning)
            for _ in range(processors() - 1):
                answer, there = context.Pipe(duplex=False)
                ends = [answer, *(known for known, _ in self._helpers)]
                process = context.Process(target=self._help, args=(there, ends), daemon=True)
                process.start()
                there.close()
                self._helpers.append((answer, process))

    def results(self) -> list[R]:
        """Does what is left, and waits for the rest; raises what the work raised.

        The results are in the order of the things.
        """
        found = self._taken(self._watch)
        for answer, process in list(self._helpers):
            found.update(self._answered(answer))
            process.join()
        self._close()
        self._watch(self._words, len(self._things), len(self._things))
        for n in range(len(self._things)):
            if n not in found:
                found[n] = self._work(self._things[n])
        return [found[n] for n in range(len(self._things))]

    def stop(self) -> None:
        """Ends the others, whose work nobody wants any more."""
        for _, process in self._helpers:
            process.kill()
            process.join()
        self._close()

    def _close(self) -> None:
        if self._turns is not None:
            os.close(self._turns)
            gc.unfreeze()
        for answer, _ in self._helpers:
            answer.close()
        self._turns, self._helpers = None, []

    def _answered(self, answer: Connection) -> dict[int, R]:
        while not answer.poll(_GLANCE):
            self._tell(self._watch)
        try:
            is_done, value = answer.recv()
        except EOFError:
            return {}
        if not is_done:
            self.stop()
            raise value
        found: dict[int, R] = value
        return found

    def _taken(self, watch: Watch) -> dict[int, R]:
        """The results of all that this process took, by the numbers of the things."""
        found: dict[int, R] = {}
        for first in self._firsts():
            for n in range(first, min(first + self._step, len(self._things))):
                found[n] = self._work(self._things[n])
            self._tell(watch, first)
        return found

    def _firsts(self) -> Iterator[int]:
        """The first thing of each turn that this process gets."""
        if self._turns is None:
            yield from range(0, len(self._things), self._step)
            return
        while turn := os.read(self._turns, _TURN):
            yield int.from_bytes(turn, "big")

    def _tell(self, watch: Watch, first: int = 0) -> None:
        total = len(self._things)
        if self._turns is not None:
            waiting = fcntl.ioctl(self._turns, termios.FIONREAD, b"\0" * 4)
            first = total - int.from_bytes(waiting, sys.byteorder) // _TURN * self._step
        watch(self._words, max(first, 0), total)

    def _help(self, answer: Connection, others: list[Connection]) -> None:
        """What a helper does: an answer that nobody waits for any more ends it."""
        for end in others:
            end.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl and C are for the first process
        try:
            result: tuple[bool, object] = True, self._taken(no_progress)
        except Exception as error:  # noqa: BLE001 - raised again in the first process
            result = False, error
        try:
            answer.send(result)
        except BrokenPipeError:
            return
        except (AttributeError, TypeError, pickle.PicklingError) as error:
            answer.send((False, HelperError(f"{result[1]!r} ({error})")))


def _can_fork() -> bool:
    """Python's own documentation calls a fork on a Mac unsafe."""
    return (
        hasattr(os, "fork")
        and sys.platform != "darwin"
        and processors() > 1
        and threading.active_count() == 1
    )


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
