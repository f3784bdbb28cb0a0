"""The files that were chosen as lists, kept in memory until they are saved or replaced."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from pathlib import PurePath, PurePosixPath

from wardblog.content.tables.council_lists import LIST_ENDINGS
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.request import MissingError
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import LONGEST, NO_FOLDERS, slugify

# The size of a file, in bytes, and how many are kept at once.
MOST_BYTES = 30_000_000
_MOST_KEPT = 2
_SHEETS = (".xlsx", ".ods")
_NAMED = "Save the list as .xlsx, .ods or CSV from your spreadsheet program, and choose that file."


@dataclass(frozen=True, slots=True)
class ListUpload:
    """A file as it was chosen; `ending` is that of its name, in small letters."""

    stem: str
    ending: str
    data: bytes

    @property
    def needs_sheets(self) -> bool:
        """Whether the library that reads spreadsheets is needed."""
        return self.ending in _SHEETS


def upload_of(name: str, data: bytes) -> ListUpload:
    """Raises `CommandError` for a file that cannot be a list."""
    # A browser on Windows may give a whole path.
    path = PurePosixPath(PurePath(name.replace("\\", "/")).name)
    ending = path.suffix.lower()
    if ending not in LIST_ENDINGS:
        raise CommandError(f'"{path.name}" is neither a spreadsheet nor GeoJSON', _NAMED)
    if not data:
        raise CommandError(f'"{path.name}" is empty', "Choose the file that has the list in it.")
    return ListUpload(path.stem, ending, data)


def file_of(written: str, ending: str) -> str:
    """The file of the content for a name as it was typed; raises `CommandError`."""
    stem = slugify(written.removesuffix(ending))[:LONGEST].strip("-")
    if not stem or stem in NO_FOLDERS:
        raise CommandError(
            f'"{written}" cannot be the name of a file', "Use a few words, such as grit-bins."
        )
    return f"data/{stem}{ending}"


class ListUploads:
    """The newest files of the editor, by keys that nobody can guess."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: OrderedDict[str, ListUpload] = OrderedDict()

    def keep(self, upload: ListUpload) -> str:
        key = secrets.token_hex(16)
        with self._desk.lock:
            self._kept[key] = upload
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return key

    def get(self, key: str) -> ListUpload:
        """Raises `MissingError` if it is no longer kept."""
        upload = self._kept.get(key)
        if upload is None:
            raise MissingError("The editor no longer has this file", "Choose it again.")
        return upload

    def forget(self, key: str) -> None:
        with self._desk.lock:
            self._kept.pop(key, None)
