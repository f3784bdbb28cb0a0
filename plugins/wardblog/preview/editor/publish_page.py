"""The page that publishes: what would change, exactly that, and the way back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from wardblog.model import Visibility
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.job_pages import started
from wardblog.preview.editor.jobs import JobRequest, Jobs, words_of
from wardblog.preview.editor.page import page
from wardblog.preview.editor.problem_links import help_with
from wardblog.preview.editor.request import BadRequestError, EditorRequest
from wardblog.preview.pages import Response
from wardblog.problems import Problem

_PAGE = "publish"
# What runs, in words.
PLAN, PUBLISH = "See what would change", "Publish"
EARLIER, BACK = "See what was published before", "Go back to what was published before"
_KINDS = {PLAN: "plan", PUBLISH: "publish", EARLIER: "earlier", BACK: "back"}
# How many drafts are named.
_MOST_DRAFTS = 5
_DIGEST = re.compile(r"[0-9a-f]{32}")


def publish_page(desk: Desk, request: EditorRequest) -> Response:
    """The page; its script asks for the plan."""
    del request
    job = desk.keep(Jobs).latest(_PAGE)
    is_running = job is not None and not job.has_ended
    return page(
        desk, "Publish", "publish.html", _PAGE, job=job.id if job and is_running else "",
        kind=_KINDS[job.request.title] if job and is_running else "",
    )  # fmt: skip


def show_plan(desk: Desk, request: EditorRequest) -> Response:
    """Find out what would be published, without sending anything."""
    del request
    return started(desk, _of(desk, PLAN, "publish", [("dry-run", None), ("format", "json")]))


def publish_plan(desk: Desk, request: EditorRequest) -> Response:
    """Publish the plan that has this digest, and nothing else."""
    return started(desk, _of(desk, PUBLISH, "publish", [("expect", digest_in(request))]))


def show_earlier(desk: Desk, request: EditorRequest) -> Response:
    """Find out what a rollback would bring back."""
    del request
    return started(desk, _of(desk, EARLIER, "rollback", [("dry-run", None)]))


def bring_back(desk: Desk, request: EditorRequest) -> Response:
    """Bring back the release that has this digest, and nothing else."""
    return started(desk, _of(desk, BACK, "rollback", [("expect", digest_in(request))]))


def digest_in(request: EditorRequest) -> str:
    """The digest that was shown; raises `BadRequestError` for anything else."""
    digest = request.text("digest", 32)
    if not _DIGEST.fullmatch(digest):
        raise BadRequestError("The editor cannot read what is to be published")
    return digest


def _of(desk: Desk, title: str, command: str, options: list[tuple[str, str | None]]) -> JobRequest:
    folders: list[tuple[str, str | None]] = [("content", str(desk.content))]
    if command == "publish":
        folders.append(("output", str(desk.output)))
    return JobRequest(
        page=_PAGE,
        title=title,
        words=words_of(command, [*folders, *options]),
        purpose="publish",
        shown=lambda text: _shown(desk, text),
    )


def _shown(desk: Desk, text: str) -> dict[str, Any]:
    """The plan, with the page on which each problem can be fixed."""
    try:
        shown: dict[str, Any] = json.loads(text)
    except ValueError:
        return {}
    shown["draft_posts"] = _drafts(desk)
    for problem in shown.get("problems", ()):
        file = _below(desk, str(problem["file"]))
        found = Problem(
            file=file, line=problem["line"], message=problem["message"], hint=problem["hint"]
        )
        problem |= help_with(desk, found) | {"file": file}
    return shown


def _drafts(desk: Desk) -> list[dict[str, str]]:
    """The newest drafts, which are not published, with their pages."""
    drafts = [
        (file, post)
        for file, post in desk.live.posts.items()
        if post and post.visibility is Visibility.DRAFT
    ]
    drafts.sort(key=lambda one: (one[1].date, one[0]), reverse=True)
    return [
        {"title": post.title or file, "link": f"post/{desk.ids.of(file)}"}
        for file, post in drafts[:_MOST_DRAFTS]
    ]


def _below(desk: Desk, file: str) -> str:
    """A file as the content folder names it."""
    try:
        return (Path.cwd() / file).relative_to(desk.content.absolute()).as_posix()
    except ValueError:
        return file
