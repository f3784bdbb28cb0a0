"""Lets only one command at a time change some files of the private folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from wardblog.problems import CommandError
from wardblog.support.private_files import private_folder


@contextmanager
def private_lock(private: Path, name: str, doing: str, patience: float = 0) -> Iterator[None]:
    """Hold the lock that is called `name`, such as `.stats.lock`.

    Raises `CommandError` if another command has it for more than `patience` seconds; `doing` says
    what that command does, as in "counting logs".
    """
    private_folder(private)
    lock = FileLock(private / name, mode=0o600)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise CommandError(
            f"Another command is {doing}", "Wait until it has finished, then run this again."
        ) from None
    try:
        yield
    finally:
        lock.release()
