"""Copies of what was typed and not saved yet, so that nothing is lost with the browser's page."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from wardblog.build.clock import now
from wardblog.content.files import is_source, on_disk, target_outside
from wardblog.content.keys import KEYS
from wardblog.content.write import post_bytes
from wardblog.content.write_text import with_file_text
from wardblog.model.digests import digest_of
from wardblog.preview.editor.desk import Desk
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import (
    ordinary_bytes,
    private_folder,
    sync_folder,
    write_private,
)
from wardblog.text.words import long_date

_RECOVERY, _KEPT = "recovery", "kept"
# The id of the post, and that of the page in which it was typed.
_NAME = re.compile(r"([0-9a-f]{16})(?:\.([0-9a-f]{16}))?\.json")
# Files that are written and not yet renamed, here and in the content, and after how many seconds
# they are surely left over.
_BESIDE = re.compile(r"\.[0-9a-f]{16}(?:\.[0-9a-f]{16})?\.json\.\d+\.new")
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.tmp")
_OLD = 3600
_FOLDERS = ("posts", "pages")
# How many bytes the name of a file or folder has at most, and how many characters a path.
_LONGEST, _LONGEST_PATH = 255, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A version of a post in the editor. `digest` is that of the file from which it began.

    In the mode "form" it has the values of header lines and the text below them; in the mode
    "text" the text is the whole file.
    """

    digest: str
    mode: str
    fields: Mapping[str, Sequence[str]]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCopy:
    """A version that was typed and not saved; `time` is when, and `file` the post's name.

    `page` tells the pages apart in which somebody typed, so that none takes the words of another.
    """

    id: str
    page: str
    file: str
    time: datetime
    typed: Typed


class RecoveryCopies:
    """The recovery copies of one content folder, a file for each page of the browser."""

    def __init__(self, desk: Desk) -> None:
        self._folder, self._kept = desk.folder / _RECOVERY, desk.folder / _KEPT
        self._content, self._is_tidy = desk.content, False

    def write(self, given: str, page: str, file: str, typed: Typed) -> None:
        """Keep a version; once this returns it is on the disk. Raises `OSError`."""
        private_folder(self._folder)
        self._tidy()
        value = {"file": file, "time": now().isoformat(), **asdict(typed)}
        path = self._path(given, page)
        write_private(path, json.dumps(value).encode(), is_durable=True)

    def _tidy(self) -> None:
        """Remove, once, what writing was about to rename when the program was killed."""
        if self._is_tidy:
            return
        self._is_tidy = True
        beside = (path for path in self._folder.glob(".*.new") if _BESIDE.fullmatch(path.name))
        unfinished = (self._content / folder for folder in _FOLDERS)
        for path in (*beside, *(p for folder in unfinished for p in folder.rglob(".*.tmp")
                                if _UNFINISHED.fullmatch(p.name))):  # fmt: skip
            with suppress(OSError):
                if path.lstat().st_mtime < time.time() - _OLD:
                    path.unlink()

    def _path(self, given: str, page: str) -> Path:
        return self._folder / (f"{given}.{page}.json" if page else f"{given}.json")

    def read(self, given: str, page: str) -> RecoveryCopy | None:
        """The copy of a post that a page keeps, if there is one that can be read."""
        try:
            return _copy_in(given, page, ordinary_bytes(self._path(given, page)))
        except OSError:
            return None

    def of(self, given: str) -> list[RecoveryCopy]:
        """All copies of a post, the latest first."""
        return self._matching(f"{given}*.json")

    def all(self) -> list[RecoveryCopy]:
        """All copies, the latest first."""
        return self._matching("*.json")

    def _matching(self, pattern: str) -> list[RecoveryCopy]:
        names = [_NAME.fullmatch(path.name) for path in self._folder.glob(pattern)]
        found = (self.read(name[1], name[2] or "") for name in names if name)
        return sorted((one for one in found if one), key=lambda one: one.time, reverse=True)

    def forget(self, given: str, page: str) -> None:
        """Remove the copy of a page, which is saved by now."""
        path = self._path(given, page)
        if path.exists():
            path.unlink()
            sync_folder(self._folder)

    def keep_aside(self, file: str, data: bytes) -> Path:
        """Keep bytes that are replaced or removed; the same ones only once."""
        private_folder(self._kept)
        name = PurePosixPath(file)
        stem = name.stem.encode()[:80].decode("utf-8", "ignore")
        path = self._kept / f"{stem}.{digest_of(data).hex()[:12]}{name.suffix}"
        if not path.exists():
            write_private(path, data, is_durable=True)
        return path


class UnsavedValues:
    """What was typed on a page of settings, or of a private text, and is not saved yet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _path(self, name: str) -> Path:
        return self._desk.folder / "recovery" / f"settings-{name}.json"

    def keep(self, name: str, values: Mapping[str, Any]) -> None:
        path = self._path(name)
        private_folder(path.parent)
        write_private(path, json.dumps(values).encode())

    def kept(self, name: str) -> dict[str, Any] | None:
        """What was kept; None if there is nothing, or if it is damaged."""
        try:
            found = json.loads(self._path(name).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def forget(self, names: Iterable[str]) -> None:
        for name in names:
            with suppress(FileNotFoundError):
                self._path(name).unlink()


def is_plain_name(file: str) -> bool:
    """Whether a file can be a post of the content folder by its name alone."""
    if len(file) > _LONGEST_PATH or "\0" in file or not is_source(file):
        return False
    try:
        return all(
            part not in ("", ".", "..") and len(part.encode()) <= _LONGEST
            for part in file.split("/")
        )
    except UnicodeEncodeError:
        return False


def _copy_in(given: str, page: str, data: bytes) -> RecoveryCopy | None:
    """The copy in a file; None unless all of it is as it was written."""
    try:
        value = json.loads(data)
        fields = {str(k): tuple(map(str, v)) for k, v in value["fields"].items()}
        file, moment = str(value["file"]), datetime.fromisoformat(value["time"])
        mode = str(value["mode"])
        typed = Typed(
            digest=str(value["digest"]), mode=mode, fields=fields, text=str(value["text"])
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    is_known = fields.keys() <= KEYS.keys() and mode in ("form", "text")
    if not is_known or moment.utcoffset() is None or not is_plain_name(file):
        return None
    return RecoveryCopy(id=given, page=page, file=file, time=moment, typed=typed)


def bytes_of(typed: Typed) -> bytes:
    """A version as a file of its own, whatever has become of the file from which it began."""
    if typed.mode == "text":
        return with_file_text(b"", typed.text)
    lines = [(key, value) for key, values in typed.fields.items() for value in values if value]
    try:
        return post_bytes(lines, typed.text)
    except CommandError:  # a value that would be read as something else; the words are the same
        words = "".join(f"{key}: {value}\n" for key, value in lines)
        return f"{words}\n{typed.text}".encode("utf-8", "surrogatepass")


def time_in_words(moment: datetime) -> str:
    """Such as "14:03", and for another day "28 November 2026, 14:03"."""
    time = f"{moment:%H:%M}"
    return time if moment.date() == now().date() else f"{long_date(moment)}, {time}"


def is_there(content: Path, file: str) -> bool:
    """Whether a post can be opened: it is a file, and no link that leads outside."""
    return on_disk(content, file).is_file() and not target_outside(content, file)


def unsaved(desk: Desk) -> list[dict[str, Any]]:
    """The texts that were typed and not saved, the latest first.

    `exists` is whether their file can be opened; `title` is that of the unsaved version.
    """
    found = []
    for one in desk.keep(RecoveryCopies).all():
        titles = one.typed.fields.get("Title", ())
        found.append(
            {
                "id": one.id,
                "page": one.page,
                "file": one.file,
                "title": titles[0] if titles else "",
                "time": time_in_words(one.time),
                "exists": is_there(desk.content, one.file),
            }
        )
    return found
