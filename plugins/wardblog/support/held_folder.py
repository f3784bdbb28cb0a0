"""Folders that a process keeps while it works, and that others remove once it has been killed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.support.private_files import private_folder

if TYPE_CHECKING:
    from filelock import FileLock


class HeldFolder:
    """A new folder with mode 0700; a lock beside it is held until it is removed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # The lock comes first, so that no other process sees the folder without it.
        self._lock = _lock_of(path)
        self._lock.acquire()
        private_folder(path)

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        _remove(self.path, self._lock)


def remove_left(folders: Iterable[Path]) -> None:
    """Remove those of the folders that nobody holds: their processes were killed."""
    # late import: see docs/architecture.md
    from filelock import Timeout

    for folder in folders:
        if folder.is_symlink():
            continue
        lock = _lock_of(folder)
        with suppress(Timeout, OSError):
            lock.acquire(timeout=0)
            _remove(folder, lock)


def _lock_of(folder: Path) -> FileLock:
    # late import: see docs/architecture.md
    from filelock import FileLock

    # It may be released by another thread than the one that made the folder.
    return FileLock(folder.with_name(f"{folder.name}.lock"), mode=0o600, thread_local=False)


def _remove(folder: Path, lock: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()
    if not folder.exists():  # else the next start tries again
        Path(lock.lock_file).unlink(missing_ok=True)
