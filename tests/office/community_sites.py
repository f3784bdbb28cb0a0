"""Local sites on the loopback, alive and rotten, each under paths of its own."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What a local site says.
WORDS = (
    "The bakery on the corner opens again on Monday, and the library has a new reading room. "
    "Neighbours planted thirty bulbs along the railway last week. Come and see them in spring."
)


@dataclass(frozen=True, slots=True)
class Served:
    """An answer; `BASE` and `OTHER` in its headers stand for the two names of the server."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def page(title: str, body: str = WORDS, head: str = "", lang: str = "en") -> Served:
    return Served(
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}</head><body><h1>{title}</h1><p>{body}</p></body></html>"
    )


def leads_to(target: str, status: int = 301) -> Served:
    return Served(status=status, headers={"Location": target})


def feed_link(path: str, kind: str = "rss+xml", title: str = "News") -> str:
    return f'<link rel="alternate" type="application/{kind}" title="{title}" href="{path}">'


def _feed(body: str) -> Served:
    return Served(f'<?xml version="1.0"?>{body}', headers={"Content-Type": "application/xml"})


def rss(day: str) -> Served:
    return _feed(
        '<rss version="2.0"><channel><title>Sample</title><link>https://example.org/</link>'
        "<item><title>Old</title><pubDate>Mon, 06 Jan 2020 10:00:00 GMT</pubDate></item>"
        f"<item><title>A walk</title><pubDate>{day}</pubDate></item></channel></rss>"
    )


def atom(day: str) -> Served:
    return _feed(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Sample</title><id>tag:x</id>'
        f"<updated>{day}T10:00:00Z</updated><entry><title>A walk</title><id>tag:y</id>"
        f"<updated>{day}T10:00:00Z</updated></entry></feed>"
    )


def rdf(day: str) -> Served:
    return _feed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://example.org/"><title>Sample</title></channel>'
        '<item rdf:about="https://example.org/1"><title>A walk</title>'
        f"<link>https://example.org/1</link><dc:date>{day}T10:00:00Z</dc:date></item></rdf:RDF>"
    )


def json_feed(day: str) -> Served:
    return Served(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Sample", "items": '
        f'[{{"id": "1", "content_text": "A walk", "date_published": "{day}T10:00:00Z"}}]}}',
        headers={"Content-Type": "application/feed+json"},
    )


class LocalSites:
    """The answers by their paths, and the paths that were asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Served]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.base = self.other = ""

    def put(self, path: str, *answers: Served) -> str:
        """Serve these one after the other, the last for ever; returns the address."""
        self.answers[path] = list(answers)
        return f"{self.base}{path}"

    def answer(self, path: str) -> Served:
        self.asked.append(path)
        waiting = self.answers.get(path) or [Served("Nothing here", 404)]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def as_sent(self, served: Served) -> tuple[dict[str, str], bytes]:
        body = served.body.encode() if isinstance(served.body, str) else served.body
        headers = {
            name: value.replace("BASE", self.base).replace("OTHER", self.other)
            for name, value in served.headers.items()
        }
        is_packed = headers.get("Content-Encoding") == "gzip"
        return headers, gzip.compress(body) if is_packed else body


@contextmanager
def local_sites() -> Iterator[LocalSites]:
    """A server under two names, 127.0.0.1 and localhost, on any free port."""
    sites = LocalSites()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sites.agents.add(self.headers["User-Agent"])
            served = sites.answer(self.path)
            headers, body = sites.as_sent(served)
            self.send_response(served.status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """A visitor that has read enough closes its end."""

    with Server(("127.0.0.1", 0), Handler) as server:
        port = server.server_address[1]
        sites.base, sites.other = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield sites
        finally:
            server.shutdown()
            thread.join()
