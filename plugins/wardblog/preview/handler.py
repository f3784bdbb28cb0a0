"""Answers the requests of a browser: the preview's pages, and what the editor's pages send."""

from __future__ import annotations

import io
import json
import select
from contextlib import nullcontext, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Protocol
from urllib.parse import parse_qs

from wardblog.model.media_types import IMMUTABLE
from wardblog.preview.access import (
    BAD_REQUEST,
    FOREIGN_REQUEST,
    READ_ONLY,
    TOO_LONG,
    Headers,
    Refusal,
    length_of,
    path_of,
    refusal,
    write_refusal,
)
from wardblog.preview.assets import EVENTS
from wardblog.preview.loopback import OneFamilyServer
from wardblog.preview.pages import Preview, Response
from wardblog.preview.request_stream import TIMEOUT, RequestStream

# After how long without news a waiting browser gets a sign of life, in seconds.
_HEARTBEAT = 15.0
# How often to check whether a browser has closed the connection, in seconds.
_POLL = 1.0
# A body may take this many seconds more than the lines of a request; one that is refused is read
# for this long and thrown away, since a browser shows no answer before it has sent everything.
_BODY_SECONDS, _REFUSED_SECONDS = 60.0, 5.0
_CHUNK = 65_536
# Bodies above this size are received one after another, since they are held in memory.
_LARGE = 1_000_000
# No other website may frame, read or embed the preview's pages, or see their addresses.
_PROTECTION = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# The editor shows the site's pages in a frame of its own page, and no page learns its address.
# Pages of the site keep no hold on a window in which the editor is, since the policies differ.
_WITH_EDITOR = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
}
_OF_EDITOR = (("Cross-Origin-Opener-Policy", "same-origin"),)


class Receiver(Protocol):
    """What answers below addresses of its own, and receives what its pages send: the editor."""

    def opened(self, path: str) -> str | None:
        """Its address, for a path that was made to open it once; None for all other paths."""

    def below(self, path: str) -> str | None:
        """The rest of a path below its address; None for all other paths."""

    def most_bytes(self, rest: str) -> int | None:
        """How many bytes may be sent to an address; None where nothing can be sent."""

    def get(self, rest: str, query: str, headers: Headers) -> Response:
        """The response to a request that changes nothing."""

    def refusal(self, headers: Headers) -> Response | None:
        """Why a request that would change something is refused."""

    def receive(self, rest: str, body: bytes) -> Response:
        """The response to what was sent."""


class Handler(BaseHTTPRequestHandler):
    """Sends the preview's responses, below the site's path, to the councillor's own browser."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "preview", ""
    server: OneFamilyServer
    preview: Preview
    receiver: Receiver | None = None
    request_timeout = TIMEOUT

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self._stream = RequestStream(self.connection, self.request_timeout)
        self.rfile = io.BufferedReader(self._stream)

    def handle_one_request(self) -> None:
        self._stream.start_request()
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Whether the request may be answered; if not, the refusal has been sent."""
        self.close_connection = True
        if not super().parse_request():
            return False
        if self.command == "POST" and self.receiver:
            return True  # which is checked there
        if (no := refusal(self.command, self.path, self.headers, self.server.server_port)) is None:
            return True
        self._refuse(no)
        return False

    def do_GET(self) -> None:
        base = f"{self.preview.base_path}/"
        path = path_of(self.path) or ""
        if self.receiver and (address := self.receiver.opened(path)):
            self._redirect_to(address)
            return
        if self.receiver and (rest := self.receiver.below(path)) is not None:
            response = self.receiver.get(rest, self.path.partition("?")[2], self.headers)
            self._send(response, _OF_EDITOR)
            return
        if not path.startswith(base):
            self._redirect_to(base)
            return
        path = path.removeprefix(base)
        if path == EVENTS and "navigate" in (self.headers.get_all("Sec-Fetch-Mode") or []):
            self._refuse(FOREIGN_REQUEST)  # only scripts wait for events
        elif path == EVENTS:
            self._send_events(parse_qs(self.path.partition("?")[2]))
        else:
            self._send(self.preview.respond(path))

    do_HEAD = do_GET  # noqa: N815 - the library requires this name

    def do_POST(self) -> None:
        receiver = self.receiver
        assert receiver  # noqa: S101 - parse_request refuses the rest
        length = length_of(self.headers) or 0
        if no := write_refusal(self.path, self.headers, self.server.server_port):
            self._refuse_body(no, length)
            return
        rest = receiver.below(path_of(self.path) or "")
        most = None if rest is None else receiver.most_bytes(rest)
        if rest is None or most is None:
            self._refuse_body(READ_ONLY, length)
        elif length > most:
            self._refuse_body(TOO_LONG, length)
        elif response := receiver.refusal(self.headers):
            self._drop_body(length)
            self._send(response)
        else:
            self._receive(receiver, rest, length)

    def _receive(self, receiver: Receiver, rest: str, length: int) -> None:
        with self.server.large if length > _LARGE else nullcontext():
            self._stream.allow(length, _BODY_SECONDS)
            body = self.rfile.read(length)
            if len(body) == length:
                self._send(receiver.receive(rest, body))

    def _refuse_body(self, no: Refusal, length: int) -> None:
        self._drop_body(length)
        self._refuse(no)

    def _drop_body(self, length: int) -> None:
        """Read what was sent, up to a time, and forget it; the connection is closed after that."""
        self.close_connection = True
        self._stream.end_within(length, _REFUSED_SECONDS)
        with suppress(OSError):
            while length > 0 and (part := self.rfile.read1(min(length, _CHUNK))):
                length -= len(part)

    def handle_expect_100(self) -> bool:
        """The question whether to send a body is left unanswered: no browser asks it."""
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what the library itself cannot read, without repeating any of it."""
        del message, explain
        self._refuse(Refusal(int(code), BAD_REQUEST.message))

    def _refuse(self, no: Refusal) -> None:
        self.close_connection = True
        if not hasattr(self, "command"):
            self.command = ""
        media_type, said = "text/plain; charset=utf-8", f"{no.message}\n"
        if self.command == "POST" and self.receiver:  # a script of the editor reads the answer
            media_type, said = "application/json", json.dumps({"message": no.message})
        self._send(Response(status=no.status, media_type=media_type, content=said.encode()))

    def _redirect_to(self, address: str) -> None:
        self._begin(HTTPStatus.FOUND, ("Location", address), ("Content-Length", "0"))

    def _send(self, response: Response, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self._begin(
            response.status,
            ("Content-Type", response.media_type),
            ("Content-Length", str(len(response.content))),
            ("Cache-Control", IMMUTABLE if response.is_immutable else "no-store"),
            *([("Allow", "GET, HEAD")] if response.status == HTTPStatus.METHOD_NOT_ALLOWED else []),
            *headers,
            *response.headers,
        )
        if self.command != "HEAD":
            self.wfile.write(response.content)

    def _begin(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        protection = _PROTECTION | (_WITH_EDITOR if self.receiver else {})
        for name, value in (protection | dict(headers)).items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _send_events(self, query: dict[str, list[str]]) -> None:
        """Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
        page, version = query.get("page", [""])[0], query.get("version", ["0"])[0]
        self.close_connection = True
        if self.command == "HEAD" or not self.server.waiting.acquire(blocking=False):
            busy = "The preview is open in too many windows. Close some, then reload this page."
            self._refuse(Refusal(HTTPStatus.SERVICE_UNAVAILABLE, busy))
            return
        try:
            self._begin(
                HTTPStatus.OK, ("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")
            )
            since = int(version) if version.isdecimal() and len(version) < 10 else 0
            with suppress(OSError):  # the browser has closed the connection
                self._wait_for_change(page, since)
        finally:
            self.server.waiting.release()

    def _wait_for_change(self, page: str, since: int) -> None:
        self.wfile.write(b": here\n\n")
        idle = 0.0
        with self.preview.keeping_open(page):
            while not self.preview.wait(page, since, _POLL):
                if self._is_gone():
                    return
                idle += _POLL
                if idle >= _HEARTBEAT:
                    self.wfile.write(b": still here\n\n")
                    idle = 0.0
        self.wfile.write(b"data: changed\n\n")

    def _is_gone(self) -> bool:
        """Whether the browser has closed the connection, on which it sends nothing more."""
        return bool(select.select([self.connection], [], [], 0)[0])

    def log_message(self, *args: object) -> None:
        """Print nothing for a request; only updates are worth a line."""
