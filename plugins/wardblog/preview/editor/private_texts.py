"""The councillor's own texts in the private folder: the diary, and templates of replies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wardblog.content.write_text import file_text_of, with_file_text
from wardblog.office.diary import DIARY_COLUMNS, DIARY_FILE, diary_of
from wardblog.office.reply.templates import BUILT_IN, PLACEHOLDERS, REPLIES, template_of
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.made_files import id_of
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.recovery import RecoveryCopies
from wardblog.preview.editor.request import EditorRequest, MissingError
from wardblog.preview.editor.saving import MOST_CHARACTERS, conflict, digest, telling
from wardblog.preview.editor.settings.store import TypedSettings
from wardblog.preview.editor.settings.text import with_typed
from wardblog.preview.pages import Response
from wardblog.problems import CommandError, Problem, Severity, sorted_unique
from wardblog.report import Report
from wardblog.support.private_files import SAFELY, private_folder, write_private
from wardblog.text.decoding import text_of
from wardblog.text.slugs import slugify

_TEMPLATE = ".md"
_GONE = ("This file does not exist", "Go back, and open it again.")
_LINK = "It is a link or something else that is no ordinary file."
_ABOUT_DIARY = (
    "Each line is one day: the date, what it was, where, and what residents said, with commas "
    "between them. Write words that have a comma in them between straight quotation marks. You "
    "can also open the file diary.csv in your private folder with a spreadsheet program."
)
_ABOUT_TEMPLATE = (
    "Above the empty line you can say for what it is, such as “Issue: Grit bins” or “Street: "
    "Eland Road”. Below it are the words. A line with a placeholder for which there is nothing "
    "to say is left out."
)


def _names(desk: Desk) -> Iterator[str]:
    """The files that can be written here, below the private folder; the diary may be missing."""
    yield DIARY_FILE
    folder = desk.private / REPLIES
    if folder.is_symlink():
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(_TEMPLATE) and entry.is_file(follow_symlinks=False):
            yield f"{REPLIES}/{entry.name}"


def _named(desk: Desk, given: str) -> str:
    """The file with this id; raises `MissingError`."""
    for name in _names(desk):
        if id_of(desk, name) == given:
            return name
    raise MissingError(*_GONE)


def _read(desk: Desk, name: str) -> bytes:
    """The bytes of a file; those of an empty diary while there is none."""
    try:
        descriptor = os.open(desk.private / name, os.O_RDONLY | SAFELY)
    except FileNotFoundError:
        if name == DIARY_FILE:
            return b""
        raise MissingError(*_GONE) from None
    except OSError:
        raise CommandError("This file cannot be opened here", _LINK) from None
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(MOST_CHARACTERS + 1)
    if len(data) > MOST_CHARACTERS:
        raise CommandError("This file is too large to be changed here")
    return data


def diary_shown(desk: Desk) -> dict[str, Any]:
    """The way to the diary."""
    return {"id": id_of(desk, DIARY_FILE), "is_there": (desk.private / DIARY_FILE).is_file()}


def templates_shown(desk: Desk) -> dict[str, Any]:
    """The templates of replies, with what is wrong with each."""
    rows = [
        {
            "id": id_of(desk, name),
            "title": _title(name),
            "is_faulty": any(one["severity"] == "stop" for one in _messages(desk, name)),
        }
        for name in _names(desk)
        if name != DIARY_FILE
    ]
    return {"rows": rows}


def _title(name: str) -> str:
    words = Path(name).stem.replace("-", " ")
    return "Your diary" if name == DIARY_FILE else f"{words[:1].upper()}{words[1:]}"


def private_page(desk: Desk, request: EditorRequest) -> Response:
    """The page with one of these files as text."""
    given = request.parts["id"]
    name = _named(desk, given)
    data = _read(desk, name)
    text = file_text_of(data) or (f"{DIARY_COLUMNS}\n" if name == DIARY_FILE else "")
    recovered = _typed(desk).kept(given)
    kept = recovered.get("text") if recovered else None
    is_diary = name == DIARY_FILE
    document = {
        "named": {"id": given},
        "route": "private",
        "digest": digest(data),
        "text": text,
        "messages": _messages(desk, name, data),
        "recovered": kept if isinstance(kept, str) and kept != text else None,
    }
    back = ("office/report", "Report-back") if is_diary else ("office/reply", "Replies")
    return page(
        desk, _title(name), "private_text.html", "more",
        document=document, back=back, about=_ABOUT_DIARY if is_diary else _ABOUT_TEMPLATE,
        placeholders={} if is_diary else PLACEHOLDERS,
    )  # fmt: skip


def _typed(desk: Desk) -> TypedSettings:
    return desk.keep(TypedSettings)


def look_at_private(desk: Desk, request: EditorRequest) -> Response:
    """Keep what was typed, and say what is wrong with it; the file stays as it is."""
    given, text = request.text("id", 16), request.text_as_sent("text", MOST_CHARACTERS)
    name = _named(desk, given)
    _typed(desk).keep(given, {"text": text})
    new = with_typed(_read(desk, name), text)
    return answer({"messages": _messages(desk, name, new)})


def save_private(desk: Desk, request: EditorRequest) -> Response:
    """Save a file; if it changed meanwhile, answer with both versions and change nothing."""
    given, text = request.text("id", 16), request.text_as_sent("text", MOST_CHARACTERS)
    with desk.lock:
        name = _named(desk, given)
        before = _read(desk, name)
        if request.text("digest", 64) != digest(before):
            _typed(desk).keep(given, {"text": text})
            theirs = {"digest": digest(before), "text": file_text_of(before)}
            return conflict(desk, name, before, theirs=theirs)
        new = with_typed(before, text)
        if new != before:
            with telling("Nothing was saved, and the file is as it was"):
                private_folder(desk.private)
                write_private(desk.private / name, new, is_durable=True)
        _typed(desk).forget([given])
    return answer(
        {
            "digest": digest(new),
            "text": file_text_of(new),
            "messages": _messages(desk, name, new),
        }
    )


def discard_private(desk: Desk, request: EditorRequest) -> Response:
    """Forget what was typed, but for a copy in the private folder."""
    given = request.text("id", 16)
    name = _named(desk, given)
    kept = _typed(desk).kept(given)
    if kept and isinstance(kept.get("text"), str):
        desk.keep(RecoveryCopies).keep_aside(name, with_file_text(b"", kept["text"]))
    _typed(desk).forget([given])
    data = _read(desk, name)
    return answer({"digest": digest(data), "text": file_text_of(data)})


def new_template(desk: Desk, request: EditorRequest) -> Response:
    """Make a template with the words of ours, to change them."""
    title = request.text("title", 100).strip()
    slug = slugify(title)
    if not slug:
        raise CommandError("A template needs a name", "Such as: Missed bins.")
    name = f"{REPLIES}/{slug}{_TEMPLATE}"
    with desk.lock:
        path = desk.private / name
        if os.path.lexists(path):
            raise CommandError("There is a template with this name already", "Open it instead.")
        with telling("No template was made"):
            private_folder(desk.private, path.parent)
            write_private(path, f"Issue:\n\n{BUILT_IN}".encode())
    return answer({"id": id_of(desk, name)})


def _messages(desk: Desk, name: str, data: bytes | None = None) -> list[dict[str, Any]]:
    """What is wrong with a file, or with the bytes that it will have."""
    report = Report(name)
    data = _read(desk, name) if data is None else data
    if name == DIARY_FILE:
        if data.strip():
            diary_of(data, report)
    elif (site := desk.live.shown_site()) and (words := text_of(data, report)) is not None:
        template_of(words, name, site, report)
    return [_message(one) for one in sorted_unique(report.problems)]


def _message(problem: Problem) -> dict[str, Any]:
    message = problem.message[:1].upper() + problem.message[1:]
    return {
        "severity": "stop" if problem.severity is Severity.STOP else "warn",
        "message": message,
        "hint": problem.hint,
        "line": problem.line,
    }
