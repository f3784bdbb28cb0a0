"""Files of the private folder that pages show or change: only those that are listed have an id."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.request import MissingError
from wardblog.problems import CommandError
from wardblog.support.private_files import SAFELY

# How many bytes an id has.
_BYTES = 8
_MISSING = ("This file does not exist", "Go back, and open it or make it again.")
_UNUSUAL = ("This file cannot be opened here", "It is a link, or not an ordinary file.")


def id_of(desk: Desk, name: str) -> str:
    """The id of a file of the private folder: 16 hexadecimal digits."""
    key = desk.key.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
    data = b"private\0" + name.encode("utf-8", "surrogateescape")
    return hashlib.blake2b(data, key=key, digest_size=_BYTES).hexdigest()


def files_in(desk: Desk, folders: Mapping[str, tuple[str, ...]]) -> dict[str, Path]:
    """The files in folders of the private folder with these endings, by name; none by a link."""
    found = {}
    for folder, endings in folders.items():
        path = desk.private / folder
        if any(one.is_symlink() for one in (path, *path.parents[: folder.count("/") + 1])):
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda one: one.name)
        except OSError:
            continue
        for entry in entries:
            if entry.name.endswith(endings) and entry.is_file(follow_symlinks=False):
                found[f"{folder}/{entry.name}"] = Path(entry.path)
    return found


def with_id(desk: Desk, files: Mapping[str, Path], given: str) -> str:
    """The name of the file with this id; raises `MissingError`."""
    for name in files:
        if id_of(desk, name) == given:
            return name
    raise MissingError(*_MISSING)


def bytes_of(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file; raises `CommandError` for others, and above `most` bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | SAFELY)
    except FileNotFoundError:
        raise MissingError(*_MISSING) from None
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise CommandError(*_UNUSUAL) from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise CommandError(*_UNUSUAL)
        data = file.read(most + 1)
    if len(data) > most:
        raise CommandError("This file is too large for this page")
    return data
