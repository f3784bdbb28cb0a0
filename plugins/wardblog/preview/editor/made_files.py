"""What the office has made in the private folder: newsletters and leaflets, to look at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.request import EditorRequest, MissingError
from wardblog.preview.editor.shown_files import bytes_of, files_in, id_of, with_id
from wardblog.preview.pages import Response

# The folders of the private folder in which files can be seen here, with the endings.
_WORDS, _PDF, _MAIL, _SEEN = ".md", ".pdf", ".eml", (".html", ".txt")
_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "newsletters": (_WORDS, _MAIL, ".html"),
    "newsletters/preview": _SEEN,
    "leaflets": (_WORDS, _PDF),
}
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


def made_file(desk: Desk, request: EditorRequest) -> Response:
    """A leaflet or e-mail to save, or part of a newsletter to see, which can do nothing here."""
    files = files_in(desk, _FOLDERS)
    name = with_id(desk, files, request.parts["id"])
    path = files[name]
    media = _MEDIA.get(path.suffix)
    if media is None:
        raise MissingError("This file cannot be shown", "Change its words instead.")
    headers = [("Content-Security-Policy", _ALONE)]
    if not name.startswith("newsletters/preview/"):
        plain = re.sub(r"[^A-Za-z0-9_.-]", "-", name.rpartition("/")[2])
        headers.append(("Content-Disposition", f'attachment; filename="{plain}"'))
    return Response(
        status=200, media_type=media, content=bytes_of(path, _LARGEST), headers=tuple(headers)
    )


def title_in(text: str, path: Path) -> str:
    """The title of a newsletter or leaflet, or the name of its file."""
    found = _TITLE.search(text)
    return found[1].strip() if found else path.stem


def newsletter_shown(desk: Desk) -> dict[str, Any]:
    """The parts of the newsletter that was made last, and the id of the file with its text."""
    # late import: see docs/architecture.md
    from wardblog.office.newsletter.periods import NAME

    files = files_in(desk, _FOLDERS)
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
    files = files_in(desk, _FOLDERS)
    rows = []
    for name, path in files.items():
        if not name.startswith("leaflets/") or path.suffix != _WORDS:
            continue
        title = title_in(bytes_of(path, _LARGEST).decode("utf-8", "replace"), path)
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
