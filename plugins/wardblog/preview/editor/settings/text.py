"""A settings file as text: what the forms cannot show can be written there."""

from __future__ import annotations

from wardblog.content.files import SETTINGS_FILE
from wardblog.content.write_text import file_text_of, with_file_text
from wardblog.preview.editor.contact_page import earlier_links
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.recovery import RecoveryCopies, UnsavedValues
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.editor.saving import MOST_CHARACTERS, conflict, digest, with_typed
from wardblog.preview.editor.settings.groups import file_called
from wardblog.preview.editor.settings.messages import (
    messages_of,
    problems_in,
    problems_on_disk,
)
from wardblog.preview.editor.settings.store import file_bytes, save_settings
from wardblog.preview.pages import Response


def text_page(desk: Desk, request: EditorRequest) -> Response:
    """The page with a whole file as text."""
    file = file_called(request.parts["file"])
    data = file_bytes(desk, file)
    kept = desk.keep(UnsavedValues).kept(file)
    text = file_text_of(data)
    recovered = kept.get("text") if kept else None
    document = {
        "file": file,
        "named": {"file": file},
        "route": "settings/text",
        "digest": digest(data),
        "text": text,
        "messages": messages_of(problems_on_disk(desk.content), data, file, desk.content),
        "recovered": recovered if isinstance(recovered, str) and recovered != text else None,
    }
    return page(
        desk, file, "settings_text.html", section="settings", document=document
    )  # fmt: skip


def look_at_text(desk: Desk, request: EditorRequest) -> Response:
    """Keep what was typed, and say what is wrong with it; nothing of the content changes."""
    file = file_called(request.text("file", 40))
    text = request.text_as_sent("text", MOST_CHARACTERS)
    desk.keep(UnsavedValues).keep(file, {"text": text})
    new = with_typed(file_bytes(desk, file), text)
    found = messages_of(problems_in(new, file, desk.content), new, file, desk.content)
    return answer({"messages": found})


def save_text(desk: Desk, request: EditorRequest) -> Response:
    """Save a whole file; if it changed meanwhile, answer with both versions and change nothing."""
    file = file_called(request.text("file", 40))
    text = request.text_as_sent("text", MOST_CHARACTERS)
    with desk.lock:
        before = file_bytes(desk, file)
        if request.text("digest", 64) != digest(before):
            desk.keep(UnsavedValues).keep(file, {"text": text})
            theirs = {"digest": digest(before), "text": file_text_of(before)}
            return conflict(desk, file, before, theirs=theirs)
        new = with_typed(before, text)
        save_settings(desk, file, new, before)
        desk.keep(UnsavedValues).forget([file])
    problems = problems_on_disk(desk.content)
    return answer(
        {
            "digest": digest(new),
            "earlier": earlier_links(desk, before, new) if file == SETTINGS_FILE else [],
            "text": file_text_of(new),
            "messages": messages_of(problems, new, file, desk.content),
        }
    )


def discard_text(desk: Desk, request: EditorRequest) -> Response:
    """Forget what was typed, but for a copy in the private folder."""
    file = file_called(request.text("file", 40))
    recovery = desk.keep(UnsavedValues)
    kept = recovery.kept(file)
    if kept and isinstance(kept.get("text"), str):
        desk.keep(RecoveryCopies).keep_aside(file, with_file_text(b"", kept["text"]))
    recovery.forget([file])
    data = file_bytes(desk, file)
    return answer({"digest": digest(data), "text": file_text_of(data)})
