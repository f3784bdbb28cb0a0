"""The secret key that signs the cache.

It is kept outside the project, so the cache of a project folder that was copied from elsewhere, or
changed by somebody else, is never trusted.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from wardblog.support.private_files import SAFELY, open_private, private_folder
from wardblog.support.replacing import put_in_place

_LENGTH = 32
_NAME = "wardblog/cache.key"


def cache_key() -> bytes | None:
    """Return this user's key on this machine, creating it if there is none.

    None where no private file can be kept: then nothing of an earlier build is used.
    """
    try:
        path = _folder() / _NAME
        return _read(path) or _create(path)
    except (OSError, RuntimeError):
        return None


def _folder() -> Path:
    """Return where programs keep their state (XDG Base Directory Specification 0.8)."""
    folder = Path(os.environ.get("XDG_STATE_HOME", ""))
    return folder if folder.is_absolute() else Path.home() / ".local" / "state"


def _read(path: Path) -> bytes | None:
    """Return the key, if it is complete and nobody else can have read or written it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | SAFELY)
    except FileNotFoundError:
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or not _is_private(status):
            return None
        key = os.read(descriptor, _LENGTH + 1)
    finally:
        os.close(descriptor)
    return key if len(key) == _LENGTH else None


def _is_private(status: os.stat_result) -> bool:
    """Whether it is this user's own; on Windows the folder of the user's profile sees to that."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not stat.S_IMODE(status.st_mode) & 0o077


def _create(path: Path) -> bytes | None:
    """Create a key, or return that of another process which was quicker."""
    private_folder(path.parent)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with open(open_private(beside, os.O_WRONLY | os.O_EXCL), "wb") as file:  # noqa: PTH123
        file.write(os.urandom(_LENGTH))
    try:
        with suppress(FileExistsError):
            os.link(beside, path)
            return _read(path)
        if (key := _read(path)) is not None:
            return key
        put_in_place(beside, path)  # replaces one that cannot be trusted
        return _read(path)
    finally:
        beside.unlink(missing_ok=True)
