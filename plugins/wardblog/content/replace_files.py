"""Replaces several files of the content folder together: all of them, or none."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wardblog.content.files import on_disk, target_outside
from wardblog.problems import CommandError
from wardblog.support.held_folder import HeldFolder, remove_left
from wardblog.support.private_files import ordinary_bytes, private_folder, sync_folder
from wardblog.support.replacing import put_in_place
from wardblog.support.signals import without_interruption

_AGAIN = "Open it, see whether it is as you want it, and try again."


@dataclass(frozen=True, slots=True)
class NewFile:
    """The new bytes of a file; `before` are those that it has now, None if there is no file."""

    data: bytes
    before: bytes | None


def read_bytes(content: Path, file: str) -> bytes | None:
    """Return the bytes of a file of the content, or None if there is none; raises `OSError`."""
    try:
        return ordinary_bytes(on_disk(content, file))
    except FileNotFoundError:
        return None


def replace_files(content: Path, files: Mapping[str, NewFile], workplace: Path) -> None:
    """Replace files, in this order, with new ones that are on the disk in full.

    `files` are by their paths below the content folder. The new files are first written into
    `workplace`, so that the content folder is unchanged until all of them are complete; then each
    is renamed, which nothing can interrupt but the end of the computer's power or `kill -9`. If
    one cannot be renamed, those before it are put back. Permissions stay, and a link to a file
    stays a link. Raises `CommandError` for a file that changed in the meantime or lies outside the
    folder, and `OSError`.
    """
    for file in files:
        if target_outside(content, file):
            raise CommandError(
                f"{file} is a link to a place outside {content}, and was left as it is",
                "Replace the link with an ordinary file or folder, and try again.",
            )
    held = _empty_staging(content, workplace)
    staging = held.path
    try:
        targets = {file: on_disk(content, file).resolve() for file in files}
        new = {target: _staged(staging, target, files[f].data) for f, target in targets.items()}
        old = {
            target: _staged(staging, target, before)
            for file, target in [*targets.items()][:-1]  # the last is never put back
            if (before := files[file].before) is not None
        }
        for file, one in files.items():
            if read_bytes(content, file) != one.before:
                raise CommandError(
                    f"{file} was changed by another program in the meantime, and was left as it is",
                    _AGAIN,
                )
        with without_interruption():
            _rename_all(new, old)
    finally:
        held.remove()


def _empty_staging(content: Path, workplace: Path) -> HeldFolder:
    """A folder for the new files, on the disk of the content: only there can they be renamed."""
    private_folder(workplace)
    target = content.resolve()
    is_same_disk = workplace.stat().st_dev == target.stat().st_dev
    parent = workplace if is_same_disk else target.parent
    remove_left(list(parent.glob(".ward-*.new")))  # of a run that was cut off
    return HeldFolder(parent / f".ward-{secrets.token_hex(6)}.new")


def _staged(staging: Path, target: Path, data: bytes) -> Path:
    """The bytes in a file of the staging folder, with the permissions of the target."""
    path = staging / secrets.token_hex(8)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileNotFoundError):
        path.chmod(target.stat().st_mode & 0o7777)
    return path


def _rename_all(new: Mapping[Path, Path], old: Mapping[Path, Path]) -> None:
    """Rename the files into place; after an error, put back those that were there before."""
    done: list[Path] = []
    folders: list[Path] = []
    try:
        for target, path in new.items():
            if not target.parent.is_dir():
                target.parent.mkdir()
                folders.append(target.parent)
            put_in_place(path, target)
            done.append(target)
    except OSError:
        for target in reversed(done):
            if target in old:
                put_in_place(old[target], target)
            else:
                target.unlink()
        for folder in folders:
            folder.rmdir()
        raise
    for folder in {target.parent for target in new}:
        sync_folder(folder)
