"""The files of an export: a single file, those in a folder, or those in a zip, read in place."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import sized

# More than any blog has; a blog of twenty years with all its pictures has 50,000 files.
_MOST_FILES = 200_000
_MOST_BYTES = 1_000_000_000
# A zip of texts is a fifth to a fiftieth of them; one of zeros, a thousandth.
_LARGE, _MOST_SHRUNK = 100_000_000, 200
_SKIPPED = frozenset(("__MACOSX", "node_modules", "vendor", "bower_components", "venv"))
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
_LOCKED = 0x1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A file; `name` is its path in the export with slashes, `shown` how messages name it."""

    name: str
    shown: str
    size: int
    opened: Callable[[], BinaryIO]

    @property
    def path(self) -> PurePosixPath:
        return PurePosixPath(self.name)

    def open(self) -> BinaryIO:
        """Open it to be read; this and each reading raise `CommandError`."""
        if self.size > _MOST_BYTES:
            raise CommandError(f"{self.shown} is larger than {sized(_MOST_BYTES)}", _SPLIT)
        with _said(self.shown):
            return _Stream(self.opened(), self.shown)  # type: ignore[return-value] # it reads bytes

    def read(self, most: int = _MOST_BYTES) -> bytes:
        """All of it; raises `CommandError` if it is longer than `most` bytes."""
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise CommandError(f"{self.shown} is larger than {sized(most)}", _NO_TEXT)
        return data


class _Stream(RawIOBase):
    """A file whose faults are said in words."""

    def __init__(self, stream: BinaryIO, shown: str) -> None:
        self._stream, self._shown = stream, shown

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        with _said(self._shown):
            return self._stream.read(size)

    def close(self) -> None:
        self._stream.close()
        super().close()


@contextmanager
def _said(shown: str) -> Iterator[None]:
    """Turn what keeps a file from being read into a `CommandError`."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"{shown} cannot be read ({error.strerror})") from None
    except (*_DAMAGED, RuntimeError):
        raise _damaged(shown) from None


_NO_TEXT = "No post and no settings are so large: move this file out of the folder."
_SPLIT = "Export the blog in smaller parts, such as one for each year, and put them in one folder."


@contextmanager
def export_files(path: Path) -> Iterator[tuple[ExportFile, ...]]:
    """The files of an export, which can be read until the context ends.

    Links are not followed, and hidden folders and installed packages are left out. Raises
    `CommandError`.
    """
    if path.is_dir():
        yield tuple(_in_folder(path))
    elif not path.is_file():
        raise CommandError(
            f"There is no file or folder {display_path(path)}",
            "Give the export, such as: make import FROM=private/export.xml",
        )
    elif _is_zip(path):
        with _opened_zip(path) as archive:
            yield tuple(_in_zip(path, archive))
    else:
        yield (_on_disk(path, path.name),)


def file_below(folder: Path, name: str) -> ExportFile | None:
    """The file of that name in a folder or below it; None if there is none."""
    path = folder / name
    inside = path.resolve().is_relative_to(folder.resolve())
    return _on_disk(path, name) if inside and path.is_file() else None


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError as error:
        raise CommandError(f"{display_path(path)} cannot be read ({error.strerror})") from None


def _on_disk(path: Path, name: str) -> ExportFile:
    return ExportFile(
        name=name,
        shown=display_path(path),
        size=path.stat().st_size,
        opened=lambda: path.open("rb"),
    )


def _in_folder(folder: Path) -> Iterator[ExportFile]:
    count = 0
    for where, folders, names in os.walk(folder):
        # In place, which is how `os.walk` is told where not to go.
        folders[:] = sorted(name for name in folders if not _is_skipped(name))
        for name in sorted(names):
            path = Path(where, name)
            if path.is_symlink() or not path.is_file():
                continue
            count += 1
            if count > _MOST_FILES:
                raise _too_many(display_path(folder))
            yield _on_disk(path, path.relative_to(folder).as_posix())


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED


@contextmanager
def _opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except (*_DAMAGED, OSError):
        raise _damaged(display_path(path)) from None
    with archive:
        yield archive


def _in_zip(path: Path, archive: zipfile.ZipFile) -> Iterator[ExportFile]:
    entries = archive.infolist()
    if len(entries) > _MOST_FILES:
        raise _too_many(display_path(path))
    for entry in sorted(entries, key=lambda entry: entry.filename):
        parts = PurePosixPath(entry.filename).parts
        if entry.is_dir() or not parts or any(map(_is_skipped, parts[:-1])):
            continue
        yield ExportFile(
            name=entry.filename,
            shown=f"{display_path(path)}: {entry.filename}",
            size=entry.file_size,
            opened=_opener(path, archive, entry),
        )


def _opener(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        shown = display_path(path)
        if entry.flag_bits & _LOCKED:
            raise CommandError(
                f"{shown} is locked by a password", "Unpack it, and give the folder."
            )
        if entry.file_size > max(_LARGE, _MOST_SHRUNK * entry.compress_size):
            raise CommandError(
                f"{shown} holds {entry.filename}, which would unpack to {sized(entry.file_size)}: "
                "no file of a blog is so large",
                "Export the blog again.",
            )
        return archive.open(entry)  # type: ignore[return-value] # it reads bytes

    return opened


def _too_many(shown: str) -> CommandError:
    return CommandError(
        f"{shown} has more than {_MOST_FILES:,} files", "Give the folder of the blog alone."
    )


def _damaged(shown: str) -> CommandError:
    return CommandError(f"{shown} is damaged or cut off", "Download the export again.")
