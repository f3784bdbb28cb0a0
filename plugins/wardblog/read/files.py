"""Which files the content folder has, by the same rules as Pelican's own search."""

from __future__ import annotations

import os
from pathlib import Path

from wardblog.problems import nearest
from wardblog.read.markup import SOURCES


def content_files(content: Path) -> frozenset[str]:
    """Every file below the folder, as a path from it with slashes; hidden ones are left out.

    A folder that is a link to one above it is not entered, and named by `looping_folders`.
    """
    found: set[str] = set()
    for folder, folders, names in os.walk(content, followlinks=True):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and not _loops(Path(folder) / f)
        )
        below = Path(folder).relative_to(content)
        found.update(
            (below / name).as_posix()
            for name in names
            if not name.startswith(".") and (Path(folder) / name).is_file()
        )
    return frozenset(found)


def _loops(folder: Path) -> bool:
    return folder.is_symlink() and folder.resolve() in folder.absolute().parents


def looping_folders(content: Path) -> list[str]:
    """Links to a folder above themselves, in which Pelican would walk round and round."""
    return [
        (Path(folder) / name).relative_to(content).as_posix()
        for folder, folders, _ in os.walk(content)
        for name in folders
        if _loops(Path(folder) / name)
    ]


def sources(files: frozenset[str], folder: str) -> list[str]:
    """The Markdown files of one folder, in the order of their names."""
    return sorted(f for f in files if f.startswith(f"{folder}/") and f.endswith(SOURCES))


def nearest_file(path: str, files: frozenset[str]) -> str | None:
    """The file with nearly this path, or of the same or nearly the same name elsewhere."""
    name = path.rsplit("/", 1)[-1]
    by_name = {f.rsplit("/", 1)[-1]: f for f in sorted(files, reverse=True)}
    return nearest(path, files) or by_name.get(nearest(name, by_name) or "")
