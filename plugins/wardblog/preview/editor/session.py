"""Tells a page that is open already the token of this start."""

from __future__ import annotations

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response


def session(desk: Desk, request: EditorRequest) -> Response:
    """The token that every change needs; after a restart, an open page asks for the new one."""
    del request
    return answer({"token": desk.token})
