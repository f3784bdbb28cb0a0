"""What is known of an output that was made: from what, and which files it is."""

from __future__ import annotations

from typing import NamedTuple


class FileRecord(NamedTuple):
    """A file as it was written: its path, its size in bytes and the time of its bytes in ns."""

    path: str
    size: int
    time: int


class DrawnRecord(NamedTuple):
    """The map of a page, as far as its page must know it; `figure` is the digest of what it shows.

    Its files are among those of the page.
    """

    figure: bytes
    html: str
    script_path: str
    data_path: str


class Record(NamedTuple):
    """Digests of what an output needs and of the values that it was made with, and its files."""

    needs: bytes
    values: bytes
    files: tuple[FileRecord, ...]
    drawn: DrawnRecord | None = None


class Cause(NamedTuple):
    """When an output was last made anew (an ISO date), and because of which changes."""

    day: str
    because: tuple[str, ...]
