"""Answers with the Markdown of what was pasted, what was left out, and who is named in it."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.text.words import counted

# The most characters of each kind on the clipboard, and the most bytes that they are sent as.
MOST_CHARACTERS = 2_000_000
MOST_BYTES = 10_000_000
_MOST_NAMED = 3
_PASTED = "Pasted, with its headings, lists and tables."


def pasted(desk: Desk, request: EditorRequest) -> Response:
    """`{html, plain}` of the clipboard, as `{markdown, notes, people, said}`.

    `people` are the marks of `PersonMark`, and `said` is all of it in a few sentences.
    """
    html, plain = (request.text(name, MOST_CHARACTERS) for name in ("html", "plain"))
    try:
        # late import: see docs/architecture.md
        from wardblog.preview.editor.paste.result import markdown_of
    except ModuleNotFoundError as error:
        raise CommandError(
            f"This cannot be turned into Markdown: the library {error.name} is missing",
            "It is pasted as plain text. Start the editor with `make write`, which installs it.",
        ) from None
    from wardblog.preview.editor.paste.people import IS_MAIL, people_in

    result = markdown_of(html, plain)
    people = people_in(result.markdown, desk.live.shown_site(), result.is_mail)
    notes = [*result.notes, *([IS_MAIL] if people.is_mail else [])]
    marks = [
        {
            "line": mark.line,
            "column": mark.column,
            "length": mark.length,
            "kind": mark.kind,
            "name": mark.words,
            "message": mark.message,
        }
        for mark in people.marks
    ]
    named = list(dict.fromkeys(mark.words for mark in people.marks if mark.kind == "a name"))
    others = list(dict.fromkeys(mark.kind for mark in people.marks if mark.kind != "a name"))
    said = " ".join((_PASTED, *notes, *_said(named, others)))
    return answer({"markdown": result.markdown, "notes": notes, "people": marks, "said": said})


def _said(named: list[str], others: list[str]) -> Iterator[str]:
    if named:
        are = counted(len(named), "person is", "people are")
        more = ", …" if len(named) > _MOST_NAMED else ""
        yield f"{are} named: {', '.join(named[:_MOST_NAMED])}{more}."
    if others:
        yield f"It also has {', '.join(others)}." if named else f"It has {', '.join(others)}."
