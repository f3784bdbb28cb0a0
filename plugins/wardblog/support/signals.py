"""Holds back the signals that end a program while something must not be left half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_interruption() -> Iterator[None]:
    """Hold back Ctrl+C and the signals that end a program; they arrive at the end of the block.

    Only for work of a few milliseconds.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are handled in the main thread only
        return
    received: list[int] = []
    names = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {
        name: signal.signal(name, lambda number, _: received.append(number)) for name in names
    }
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler or signal.SIG_DFL)
        for number in received:
            signal.raise_signal(number)
