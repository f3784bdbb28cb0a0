"""Which files the content folder has, by the same rules as Pelican's own search."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wardblog.problems import nearest
from wardblog.read.markup import SOURCES

SETTINGS_FILE = "ward.toml"
ISSUES_FILE = "issues.toml"
# What systems keep beside one's files, such as small copies of pictures that are gone.
_OF_SYSTEMS = frozenset(("Thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini"))
# What the file system says of a file: size, times of the bytes and of the entry, and its number.
# A file whose bytes changed has another one, unless both happened within one tick of its clock.
Signature = tuple[int, int, int, int]


@dataclass(slots=True)
class Folder:
    """The files below a folder, as paths from it with slashes.

    `hidden` are those whose name, or whose folder's, begins with a dot, and those that a system
    keeps for itself; `looping` are links to a
    folder above themselves, which are not entered; and `not_text` have bytes in their names that
    are no UTF-8, so that no address can name them.
    """

    shown: dict[str, Signature] = field(default_factory=dict)
    hidden: dict[str, Signature] = field(default_factory=dict)
    looping: list[str] = field(default_factory=list)
    not_text: list[str] = field(default_factory=list)


def scan(content: Path) -> Folder:
    """Looks through the whole folder once."""
    found = Folder()
    for path, entry, is_hidden in _entries(content, "", False, found):
        try:
            status = entry.stat()
        except OSError:
            continue  # a link to nowhere
        files = found.hidden if is_hidden else found.shown
        files[path] = signature_of(status)
    return found


def signature_of(status: os.stat_result) -> Signature:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _entries(
    folder: Path, below: str, is_hidden: bool, found: Folder
) -> Iterator[tuple[str, os.DirEntry[str], bool]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        is_system = entry.name.startswith(".") or entry.name in _OF_SYSTEMS
        path, hides = f"{below}{entry.name}", is_hidden or is_system
        if not _is_text(entry.name):
            if not hides:
                found.not_text.append(path)
        elif entry.is_file():
            yield path, entry, hides
        elif entry.is_dir() and entry.name != ".git":
            if entry.is_symlink() and _loops(Path(entry.path)):
                found.looping.append(path)
                continue
            yield from _entries(Path(entry.path), f"{path}/", hides, found)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _loops(folder: Path) -> bool:
    return folder.resolve() in folder.absolute().parents


def sources(files: Collection[str], folder: str) -> list[str]:
    """The Markdown files of one folder, in the order of their names."""
    start = f"{folder}/"
    return sorted(f for f in files if f.startswith(start) and f.endswith(SOURCES))


def is_source(file: str) -> bool:
    """Whether a file is read as a post or a page."""
    return file.startswith(("posts/", "pages/")) and file.endswith(SOURCES)


def nearest_file(path: str, files: frozenset[str]) -> str | None:
    """The file with nearly this path, or of the same or nearly the same name elsewhere."""
    name = path.rsplit("/", 1)[-1]
    by_name = {f.rsplit("/", 1)[-1]: f for f in sorted(files, reverse=True)}
    return nearest(path, files) or by_name.get(nearest(name, by_name) or "")
