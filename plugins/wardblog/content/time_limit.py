"""Limits the time that reading any one text may take, whatever it contains.

Python code, regular expressions included, is interrupted by a timer that raises an exception. A
timer works only in the main thread, so other threads hand their work to it. Where it takes none,
and for a C library, which a timer cannot interrupt, the work is done in a child process, which the
operating system kills when its time is up.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from types import CodeType, FrameType
from typing import Any, TypeVar

from wardblog.problems import Problem
from wardblog.report import ParseError, Report

T = TypeVar("T")

# The limit for a text, in seconds of CPU time, so that a busy computer does not matter.
SECONDS = 2.0
# A text may take that much longer for each million characters.
_LONG = 1_000_000
# The limit for a text while somebody types it, in seconds as on a clock.
HURRIED_SECONDS = 2.0
_WHEN_SAVED = "It is checked when you save it."
# The limit for a list; one of 50,000 places takes a second.
LIST_SECONDS = 5.0
SHORTEN_SETTINGS = "Look for a very long line or value in it, and shorten it."
SHORTEN_SHAPE = "Simplify its lines in a map program, or leave out what is outside the ward."
SHORTEN_LIST = "Leave out what residents do not need, or split it into several files."
# The limit of elapsed time, as a multiple of the CPU time.
_WAITING = 10
# The interval at which the timer repeats, and the shortest that it can have, in seconds.
_AGAIN, _SOON = 0.05, 0.001
# Modules of Python's that take locks in functions, which an exception would leave locked for ever.
# (A `with` that takes one is safe.) The import system has two names.
_HOLD_LOCKS = ("logging", "threading", "_frozen_importlib", "importlib._bootstrap")


class _Hurry(threading.local):
    """Until when all work of a thread must be done, by the clock of `time.monotonic`."""

    until = inf


_HURRY = _Hurry()


@contextmanager
def hurried(until: float | None = None) -> Iterator[None]:
    """All that runs within a limit is over in HURRIED_SECONDS, or at the moment `until`."""
    before = _HURRY.until
    moment = time.monotonic() + HURRIED_SECONDS if until is None else until
    _HURRY.until = min(before, moment)
    try:
        yield
    finally:
        _HURRY.until = before


def is_hurried() -> bool:
    return _HURRY.until < inf


def is_late() -> bool:
    """Whether the time of `hurried` is over, so that something may be left unread."""
    return time.monotonic() >= _HURRY.until


class TimeLimitError(ParseError):
    """The work exceeded its time limit."""

    def __init__(self, line: int | None = None, hint: str = "") -> None:
        message = "this text takes too long to read"
        hint = hint or "Shorten it, or split it into several posts."
        if is_hurried():
            message, hint = "this text takes too long to check while you type", _WHEN_SAVED
        super().__init__(message, hint, line)


class _Expired(BaseException):
    """Raised by the timer; a `BaseException`, so that `except Exception` does not catch it."""


class _Alarm:
    """The timer's signal handler; it raises once the work has used up its time."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._seconds = seconds
        self._used = time.thread_time()
        self._begun = time.monotonic()

    def left(self) -> float:
        """Return the CPU time that is left, in seconds."""
        return self._seconds - (time.thread_time() - self._used)

    def __call__(self, _number: int, frame: FrameType | None) -> None:
        waited = time.monotonic() - self._begun
        is_over = waited >= self._seconds * _WAITING or is_late()
        if not self.is_over and (self.left() <= 0 or is_over):
            if not _may_hold_a_lock(frame, _with_timer.__code__):
                raise _Expired
            signal.setitimer(signal.ITIMER_REAL, _SOON, _AGAIN)


def _may_hold_a_lock(frame: FrameType | None, begun_by: CodeType) -> bool:
    """Whether the work is in a module that holds locks, or in what one of these has called.

    `begun_by` is the code that called the work; what is above it does not count.
    """
    while frame is not None and frame.f_code is not begun_by:
        if frame.f_globals.get("__name__") in _HOLD_LOCKS:
            return True
        frame = frame.f_back
    return False


def run_within(seconds: float, work: Callable[..., T], *args: Any, isolated: bool = False) -> T:
    """Return the result of the work; raises `TimeLimitError` if it takes longer than `seconds`.

    The work may run in a child process, so its side effects are lost. `isolated` always uses one:
    for work that is done by a C library.
    """
    if is_late():
        raise TimeLimitError
    if not hasattr(signal, "setitimer"):
        return _in_thread(seconds, work, args)
    if threading.current_thread() is not threading.main_thread():
        # late import: see docs/architecture.md
        from wardblog.support.main_thread import in_main_thread

        until = _HURRY.until

        def hand_over() -> T:
            with hurried(until=until):
                return run_within(seconds, work, *args, isolated=isolated)

        done = in_main_thread(hand_over)
        return done[0] if done else _in_child(seconds, work, args)
    outer = signal.getsignal(signal.SIGALRM)
    if isinstance(outer, _Alarm):
        seconds = min(seconds, outer.left())
    return _in_child(seconds, work, args) if isolated else _with_timer(seconds, work, args)


def run_reported(
    report: Report,
    seconds: float,
    hint: str,
    work: Callable[[Report], T],
    isolated: bool = False,
) -> T | None:
    """Return the result of the work and report its problems; None if it took too long."""

    def with_problems() -> tuple[T, list[Problem]]:
        own = Report(report.file)
        return work(own), own.problems

    try:
        value, problems = run_within(seconds, with_problems, isolated=isolated)
    except TimeLimitError:
        report.parse_error(TimeLimitError(hint=hint))
        return None
    report.problems += problems
    return value


def seconds_for_text(signs: int) -> float:
    """Return the time limit, in seconds, for a text of this many characters."""
    return SECONDS * (1 + signs / _LONG)


def slowest_line(text: str) -> int | None:
    """Return the first line of the paragraph that makes up most of a text, if there is one."""
    blocks = text.split("\n\n")
    longest = max(range(len(blocks)), key=lambda number: len(blocks[number]))
    if len(blocks[longest]) * 2 < len(text):
        return None
    before = "\n\n".join(blocks[:longest])
    leading = len(blocks[longest]) - len(blocks[longest].lstrip("\n"))
    return before.count("\n") + (3 if longest else 1) + leading


def _with_timer(seconds: float, work: Callable[..., T], args: tuple[Any, ...]) -> T:
    alarm = _Alarm(seconds)
    # An exception raised during garbage collection would be lost.
    collects = gc.isenabled()
    gc.disable()
    handler = signal.signal(signal.SIGALRM, alarm)
    first = max(min(seconds, _HURRY.until - time.monotonic()), _SOON)
    rest, again = signal.setitimer(signal.ITIMER_REAL, first, _AGAIN)
    try:
        try:
            return work(*args)
        finally:
            _stop(alarm)
    except _Expired:
        raise TimeLimitError from None
    finally:
        _stop(alarm)
        signal.signal(signal.SIGALRM, handler)
        if collects:
            gc.enable()
        if rest:  # an outer timer, which is restored
            signal.setitimer(signal.ITIMER_REAL, rest, again)


def _stop(alarm: _Alarm) -> None:
    while not alarm.is_over:
        with suppress(_Expired):  # from the moment before
            alarm.is_over = True
    signal.setitimer(signal.ITIMER_REAL, 0)


def _in_thread(seconds: float, work: Callable[..., T], args: tuple[Any, ...]) -> T:
    """For Windows, which has neither such timers nor such child processes."""
    # late import: see docs/architecture.md
    from wardblog.support.interrupted_thread import TookTooLongError, result_within

    try:
        seconds = max(_last(seconds) - time.monotonic(), 0)
        return result_within(seconds, work, args, _may_hold_a_lock)
    except TookTooLongError:
        raise TimeLimitError from None


def _last(seconds: float) -> float:
    """When nobody waits any longer for work with this limit, by the clock of `time.monotonic`."""
    return min(time.monotonic() + seconds * _WAITING, _HURRY.until)


def _in_child(seconds: float, work: Callable[..., T], args: tuple[Any, ...]) -> T:
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # The child does only the work, and takes no lock that another thread may hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _work_in_child(seconds, work, args, writing)
    os.close(writing)
    try:
        answer = _all_of(reading, _last(seconds))
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not answer:
        raise TimeLimitError
    is_done, value = pickle.loads(answer)  # noqa: S301 - our own child's
    if not is_done:
        raise value
    result: T = value
    return result


def _all_of(reading: int, until: float) -> bytes:
    """Return the child's output; b"" if there is none in time."""
    # late import: see docs/architecture.md
    import select

    parts: list[bytes] = []
    while select.select([reading], [], [], max(until - time.monotonic(), 0))[0]:
        part = os.read(reading, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return b""


def _work_in_child(
    seconds: float, work: Callable[..., T], args: tuple[Any, ...], writing: int
) -> None:
    """Do the work and exit; never returns. The system kills the process when its time is up."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGALRM, signal.SIGPROF):
            signal.signal(number, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, _SOON) * _WAITING)
        signal.setitimer(signal.ITIMER_PROF, max(seconds, _SOON))
        try:
            answer = pickle.dumps((True, work(*args)))
        except Exception as error:  # noqa: BLE001 - raised again in the first process
            answer = pickle.dumps((False, error))
        signal.setitimer(signal.ITIMER_PROF, 0)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)
