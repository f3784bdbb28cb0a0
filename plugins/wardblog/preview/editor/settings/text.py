"""A settings file as text: what the forms cannot show can be written there."""

from __future__ import annotations

from wardblog.content.header.change import ended_lines, joined, with_texts
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.editor.settings.groups import file_called
from wardblog.preview.editor.settings.messages import (
    messages_of,
    problems_in,
    problems_on_disk,
)
from wardblog.preview.editor.settings.store import (
    TypedSettings,
    digest,
    file_bytes,
    keep_aside,
    save_settings,
)
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.text.decoding import encoding_of

_MOST = 1_000_000
_CONFLICT = 409


def text_page(desk: Desk, request: EditorRequest) -> Response:
    """The page with a whole file as text."""
    file = file_called(request.parts["file"])
    data = file_bytes(desk, file)
    kept = desk.keep(TypedSettings).kept(file)
    text = shown_text(data, file)
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


def shown_text(data: bytes, file: str) -> str:
    """The text of a file with `\\n` at the end of its lines; raises `CommandError`."""
    return "\n".join(line.text for line in ended_lines(_decoded(data, file)[2]))


def _decoded(data: bytes, file: str) -> tuple[bytes, str, str]:
    mark, codec = encoding_of(data)
    try:
        return mark, codec, data[len(mark) :].decode(codec)
    except UnicodeDecodeError:
        raise CommandError(
            f"{file} is not text that can be read",
            "Open it in another program, and save it with the encoding UTF-8.",
        ) from None


def with_whole_text(data: bytes, text: str, file: str) -> bytes:
    """The bytes of a file with another text; lines that stay the same keep their endings."""
    mark, codec, before = _decoded(data, file)
    lines = with_texts(ended_lines(before), text.replace("\r\n", "\n").split("\n"))
    try:
        return mark + joined(lines).encode(codec)
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise CommandError(
            f'{file}: the character "{character}" cannot be saved in this file',
            "Write another, or save the file with the encoding UTF-8 in another program.",
        ) from None


def look_at_text(desk: Desk, request: EditorRequest) -> Response:
    """Keep what was typed, and say what is wrong with it; nothing of the content changes."""
    file = file_called(request.text("file", 40))
    text = request.text("text", _MOST)
    desk.keep(TypedSettings).keep(file, {"text": text})
    new = with_whole_text(file_bytes(desk, file), text, file)
    found = messages_of(problems_in(new, file, desk.content), new, file, desk.content)
    return answer({"messages": found})


def save_text(desk: Desk, request: EditorRequest) -> Response:
    """Save a whole file; if it changed meanwhile, answer with both versions and change nothing.

    `instead` is the digest of the version that the councillor has seen and wants to replace.
    """
    file = file_called(request.text("file", 40))
    text = request.text("text", _MOST)
    with desk.lock:
        before = file_bytes(desk, file)
        now = digest(before)
        instead = request.text("instead", 64) if "instead" in request.data else ""
        if request.text("digest", 64) != now and instead != now:
            desk.keep(TypedSettings).keep(file, {"text": text})
            return answer(
                {
                    "message": f"{file} was changed by another program since you opened this page.",
                    "hint": "Below are both versions.",
                    "theirs": {"digest": now, "text": shown_text(before, file)},
                },
                _CONFLICT,
            )
        new = with_whole_text(before, text, file)
        if instead and new != before:
            keep_aside(desk, file, before)
        save_settings(desk, file, new, before)
        desk.keep(TypedSettings).forget([file])
    problems = problems_on_disk(desk.content)
    return answer(
        {
            "digest": digest(new),
            "text": shown_text(new, file),
            "messages": messages_of(problems, new, file, desk.content),
        }
    )


def discard_text(desk: Desk, request: EditorRequest) -> Response:
    """Forget what was typed, but for a copy in the private folder."""
    file = file_called(request.text("file", 40))
    recovery = desk.keep(TypedSettings)
    kept = recovery.kept(file)
    if kept and isinstance(kept.get("text"), str):
        keep_aside(desk, file, kept["text"].encode("utf-8", "replace"))
    recovery.forget([file])
    data = file_bytes(desk, file)
    return answer({"digest": digest(data), "text": shown_text(data, file)})
