"""The editor's own scripts and styles: a fixed list, made from the folder at the start."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path

from wardblog.model.media_types import media_type
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.page import FOLDER
from wardblog.preview.editor.request import EditorRequest, MissingError
from wardblog.preview.pages import Response

_STATIC = FOLDER / "static"
_ENDINGS = frozenset((".js", ".css", ".svg", ".txt"))


def static_file(desk: Desk, request: EditorRequest) -> Response:
    """One of the editor's own files, by its path below `static/`."""
    del desk
    name = request.parts["name"]
    path = static_files().get(name)
    if path is None:
        raise MissingError("The editor has no such file")
    return Response(status=HTTPStatus.OK, media_type=media_type(name), content=path.read_bytes())


@cache
def static_files() -> dict[str, Path]:
    """The files that may be fetched, by their path below `static/`."""
    return {
        path.relative_to(_STATIC).as_posix(): path
        for path in sorted(_STATIC.rglob("*"))
        if path.suffix in _ENDINGS and path.is_file() and "node_modules" not in path.parts
    }
