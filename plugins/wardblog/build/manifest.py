"""Records which files a build wrote, so that the next one can remove what is no longer made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path
from typing import IO

from wardblog.support.late_dataclass import dataclass

MANIFEST = ".wardblog.json"
# The files that an unfinished build is writing; an interrupted build leaves it behind.
JOURNAL = ".wardblog.unfinished"


@dataclass(frozen=True, slots=True)
class Made:
    """The digests of a costly file: of its source and of its bytes."""

    source: str
    content: str


@dataclass(frozen=True, slots=True)
class BuildManifest:
    """The paths of a build's files, with the digests of those that take long to make."""

    files: tuple[str, ...] = ()
    made: Mapping[str, Made] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> BuildManifest:
        try:
            stored = json.loads(path.read_bytes())
            if isinstance(stored, list):  # as the first version wrote it
                stored = {"files": stored, "made": {}}
            names = [name for name in stored["files"] if isinstance(name, str)]
            made = {
                str(p): Made(str(one), str(other)) for p, (one, other) in stored["made"].items()
            }
        except (AttributeError, LookupError, OSError, TypeError, ValueError):
            return cls()
        return cls(tuple(filter(is_inside, names)), made)


class Journal:
    """Records each file before it is written: files of an interrupted build are never published."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file: IO[str] | None = None
        self._known: set[str] = set()

    def note(self, paths: Iterable[str]) -> None:
        new = [path for path in paths if path not in self._known]
        if not new:
            return
        if self._file is None:
            self._root.mkdir(parents=True, exist_ok=True)
            self._file = (self._root / JOURNAL).open("a", encoding="utf-8")
        self._file.write("".join(f"{path}\n" for path in new))
        self._file.flush()
        self._known.update(new)

    def noted(self) -> list[str]:
        """Return the files of interrupted builds, and those that this build has noted."""
        try:
            lines = (self._root / JOURNAL).read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return []
        return [path for path in lines if path != MANIFEST and is_inside(path)]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def end(self) -> None:
        self.close()
        self._known.clear()
        (self._root / JOURNAL).unlink(missing_ok=True)


def is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")
