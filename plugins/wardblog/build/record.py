"""What is known of an output that was made: from what, and which files it is."""

from __future__ import annotations

from typing import NamedTuple

from wardblog.check import Reference
from wardblog.problems import Problem


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


class Audit(NamedTuple):
    """What was found in an output's files.

    `references` are the links of the post's own text that are judged again in each build, since
    the page that they lead to may have changed.
    """

    problems: tuple[Problem, ...]
    references: tuple[Reference, ...]


class Look(NamedTuple):
    """What a look at an output found that was not written; `references` are the theme's links."""

    needs: bytes
    audit: Audit | None
    references: tuple[Reference, ...]


class Record(NamedTuple):
    """Digests of what an output needs and of the values that it was made with, and its files.

    Most have nothing that was found in them.
    """

    needs: bytes
    values: bytes
    files: tuple[FileRecord, ...]
    drawn: DrawnRecord | None = None
    audit: Audit | None = None


class Cause(NamedTuple):
    """When an output was last made anew (an ISO date), and because of which changes."""

    day: str
    because: tuple[str, ...]
