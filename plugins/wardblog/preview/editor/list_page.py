"""The first page of the editor: all posts and pages, a new post, and what needs attention."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from wardblog.build.live_posts import live_posts
from wardblog.content.files import on_disk
from wardblog.content.write import values_in
from wardblog.model import Post
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.documents import live_state
from wardblog.preview.editor.fields import STATES, issues_of
from wardblog.preview.editor.messages import of_site
from wardblog.preview.editor.page import page
from wardblog.preview.editor.recovery import unsaved
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response
from wardblog.problems import CommandError, Severity
from wardblog.support.private_files import ordinary_bytes


def list_page(desk: Desk, request: EditorRequest) -> Response:
    """The list as JSON rows, which `static/list.js` shows, searches and filters."""
    del request
    rows = sorted(_rows(desk), key=lambda row: row["day"], reverse=True)
    return page(
        desk,
        "Posts",
        "list.html",
        rows=rows,
        issues=[name for name, _ in issues_of(desk)],
        states=STATES,
        unsaved=unsaved(desk),
        messages=of_site(desk),
    )


def see_site(desk: Desk, request: EditorRequest) -> Response:
    """Leads to the site in the preview, or says what must be fixed before it can be seen."""
    del request
    stops = [one for one in of_site(desk) if one["severity"] == "stop"]
    if desk.live.problems and stops:
        return page(desk, "Fix this first", "fix_first.html", messages=stops)
    return Response(
        status=HTTPStatus.FOUND,
        media_type="text/plain; charset=utf-8",
        content=b"",
        headers=(("Location", f"{desk.live.base_path}/"),),
    )


def _rows(desk: Desk) -> Iterator[dict[str, Any]]:
    published = live_posts(desk.content)
    broken = {one.file for one in desk.live.found if one.severity is Severity.STOP}
    for file, post in desk.live.posts.items():
        values = _of_post(post) if post else _of_file(desk, file)
        if post and file in published:
            values["state"] = live_state(post, desk.live.saved_digest(file), published[file])
        if file in broken:
            values["state"] = "broken"
        kind = "page" if file.startswith("pages/") else "post"
        yield {"id": desk.ids.of(file), "file": file, "kind": kind, **values}


def _of_post(post: Post) -> dict[str, Any]:
    return {
        "title": post.title or post.file,
        "day": f"{post.date:%Y-%m-%d %H:%M}",
        "state": post.visibility.value,
        "tags": [tag.name for tag in post.tags],
    }


def _of_file(desk: Desk, file: str) -> dict[str, Any]:
    """What can be said of a file that was not read as a post, since something in it is wrong."""
    try:
        values = values_in(ordinary_bytes(on_disk(desk.content, file)))
    except (CommandError, OSError):
        values = {}
    first = {key: given[0] for key, given in values.items()}
    return {
        "title": first.get("Title", "") or file,
        "day": first.get("Date", ""),
        "state": "broken",
        "tags": [tag.strip() for tag in first.get("Tags", "").split(",") if tag.strip()],
    }
