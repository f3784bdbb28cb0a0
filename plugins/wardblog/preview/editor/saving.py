"""Saves files of the content folder: whole or not at all, and no version of them is ever lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from wardblog.build.paths import full
from wardblog.content.files import on_disk
from wardblog.content.replace_files import NewFile, replace_files
from wardblog.content.write_text import is_recoded, with_file_text, with_known_halves
from wardblog.model.digests import digest_of
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.disk_errors import disk_error
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.recovery import RecoveryCopies
from wardblog.preview.pages import Response

CONFLICT = 409
# Longer files are not written by people, and no browser would edit them without a delay.
MOST_CHARACTERS = 1_000_000
_NOT_SAVED = "Nothing was saved, and no file was changed"


def digest(data: bytes) -> str:
    """What a page sends back to say which version of a file it shows."""
    return digest_of(data).hex()


def with_typed(data: bytes, text: str) -> bytes:
    """The bytes of a file with the text of a page; lines that stay the same keep every byte."""
    return with_file_text(data, with_known_halves(data, text))


def save_files(desk: Desk, files: Mapping[str, NewFile], outcome: str = _NOT_SAVED) -> None:
    """Write files of the content folder, all or none.

    Raises `CommandError` if one changed in the meantime, and with the `outcome` if the disk fails.
    """
    with telling(outcome):
        replace_files(desk.content, files, desk.folder / "new")


def write_files(desk: Desk, files: Mapping[str, NewFile]) -> None:
    """Write files as `save_files`, and show them in the preview."""
    save_files(desk, files)
    desk.preview.update([full(on_disk(desk.content, file)) for file in files])


def keep_if_recoded(desk: Desk, file: str, new: bytes, old: bytes) -> None:
    """Keep the old bytes of a text aside if a new encoding changes lines that nobody touched."""
    if is_recoded(old, new):
        desk.keep(RecoveryCopies).keep_aside(file, old)


def conflict(desk: Desk, file: str, data: bytes, **versions: Any) -> Response:
    """Both versions, for a page whose file was changed by another program since it was opened.

    What the file holds now is kept aside, so that either version can be chosen.
    """
    desk.keep(RecoveryCopies).keep_aside(file, data)
    said = {
        "message": "This file was changed in another window or program since you opened it.",
        "hint": "Choose which version to keep. The other one stays in the folder private/editor.",
    }
    return answer(said | versions, CONFLICT)


@contextmanager
def telling(outcome: str) -> Iterator[None]:
    """Turn an error of the disk into a sentence with this outcome."""
    try:
        yield
    except OSError as error:
        raise disk_error(error, outcome, "Leave this page open.") from None
