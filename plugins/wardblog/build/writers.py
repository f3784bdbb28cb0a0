"""Whatever takes the files of a build: to keep them at hand, to look at them, or to let them go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from wardblog.problems import Problem


class Writer(Protocol):
    """Whatever takes files."""

    @property
    def written(self) -> set[str]: ...

    def write(self, path: str, content: bytes) -> None: ...
    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None: ...


class Held:
    """Takes files, and keeps them at hand."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.files: dict[str, bytes] = {}

    def write(self, path: str, content: bytes) -> None:
        self.files[path] = content

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        del source
        self.files[path] = make()


class Nowhere:
    """Takes files, and lets them go: what takes long is not even made."""

    def __init__(self) -> None:
        self.written: set[str] = set()

    def write(self, path: str, content: bytes) -> None:
        del path, content

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        del path, source, make


@dataclass(kw_only=True)
class Watched:
    """Hands files on to a writer, and keeps them at hand until they were looked at.

    Of a file that takes long to make it keeps what that is made from. `credits` are the sentences
    that the files must carry, and `others` are files that are there beside those of the plan.
    `faults` are why a file could not be made.
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

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        self.contents[path] = source
        self.writer.write_made(path, source, make)
