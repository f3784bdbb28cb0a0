"""Lets other threads hand work to the main thread: only there a timer can interrupt Python."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

T = TypeVar("T")

# How often the main thread looks whether it should stop, in seconds: on Windows, Ctrl+C does not
# interrupt a wait.
_STEP = 0.5
# How long a thread waits for the main thread to begin with its work, in seconds.
_PATIENCE = 0.2


class _Work:
    """A call, and later its result."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self.begun, self._done = threading.Event(), threading.Event()
        self._value: Any = None
        self._error: BaseException | None = None

    def do(self) -> None:
        self.begun.set()
        try:
            self._value = self._call()
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error
        except BaseException:
            self._error = RuntimeError("interrupted")
            raise
        finally:
            self._done.set()

    def wait(self) -> Any:
        self._done.wait()
        if self._error is not None:
            raise self._error
        return self._value

    def refuse(self) -> None:
        self._error = RuntimeError("the main thread has stopped")
        self.begun.set()
        self._done.set()


class _MainThread:
    """What the main thread does for others, while it does."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._works: deque[_Work] = deque()
        self._is_working = False

    def hand_over(self, call: Callable[[], Any]) -> _Work | None:
        """The work that the main thread will do; None if it takes none now."""
        work = _Work(call)
        with self._news:
            if not self._is_working:
                return None
            self._works.append(work)
            self._news.notify()
        return work

    def take_back(self, work: _Work) -> bool:
        """Whether the work will not be done, since the main thread had not begun with it."""
        with self._news:
            if work not in self._works:
                return False
            self._works.remove(work)
            return True

    @contextmanager
    def working(self) -> Iterator[None]:
        self._is_working = True
        try:
            yield
        finally:
            with self._news:
                self._is_working = False
                left, self._works = self._works, deque()
            for work in left:
                work.refuse()

    def do_next(self) -> None:
        with self._news:
            if not self._works:
                self._news.wait(_STEP)
            work = self._works.popleft() if self._works else None
        if work is not None:
            work.do()


# A process has one main thread.
_MAIN = _MainThread()


def is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


def work_until(is_over: Callable[[], bool]) -> None:
    """Do what other threads hand over, until `is_over`; call it in the main thread.

    Nothing that is handed over may wait for another thread.
    """
    with _MAIN.working():
        while not is_over():
            _MAIN.do_next()


def result_of(call: Callable[[], T]) -> T:
    """The result of a call in another thread; call it in the main thread, which works meanwhile."""
    # late import: see docs/architecture.md
    from concurrent.futures import ThreadPoolExecutor

    with _MAIN.working(), ThreadPoolExecutor(1) as threads:
        result = threads.submit(call)
        # What is handed over ends the wait.
        result.add_done_callback(lambda _: _MAIN.hand_over(lambda: None))
        while not result.done():
            _MAIN.do_next()
        return result.result()


def in_main_thread(call: Callable[[], T]) -> tuple[T] | None:
    """Do something in the main thread and return its result; None if that takes no work now.

    It takes none while it is busy with other work for longer than a moment.
    """
    if is_main():
        return None
    work = _MAIN.hand_over(call)
    if work is None or (not work.begun.wait(_PATIENCE) and _MAIN.take_back(work)):
        return None
    return (cast("T", work.wait()),)
