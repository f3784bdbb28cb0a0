"""Ends work of Python after a time, where the system has no timer that could: on Windows."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

T = TypeVar("T")


class TookTooLongError(Exception):
    """The work did not end in its time."""


class _Interrupted(BaseException):
    """Raised in the work; a `BaseException`, so that `except Exception` does not catch it."""


def result_within(seconds: float, work: Callable[..., T], args: tuple[Any, ...]) -> T:
    """The result of work in another thread; raises `TookTooLongError` after some seconds.

    Nobody waits for the work any longer. It ends when it next runs code of Python.
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
        with lock:  # a thread that has ended may have given its number to another
            if not ended.is_set():
                number = ctypes.c_ulong(thread.ident or 0)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(number, ctypes.py_object(_Interrupted))
        raise TookTooLongError from None
    if error is not None:
        raise error
    return cast("T", value)
