"""Where the files of a build go: into memory, nowhere, or on to a folder and the guard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Protocol

from wardblog.problems import Problem
from wardblog.support.late_dataclass import dataclass


class Writer(Protocol):
    """Receives the files of outputs."""

    @property
    def written(self) -> set[str]: ...

    def write(self, path: str, content: bytes) -> None: ...
    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None: ...


class MemoryWriter:
    """Keeps files in memory."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.files: dict[str, bytes] = {}

    def write(self, path: str, content: bytes) -> None:
        self.files[path] = content

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        del source
        self.files[path] = make()


class NullWriter:
    """Discards files, and skips those that take long to make."""

    def __init__(self) -> None:
        self.written: set[str] = set()

    def write(self, path: str, content: bytes) -> None:
        del path, content

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        del path, source, make


@dataclass(kw_only=True)
class RecordingWriter:
    """Passes files on to a writer, and records them for the guard to inspect.

    Of a file that takes long to make it records the source. `credits` are the sentences that the
    files must carry, and `others` are files in the folder that are not of the plan. `faults` are
    the reasons why a file could not be made.
    """

    writer: Writer
    credits: tuple[str, ...] = ()
    contents: dict[str, bytes] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    faults: list[Problem] = field(default_factory=list)

    @property
    def written(self) -> set[str]:
        return self.writer.written

    def write(self, path: str, content: bytes) -> None:
        self.contents[path] = content
        self.writer.write(path, content)

    def write_copy(self, path: str, content: bytes) -> None:
        """Pass on a file with the same content as another, which is inspected."""
        self.writer.write(path, content)

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        self.contents[path] = source
        self.writer.write_made(path, source, make)
