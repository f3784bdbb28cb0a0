"""The page on which a post or page is written."""

from __future__ import annotations

import posixpath
from typing import Any

from wardblog.content.keys import FileKind
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.documents import document_of
from wardblog.preview.editor.fields import STATES, form, issues_of
from wardblog.preview.editor.page import page
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response
from wardblog.text.words import long_date

_CHOSEN = "This is the file as it is: the header lines, an empty line, and the text."
_NO_FORM = (
    "The lines at the top of this file cannot be shown as a form, so this is the file as it is. "
    "The messages say what to fix."
)


def post_page(desk: Desk, request: EditorRequest) -> Response:
    """The form, the text and the preview of a post; with `?as=text`, its file as text."""
    as_text = request.query.get("as") == "text"
    document = document_of(desk, request.parts["id"], as_text=as_text)
    kind = FileKind(document["kind"])
    return page(
        desk,
        _title(document),
        "post.html",
        document=document,
        form=form(kind, issues_of(desk)),
        file=document["file"],
        states=STATES,
        why_text=_CHOSEN if as_text else _NO_FORM,
        others=_others(desk, document["file"]),
    )


def _others(desk: Desk, file: str) -> list[dict[str, str]]:
    """The other posts and pages, the newest first, with what a link in `file` to each is."""
    folder = posixpath.dirname(file)
    posts = [post for post in desk.live.posts.values() if post and post.file != file]
    posts.sort(key=lambda post: post.date, reverse=True)
    return [
        {
            "title": post.title or post.file,
            "day": "" if post.file.startswith("pages/") else long_date(post.date.date()),
            "link": posixpath.relpath(post.file, folder),
        }
        for post in posts
    ]


def _title(document: dict[str, Any]) -> str:
    """The title of a post, or the name of its file if it has none yet."""
    titles: list[str] = document["fields"].get("Title", [])
    name: str = document["file"]
    return titles[0] if titles and titles[0].strip() else name
