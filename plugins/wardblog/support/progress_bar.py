"""Shows the progress of long work: a bar at a terminal, or messages to whoever listens."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from wardblog.support.channel import CommandChannel

# Adds to the amount of work done, in the unit of its total.
Advance = Callable[[int], None]
# Shows what is being done, how much of it is done, and the total.
Watch = Callable[[str, int, int], None]
_PATIENCE = 1.0
# The shortest time between two updates, in seconds.
_BETWEEN = 0.1


@cache
def listener() -> CommandChannel | None:
    """The program that started this command to speak with it; None at a terminal.

    The processes that this one starts do not learn about it, once this was called.
    """
    word = os.environ.pop("WARD_CHANNEL", "")
    if not word:
        return None
    # late import: see docs/architecture.md
    from wardblog.support.channel import CommandChannel

    return CommandChannel(word)


class Bar:
    """A bar that appears after a second; never if the output is not a terminal."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._bar: Progress | None = None
        self._words = ""
        self._drawn = 0.0

    def show(self, words: str, done: int, total: int) -> None:
        """A `Watch`."""
        if listener():
            self._tell(words, done, total)
            return
        if not sys.stderr.isatty() or time.monotonic() - self._begun < _PATIENCE:
            return
        bar = self._started()
        is_new = words != self._words
        if is_new:
            for task in bar.task_ids:
                bar.remove_task(task)
            bar.add_task(words, total=total)
            self._words = words
        now = time.monotonic()
        is_due = is_new or done == total or now - self._drawn > _BETWEEN
        if is_due:
            bar.update(bar.task_ids[-1], completed=done, refresh=True)
            self._drawn = now

    def _tell(self, words: str, done: int, total: int) -> None:
        """Tell the program that started this command, but not all the time."""
        now = time.monotonic()
        if (other := listener()) and (done == total or now - self._drawn > _BETWEEN):
            other.progress(words, done, total)
            self._drawn = now

    def _started(self) -> Progress:
        if self._bar is None:
            # late import: see docs/architecture.md
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
            console = Console(file=sys.stderr)
            # No refresh thread: forking is unsafe beside another thread.
            self._bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
            self._bar.start()
        return self._bar

    def end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


@contextmanager
def progress_bars() -> Iterator[Watch]:
    """Show a bar for several tasks, one after the other."""
    bar = Bar()
    try:
        yield bar.show
    finally:
        bar.end()


@contextmanager
def progress(words: str, total: int) -> Iterator[Advance]:
    """Show a bar for one task."""
    done = 0
    with progress_bars() as show:

        def advance(more: int) -> None:
            nonlocal done
            done += more
            show(words, done, total)

        yield advance


def no_progress(words: str, done: int, total: int) -> None:
    """A `Watch` that shows nothing."""
    del words, done, total
