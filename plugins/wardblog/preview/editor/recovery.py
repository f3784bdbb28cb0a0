"""Copies of what was typed and not saved yet, so that nothing is lost with the browser's page."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from wardblog.build.clock import now
from wardblog.content.write import post_bytes
from wardblog.content.write_text import with_file_text
from wardblog.model.digests import digest_of
from wardblog.preview.editor.desk import Desk
from wardblog.problems import CommandError
from wardblog.support.private_files import private_folder, sync_folder, write_private
from wardblog.text.words import long_date

_RECOVERY, _KEPT = "recovery", "kept"
_NAME = re.compile(r"[0-9a-f]{16}\.json")
# Files that are written and not yet renamed, here and in the content, and after how many seconds
# they are surely left over.
_BESIDE = re.compile(r"\.[0-9a-f]{16}\.json\.\d+\.new")
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.tmp")
_OLD = 3600
_FOLDERS = ("posts", "pages")


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
    """A version that was typed and not saved; `time` is when, and `file` the post's name."""

    id: str
    file: str
    time: datetime
    typed: Typed


class RecoveryCopies:
    """The recovery copies of one content folder, a file for each post that has one."""

    def __init__(self, desk: Desk) -> None:
        self._folder, self._kept = desk.folder / _RECOVERY, desk.folder / _KEPT
        self._content, self._is_tidy = desk.content, False

    def write(self, given: str, file: str, typed: Typed) -> None:
        """Keep a version; once this returns it is on the disk. Raises `OSError`."""
        private_folder(self._folder)
        self._tidy()
        value = {"file": file, "time": now().isoformat(), **asdict(typed)}
        path = self._folder / f"{given}.json"
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

    def read(self, given: str) -> RecoveryCopy | None:
        """The copy of a post, if there is one that can be read."""
        try:
            value = json.loads((self._folder / f"{given}.json").read_bytes())
            fields = {str(k): tuple(map(str, v)) for k, v in value["fields"].items()}
            return RecoveryCopy(
                id=given,
                file=str(value["file"]),
                time=datetime.fromisoformat(value["time"]),
                typed=Typed(
                    digest=str(value["digest"]),
                    mode=str(value["mode"]),
                    fields=fields,
                    text=str(value["text"]),
                ),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def all(self) -> list[RecoveryCopy]:
        """All copies, the latest first."""
        names = [path.name for path in self._folder.glob("*.json") if _NAME.fullmatch(path.name)]
        found = (self.read(name.removesuffix(".json")) for name in names)
        return sorted((one for one in found if one), key=lambda one: one.time, reverse=True)

    def has(self, given: str) -> bool:
        return (self._folder / f"{given}.json").exists()

    def forget(self, given: str) -> None:
        """Remove the copy of a post, which is saved by now."""
        path = self._folder / f"{given}.json"
        if path.exists():
            path.unlink()
            sync_folder(self._folder)

    def keep_aside(self, file: str, data: bytes) -> Path:
        """Keep bytes that are replaced or removed; the same ones only once."""
        private_folder(self._kept)
        name = PurePosixPath(file)
        path = self._kept / f"{name.stem[:80]}.{digest_of(data).hex()[:12]}{name.suffix}"
        if not path.exists():
            write_private(path, data, is_durable=True)
        return path


def bytes_of(typed: Typed) -> bytes:
    """A version as a file of its own, whatever has become of the file from which it began."""
    if typed.mode == "text":
        return with_file_text(b"", typed.text)
    lines = [(key, value) for key, values in typed.fields.items() for value in values if value]
    try:
        return post_bytes(lines, typed.text)
    except CommandError:  # a value that would be read as something else; the words are the same
        words = "".join(f"{key}: {value}\n" for key, value in lines)
        return f"{words}\n{typed.text}".encode("utf-8", "replace")


def time_in_words(moment: datetime) -> str:
    """Such as "14:03", and for another day "28 November 2026, 14:03"."""
    time = f"{moment:%H:%M}"
    return time if moment.date() == now().date() else f"{long_date(moment)}, {time}"


def unsaved(desk: Desk) -> list[dict[str, Any]]:
    """The texts that were typed and not saved, the latest first.

    `exists` is whether their file is still there; `title` is that of the unsaved version.
    """
    found = []
    for one in desk.keep(RecoveryCopies).all():
        titles = one.typed.fields.get("Title", ())
        found.append(
            {
                "id": one.id,
                "file": one.file,
                "title": titles[0] if titles else "",
                "time": time_in_words(one.time),
                "exists": (desk.content / one.file).exists(),
            }
        )
    return found
