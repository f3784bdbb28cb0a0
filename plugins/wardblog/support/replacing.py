"""Puts a file in the place of another, also where another program has that one open."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# How long to wait between tries, in seconds: two seconds altogether.
_PAUSES = (0.01, 0.04, 0.1, 0.25, 0.6, 1.0)


def put_in_place(source: Path, target: Path) -> None:
    """Rename a file to `target`, which it replaces at once. Raises `OSError`.

    Windows refuses this while a virus scanner or OneDrive looks at one of the two, which takes them
    a moment; there, it is tried again for up to two seconds.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.replace(target)


@contextmanager
def written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """A file with these bytes beside the path, which is gone afterwards unless it was renamed."""
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
