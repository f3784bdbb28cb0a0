"""A small web server for a site that is being written, and a watch over what it is made from."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from watchfiles import watch

from wardblog.media import FOR_GOOD
from wardblog.preview.shown import EVENTS, Answer, Preview

HOST = "127.0.0.1"
# How long nothing may happen before a browser is told that we are still there, in seconds.
_HEARTBEAT = 15.0
# How long to wait for more files of the same save, and how often to look at the date, in ms.
_STEP, _MINUTE = 10, 60_000


class _Handler(BaseHTTPRequestHandler):
    """Gives what the preview has, below the site's path."""

    protocol_version = "HTTP/1.1"
    preview: Preview

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        base = f"{self.preview.base_path}/"
        path = unquote(parts.path)
        if not path.startswith(base):
            self._lead_to(base)
            return
        path = path.removeprefix(base)
        if path == EVENTS:
            self._tell_of_changes(parse_qs(parts.query))
            return
        self._send(self.preview.answer(path))

    do_HEAD = do_GET  # noqa: N815 - the name that the library asks for

    def _lead_to(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.content)))
        self.send_header("Cache-Control", FOR_GOOD if answer.is_for_good else "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    def _tell_of_changes(self, query: dict[str, list[str]]) -> None:
        """Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
        page, version = query.get("page", [""])[0], query.get("version", ["0"])[0]
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError):  # the browser went elsewhere
            self.wfile.write(b": here\n\n")
            since = int(version) if version.isdecimal() else 0
            while not self.preview.wait(page, since, _HEARTBEAT):
                self.wfile.write(b": still here\n\n")
            self.wfile.write(b"data: changed\n\n")

    def log_message(self, *args: object) -> None:
        """Says nothing of each request; what matters is what a save says."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A site on a busy port must be told of, not served beside another.
    allow_reuse_port = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is no news."""
        del request, client_address


def make_server(preview: Preview, port: int) -> ThreadingHTTPServer:
    """A server on the loopback; raises `OSError` where the port is taken."""

    class Handler(_Handler):
        pass

    Handler.preview = preview
    return _Server((HOST, port), Handler)


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
            *watched, stop_event=stop, raise_interrupt=False, step=_STEP, rust_timeout=_MINUTE,
            yield_on_timeout=True,
        ):  # fmt: skip
            if changes:
                preview.update({Path(path) for _, path in changes})
            else:
                preview.watch_the_day()
    finally:
        server.shutdown()
        server.server_close()
