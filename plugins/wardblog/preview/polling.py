"""Finds the files that changed by looking at all of them, where the system cannot tell.

The polling of `watchfiles` compares whole seconds, so that it misses a second save within one.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

# How often the files are looked at, in seconds.
SECONDS = 2.0

# When a file was last changed, its size and its inode number.
_State = tuple[int, int, int]


def polled(
    paths: Iterable[Path], stop: threading.Event, seconds: float | None = None
) -> Iterator[set[Path] | None]:
    """The files that changed since the last look, again and again until `stop`.

    The first time it is None, since nobody knows what changed before.
    """
    roots = list(paths)
    before = _states(roots)
    yield None
    while not stop.wait(SECONDS if seconds is None else seconds):
        now = _states(roots)
        yield {Path(file) for file, _ in before.items() ^ now.items()}
        before = now


def _states(roots: Iterable[Path]) -> Mapping[str, _State]:
    found: dict[str, _State] = {}
    for root in roots:
        if not root.is_dir():
            _add(found, str(root))
        for folder, _, files in os.walk(root):
            for name in files:
                _add(found, os.path.join(folder, name))  # noqa: PTH118 - of many files
    return found


def _add(found: dict[str, _State], file: str) -> None:
    try:
        state = os.stat(file)  # noqa: PTH116 - of many files
    except OSError:
        return
    if stat.S_ISREG(state.st_mode):
        found[file] = (state.st_mtime_ns, state.st_size, state.st_ino)
