"""Work that a second process does meanwhile, on machines that have a processor to spare."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")


class AsideError(RuntimeError):
    """The other process ended without its result."""


class Aside(Generic[T]):
    """A piece of work begun at once, whose result is waited for later.

    Where it cannot be done aside, it is done when its result is asked for: on one processor, on
    systems without `fork`, and beside other threads, which a forked process would not have.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._answer: Connection | None = None
        if _can_fork():
            context = multiprocessing.get_context("fork")
            self._answer, there = context.Pipe(duplex=False)
            process = context.Process(target=_answer_with, args=(work, there), daemon=True)
            process.start()
            there.close()
            self._process = process

    def result(self) -> T:
        """Waits for the work; raises what it raised, and `AsideError` if it said nothing."""
        if self._answer is None:
            return self._work()
        try:
            is_done, value = self._answer.recv()
        except EOFError:
            is_done, value = False, AsideError("the process beside this one was ended")
        self._process.join()
        if not is_done:
            raise value
        result: T = value
        return result


def _can_fork() -> bool:
    has_fork = "fork" in multiprocessing.get_all_start_methods()
    return has_fork and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def _answer_with(work: Callable[[], T], answer: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl and C are for the first process
    try:
        result: tuple[bool, object] = True, work()
    except Exception as error:  # noqa: BLE001 - raised again in the first process
        result = False, error
    answer.send(result)
