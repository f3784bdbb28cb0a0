"""A plain web server for a built folder, as any host is one: it adds nothing to what is there."""

from __future__ import annotations

import os
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from wardblog.model.media_types import media_type


def static_server(folder: Path) -> ThreadingHTTPServer:
    """Serves a folder on the loopback, on any free port."""

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

        def guess_type(self, path: str | os.PathLike[str]) -> str:
            return media_type(os.path.relpath(path, self.directory))

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    return Server(("127.0.0.1", 0), Handler)
