"""A small web server for a site that is being written, and a watch over what it is made from."""

from __future__ import annotations

import errno
import io
import select
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from watchfiles import watch

from wardblog.model.media_types import FOR_GOOD
from wardblog.preview.callers import BAD_REQUEST, Refusal, path_of, refusal
from wardblog.preview.connection import PATIENCE, RequestStream
from wardblog.preview.shown import EVENTS, Answer, Preview

HOST, HOST_6 = "127.0.0.1", "::1"
# How long nothing may happen before a browser is told that we are still there, in seconds.
_HEARTBEAT = 15.0
# How often to look whether a browser went away, in seconds.
_POLL = 1.0
# How long to wait for more files of the same save, and how often to look at the date, in ms.
_STEP, _MINUTE = 10, 60_000
# How many connections there may be at once, and how many of them may wait for changes: a browser
# has six, and twice that in a window of its own.
MOST_CONNECTIONS, MOST_WAITING = 64, 24
# No other page may show, read or embed what the preview gives, or learn where a link was.
_PROTECTION = (
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)


class _Handler(BaseHTTPRequestHandler):
    """Gives what the preview has, below the site's path, to the councillor's own browser."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "preview", ""
    server: _OneFamilyServer
    preview: Preview
    patience = PATIENCE

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self._incoming = RequestStream(self.connection, self.patience)
        self.rfile = io.BufferedReader(self._incoming)

    def handle_one_request(self) -> None:
        self._incoming.expect()
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Whether the request may be answered; if not, a sentence has been sent."""
        self.close_connection = True
        if not super().parse_request():
            return False
        if (no := refusal(self.command, self.path, self.headers, self.server.server_port)) is None:
            return True
        self._refuse(no)
        return False

    def do_GET(self) -> None:
        base = f"{self.preview.base_path}/"
        path = path_of(self.path) or ""
        if not path.startswith(base):
            self._redirect_to(base)
            return
        path = path.removeprefix(base)
        if path == EVENTS:
            self._send_events(parse_qs(self.path.partition("?")[2]))
            return
        self._send(self.preview.answer(path))

    do_HEAD = do_GET  # noqa: N815 - the name that the library asks for

    def handle_expect_100(self) -> bool:
        """Nothing is ever sent to us, so that nobody need ask whether it may be."""
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the library itself refuses, without what was asked for."""
        del message, explain
        self._refuse(Refusal(int(code), BAD_REQUEST.words))

    def _refuse(self, no: Refusal) -> None:
        self.close_connection = True
        if not hasattr(self, "command"):
            self.command = ""
        self._send(Answer(no.status, "text/plain; charset=utf-8", f"{no.words}\n".encode()))

    def _redirect_to(self, address: str) -> None:
        self._begin(HTTPStatus.FOUND, ("Location", address), ("Content-Length", "0"))

    def _send(self, answer: Answer) -> None:
        self._begin(
            answer.status,
            ("Content-Type", answer.media_type),
            ("Content-Length", str(len(answer.content))),
            ("Cache-Control", FOR_GOOD if answer.is_immutable else "no-store"),
            *([("Allow", "GET, HEAD")] if answer.status == HTTPStatus.METHOD_NOT_ALLOWED else []),
        )
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    def _begin(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, *_PROTECTION):
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _send_events(self, query: dict[str, list[str]]) -> None:
        """Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
        page, version = query.get("page", [""])[0], query.get("version", ["0"])[0]
        self.close_connection = True
        if self.command == "HEAD" or not self.server.waiting.acquire(blocking=False):
            busy = "Too many windows show the preview. Close some, and load the page again."
            self._refuse(Refusal(HTTPStatus.SERVICE_UNAVAILABLE, busy))
            return
        try:
            self._begin(
                HTTPStatus.OK, ("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")
            )
            since = int(version) if version.isdecimal() and len(version) < 10 else 0
            with suppress(OSError):  # the browser went elsewhere
                self._wait_for_change(page, since)
        finally:
            self.server.waiting.release()

    def _wait_for_change(self, page: str, since: int) -> None:
        self.wfile.write(b": here\n\n")
        silent = 0.0
        with self.preview.keeping_open(page):
            while not self.preview.wait(page, since, _POLL):
                if self._is_gone():
                    return
                silent += _POLL
                if silent >= _HEARTBEAT:
                    self.wfile.write(b": still here\n\n")
                    silent = 0.0
        self.wfile.write(b"data: changed\n\n")

    def _is_gone(self) -> bool:
        """Whether the browser closed the connection; it has nothing more to say on it."""
        return bool(select.select([self.connection], [], [], 0)[0])

    def log_message(self, *args: object) -> None:
        """Says nothing of each request; what matters is what a save says."""


class _OneFamilyServer(ThreadingHTTPServer):
    """One family of addresses of the loopback; the other's server shares its limits."""

    daemon_threads = True
    # A site on a busy port must be told of, not served beside another.
    allow_reuse_port = False
    request_queue_size = 64

    def __init__(self, address: str, port: int, handler: type[_Handler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.open = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self.waiting = threading.BoundedSemaphore(MOST_WAITING)
        super().__init__((address, port), handler)

    def server_bind(self) -> None:
        """Without the name of the machine, which the library would look up."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def process_request(self, request: object, client_address: object) -> None:
        """A thread for a connection; one too many is closed at once."""
        if self.open.acquire(blocking=False):
            try:
                super().process_request(request, client_address)  # type: ignore[arg-type]
            except RuntimeError:  # no more threads
                self.open.release()
                self.shutdown_request(request)  # type: ignore[arg-type]
        else:
            self.shutdown_request(request)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self.open.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is no news."""
        del request, client_address


class _LoopbackServer(_OneFamilyServer):
    """Both families, since "localhost" may be either."""

    def __init__(self, port: int, handler: type[_Handler]) -> None:
        self._other: _OneFamilyServer | None = None
        super().__init__(HOST, port, handler)
        try:
            self._other = _OneFamilyServer(HOST_6, self.server_port, handler)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                super().server_close()
                raise
            return  # this machine has no such addresses
        self._other.open, self._other.waiting = self.open, self.waiting

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        if self._other is not None:
            threading.Thread(target=self._other.serve_forever, daemon=True).start()
        super().serve_forever(poll_interval)

    def shutdown(self) -> None:
        if self._other is not None:
            self._other.shutdown()
        super().shutdown()

    def server_close(self) -> None:
        if self._other is not None:
            self._other.server_close()
        super().server_close()


def make_server(preview: Preview, port: int, patience: float = PATIENCE) -> ThreadingHTTPServer:
    """A server on the loopback; raises `OSError` where the port is taken.

    `patience` is how long a request may take, in seconds.
    """

    class Handler(_Handler):
        pass

    Handler.preview, Handler.patience = preview, patience
    return _try_ports(lambda: _LoopbackServer(port, Handler), 1 if port else 5)


def _try_ports(make: Callable[[], _LoopbackServer], times: int) -> _LoopbackServer:
    """A port that the system chose may be taken in the other family: then it chooses again."""
    for left in range(times - 1, -1, -1):
        try:
            return make()
        except OSError:
            if not left:
                raise
    raise AssertionError


def serve(
    server: ThreadingHTTPServer,
    preview: Preview,
    watched: Iterable[Path],
    stop: threading.Event | None = None,
) -> None:
    """Serves until interrupted, and takes up every change of a watched path."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        for changes in watch(
            *watched, stop_event=stop, raise_interrupt=True, step=_STEP, rust_timeout=_MINUTE,
            yield_on_timeout=True,
        ):  # fmt: skip
            if changes:
                preview.update({Path(path) for _, path in changes})
            else:
                preview.update_if_outdated()
    finally:
        server.shutdown()
        server.server_close()
