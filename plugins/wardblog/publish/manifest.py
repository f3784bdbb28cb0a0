"""What a site consists of, file by file: the form in which two of them are compared."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wardblog.model.media_types import is_text, media_type
from wardblog.model.outputs import OutputKind
from wardblog.publish.identity import Identity

# Files that a web server can send as they are to whoever takes them compressed.
ENCODINGS = {"br": ".br", "gzip": ".gz"}
# Smaller texts fit into one packet anyway.
MIN_COMPRESSED_SIZE = 1000
VERSION = 1
# A site of a hundred thousand files has a smaller one.
MOST_BYTES = 32_000_000
_DIGEST = re.compile(r"[0-9a-z]{1,64}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST = 2000
# In bytes and in seconds: beyond these no disk can keep a file.
_LARGEST, _LATEST = 2**53, 2**36


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One file: `digest` of its bytes (SHA-256 in hex), `size` in bytes, `mtime` in seconds.

    `packed` says whether it stands there compressed as well. `kind` is what it is to residents,
    None where that was not written down; it makes no difference to what is sent.
    """

    digest: str
    size: int
    mtime: int
    media_type: str
    packed: bool = False
    kind: OutputKind | None = field(default=None, compare=False)

    @property
    def values(self) -> list[str | int]:
        kind = [self.kind.value] if self.kind else []
        return [self.digest, self.size, self.mtime, self.media_type, self.packed, *kind]

    @property
    def is_list(self) -> bool:
        """Whether it leads to other files, and must come after them."""
        return self.kind is not None and self.kind.is_list


@dataclass(frozen=True, slots=True)
class SiteManifest:
    """A site's files by path. `retired` are those that its pages no longer name, and since when.

    They stay for visitors who have an older page before them; the time is in seconds. `site` is
    whose files they are, and None where that was not written down.
    """

    files: Mapping[str, FileEntry] = field(default_factory=dict)
    retired: Mapping[str, int] = field(default_factory=dict)
    site: Identity | None = None

    @property
    def digests(self) -> dict[str, str]:
        """What the site is, whenever and however it got there."""
        return {p: entry.digest for p, entry in self.files.items() if p not in self.retired}

    def to_json(self) -> bytes:
        files = {path: self.files[path].values for path in sorted(self.files)}
        retired = dict(sorted(self.retired.items()))
        said: dict[str, object] = {"version": VERSION, "files": files, "retired": retired}
        if self.site:
            said["site"] = self.site.values
        return (json.dumps(said, ensure_ascii=False) + "\n").encode()

    @classmethod
    def from_json(cls, text: bytes) -> SiteManifest | None:
        """None for what is no manifest of this version: it is never believed in part."""
        if len(text) > MOST_BYTES:
            return None
        try:
            said = json.loads(text, parse_float=_no, parse_constant=_no, object_pairs_hook=_unique)
            if said["version"] != VERSION:
                return None
            files = {_path(p): _entry(*entry) for p, entry in said["files"].items()}
            retired = {_path(p): _number(at, _LATEST) for p, at in said["retired"].items()}
            return cls(files, retired, Identity.from_values(said.get("site")))
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError, MemoryError):
            return None


def _entry(
    digest: object,
    size: object,
    mtime: object,
    media: object,
    packed: object,
    kind: object = None,
) -> FileEntry:
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise ValueError(digest)
    if not isinstance(media, str) or not isinstance(packed, bool):
        raise TypeError(media)
    return FileEntry(
        digest=digest,
        size=_number(size, _LARGEST),
        mtime=_number(mtime, _LATEST),
        media_type=media,
        packed=packed,
        kind=None if kind is None else OutputKind(kind),
    )


def _number(value: object, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(value)
    return value


def _no(text: str) -> object:
    """No number of a manifest has a fraction, and none is infinite."""
    raise ValueError(text)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Of two values under one name, nobody knows which is meant."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError(pairs)
    return values


def _path(path: str) -> str:
    """A path that leads out of the site is somebody's trap, and makes the manifest worthless."""
    parts = path.split("/")
    if len(path) > _LONGEST or not {"", ".", ".."}.isdisjoint(parts) or _CONTROL.search(path):
        raise ValueError(path)
    path.encode()  # half a sign is no text, and raises a ValueError
    return path


def build_manifest(
    folder: Path, kinds: Mapping[str, OutputKind | None], compresses: bool
) -> SiteManifest:
    """The manifest of files below a folder, by their paths, with what each is.

    `packs` says whether texts are wanted compressed.
    """
    files = {}
    for path, kind in sorted(kinds.items()):
        with (folder / path).open("rb") as file:
            status = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        packed = compresses and is_text(path) and status.st_size >= MIN_COMPRESSED_SIZE
        files[path] = FileEntry(
            digest=digest,
            size=status.st_size,
            mtime=int(status.st_mtime),
            media_type=media_type(path),
            packed=packed,
            kind=kind,
        )
    return SiteManifest(files)


def files_below(folder: Path) -> set[str]:
    """Paths of the files that residents can ask for; hidden ones are the software's own."""
    found: set[str] = set()
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        below = Path(parent).relative_to(folder)
        found.update((below / n).as_posix() for n in names if not n.startswith("."))
    return found


def names_of(path: str, entry: FileEntry) -> list[str]:
    """The path, and those of its compressed forms."""
    return [path, *(f"{path}{ending}" for ending in ENCODINGS.values() if entry.packed)]
