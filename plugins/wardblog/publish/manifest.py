"""What a site consists of, file by file: the form in which two of them are compared."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wardblog.media import is_text, media_type

# Files that a web server can send as they are to whoever takes them compressed.
ENCODINGS = {"br": ".br", "gzip": ".gz"}
# Smaller texts fit into one packet anyway.
WORTH_PACKING = 1000
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: `digest` of its bytes (SHA-256 in hex), `size` in bytes, `mtime` in seconds.

    `packed` says whether it stands there compressed as well.
    """

    digest: str
    size: int
    mtime: int
    media_type: str
    packed: bool = False

    @property
    def values(self) -> list[str | int]:
        return [self.digest, self.size, self.mtime, self.media_type, self.packed]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A site's files by path. `retired` are those that its pages no longer name, and since when.

    They stay for visitors who have an older page before them; the time is in seconds.
    """

    files: Mapping[str, Entry] = field(default_factory=dict)
    retired: Mapping[str, int] = field(default_factory=dict)

    @property
    def digests(self) -> dict[str, str]:
        """What the site is, whenever and however it got there."""
        return {p: entry.digest for p, entry in self.files.items() if p not in self.retired}

    def to_json(self) -> bytes:
        files = {path: self.files[path].values for path in sorted(self.files)}
        retired = dict(sorted(self.retired.items()))
        said = {"version": VERSION, "files": files, "retired": retired}
        return (json.dumps(said, ensure_ascii=False) + "\n").encode()

    @classmethod
    def from_json(cls, text: bytes) -> Manifest | None:
        """None for what is no manifest of this version: it is never believed in part."""
        try:
            said = json.loads(text)
            if said["version"] != VERSION:
                return None
            files = {_path(p): _entry(*entry) for p, entry in said["files"].items()}
            return cls(files, {_path(p): int(at) for p, at in said["retired"].items()})
        except (AttributeError, LookupError, TypeError, ValueError):
            return None


def _entry(digest: str, size: int, mtime: int, kind: str, packed: bool) -> Entry:
    return Entry(str(digest), int(size), int(mtime), str(kind), bool(packed))


def _path(path: str) -> str:
    """A path that leads out of the site is somebody's trap, and makes the manifest worthless."""
    if not path or path.startswith("/") or ".." in path.split("/") or "\0" in path:
        raise ValueError(path)
    return path


def survey(folder: Path, paths: Iterable[str], packs: bool) -> Manifest:
    """The manifest of files below a folder; `packs` says whether texts are wanted compressed."""
    files = {}
    for path in sorted(paths):
        with (folder / path).open("rb") as file:
            status = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        packed = packs and is_text(path) and status.st_size >= WORTH_PACKING
        files[path] = Entry(digest, status.st_size, int(status.st_mtime), media_type(path), packed)
    return Manifest(files)


def files_below(folder: Path) -> set[str]:
    """Paths of the files that residents can ask for; hidden ones are the software's own."""
    found: set[str] = set()
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        below = Path(parent).relative_to(folder)
        found.update((below / n).as_posix() for n in names if not n.startswith("."))
    return found


def names_of(path: str, entry: Entry) -> list[str]:
    """The path, and those of its compressed forms."""
    return [path, *(f"{path}{ending}" for ending in ENCODINGS.values() if entry.packed)]
