"""A bar for work that takes long, where somebody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

# Tells that so much more of the work is done, in the unit in which its total was given.
Advance = Callable[[int], None]
# Tells what is being done, how much of it is done, and how much it is in all.
Watch = Callable[[str, int, int], None]
_PATIENCE = 1.0
# How often it is drawn at most, in seconds.
_BETWEEN = 0.1


class Bar:
    """Shows a bar once the work has taken a second; none where the output is not a terminal."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._bar: Progress | None = None
        self._words = ""
        self._drawn = 0.0

    def show(self, words: str, done: int, total: int) -> None:
        """A `Watch`."""
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

    def _started(self) -> Progress:
        if self._bar is None:
            # late import: see docs/architecture.md
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
            console = Console(file=sys.stderr)
            # It draws itself by no thread of its own: beside one, no process may be forked.
            self._bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
            self._bar.start()
        return self._bar

    def end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


@contextmanager
def watched() -> Iterator[Watch]:
    """A bar for several pieces of work, one after the other."""
    bar = Bar()
    try:
        yield bar.show
    finally:
        bar.end()


@contextmanager
def progress(words: str, total: int) -> Iterator[Advance]:
    """A bar for one piece of work."""
    done = 0
    with watched() as show:

        def advance(more: int) -> None:
            nonlocal done
            done += more
            show(words, done, total)

        yield advance


def no_progress(words: str, done: int, total: int) -> None:
    """The `Watch` of nobody."""
    del words, done, total
