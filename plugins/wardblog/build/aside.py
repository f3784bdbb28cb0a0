"""Work that a second process does meanwhile, on machines that have a processor to spare."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")


class AsideError(RuntimeError):
    """The work failed in the other process, in a way that only words can tell."""


class Aside(Generic[T]):
    """A piece of work begun at once, whose result is waited for later.

    Where it cannot be done aside, it is done when its result is asked for: on one processor, on
    systems without a safe `fork`, beside other threads, which a forked process would not have, and
    after the other process was killed.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._answer: Connection | None = None
        if _can_fork():
            context = multiprocessing.get_context("fork")
            self._answer, there = context.Pipe(duplex=False)
            ends = (there, self._answer)
            process = context.Process(target=_answer_with, args=(work, *ends), daemon=True)
            with warnings.catch_warnings():
                # Libraries that count with threads have some, and mind their own forks.
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
            there.close()
            self._process = process

    def result(self) -> T:
        """Waits for the work; raises what it raised, or `AsideError`."""
        if self._answer is None:
            return self._work()
        try:
            is_done, value = self._answer.recv()
        except EOFError:
            is_done, value = True, self._work()
        self._process.join()
        if not is_done:
            raise value
        result: T = value
        return result


def _can_fork() -> bool:
    """Python's own documentation calls a fork on a Mac unsafe."""
    has_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return has_fork and processors() > 1 and threading.active_count() == 1


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _answer_with(work: Callable[[], T], answer: Connection, other_end: Connection) -> None:
    other_end.close()  # so that an answer that nobody waits for any more ends this process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl and C are for the first process
    try:
        result: tuple[bool, object] = True, work()
    except Exception as error:  # noqa: BLE001 - raised again in the first process
        result = False, error
    try:
        answer.send(result)
    except BrokenPipeError:
        return  # nobody waits for it any more
    except (AttributeError, TypeError, pickle.PicklingError) as error:
        answer.send((False, AsideError(f"{result[1]!r} ({error})")))
