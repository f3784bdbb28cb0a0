"""Serves a built site as the hosts in docs/publishing.md do: compressed, and with headers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli

from wardblog.model.media_types import cache_control, is_text, media_type


@cache
def _compressed(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=11))


def site_headers(folder: Path) -> dict[str, str]:
    """The headers of every response, from the file `_headers` of the built site."""
    block = (folder / "_headers").read_text(encoding="utf-8").partition("\n\n")[0]
    lines = (line.strip().partition(": ") for line in block.splitlines()[1:])
    return {name: value for name, _, value in lines}


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address of a site that is served on the loopback as a host serves it."""
    every = site_headers(folder)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = unquote(urlsplit(self.path).path).lstrip("/")
            name += "index.html" if not name or name.endswith("/") else ""
            status = 200 if (folder / name).is_file() else 404
            name = name if status == 200 else "404.html"
            body = (folder / name).read_bytes()
            headers = {"Content-Type": media_type(name), "Cache-Control": cache_control(name)}
            if is_text(name):
                body = _compressed(body)
                headers["Content-Encoding"] = "br"
            self.send_response(status)
            for header, value in {**every, **headers, "Content-Length": str(len(body))}.items():
                self.send_header(header, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """A browser that goes away in the middle is not a fault."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
