"""Answers the requests of the editor's pages: who may ask, what is asked, and what goes wrong."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl

from wardblog.preview.access import Headers, is_fetched_by_us, is_shown_to_people
from wardblog.preview.editor.desk import WRITE, Desk, kept_key
from wardblog.preview.editor.disk_errors import disk_error
from wardblog.preview.editor.failures import (
    NO_SUCH_PAGE,
    Failure,
    failure_answer,
    failure_of,
    failure_page,
)
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.request import EditorRequest, json_object
from wardblog.preview.editor.routes import Route, find
from wardblog.preview.live_source import LiveSource
from wardblog.preview.pages import Preview, Response
from wardblog.problems import CommandError, ContentError

TOKEN, REQUEST = "X-Ward-Token", "X-Ward-Request"
# How many request ids are remembered, and what one looks like.
_MOST_REQUESTS = 100_000
_SHORTEST, _LONGEST = 16, 64
_HEX = frozenset("0123456789abcdef")
_STARTED_AGAIN = (
    "The editor was started again since this page was opened",
    "Wait a moment: the page connects again by itself. Otherwise reload it.",
)


class Editor:
    """The editor of one content folder. Only who knows its address can use it."""

    def __init__(self, desk: Desk, save_fault: Callable[[], str] = str) -> None:
        """`save_fault` keeps the details of a fault of ours, and says where."""
        self.desk, self._save_fault = desk, save_fault
        # The ids of requests that were carried out: each counts once.
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        self._opening = ""

    @property
    def address(self) -> str:
        """The path of the first page."""
        return self.desk.base

    def opening(self) -> str:
        """A path that leads to the first page, once.

        A browser is started with it: other users of the computer can see with which address.
        """
        self._opening = f"/{WRITE}open/{secrets.token_hex(16)}"
        return self._opening

    def opened(self, path: str) -> str | None:
        """The path of the first page, for the path that `opening` made; None for all others."""
        with self._lock:
            if not self._opening or not secrets.compare_digest(
                path.encode(), self._opening.encode()
            ):
                return None
            self._opening = ""
        return self.address

    def below(self, path: str) -> str | None:
        """The path below the editor's own address; None if the key in it is not ours."""
        if not path.startswith(f"/{WRITE}"):
            return None
        key, slash, rest = path.removeprefix(f"/{WRITE}").partition("/")
        is_ours = secrets.compare_digest(key.encode(), self.desk.key.encode())
        return rest if slash and is_ours else None

    def most_bytes(self, rest: str) -> int | None:
        """How many bytes may be sent to an address; None where nothing can be sent."""
        found = find("POST", rest)
        return found[0].most if found else None

    def get(self, rest: str, query: str, headers: Headers) -> Response:
        """The response to a GET request for a path below the editor's address."""
        found = find("GET", rest)
        if found is None or (found[0].is_for_scripts and not is_fetched_by_us(headers)):
            return self._failed(NO_SUCH_PAGE, headers)
        route, parts = found
        pairs = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=50))
        done = self._run(route, EditorRequest(parts=parts, query=pairs))
        if isinstance(done, Response):
            return done
        return failure_answer(done) if route.is_for_scripts else self._failed(done, headers)

    def _failed(self, failure: Failure, headers: Headers) -> Response:
        if is_shown_to_people(headers):
            return failure_page(self.desk, failure)
        return failure_answer(failure)

    def refusal(self, headers: Headers) -> Response | None:
        """Why a change is refused although this computer's own browser asks for it."""
        tokens = headers.get_all(TOKEN) or []
        if len(tokens) != 1 or not secrets.compare_digest(
            tokens[0].encode(), self.desk.token.encode()
        ):
            message, hint = _STARTED_AGAIN
            return answer({"message": message, "hint": hint, "token": False}, 403)
        requests = headers.get_all(REQUEST) or []
        given = requests[0] if len(requests) == 1 else ""
        if not _SHORTEST <= len(given) <= _LONGEST or not set(given) <= _HEX:
            return answer({"message": "The editor cannot read this request", "hint": ""}, 400)
        with self._lock:
            if given in self._seen:
                return answer({"message": "This was already done.", "hint": ""}, 409)
            self._seen[given] = None
            if len(self._seen) > _MOST_REQUESTS:
                self._seen.popitem(last=False)
        return None

    def receive(self, rest: str, body: bytes) -> Response:
        """The response to a POST request that was not refused."""
        found = find("POST", rest)
        if found is None:
            return failure_answer(NO_SUCH_PAGE)
        route, parts = found
        try:
            data = json_object(body)
        except CommandError as error:
            return failure_answer(failure_of(error))
        done = self._run(route, EditorRequest(parts=parts, data=data))
        return done if isinstance(done, Response) else failure_answer(done)

    def _run(self, route: Route, request: EditorRequest) -> Response | Failure:
        try:
            return route.handler(self.desk, request)
        except CommandError as error:
            return failure_of(error)
        except ContentError as error:
            return Failure(str(error))
        except OSError as error:
            return failure_of(disk_error(error, "Nothing was changed"))
        except Exception as error:  # noqa: BLE001 - the one place where our own bugs end
            where = ""
            with suppress(OSError):
                where = self._save_fault()
            message = f"The software has a fault ({type(error).__name__}). Nothing was changed."
            return Failure(message, where, HTTPStatus.INTERNAL_SERVER_ERROR)


def make_editor(
    *,
    content: Path,
    private: Path,
    output: Path,
    config: Path,
    live: LiveSource,
    preview: Preview,
    save_fault: Callable[[], str] = str,
    report: Callable[[str], None] = print,
) -> Editor:
    """The editor of a content folder, with a new token and the key of its private folder."""
    desk = Desk(
        content=content,
        private=private,
        output=output,
        config=config,
        live=live,
        preview=preview,
        key=kept_key(private),
        token=secrets.token_urlsafe(32),
        report=report,
    )
    return Editor(desk, save_fault)
