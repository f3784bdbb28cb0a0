"""What went wrong in the editor: a page for people, or an answer for the script that asked."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.disk_errors import FullDiskError
from wardblog.preview.editor.page import answer, page
from wardblog.preview.editor.request import MissingError, WrongValueError
from wardblog.preview.pages import Response
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong, and what to do; `field` is the name of a value that cannot be taken."""

    message: str
    hint: str = ""
    status: int = HTTPStatus.BAD_REQUEST
    field: str = ""


NO_SUCH_PAGE = Failure(
    "The editor has no such page.",
    "The address may be incomplete, or from another version of the software.",
    HTTPStatus.NOT_FOUND,
)


def failure_of(error: CommandError) -> Failure:
    """The failure with its status: 400 for everything that the councillor can fix here."""
    status = HTTPStatus.BAD_REQUEST
    if isinstance(error, MissingError):
        status = HTTPStatus.NOT_FOUND
    elif isinstance(error, FullDiskError):
        status = HTTPStatus.INSUFFICIENT_STORAGE
    field = error.field if isinstance(error, WrongValueError) else ""
    return Failure(f"{error}.", error.hint, status, field)


def failure_answer(failure: Failure) -> Response:
    """A failure for the script that asked."""
    values = {"message": failure.message, "hint": failure.hint, "field": failure.field}
    return answer(values, failure.status)


def failure_page(desk: Desk, failure: Failure) -> Response:
    """A failure as a page; without a token, since nothing can be changed there."""
    is_missing = failure.status == HTTPStatus.NOT_FOUND
    title = "Page not found" if is_missing else "This page cannot be shown"
    made = page(desk, title, "failure.html", token="", failure=failure)
    return replace(made, status=failure.status)
