"""Reads the headers of messages in files: mbox, Maildir, or one message in each file.

Files of any size are read in parts, and only the fields that are needed are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from wardblog.office.answers.mail_heads import FIELDS, MOST_BYTES, MailHead
from wardblog.office.mail_headers import received_time
from wardblog.support.late_regex import late_regex

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A line is read up to here; what follows of it is skipped.
_LONGEST_LINE = 1 << 16
# The line before each message of an mbox (RFC 4155), as many programs write it: a sender, and a
# date with a time and a year.
_SEPARATOR = late_regex(rb"From (?P<who>\S*) *(?P<date>.*\b\d{1,2}:\d\d\b.*\d{4}.*)")
# How Thunderbird marks a message that is deleted, or was moved, until it compacts the folder.
_DELETED = late_regex(rb"X-Mozilla-Status:\s*[0-9a-f]{3}[89a-f]\s*", re.IGNORECASE)
# A field of a header (RFC 5322, 2.2), or a line that some servers write above the first.
_FIELD = late_regex(rb"[!-9;-~]+[ \t]*:|>From ")
_NAMES = frozenset(name.encode() for name in FIELDS)


def is_mail(path: Path) -> bool:
    """Whether a file or folder holds messages, judging by its name and its first bytes."""
    if path.is_dir():
        return any(_message_files(path)) or (path / "mbox").is_file()
    if path.suffix.lower() == ".eml":
        return True
    with path.open("rb") as file:
        return file.read(10).removeprefix(_BYTE_ORDER_MARK).startswith(b"From ")


def heads_in(path: Path, doubts: list[int] | None = None) -> Iterator[MailHead]:
    """The heads of all messages, in their order; raises `OSError`.

    To `doubts` are added the numbers of lines that look as if a message began there, though there
    is no empty line before or no header after: somebody may have written them into a text.
    """
    if path.is_dir() and not (path / "mbox").is_file():
        for one in _message_files(path):
            with one.open("rb") as file:
                yield from _Head().read(file)
        return
    with (path / "mbox" if path.is_dir() else path).open("rb") as file:
        if path.suffix.lower() == ".eml":
            yield from _Head().read(file)
        else:
            yield from _in_mbox(file, [] if doubts is None else doubts)


def _message_files(folder: Path) -> Iterator[Path]:
    """The messages of a Maildir, or else the .eml files of a folder, by name."""
    parts = [folder / name for name in ("cur", "new") if (folder / name).is_dir()]
    found = [path for part in parts for path in part.iterdir()] or [
        path for path in folder.iterdir() if path.suffix.lower() == ".eml"
    ]
    kept = [path for path in found if "T" not in path.name.partition(":2,")[2]]  # trashed
    return (path for path in sorted(kept, key=lambda path: path.name) if path.is_file())


class _Head:
    """Collects the lines of a header, of which only some fields are kept."""

    def __init__(self, date: str = "") -> None:
        self._date = date
        self._kept: list[bytes] = []
        self._size = 0
        self._is_wanted = False
        self._has_received = False
        self._received = ""
        self._is_deleted = False
        self._has_sender = False
        self._is_damaged = False
        self.is_over = False

    @property
    def is_plausible(self) -> bool:
        """Whether these lines are the header of a message."""
        return self._has_sender and not self._is_damaged

    def read(self, file: BinaryIO) -> Iterator[MailHead]:
        """The head of a message that begins here."""
        while not self.is_over and (line := _next_line(file)):
            self.add(line)
        yield from self.head()

    def add(self, line: bytes) -> None:
        """Take a line; an empty one ends the header."""
        line = line.rstrip(b"\r\n")
        if not line:
            self.is_over = True
            return
        is_continued = line[:1] in (b" ", b"\t")
        if not is_continued:
            name = line.partition(b":")[0].strip().lower()
            self._has_sender |= name == b"from"
            self._is_damaged |= not _FIELD.match(line)
            self._has_received = name == b"received" and not self._received
            self._is_wanted = name in _NAMES
            self._is_deleted |= bool(_DELETED.match(line))
        if self._has_received:
            self._received = f"{self._received} {line[:1000].decode('latin-1')}"[-1000:]
        if self._is_wanted and self._size < MOST_BYTES:
            self._kept.append(line)
            self._size += len(line) + 1

    def head(self) -> Iterator[MailHead]:
        """The head that was collected, unless the message was deleted."""
        if self._is_deleted:
            return
        dates = (self._date,) if self._date else ()
        received = (self._received,) if self._received else ()
        yield MailHead(b"\n".join(self._kept), received_time(received, dates))


def _in_mbox(file: BinaryIO, doubts: list[int]) -> Iterator[MailHead]:
    """The heads of the messages in an mbox, whose lines are numbered from 1.

    In a text, a line that begins with "From " should be written as ">From ", so that it is no
    separator. Not all programs do so: an empty line must be before it, and a header after it.
    """
    head: _Head | None = None
    start, number, is_empty = 0, 0, True
    while line := _next_line(file):
        number += 1
        separator = _SEPARATOR.match(line) if line.startswith(b"From ") else None
        if separator and is_empty:
            head, start = _Head(separator["date"].decode("latin-1")), number
        elif head is not None:
            head.add(line)
        if separator and not is_empty:
            doubts.append(number)
        is_empty = not line.strip(b"\r\n")
        if head is not None and head.is_over:
            yield from _judged(head, start, doubts)
            head = None
    if head is not None:
        yield from _judged(head, start, doubts)


def _judged(head: _Head, start: int, doubts: list[int]) -> Iterator[MailHead]:
    if head.is_plausible:
        yield from head.head()
    else:
        doubts.append(start)


def _next_line(file: BinaryIO) -> bytes:
    """The next line, cut if it is very long; b"" at the end of the file."""
    is_first = not file.tell()
    line = file.readline(_LONGEST_LINE)
    rest = line
    if is_first:
        line = line.removeprefix(_BYTE_ORDER_MARK)
    while rest and not rest.endswith(b"\n"):
        rest = file.readline(_LONGEST_LINE)
    return line
