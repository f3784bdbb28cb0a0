"""What every page and action of the editor works with."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from wardblog.preview.editor.ids import Ids
from wardblog.preview.live_source import LiveSource
from wardblog.preview.pages import Preview
from wardblog.support.private_files import private_folder, write_private

_KEY_BYTES = 16
# Where the editor keeps its own files, in the private folder.
FOLDER = "editor"
# The first part of the address of every page of the editor.
WRITE = "_write/"

_Part = TypeVar("_Part")


@dataclass(kw_only=True)
class Desk:
    """The folders, the live site, and who may use the editor.

    `key` is part of the editor's address and stays the same from one start to the next, so that a
    page that is open works again; `token` is made at each start, and every change needs it. `lock`
    is held while files change. `parts` are the objects that features keep, each made on first use.
    """

    content: Path
    private: Path
    output: Path
    config: Path
    live: LiveSource
    preview: Preview
    key: str
    token: str
    report: Callable[[str], None] = print
    lock: threading.RLock = field(default_factory=threading.RLock)
    parts: dict[type[Any], Any] = field(default_factory=dict)
    ids: Ids = field(init=False)

    def __post_init__(self) -> None:
        self.ids = Ids(self.content, self.key)

    @property
    def base(self) -> str:
        """The path of the editor's pages, such as `/_write/0123…/`."""
        return f"/{WRITE}{self.key}/"

    @property
    def folder(self) -> Path:
        """The editor's own folder in the private folder; who writes there makes sure it exists."""
        return self.private / FOLDER

    def keep(self, kind: Callable[[Desk], _Part]) -> _Part:
        """The one object of this class that belongs to the editor, made on first use."""
        with self.lock:
            if kind not in self.parts:
                self.parts[kind] = kind(self)  # type: ignore[index]
            part: _Part = self.parts[kind]  # type: ignore[index]
            return part

    def close(self) -> None:
        """End what the features have started, such as commands that still run."""
        with self.lock:
            parts = list(self.parts.values())
        for part in reversed(parts):  # each may need those that were made before
            if close := getattr(part, "close", None):
                close()


def kept_key(private: Path) -> str:
    """The key of the editor's address: 32 hexadecimal digits, made at the first start."""
    folder = private / FOLDER
    private_folder(private, folder)
    path = folder / "key"
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        key = ""
    if len(key) != 2 * _KEY_BYTES or not set(key) <= set("0123456789abcdef"):
        key = secrets.token_hex(_KEY_BYTES)
        write_private(path, f"{key}\n".encode())
    return key
