"""Records of outputs: what each was made from, and which files it has."""

from __future__ import annotations

from typing import NamedTuple

from wardblog.check import Reference
from wardblog.problems import Problem


class FileRecord(NamedTuple):
    """A written file: its path, its size in bytes and its modification time in nanoseconds."""

    path: str
    size: int
    time: int


class DrawnRecord(NamedTuple):
    """What a page needs to know about its map; `figure` is the digest of what the map shows.

    Its files are among those of the page.
    """

    figure: bytes
    html: str
    script_path: str
    data_path: str


class Audit(NamedTuple):
    """The problems of an output's files.

    `references` are the links in the post's own text; each build checks them again, since the
    page they lead to may have changed.
    """

    problems: tuple[Problem, ...]
    references: tuple[Reference, ...]


class Look(NamedTuple):
    """The inspection of an output that was not written; `references` are the theme's links."""

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
    """When an output was last rebuilt (an ISO date), and because of which changes."""

    day: str
    because: tuple[str, ...]
