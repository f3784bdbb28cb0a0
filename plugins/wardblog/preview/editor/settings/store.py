"""The settings files: read, and saved without passwords."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from wardblog.content.files import target_outside
from wardblog.content.replace_files import NewFile, read_bytes
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.saving import keep_if_recoded, write_files
from wardblog.privacy.secrets import is_called_secret, secrets_in
from wardblog.problems import CommandError

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


def settings_file(desk: Desk, file: str, data: bytes, before: bytes) -> NewFile:
    """A settings file to write; `before` is what `file_bytes` gave."""
    return NewFile(data, before if (desk.content / file).is_file() else None)


def save_settings(
    desk: Desk,
    file: str,
    data: bytes,
    before: bytes,
    others: Mapping[str, NewFile] = MappingProxyType({}),
) -> None:
    """Write one settings file, and `others` with it: all or none.

    Nothing is written if all stay the same. Refuses a password or key.
    """
    refuse_secrets(data, before)
    files = dict(others)
    if data != before:
        keep_if_recoded(desk, file, data, before)
        files[file] = settings_file(desk, file, data, before)
    if files:
        write_files(desk, files)


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
