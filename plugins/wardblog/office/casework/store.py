"""Keeps private/casework.csv: one command changes it at a time, and never by half."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from wardblog.office.casework.calendar import CALENDAR_FILE
from wardblog.office.casework.case import CASEWORK_FILE
from wardblog.office.casework.news import NEWS_FILE
from wardblog.office.private_lock import private_lock
from wardblog.office.spreadsheets import refuse_if_open
from wardblog.problems import CommandError
from wardblog.support.private_files import write_private

_LOCK = ".casework.lock"
# Seconds that a second command waits for the first.
_PATIENCE = 20
_CHANGED = "{} was changed by another program in the meantime, and was left as it is"


@contextmanager
def casework_locked(private: Path) -> Iterator[None]:
    """Let no other command change the casework meanwhile; raises `CommandError` if one goes on."""
    with private_lock(private, _LOCK, "changing the casework", _PATIENCE):
        _remove_leftovers(private)
        yield


def _remove_leftovers(private: Path) -> None:
    """Remove what a run that was cut off had begun to write, also beside the target of a link."""
    for name in (CASEWORK_FILE, CALENDAR_FILE, NEWS_FILE):
        for path in {private / name, (private / name).resolve()}:
            for left in path.parent.glob(f".{escape(path.name)}.*.new"):
                if left.name.split(".")[-2].isdecimal():
                    left.unlink(missing_ok=True)


def casework_bytes(private: Path) -> bytes | None:
    """The bytes of the casework file; None if there is none. Raises `CommandError`."""
    path = private / CASEWORK_FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CommandError(
            f"{CASEWORK_FILE} cannot be read: {error.strerror}",
            "If it is open in a spreadsheet program, close it there, and run this again.",
        ) from None


def save_casework(private: Path, data: bytes, before: bytes | None) -> None:
    """Replace the casework file, inside `casework_locked`; it is all there, or as it was.

    Raises `CommandError` if it is open in a spreadsheet program, or not what it was `before`.
    """
    refuse_if_open(private / CASEWORK_FILE)
    if casework_bytes(private) != before:
        raise CommandError(_CHANGED.format(CASEWORK_FILE), "Run the command again.")
    path = (private / CASEWORK_FILE).resolve()  # a link stays a link
    try:
        write_private(path, data)
        _to_disk(path)
    except OSError as error:
        raise CommandError(
            f"{CASEWORK_FILE} cannot be written: {error.strerror}. It was not changed",
            "If it is open in a spreadsheet program, close it there, and run this again.",
        ) from None


def _to_disk(path: Path) -> None:
    if os.name != "nt":  # Windows cannot do so for a file that is only read
        with suppress(OSError), path.open("rb") as file:
            os.fsync(file.fileno())
