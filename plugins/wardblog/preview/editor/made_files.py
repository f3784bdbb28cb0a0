"""What the office has made in the private folder: newsletters and leaflets, to look at and change.

Each file has an id, as those of the content do; only names that are listed here have one.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.request import EditorRequest, MissingError
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.support.private_files import SAFELY, write_private

_BYTES = 8
# The folders of the private folder in which files can be seen here, with the endings.
_WORDS, _PDF, _MAIL, _SEEN = ".md", ".pdf", ".eml", (".html", ".txt")
_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "newsletters": (_WORDS, _MAIL, ".html"),
    "newsletters/preview": _SEEN,
    "leaflets": (_WORDS, _PDF),
}
# The page of each folder.
_BACK = {"newsletters": "newsletter", "leaflets": "leaflet"}
MOST_BYTES = 1_000_000
_LARGEST = 100_000_000
_MEDIA = {
    _PDF: "application/pdf",
    _MAIL: "message/rfc822",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
# A newsletter runs nothing, loads nothing and opens nothing; its styles are inside it.
_ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
# The parts of a newsletter that are shown, by the file of its preview.
_PARTS = (
    ("light.html", "As an e-mail"),
    ("dark.html", "In dark colours"),
    ("issue.txt", "As plain text"),
)
_PAPER = {"fold": "Folded A4"}
_TITLE = re.compile(r"^Title:\s*(.+)$", re.MULTILINE)


def _files(desk: Desk) -> Iterator[tuple[str, Path]]:
    """The names of all files that can be seen here, below the private folder."""
    for folder, endings in _FOLDERS.items():
        path = desk.private / folder
        if any(one.is_symlink() for one in (path, *path.parents[: folder.count("/") + 1])):
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda one: one.name)
        except OSError:
            continue
        for entry in entries:
            if entry.name.endswith(endings) and entry.is_file(follow_symlinks=False):
                yield f"{folder}/{entry.name}", Path(entry.path)


def id_of(desk: Desk, name: str) -> str:
    """The id of a file of the private folder: 16 hexadecimal digits."""
    key = desk.key.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
    data = b"private\0" + name.encode("utf-8", "surrogateescape")
    return hashlib.blake2b(data, key=key, digest_size=_BYTES).hexdigest()


def _named(desk: Desk, given: str) -> tuple[str, Path]:
    """The file with this id; raises `MissingError`."""
    for name, path in _files(desk):
        if id_of(desk, name) == given:
            return name, path
    raise MissingError("This file does not exist", "Make it again.")


def _read(path: Path, most: int) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | SAFELY)
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise CommandError("This file is too large to be shown here")
    return data


def made_file(desk: Desk, request: EditorRequest) -> Response:
    """A leaflet or e-mail to save, or part of a newsletter to see, which can do nothing here."""
    name, path = _named(desk, request.parts["id"])
    media = _MEDIA.get(path.suffix)
    if media is None:
        raise MissingError("This file cannot be shown", "Change its words instead.")
    headers = [("Content-Security-Policy", _ALONE)]
    if not name.startswith("newsletters/preview/"):
        plain = re.sub(r"[^A-Za-z0-9_.-]", "-", name.rpartition("/")[2])
        headers.append(("Content-Disposition", f'attachment; filename="{plain}"'))
    return Response(
        status=200, media_type=media, content=_read(path, _LARGEST), headers=tuple(headers)
    )


def words_page(desk: Desk, request: EditorRequest) -> Response:
    """The words of a newsletter or a leaflet, to change them."""
    name, path = _of_words(desk, request.parts["id"])
    data = _read(path, MOST_BYTES)
    text = data.decode("utf-8", "replace")
    back = _BACK[name.partition("/")[0]]
    return page(
        desk, _title(text, path), "words.html", "more",
        id=request.parts["id"], text=text, digest=_digest(data), back=f"office/{back}",
    )  # fmt: skip


def save_words(desk: Desk, request: EditorRequest) -> Response:
    """Replace the words, if nobody else has changed them since; answers the new digest."""
    _, path = _of_words(desk, request.text("id", 16))
    text = request.text("text", MOST_BYTES // 4)
    with desk.lock:
        before = _read(path, MOST_BYTES)
        if _digest(before) != request.text("digest", 64):
            raise CommandError(
                "These words were changed elsewhere since you opened this page",
                "Copy what you wrote, reload the page, and put it in again.",
            )
        ending = "\r\n" if b"\r\n" in before else "\n"
        data = text.replace("\r\n", "\n").replace("\n", ending).encode()
        write_private(path, data)
    return answer({"digest": _digest(data)})


def _of_words(desk: Desk, given: str) -> tuple[str, Path]:
    name, path = _named(desk, given)
    if path.suffix != _WORDS:
        raise MissingError("The words of this file cannot be changed", "")
    return name, path


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _title(text: str, path: Path) -> str:
    found = _TITLE.search(text)
    return found[1].strip() if found else path.stem


def newsletter_shown(desk: Desk) -> dict[str, Any]:
    """The parts of the newsletter that was made last, and the id of the file with its text."""
    # late import: see docs/architecture.md
    from wardblog.office.newsletter.periods import NAME

    files = dict(_files(desk))
    shown = {name: f"newsletters/preview/{name}" for name, _ in _PARTS}
    parts = [
        {"id": id_of(desk, shown[name]), "words": words}
        for name, words in _PARTS
        if shown[name] in files
    ]
    issues = [
        (path.stat().st_mtime, name)
        for name, path in files.items()
        if path.suffix == _WORDS and NAME.fullmatch(path.stem) and name.startswith("newsletters/")
    ]
    newest = max(issues)[1] if issues else ""
    mail = [newest.removesuffix(_WORDS) + ending for ending in (_MAIL, ".html")] if newest else []
    return {
        "parts": parts,
        "words": id_of(desk, newest) if newest else "",
        "mail": [
            {"id": id_of(desk, one), "words": one.rpartition("/")[2]}
            for one in mail
            if one in files
        ],
    }


def leaflets_shown(desk: Desk) -> dict[str, Any]:
    """The leaflets, the newest first, each with its words and its PDF files."""
    files = dict(_files(desk))
    rows = []
    for name, path in files.items():
        if not name.startswith("leaflets/") or path.suffix != _WORDS:
            continue
        title = _title(_read(path, MOST_BYTES).decode("utf-8", "replace"), path)
        row = {"title": title, "words": id_of(desk, name), "pdfs": _pdfs(desk, path, files)}
        rows.append((path.stat().st_mtime, row))
    return {"rows": [row for _, row in sorted(rows, key=lambda one: -one[0])]}


def _pdfs(desk: Desk, words: Path, files: Mapping[str, Path]) -> list[dict[str, str]]:
    """The PDF files that were made from words."""
    made = re.compile(rf"{re.escape(words.stem)}-([a-z0-9]+)-(printer|screen)")
    found = (
        (name, made.fullmatch(path.stem)) for name, path in files.items() if path.suffix == _PDF
    )
    return [
        {"id": id_of(desk, name), "words": f"{_PAPER.get(one[1], one[1].upper())} for the {one[2]}"}
        for name, one in found
        if one
    ]
