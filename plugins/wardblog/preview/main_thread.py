"""Does work in the main thread for other threads.

Reading a text is limited in time by a timer, which works only there; elsewhere a process would have
to be started for each text, which takes much longer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue

# How often to look whether to stop, in seconds; on Windows, Ctrl+C waits for this.
_POLL = 0.5


class MainThread:
    """Runs functions one after another in the thread that called `serve`, once it did."""

    def __init__(self) -> None:
        self._work: SimpleQueue[tuple[Future[None], Callable[[], None]]] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, function: Callable[[], None]) -> None:
        """Return once the function was run; it runs here where no thread serves.

        An exception of the function is raised here.
        """
        with self._lock:
            is_elsewhere = self._thread not in (None, threading.current_thread())
            future: Future[None] = Future()
            if is_elsewhere:
                self._work.put((future, function))
        if is_elsewhere:
            future.result()
        else:
            function()

    def serve(self, stop: threading.Event) -> None:
        """Run what other threads ask for, until `stop` is set or Ctrl+C is pressed."""
        self._thread = threading.current_thread()
        try:
            while not stop.is_set():
                self._run_next(_POLL)
        finally:
            with self._lock:
                self._thread = None
            while self._run_next(0):
                pass

    def _run_next(self, seconds: float) -> bool:
        """Whether there was something to run within this time."""
        try:
            future, function = self._work.get(timeout=seconds)
        except Empty:
            return False
        try:
            function()
        except BaseException as error:
            future.set_exception(error)
            if not isinstance(error, Exception):
                raise
        else:
            future.set_result(None)
        return True
