"""The settings files on the disk: read, and written whole or not at all; what is typed is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wardblog.content.files import on_disk, target_outside
from wardblog.content.replace_files import NewFile, read_bytes, replace_files
from wardblog.model.digests import digest_of
from wardblog.preview.editor.desk import Desk
from wardblog.privacy.secrets import is_called_secret, secrets_in
from wardblog.problems import CommandError
from wardblog.support.private_files import private_folder, write_private

_NO_SECRETS = (
    "Passwords and keys are not kept in settings, because everybody with a copy of this folder "
    "could use them. Save a password for e-mail in this computer's own store: "
    ".venv/bin/keyring set wardblog, followed by the account. For publishing, ssh, git and S3 have "
    "their own places: docs/publishing.md names them."
)


def file_bytes(desk: Desk, file: str) -> bytes:
    """The bytes of a settings file; b"" if there is none. Raises `CommandError` for a bad link."""
    if target_outside(desk.content, file):
        raise CommandError(
            f"{file} is a link to a place outside the content folder, and was left as it is",
            "Replace the link with an ordinary file.",
        )
    return read_bytes(desk.content, file) or b""


def digest(data: bytes) -> str:
    return digest_of(data).hex()


def write_files(desk: Desk, files: Mapping[str, bytes], before: Mapping[str, bytes | None]) -> None:
    """Write files of the content folder, all or none, and show them in the preview.

    `before` are the bytes that they have now, None for one that does not exist. Raises
    `CommandError` if one has others by now.
    """
    new = {file: NewFile(data, before[file]) for file, data in files.items()}
    replace_files(desk.content, new, desk.folder / "new")
    desk.preview.update([on_disk(desk.content, file) for file in files])


def save_settings(
    desk: Desk,
    file: str,
    data: bytes,
    before: bytes,
    others: Mapping[str, tuple[bytes, bytes]] = MappingProxyType({}),
) -> None:
    """Write one settings file, and `others` (new bytes, and those before) with it: all or none.

    Nothing is written if all stay the same. Refuses a password or key.
    """
    refuse_secrets(data, before)
    is_there = (desk.content / file).is_file()
    new = {name: pair[0] for name, pair in others.items()}
    old: dict[str, bytes | None] = {name: pair[1] for name, pair in others.items()}
    if data != before:
        new[file], old[file] = data, before if is_there else None
    if new:
        write_files(desk, new, old)


def refuse_secrets(data: bytes, before: bytes) -> None:
    """Raise `CommandError` for a password or key that the file did not have before."""
    known = {line.strip() for line in before.splitlines()}
    for line in data.splitlines():
        key, equals, value = line.partition(b"=")
        is_called = equals and value.strip(b" \t\"'") and is_called_secret(
            key.decode("utf-8", "replace").strip(" \"'")
        )  # fmt: skip
        is_off = line.lstrip().startswith(b"#")
        if line.strip() in known or is_off:
            continue
        if is_called or any(True for _ in secrets_in(line)):
            raise CommandError("This is a password or key, and it was not saved", _NO_SECRETS)


def keep_aside(desk: Desk, file: str, data: bytes) -> str:
    """Keep a version that was not chosen, in the private folder; returns where, for people."""
    folder = desk.folder / "kept"
    private_folder(folder)
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")  # noqa: DTZ005 - for people here
    path = folder / f"{stamp}-{Path(file).name}"
    write_private(path, data)
    return path.name


class TypedSettings:
    """What was typed into the forms of settings and is not saved yet, in the private folder."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _path(self, name: str) -> Path:
        return self._desk.folder / "recovery" / f"settings-{name}.json"

    def keep(self, name: str, values: Mapping[str, Any]) -> None:
        path = self._path(name)
        private_folder(path.parent)
        write_private(path, json.dumps(values).encode())

    def kept(self, name: str) -> dict[str, Any] | None:
        """What was kept; None if there is nothing, or if it is damaged."""
        try:
            found = json.loads(self._path(name).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def forget(self, names: Iterable[str]) -> None:
        for name in names:
            with suppress(FileNotFoundError):
                self._path(name).unlink()
