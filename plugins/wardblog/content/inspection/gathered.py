"""What is gathered from one file while it is inspected, and why that may have to end."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple
from urllib.parse import unquote

from wardblog.content.inspection.people import People
from wardblog.model import PersonalData
from wardblog.privacy import find_personal
from wardblog.privacy.secrets import secrets_in

# Nobody reads more of them before the file is taken away.
_MOST_FINDS = 500
# Of a text, of all texts of a document, and of an archive, once unpacked.
MOST_BYTES = 50_000_000
TOO_LARGE = "is too large to be inspected"
_DIVIDE = "Divide it into smaller files, or publish it where it comes from and link to that."


class InspectionError(Exception):  # noqa: N818 - the file is at fault, not the software
    """A file cannot be inspected; `reason` is the end of a sentence that begins with the file."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


class FileToInspect(NamedTuple):
    """A file to be inspected: its name, its bytes, and how many archives it is inside of."""

    name: str
    file: BinaryIO
    depth: int = 0

    @property
    def ending(self) -> str:
        return self.name[self.name.rfind(".") :].lower() if "." in self.name else ""

    def whole(self, most: int = MOST_BYTES) -> bytes:
        """All bytes; raises `Unread` where there are too many."""
        self.file.seek(0)
        data = self.file.read(most + 1)
        if len(data) > most:
            raise InspectionError(TOO_LARGE, _DIVIDE)
        return data


class Findings:
    """The finds in a file. `doubt` says what of it could not be read.

    `people` says where it has people's names beside addresses, as the end of a sentence.
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
        """Looks for personal data and for secrets in a piece of text."""
        self.count(len(text))
        if "%40" in text:
            text = unquote(text)
        if len(self._found) < _MOST_FINDS and text.strip():
            for one in find_personal(text, line):
                self._found.setdefault((one.kind, one.value, one.line), one)
        if secret := next(iter(secrets_in(text.encode("utf-8", "replace"))), None):
            raise InspectionError(f"holds {secret.name}", "Take it out, and have it changed.")

    def add_table(self, people: People) -> None:
        """Remembers a table that names people at their addresses."""
        people.end()
        if people.found and not self.people:
            column, row = people.found
            where = f'in the column "{column}" (first in row {row})'
            self.people = f"has people's names beside addresses, {where}"

    def count(self, size: int) -> None:
        """Raises `Unread` once there was more than anybody needs."""
        self._left -= size
        if self._left < 0:
            raise InspectionError(TOO_LARGE, _DIVIDE)
