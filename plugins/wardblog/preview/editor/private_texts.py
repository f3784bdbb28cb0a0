"""The councillor's own texts in the private folder, as pages where they are written.

They are the diary, the templates of replies, and the words of newsletters and leaflets.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from wardblog.content.write_text import file_text_of, with_file_text
from wardblog.office.diary import DIARY_COLUMNS, DIARY_FILE, diary_of
from wardblog.office.reply.templates import BUILT_IN, PLACEHOLDERS, REPLIES, template_of
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.made_files import title_in
from wardblog.preview.editor.messages import MORE_HINT, MOST_OWN, more_words
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.recovery import RecoveryCopies, UnsavedValues
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.editor.saving import (
    MOST_CHARACTERS,
    conflict,
    digest,
    keep_if_recoded,
    telling,
    with_typed,
)
from wardblog.preview.editor.shown_files import bytes_of, files_in, id_of, with_id
from wardblog.preview.pages import Response
from wardblog.problems import CommandError, Problem, Severity, sorted_unique
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private
from wardblog.text.decoding import text_of
from wardblog.text.slugs import slugify

_TEXTS = (".md",)
_ONLY_YOU = "Only you can see it. It stays in the private folder on this computer."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What the page of such a text says: `back` is the page that leads here, with its name."""

    back: tuple[str, str]
    about: str
    label: str = "The words"
    note: str = ""
    is_table: bool = False


_DIARY = _Kind(
    back=("office/report", "Report-back"),
    about=(
        "Each line is one day: the date, what it was, where, and what residents said, with commas "
        "between them. Write words that have a comma in them between straight quotation marks. You "
        "can also open the file diary.csv in your private folder with a spreadsheet program."
    ),
    label="Your entries",
    note=_ONLY_YOU,
    is_table=True,
)
_TEMPLATE = _Kind(
    back=("office/reply", "Replies"),
    about=(
        "Above the empty line you can say for what it is, such as “Issue: Grit bins” or “Street: "
        "Eland Road”. Below it are the words. If there is nothing to put in a placeholder, its "
        "line is left out."
    ),
    note=_ONLY_YOU,
)
_ABOUT_MADE = (
    "The lines at the top, with a colon, say what it is called and how it is arranged. Below the "
    "empty line is the text. When you have saved it, go back and make it again."
)
# By the folder of the private folder; the diary is in none.
_KINDS = {
    "": _DIARY,
    REPLIES: _TEMPLATE,
    "newsletters": _Kind(back=("office/newsletter", "Newsletter"), about=_ABOUT_MADE),
    "leaflets": _Kind(back=("office/leaflet", "Leaflets"), about=_ABOUT_MADE),
}


def _named(desk: Desk, given: str) -> str:
    """The name of the file with this id; raises `MissingError`. The diary may be missing."""
    diary = {DIARY_FILE: desk.private / DIARY_FILE}
    others = files_in(desk, {folder: _TEXTS for folder in _KINDS if folder})
    return with_id(desk, diary | others, given)


def _kind(name: str) -> _Kind:
    return _KINDS[name.rpartition("/")[0]]


def _read(desk: Desk, name: str) -> bytes:
    """The bytes of a file; none for the diary while there is none."""
    path = desk.private / name
    if name == DIARY_FILE and not os.path.lexists(path):
        return b""
    return bytes_of(path, MOST_CHARACTERS)


def diary_shown(desk: Desk) -> dict[str, Any]:
    """The way to the diary."""
    return {"id": id_of(desk, DIARY_FILE), "is_there": (desk.private / DIARY_FILE).is_file()}


def templates_shown(desk: Desk) -> dict[str, Any]:
    """The templates of replies, with what is wrong with each."""
    rows = [
        {
            "id": id_of(desk, name),
            "title": _title(name, ""),
            "is_faulty": any(one["severity"] == "stop" for one in _messages(desk, name)),
        }
        for name in files_in(desk, {REPLIES: _TEXTS})
    ]
    return {"rows": rows}


def _title(name: str, text: str) -> str:
    if name == DIARY_FILE:
        return "Your diary"
    if _kind(name) is not _TEMPLATE:
        return title_in(text, Path(name))
    words = Path(name).stem.replace("-", " ")
    return f"{words[:1].upper()}{words[1:]}"


def private_page(desk: Desk, request: EditorRequest) -> Response:
    """The page with one of these files as text."""
    given = request.parts["id"]
    name = _named(desk, given)
    data = _read(desk, name)
    text = file_text_of(data) or (f"{DIARY_COLUMNS}\n" if name == DIARY_FILE else "")
    recovered = desk.keep(UnsavedValues).kept(given)
    kept = recovered.get("text") if recovered else None
    document = {
        "named": {"id": given},
        "route": "private",
        "digest": digest(data),
        "text": text,
        "messages": _messages(desk, name, data),
        "recovered": kept if isinstance(kept, str) and kept != text else None,
    }
    kind = _kind(name)
    return page(
        desk, _title(name, text), "private_text.html", "more",
        document=document, kind=kind, placeholders=PLACEHOLDERS if kind is _TEMPLATE else {},
    )  # fmt: skip


def look_at_private(desk: Desk, request: EditorRequest) -> Response:
    """Keep what was typed, and say what is wrong with it; the file stays as it is."""
    given, text = request.text("id", 16), request.text_as_sent("text", MOST_CHARACTERS)
    name = _named(desk, given)
    desk.keep(UnsavedValues).keep(given, {"text": text})
    new = with_typed(_read(desk, name), text)
    return answer({"messages": _messages(desk, name, new)})


def save_private(desk: Desk, request: EditorRequest) -> Response:
    """Save a file; if it changed meanwhile, answer with both versions and change nothing."""
    given, text = request.text("id", 16), request.text_as_sent("text", MOST_CHARACTERS)
    with desk.lock:
        name = _named(desk, given)
        before = _read(desk, name)
        if request.text("digest", 64) != digest(before):
            desk.keep(UnsavedValues).keep(given, {"text": text})
            theirs = {"digest": digest(before), "text": file_text_of(before)}
            return conflict(desk, name, before, theirs=theirs)
        new = with_typed(before, text)
        if new != before:
            with telling("Nothing was saved, and the file was not changed"):
                private_folder(desk.private)
                keep_if_recoded(desk, name, new, before)
                write_private(desk.private / name, new, is_durable=True)
        desk.keep(UnsavedValues).forget([given])
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
    kept = desk.keep(UnsavedValues).kept(given)
    if kept and isinstance(kept.get("text"), str):
        desk.keep(RecoveryCopies).keep_aside(name, with_file_text(b"", kept["text"]))
    desk.keep(UnsavedValues).forget([given])
    data = _read(desk, name)
    return answer({"digest": digest(data), "text": file_text_of(data)})


def new_template(desk: Desk, request: EditorRequest) -> Response:
    """Make a template with the words of ours, to change them."""
    title = request.text("title", 100).strip()
    slug = slugify(title)
    if not slug:
        raise CommandError("A template needs a name", "Such as: Missed bins.")
    name = f"{REPLIES}/{slug}.md"
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
    elif (
        _kind(name) is _TEMPLATE
        and (site := desk.live.shown_site())
        and (words := text_of(data, report)) is not None
    ):
        template_of(words, name, site, report)
    found = sorted_unique(report.problems)
    if more := found[MOST_OWN:]:
        stops = any(one.severity is Severity.STOP for one in more)
        worst = Severity.STOP if stops else Severity.WARN
        words = more_words(len(more))
        found[MOST_OWN:] = [
            Problem(file=name, line=None, message=words, hint=MORE_HINT, severity=worst)
        ]
    return [_message(one) for one in found]


def _message(problem: Problem) -> dict[str, Any]:
    message = problem.message[:1].upper() + problem.message[1:]
    return {
        "severity": "stop" if problem.severity is Severity.STOP else "warn",
        "message": message,
        "hint": problem.hint,
        "line": problem.line,
    }
