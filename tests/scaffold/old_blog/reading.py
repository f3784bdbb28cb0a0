"""Short ways to read an export that is written out in a test."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from scaffold.old_blog.exports import wxr_of
from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.scaffold.old_blog.exports.open_blog import open_blog
from wardblog.scaffold.old_blog.model import OldBlog, OldPost


def read(folder: Path, data: str | bytes, name: str = "export.xml") -> OldBlog:
    """The blog in a file with this content."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_blog(path)


def read_wxr(folder: Path, items: str, **values: str) -> OldBlog:
    """The blog in a WordPress export with these items."""
    return read(folder, wxr_of(items, **values))


def read_folder(folder: Path, files: Mapping[str, str | bytes]) -> OldBlog:
    """The blog in a folder with these files."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_blog(folder)


def file_of(name: str, data: bytes) -> ExportFile:
    """A file that is in memory."""
    return ExportFile(name=name, shown=name, size=len(data), opened=lambda: BytesIO(data))


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A zip with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def only(blog: OldBlog) -> OldPost:
    """The only post of a blog."""
    (post,) = blog.posts
    return post


def refused(path: Path) -> str:
    """The message for what cannot be read, with its hint."""
    with pytest.raises(CommandError) as caught:
        open_blog(path)
    return f"{caught.value} {caught.value.hint}"
