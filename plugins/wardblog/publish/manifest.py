"""The list of a site's files with their digests, by which two versions are compared."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from wardblog.model.media_types import is_text, media_type
from wardblog.model.outputs import OutputKind
from wardblog.publish.identity import Identity
from wardblog.support.late_dataclass import dataclass

# Compressed copies that a web server can send to browsers that accept them.
ENCODINGS = {"br": ".br", "gzip": ".gz"}
# In bytes; smaller texts fit into one packet without compression.
MIN_COMPRESSED_SIZE = 1000
VERSION = 1
# In bytes; the manifest of a hundred thousand files is smaller.
MOST_BYTES = 32_000_000
_DIGEST = re.compile(r"[0-9a-z]{1,64}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST = 2000
# In bytes and in seconds; no file system can store larger values.
_LARGEST, _LATEST = 2**53, 2**36


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One file: `digest` of its bytes (SHA-256 in hex), `size` in bytes, `mtime` in seconds.

    `is_compressed` is whether compressed copies are stored beside it. `kind` is what it is to
    residents, None where that was not recorded; it makes no difference to what is sent.
    """

    digest: str
    size: int
    mtime: int
    media_type: str
    is_compressed: bool = False
    kind: OutputKind | None = field(default=None, compare=False)

    @property
    def values(self) -> list[str | int]:
        kind = [self.kind.value] if self.kind else []
        return [self.digest, self.size, self.mtime, self.media_type, self.is_compressed, *kind]

    @property
    def is_list(self) -> bool:
        """Whether it leads to other files, and must come after them."""
        return self.kind is not None and self.kind.is_list


@dataclass(frozen=True, slots=True)
class SiteManifest:
    """A site's files by path; `retired` maps files that no page uses any more to the time of that.

    Retired files stay for visitors who have an older page open; the time is in seconds. `site` is
    the site that the files belong to, or None if unknown.
    """

    files: Mapping[str, FileEntry] = field(default_factory=dict)
    retired: Mapping[str, int] = field(default_factory=dict)
    site: Identity | None = None

    @property
    def digests(self) -> dict[str, str]:
        """The digests of all files that pages use."""
        return {p: entry.digest for p, entry in self.files.items() if p not in self.retired}

    def to_json(self) -> bytes:
        files = {path: self.files[path].values for path in sorted(self.files)}
        retired = dict(sorted(self.retired.items()))
        data: dict[str, object] = {"version": VERSION, "files": files, "retired": retired}
        if self.site:
            data["site"] = self.site.values
        return (json.dumps(data, ensure_ascii=False) + "\n").encode()

    @classmethod
    def from_json(cls, text: bytes) -> SiteManifest | None:
        """The manifest, or None if any part of it is invalid or of another version."""
        if len(text) > MOST_BYTES:
            return None
        try:
            data = json.loads(text, parse_float=_no, parse_constant=_no, object_pairs_hook=_unique)
            if data["version"] != VERSION:
                return None
            files = {_path(p): _entry(*entry) for p, entry in data["files"].items()}
            retired = {_path(p): _number(at, _LATEST) for p, at in data["retired"].items()}
            return cls(files, retired, Identity.from_values(data.get("site")))
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError, MemoryError):
            return None


def _entry(
    digest: object,
    size: object,
    mtime: object,
    media: object,
    is_compressed: object,
    kind: object = None,
) -> FileEntry:
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise ValueError(digest)
    if not isinstance(media, str) or not isinstance(is_compressed, bool):
        raise TypeError(media)
    return FileEntry(
        digest=digest,
        size=_number(size, _LARGEST),
        mtime=_number(mtime, _LATEST),
        media_type=media,
        is_compressed=is_compressed,
        kind=None if kind is None else OutputKind(kind),
    )


def _number(value: object, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(value)
    return value


def _no(text: str) -> object:
    """Reject a number with a fraction, or an infinite one."""
    raise ValueError(text)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Reject an object that has the same key twice."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError(pairs)
    return values


def _path(path: str) -> str:
    """The path; raises `ValueError` for one that could point outside the site."""
    parts = path.split("/")
    if len(path) > _LONGEST or not {"", ".", ".."}.isdisjoint(parts) or _CONTROL.search(path):
        raise ValueError(path)
    path.encode()  # a lone surrogate raises a ValueError
    return path


def build_manifest(
    folder: Path, kinds: Mapping[str, OutputKind | None], compresses: bool
) -> SiteManifest:
    """The manifest of files below a folder, by their paths, with what each is.

    `compresses` is whether texts get compressed copies.
    """
    files = {}
    for path, kind in sorted(kinds.items()):
        with (folder / path).open("rb") as file:
            status = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        is_compressed = compresses and is_text(path) and status.st_size >= MIN_COMPRESSED_SIZE
        files[path] = FileEntry(
            digest=digest,
            size=status.st_size,
            mtime=int(status.st_mtime),
            media_type=media_type(path),
            is_compressed=is_compressed,
            kind=kind,
        )
    return SiteManifest(files)


def files_below(folder: Path) -> set[str]:
    """The paths of the files that residents can request; hidden ones are the software's own."""
    paths: set[str] = set()
    for parent, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        below = Path(parent).relative_to(folder)
        paths.update((below / n).as_posix() for n in names if not n.startswith("."))
    return paths


def stored_names(path: str, entry: FileEntry) -> list[str]:
    """The path of a file and those of its compressed copies."""
    return [path, *(f"{path}{ending}" for ending in ENCODINGS.values() if entry.is_compressed)]
