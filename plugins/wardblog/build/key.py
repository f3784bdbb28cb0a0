"""The secret that signs what a build leaves for the next.

It is kept outside of the project: a project folder that was copied, unpacked or changed by somebody
else cannot hold a cache that we would believe.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from wardblog.support.private_files import SAFELY, open_private, private_folder

_LENGTH = 32
_NAME = "wardblog/cache.key"


def cache_key() -> bytes | None:
    """The key of this user on this machine, made when there is none.

    None where no file of one's own can be kept: then nothing is taken from an earlier build.
    """
    try:
        path = _folder() / _NAME
        return _read(path) or _create(path)
    except (OSError, RuntimeError):
        return None


def _folder() -> Path:
    """Where programs keep their state (XDG Base Directory Specification 0.8)."""
    chosen = Path(os.environ.get("XDG_STATE_HOME", ""))
    return chosen if chosen.is_absolute() else Path.home() / ".local" / "state"


def _read(path: Path) -> bytes | None:
    """The key, if it is whole and nobody else can have written or read it."""
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
    """A new key; that of another process which was quicker, if there is one."""
    private_folder(path.parent)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with open(open_private(beside, os.O_WRONLY | os.O_EXCL), "wb") as file:  # noqa: PTH123
        file.write(secrets.token_bytes(_LENGTH))
    try:
        with suppress(FileExistsError):
            os.link(beside, path)
            return _read(path)
        if (key := _read(path)) is not None:
            return key
        beside.replace(path)  # in place of one that cannot be trusted
        return _read(path)
    finally:
        beside.unlink(missing_ok=True)
