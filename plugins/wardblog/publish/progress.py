"""A bar for work that takes long, where somebody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

# Tells that so much more of the work is done, in the unit in which its total was given.
Advance = Callable[[int], None]
_PATIENCE = 1.0


@contextmanager
def progress(words: str, total: int) -> Iterator[Advance]:
    """Shows a bar once the work has taken a second; none where the output is not a terminal."""
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield lambda _: None
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        console=console,
        transient=True,
    )
    task = bar.add_task(words, total=total)
    begun = time.monotonic()

    def advance(more: int) -> None:
        bar.advance(task, more)
        if not bar.live.is_started and time.monotonic() - begun > _PATIENCE:
            bar.start()

    try:
        yield advance
    finally:
        bar.stop()
