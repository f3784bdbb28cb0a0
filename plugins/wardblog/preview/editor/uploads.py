"""Files that a page hands to a command: kept in the private folder, by id, until it is done."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from threading import RLock

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.own_folder import OwnFolder
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import open_private, private_folder
from wardblog.text.slugs import NO_FOLDERS
from wardblog.text.words import sized

# How many bytes come at once, and how many files one command can be given.
PART, MOST_FILES = 1_500_000, 60
_FOLDER = "uploads"
_MOST_WAITING = 20
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class UploadKind:
    """What a file can be: its endings, how large it may be in bytes, and how many there may be."""

    endings: tuple[str, ...]
    most: int
    count: int = 1


KINDS: Mapping[str, UploadKind] = {
    "answers": UploadKind((".mbox", ".eml", ".csv", ".tsv", ".xlsx", ".ods", ""), 200_000_000),
    "table": UploadKind((".csv", ".tsv", ".txt"), 5_000_000),
    "logs": UploadKind((".log", ".gz", ".txt", ".csv", ".*", ""), 500_000_000, MOST_FILES),
    "blog": UploadKind((".xml", ".atom", ".rss", ".wxr", ".zip"), 500_000_000),
}


@dataclass(slots=True)
class Upload:
    """Files that arrive in parts; complete when each has its size."""

    kind: str
    folder: Path
    sizes: dict[str, int]
    arrived: dict[str, int]

    @property
    def is_complete(self) -> bool:
        return self.sizes == self.arrived


class KeptUploads:
    """The files of one editor that wait for a command; all are gone when it ends."""

    def __init__(self, desk: Desk) -> None:
        self._folder = desk.keep(OwnFolder).path / _FOLDER
        self._lock = RLock()
        self._waiting: dict[str, Upload] = {}

    def begin(self, kind: str, names: list[str], sizes: list[int]) -> str:
        """Expect files with these names and sizes; raises `CommandError` for what is too large."""
        known = KINDS.get(kind)
        if known is None or not names or len(names) != len(sizes):
            raise CommandError("The editor cannot read this request")
        if len(names) > known.count:
            raise CommandError(f"Choose at most {known.count} files at once")
        if sum(sizes) > known.most:
            raise CommandError(
                f"This is too large: {sized(sum(sizes))}, and {sized(known.most)} are possible",
                "Choose a smaller file, or use the command in a terminal.",
            )
        plain = [_plain(name, known) for name in names]
        if len({name.casefold() for name in plain}) < len(plain):
            raise CommandError("Two of these files have the same name", "Choose one of them.")
        with self._lock:
            for oldest in list(self._waiting)[: max(len(self._waiting) - _MOST_WAITING, 0)]:
                self.remove(oldest)
            given = secrets.token_hex(16)
            folder = self._folder / given
            private_folder(self._folder, folder)
            wanted = dict(zip(plain, sizes, strict=True))
            self._waiting[given] = Upload(kind, folder, wanted, dict.fromkeys(plain, 0))
            for name in plain:
                os.close(open_private(folder / name, os.O_WRONLY | os.O_EXCL))
        return given

    def add(self, given: str, number: int, at: int, data: bytes) -> None:
        """Add a part of file `number`, which begins at byte `at`: parts come in their order."""
        with self._lock:
            upload = self._waiting.get(given)
            names = list(upload.sizes) if upload else []
            if upload is None or number >= len(names):
                raise CommandError(
                    "The editor is no longer waiting for this file", "Choose it once more."
                )
            name = names[number]
            if at != upload.arrived[name] or at + len(data) > upload.sizes[name]:
                raise CommandError("A part of the file is missing", "Choose it once more.")
            # What an earlier try wrote before the disk was full is written again, not kept.
            with os.fdopen(open_private(upload.folder / name, os.O_WRONLY), "wb") as file:
                file.truncate(at)
                file.seek(at)
                file.write(data)
            upload.arrived[name] = at + len(data)

    def path(self, given: str, kind: str) -> Path:
        """The file, or the folder of several files, of a complete upload of this kind."""
        with self._lock:
            upload = self._waiting.get(given)
            if upload is None or upload.kind != kind or not upload.is_complete:
                raise CommandError("The file did not arrive", "Choose it once more.")
            names = list(upload.sizes)
            if any((upload.folder / one).stat().st_size != upload.sizes[one] for one in names):
                raise CommandError("Only a part of the file arrived", "Choose it once more.")
            return upload.folder / names[0] if len(names) == 1 else upload.folder

    def remove(self, given: str) -> None:
        """Delete the files of an upload, if they are still there."""
        with self._lock:
            upload = self._waiting.pop(given, None)
        if upload:
            shutil.rmtree(upload.folder, ignore_errors=True)

    def close(self) -> None:
        """Delete all files."""
        with self._lock:
            self._waiting.clear()
            shutil.rmtree(self._folder, ignore_errors=True)


def _plain(name: str, kind: UploadKind) -> str:
    """The last part of a file's name in plain letters; raises `CommandError` for another kind.

    The names of logs say which of them belong together, so they are kept; one that Windows keeps
    for devices gets a word in front.
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = _NOT_IN_A_NAME.sub("-", last).strip(".-")[-_LONGEST:].strip(".-") or "file"
    if plain.partition(".")[0].casefold() in NO_FOLDERS:
        plain = f"file-{plain}"
    ending = Path(plain).suffix.lower()
    if ending not in kind.endings and ".*" not in kind.endings:
        wanted = ", ".join(one for one in kind.endings if one)
        raise CommandError(
            f"{plain} is not a file that can be used here", f"Choose one of: {wanted}."
        )
    return plain


def begin_upload(desk: Desk, request: EditorRequest) -> Response:
    """Expect files of a `kind`, with `names` and `sizes`; answers the id of the upload."""
    sizes = request.data.get("sizes")
    if not isinstance(sizes, list) or not all(type(n) is int and n >= 0 for n in sizes):
        raise CommandError("The editor cannot read this request")
    names = request.texts("names", 1000, MOST_FILES)
    given = desk.keep(KeptUploads).begin(request.text("kind", 20), names, sizes)
    return answer({"id": given, "part": PART})


def add_part(desk: Desk, request: EditorRequest) -> Response:
    """Take `data`, the bytes of file `number` from byte `at` on."""
    number = int(request.number("number", 0, MOST_FILES))
    at = int(request.number("at", 0, 2**40))
    desk.keep(KeptUploads).add(request.text("id", 32), number, at, request.file("data", PART))
    return answer({"done": True})


def remove_upload(desk: Desk, request: EditorRequest) -> Response:
    """Delete what was uploaded."""
    desk.keep(KeptUploads).remove(request.text("id", 32))
    return answer({"done": True})
