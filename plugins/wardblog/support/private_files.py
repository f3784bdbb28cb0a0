"""Creates folders and files that only their owner can open, and reads files without waiting."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from wardblog.support.replacing import put_in_place

_FOLDER, _FILE = 0o700, 0o600
_OTHERS = 0o077
# Windows has none of the first three; there, files are text unless they are opened as binary.
NO_FOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
BINARY: int = getattr(os, "O_BINARY", 0)
SAFELY: int = NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | BINARY


def private_side() -> Path:
    """The folder of what only the councillor may see, as `PRIVATE` names it; it need not exist."""
    return Path(os.environ.get("PRIVATE") or "private").expanduser()


def private_folder(*folders: Path) -> None:
    """Creates folders with mode 0700, whatever the umask, and closes those that were open.

    Missing parents are created in the same way; parents that exist stay as they are. Raises
    `OSError`.
    """
    for folder in folders:
        for missing in reversed([one for one in folder.parents if not one.exists()]):
            _create(missing)
        _create(folder)
        close_to_others(folder)


def _create(folder: Path) -> None:
    with suppress(FileExistsError):
        folder.mkdir(_FOLDER)
        folder.chmod(_FOLDER)  # a umask can only have made it narrower


def close_to_others(path: Path) -> None:
    """Remove the rights of everybody but the owner, if permitted; links are not followed."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        if not stat.S_ISLNK(mode) and mode & _OTHERS:
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def open_private(path: Path, flags: int) -> int:
    """Opens or creates a file with mode 0600; returns its descriptor.

    Raises `OSError`, also for a link, a pipe or a folder in the file's place.
    """
    if not NO_FOLLOW and path.is_symlink():
        raise OSError(f"{path} is a link")
    descriptor = os.open(path, flags | os.O_CREAT | SAFELY, _FILE)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(f"{path} is not an ordinary file")
        if stat.S_IMODE(mode) != _FILE and hasattr(os, "fchmod"):
            os.fchmod(descriptor, _FILE)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def ordinary_bytes(path: Path) -> bytes:
    """The bytes of a file, or of that to which a link leads; raises as `open_ordinary`."""
    with open_ordinary(path) as file:
        return file.read()


def open_ordinary(path: Path) -> BufferedReader:
    """A file to read, or that to which a link leads; never waits for another program.

    Raises `OSError`, also for a pipe, a device or a folder in the file's place.
    """
    descriptor = os.open(path, os.O_RDONLY | (SAFELY & ~NO_FOLLOW))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))
    return os.fdopen(descriptor, "rb")


def write_private(path: Path, data: bytes, is_durable: bool = False) -> None:
    """Replace a file atomically with one of mode 0600.

    One that is durable is on the disk, and survives a power cut, once this returns.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    beside.unlink(missing_ok=True)
    try:
        with open(open_private(beside, os.O_WRONLY | os.O_EXCL), "wb") as file:
            file.write(data)
            if is_durable:
                file.flush()
                os.fsync(file.fileno())
        put_in_place(beside, path)
        if is_durable:
            sync_folder(path.parent)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Wait until the names of a folder's files are on the disk, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows, which writes them with the file
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
