"""A small web server for one folder, and a watch over what the site is made from."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from wardblog.media import media_type

HOST = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Serves the folder below the site's path, with its own page for what is missing."""

    protocol_version = "HTTP/1.1"
    base_path = ""

    def do_GET(self) -> None:
        if self.path in ("", "/") and self.base_path:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"{self.base_path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(self.base_path) if self.base_path else path
        return super().translate_path(below or "/")

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return media_type(os.path.relpath(path, self.directory))

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Says nothing of each request; what matters is what the build says."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A site on a busy port must be told of, not served beside another.
    allow_reuse_port = False


def make_server(folder: Path, base_path: str, port: int) -> ThreadingHTTPServer:
    """A server of this folder on the loopback; raises `OSError` where the port is taken."""

    class Handler(_Handler):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, directory=str(folder), **kwargs)  # type: ignore[arg-type]

    Handler.base_path = base_path
    return _Server((HOST, port), Handler)


def serve(
    server: ThreadingHTTPServer,
    watched: Iterable[Path],
    rebuild: Callable[[], None],
    stop: threading.Event | None = None,
) -> None:
    """Serves until interrupted, and calls `rebuild` after every change of a watched path."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        for _ in watch(*watched, stop_event=stop, raise_interrupt=False, debounce=200):
            rebuild()
    finally:
        server.shutdown()
        server.server_close()
