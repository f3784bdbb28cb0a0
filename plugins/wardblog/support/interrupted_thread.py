"""Ends work of Python after a time, where the system has no timer that could: on Windows."""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import CodeType, FrameType
from typing import Any, TypeVar, cast

T = TypeVar("T")
# How often a good moment to end the work is looked for, a millisecond apart.
_TRIES = 1000


class TookTooLongError(Exception):
    """The work did not end in its time."""


class _Interrupted(BaseException):
    """Raised in the work; a `BaseException`, so that `except Exception` does not catch it."""


def result_within(
    seconds: float,
    work: Callable[..., T],
    args: tuple[Any, ...],
    may_hold_a_lock: Callable[[FrameType | None, CodeType], bool],
) -> T:
    """The result of work in another thread; raises `TookTooLongError` after some seconds.

    Nobody waits for the work any longer. It ends when it next runs code of Python, unless it may
    hold a lock then, which would never be released; `may_hold_a_lock` is asked with its frame and
    the code that began it.
    """
    answers: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()
    ended, lock = threading.Event(), threading.Lock()

    def run() -> None:
        with suppress(_Interrupted):
            try:
                answer: tuple[T | None, BaseException | None] = (work(*args), None)
            except BaseException as error:  # noqa: BLE001 - raised again by who waits for it
                answer = (None, error)
            with lock:
                ended.set()
            answers.put(answer)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        value, error = answers.get(timeout=seconds)
    except Empty:
        number = thread.ident or 0
        for _ in range(_TRIES):
            with lock:  # a thread that has ended may have given its number to another
                if ended.is_set():
                    break
                frame = sys._current_frames().get(number)
                if not may_hold_a_lock(frame, run.__code__):
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(number), ctypes.py_object(_Interrupted)
                    )
                    break
            time.sleep(0.001)
        raise TookTooLongError from None
    if error is not None:
        raise error
    return cast("T", value)
