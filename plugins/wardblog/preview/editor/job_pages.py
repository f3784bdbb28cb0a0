"""What the pages ask about a command that runs: how far it is, an answer, and to stop it."""

from __future__ import annotations

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.jobs import Job, JobRequest, Jobs
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.pages import Response

_MOST_QUESTIONS = 1_000_000


def job(desk: Desk, request: EditorRequest) -> Response:
    """What a command said since message number `since`."""
    given = request.query.get("since", "0")
    since = int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0
    return answer(desk.keep(Jobs).get(request.parts["id"]).values(since))


def answer_job(desk: Desk, request: EditorRequest) -> Response:
    """Answer the question `number` of a command: `yes` is true or false."""
    number = int(request.number("number", 1, _MOST_QUESTIONS))
    desk.keep(Jobs).answer(request.parts["id"], number, is_yes=request.flag("yes"))
    return answer({"done": True})


def stop_job(desk: Desk, request: EditorRequest) -> Response:
    """End a command and everything that it started."""
    desk.keep(Jobs).stop(request.parts["id"])
    return answer({"done": True})


def started(desk: Desk, request: JobRequest) -> Response:
    """Start a command, and say by which id the page can follow it."""
    found: Job = desk.keep(Jobs).start(request)
    return answer({"job": found.id})
