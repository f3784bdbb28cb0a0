"""The files of the content folder by ids, so that no request can name a path."""

from __future__ import annotations

import hashlib
from pathlib import Path

from wardblog.content.files import on_disk, scan, target_outside
from wardblog.preview.editor.request import MissingError

_BYTES = 8


class Ids:
    """An id is 16 hexadecimal digits, made from the file's name and the editor's key.

    It stays the same as long as the file keeps its name.
    """

    def __init__(self, content: Path, key: str) -> None:
        self._content, self._key = content, key.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
        self._files: dict[str, str] = {}

    def of(self, file: str) -> str:
        """The id of a file, named as in the content folder, such as `posts/a.md`."""
        made = self._id_of(file)
        self._files[made] = file
        return made

    def is_of(self, given: str, file: str) -> bool:
        """Whether this is the id of a file with this name, which need not exist any more."""
        return given == self._id_of(file)

    def _id_of(self, file: str) -> str:
        name = file.encode("utf-8", "surrogateescape")
        return hashlib.blake2b(name, key=self._key, digest_size=_BYTES).hexdigest()

    def file(self, given: str) -> str:
        """The file that has this id; raises `MissingError` if no file of the content has it."""
        if given not in self._files:
            for name in scan(self._content).shown:
                self.of(name)
        file = self._files.get(given)
        if file is None or target_outside(self._content, file):
            raise MissingError("This file does not exist", "Go back to the list and open it again.")
        return file

    def path(self, given: str) -> Path:
        """Where the file with this id is on disk; it may have been removed meanwhile."""
        return on_disk(self._content, self.file(given))
