"""Collects what is found in one file during its inspection, within a limit of size."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple
from urllib.parse import unquote

from wardblog.content.inspection.people import People
from wardblog.model import PersonalData
from wardblog.privacy import find_personal
from wardblog.privacy.secrets import secrets_in

# Nobody reads a longer list.
_MOST_FINDS = 500
# The limit for a text, for all texts of a document, and for an unpacked archive.
MOST_BYTES = 50_000_000
TOO_LARGE = "is too large to be inspected"
_DIVIDE = "Split it into smaller files, or link to it where it was first published."


class InspectionError(Exception):
    """A file cannot be inspected.

    `reason` is the end of a sentence that begins with the file, and `remedy` what to do.
    """

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


class UnsafeFileError(InspectionError):
    """A browser could show the file as a page of the site, and run what is in it."""


class FileToInspect(NamedTuple):
    """A file to inspect: its name, its bytes, and how many archives or documents it is inside."""

    name: str
    file: BinaryIO
    depth: int = 0

    @property
    def ending(self) -> str:
        return self.name[self.name.rfind(".") :].lower() if "." in self.name else ""

    def whole(self, most: int = MOST_BYTES) -> bytes:
        """Return all bytes; raises `InspectionError` if there are more than `most`."""
        self.file.seek(0)
        data = self.file.read(most + 1)
        if len(data) > most:
            raise InspectionError(TOO_LARGE, _DIVIDE)
        return data


class Findings:
    """What was found in a file; `doubt` says what could not be checked.

    `people` says where people's names are beside addresses, as the end of a sentence that begins
    with the file.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], PersonalData] = {}
        self._left = MOST_BYTES
        self.doubt = ""
        self.people = ""

    @property
    def personal(self) -> tuple[PersonalData, ...]:
        return tuple(self._found.values())

    def add(self, text: str, line: int = 1) -> None:
        """Search a piece of text for personal data; raises `InspectionError` for a secret."""
        self.count(len(text))
        if "%40" in text:
            text = unquote(text)
        if len(self._found) < _MOST_FINDS and text.strip():
            for one in find_personal(text, line):
                self._found.setdefault((one.kind, one.value, one.line), one)
        if secret := next(iter(secrets_in(text.encode("utf-8", "replace"))), None):
            raise InspectionError(f"contains {secret.name}", "Remove it, and get a new one.")

    def add_table(self, people: People) -> None:
        """Note a table that has people's names beside addresses."""
        people.end()
        if people.found and not self.people:
            column, row = people.found
            where = f'in the column "{column}" (first in row {row})'
            self.people = f"has people's names beside addresses, {where}"

    def count(self, size: int) -> None:
        """Count bytes towards the limit; raises `InspectionError` once it is exceeded."""
        self._left -= size
        if self._left < 0:
            raise InspectionError(TOO_LARGE, _DIVIDE)
