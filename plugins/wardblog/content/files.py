"""Lists the files of the content folder as Pelican does, and tells which of them changed."""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import field, replace
from functools import lru_cache, partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

from wardblog.model.digests import digest_of
from wardblog.problems import nearest
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import open_ordinary

SETTINGS_FILE = "ward.toml"
ISSUES_FILE = "issues.toml"
COMMUNITY_FILE = "community.toml"
CASEWORK_FILE = "casework.csv"
# Where old addresses lead that belong to no post.
REDIRECTS_FILE = "redirects.csv"
# The counts of answers to questions, which `make answers` writes.
ANSWERS = "answers/"
DRAWING = ".svg"
# Files that operating systems create, such as thumbnails.
_OF_SYSTEMS = frozenset(("Thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini"))
# Size, modification time, change time and inode of a file. It differs after a change, unless the
# change came within one step of the file system's clock.
Signature = tuple[int, int, int, int]
# The coarsest file-system clock (FAT) has steps of two seconds: a younger file may change again
# without a change of its signature.
_YOUNG_NS = 2_100_000_000
_NO_TIME = -1
MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")


def _in_any_case(ending: str) -> tuple[str, ...]:
    """Return `.md`, `.Md`, `.mD` and `.MD`; of longer endings only the usual spellings."""
    if len(ending) > 4:
        return (ending, ending.upper(), f".{ending[1:].capitalize()}")
    return tuple(map("".join, product(*(dict.fromkeys((c, c.upper())) for c in ending))))


# The endings of posts and pages, in the order in which they are tried.
SOURCES = tuple(way for ending in (".md", ".txt", *MARKDOWN[1:]) for way in _in_any_case(ending))
_OTHER_ENDINGS = (".md", ".txt", ".markdown", ".MD", ".TXT")


def is_text(file: str) -> bool:
    """Whether a file is a post or page by its name; `.txt` counts only in their folders."""
    among_posts = file.startswith(("posts/", "pages/"))
    return file.endswith(SOURCES) and (among_posts or file.lower().endswith(MARKDOWN))


def with_existing_ending(file: str, files: Container[str]) -> str:
    """Return the post that a link names, whichever ending the file has."""
    if file in files:
        return file
    stem = file.rpartition(".")[0]
    return next((stem + end for end in _OTHER_ENDINGS if stem + end in files), file)


def composed(path: str) -> str:
    """Return a path in Unicode's composed form (NFC)."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


@dataclass(slots=True, kw_only=True)
class Folder:
    """The regular files below a folder, as relative paths with slashes, in NFC.

    `hidden` are files whose name, or whose folder's name, begins with a dot, and files of the
    operating system. `looping` are links to a folder above, which are not followed. `leaving` are
    links that lead outside, with their targets: nothing behind them is opened or listed. `doubles`
    are files whose names differ only in how accents are stored (NFC or NFD), and `not_text` have
    names that are not UTF-8. `drafts` are files that are being edited, with the bytes that are read
    in place of theirs.
    """

    shown: dict[str, Signature] = field(default_factory=dict)
    hidden: dict[str, Signature] = field(default_factory=dict)
    looping: list[str] = field(default_factory=list)
    not_text: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)
    leaving: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, bytes] = field(default_factory=dict)

    @property
    def has_bad_links(self) -> bool:
        return bool(self.looping or self.leaving or self.doubles)


def with_drafts(folder: Folder, drafts: Mapping[str, bytes]) -> Folder:
    """The folder as it would be if these bytes were saved; files that are gone stay away."""
    known = {file: data for file, data in drafts.items() if file in folder.shown}
    signatures = {file: draft_fingerprint(data).signature for file, data in known.items()}
    return replace(folder, shown=folder.shown | signatures, drafts=known)


def scan(content: Path) -> Folder:
    """List the whole folder, which may itself be a link."""
    folder = Folder()
    for path, entry, is_hidden in _Walk(content, folder).entries():
        try:
            status = entry.stat()
        except OSError:
            continue  # a link to nowhere
        files = folder.hidden if is_hidden else folder.shown
        name = composed(path)
        if name in files:
            folder.doubles.append(name)
        files[name] = signature_of(status)
    return folder


def on_disk(content: Path, file: str) -> Path:
    """Return the path of a file on disk: Macs may store its name decomposed (NFD)."""
    path = content / file
    if file.isascii() or path.exists():
        return path
    here = content
    for part in file.split("/"):
        step = here / part
        if not step.exists():
            others = here.iterdir() if here.is_dir() else ()
            step = next((other for other in others if composed(other.name) == part), step)
        here = step
    return here


def signature_of(status: os.stat_result) -> Signature:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def target_outside(content: Path, file: str) -> str:
    """Return the target of a path that leads outside the content folder, else ""."""
    target = os.path.realpath(content / file)
    return "" if _is_within(target, os.path.realpath(content)) else target


def _is_within(target: str, folder: str) -> bool:
    return target == folder or target.startswith(folder.rstrip("/") + "/")


def _kind(entry: os.DirEntry[str]) -> str:
    """Return "file" or "folder", for a link that of its target; "" for a link to itself."""
    try:
        return "file" if entry.is_file() else "folder" if entry.is_dir() else ""
    except OSError:
        return ""


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Walk:
    """Walks through a folder, and records the links that must not be followed."""

    def __init__(self, content: Path, folder: Folder) -> None:
        self._content, self._found = content, folder
        self._root = os.path.realpath(content)

    def entries(self) -> Iterator[tuple[str, os.DirEntry[str], bool]]:
        return self._below(self._content, "", False, (self._root,))

    def _below(
        self, folder: Path, below: str, is_hidden: bool, above: tuple[str, ...]
    ) -> Iterator[tuple[str, os.DirEntry[str], bool]]:
        """`above` are the real paths of the folder and of its parents."""
        try:
            entries = list(os.scandir(folder))
        except OSError:
            return
        for entry in entries:
            is_system = entry.name.startswith(".") or entry.name in _OF_SYSTEMS
            path, hides = f"{below}{entry.name}", is_hidden or is_system
            if not _is_utf8(entry.name):
                if not hides:
                    self._found.not_text.append(path)
                continue
            place = ""
            if entry.is_symlink():
                place = os.path.realpath(entry.path)
                if not _is_within(place, self._root):
                    self._found.leaving[path] = place
                    continue
            kind = _kind(entry)
            if kind == "file":
                yield path, entry, hides
            elif kind == "folder" and entry.name != ".git":
                place = place or f"{above[-1]}/{entry.name}"
                if place in above:
                    self._found.looping.append(path)
                    continue
                yield from self._below(Path(entry.path), f"{path}/", hides, (*above, place))


def sources(files: Collection[str], folder: str) -> list[str]:
    """Return the Markdown files of a folder, sorted by name."""
    start = f"{folder}/"
    return sorted(f for f in files if f.startswith(start) and f.endswith(SOURCES))


def is_source(file: str) -> bool:
    """Whether a file is read as a post or a page."""
    return file.startswith(("posts/", "pages/")) and file.endswith(SOURCES)


@lru_cache(maxsize=4)
def no_sources(files: frozenset[str]) -> tuple[str, ...]:
    """The files that are read as neither, sorted; the preview asks again after each save."""
    return tuple(sorted(file for file in files if not is_source(file)))


def nearest_file(path: str, files: frozenset[str]) -> str | None:
    """Return the file with nearly this path, or with (nearly) this name in another folder."""
    name = path.rsplit("/", 1)[-1]
    by_name = {f.rsplit("/", 1)[-1]: f for f in sorted(files, reverse=True)}
    return nearest(path, files) or by_name.get(nearest(name, by_name) or "")


class FileFingerprint(NamedTuple):
    """A file's signature and digest; `is_settled` is whether the signature alone can be trusted."""

    signature: Signature
    is_settled: bool
    digest: bytes


def fingerprint_of(path: Path, signature: Signature) -> FileFingerprint:
    """Read a file and return its fingerprint; raises `OSError`."""
    with open_ordinary(path) as file:
        digest = hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=16)).digest()
    return FileFingerprint(signature, is_settled(signature), digest)


def saved_digest(content: Path, file: str, before: FileFingerprint | None) -> bytes | None:
    """Return the digest of a file as it is saved now, or None if it cannot be read.

    It is read only if it may have changed since its fingerprint `before` was taken.
    """
    path = f"{content}/{file}" if file.isascii() else on_disk(content, file)
    try:
        signature = signature_of(os.stat(path))  # noqa: PTH116 - asked of each file of the site
        if before and before.is_settled and before.signature == signature:
            return before.digest
        return fingerprint_of(Path(path), signature).digest
    except OSError:
        return None


def draft_fingerprint(data: bytes) -> FileFingerprint:
    """The fingerprint of bytes that are in no file; the times are before all time."""
    digest = digest_of(data)
    return FileFingerprint(
        (len(data), _NO_TIME, _NO_TIME, int.from_bytes(digest[:8])), True, digest
    )


def is_settled(signature: Signature) -> bool:
    return max(signature[1], signature[2]) < time.time_ns() - _YOUNG_NS


def unchanged_fingerprint(
    before: FileFingerprint, content: Path, file: str, signature: Signature
) -> FileFingerprint | None:
    """Return the current fingerprint if the file's bytes are the same as before, else None."""
    if before.signature == signature and before.is_settled:
        return before
    if before.signature[0] != signature[0] or signature[1] == _NO_TIME:
        return None
    try:
        now = fingerprint_of(on_disk(content, file), signature)
    except OSError:
        return None
    return now if now.digest == before.digest else None
