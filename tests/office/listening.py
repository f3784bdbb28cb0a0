"""Feeds on the loopback, and items that a person has compared and labelled."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from wardblog.office.listening.items import FeedItem

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items; `same` is what a person says of them: item, story or other."""

    name: str
    a: FeedItem
    b: FeedItem
    same: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """An item, and the slugs of its streets and issues in the sample ward."""

    item: FeedItem
    streets: frozenset[str]
    issues: frozenset[str]


@cache
def pairs() -> tuple[Pair, ...]:
    data = tomllib.loads((HERE / "listening_pairs.toml").read_text(encoding="utf-8"))
    return tuple(
        Pair(one["name"], _item(one["a"]), _item(one["b"]), one["same"]) for one in data["pair"]
    )


@cache
def labelled() -> tuple[Labelled, ...]:
    data = tomllib.loads((HERE / "listening_matches.toml").read_text(encoding="utf-8"))
    return tuple(
        Labelled(_item(one), frozenset(one["streets"]), frozenset(one["issues"]))
        for one in data["item"]
    )


def _item(data: Mapping[str, Any]) -> FeedItem:
    return FeedItem(
        site=data["site"],
        title=data.get("title", ""),
        text=data.get("text", ""),
        link=data.get("link", ""),
        guid=data.get("guid", ""),
        published=data.get("published"),
    )


def item(title: str, text: str = "", **changes: Any) -> FeedItem:
    return _item({"site": "Sample Street News", "title": title, "text": text, **changes})


def rss(*entries: str, title: str = "Sample") -> bytes:
    """An RSS feed of entries, each the inside of an <item>."""
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
    ).encode()


def entry(title: str, text: str = "", link: str = "", day: str = "", guid: str = "") -> str:
    """The inside of an <item>; `title` and `text` are HTML, and `day` is as in 24 Nov 2026."""
    parts = (
        f"<title>{escape(title)}</title>" if title else "",
        f"<description>{escape(text)}</description>" if text else "",
        f"<link>{escape(link)}</link>" if link else "",
        f'<guid isPermaLink="false">{escape(guid)}</guid>' if guid else "",
        f"<pubDate>{day} 09:00:00 GMT</pubDate>" if day else "",
        "<author>canary@example.org (Canary Author)</author>",
    )
    return "".join(parts)


Answer = Callable[[BaseHTTPRequestHandler], None]


class FeedServer:
    """What is served at each path, and the requests: their paths and headers."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.base = self.other = ""

    def put(
        self,
        path: str,
        body: bytes = b"",
        status: int = 200,
        kind: str = "application/rss+xml",
        **headers: str,
    ) -> str:
        """Serve these bytes, with 304 for a request that names their ETag; returns the address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            etag = headers.get("ETag")
            is_known = etag and handler.headers.get("If-None-Match") == etag
            handler.send_response(304 if is_known else status)
            handler.send_header("Content-Type", kind)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            sent = b"" if is_known else body
            if "Content_Length" not in headers:
                handler.send_header("Content-Length", str(len(sent)))
            handler.end_headers()
            handler.wfile.write(sent)

        return self.put_answer(path, answer)

    def put_answer(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return f"{self.base}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def feed_server() -> Iterator[FeedServer]:
    """A server under two names, 127.0.0.1 and localhost, on any free port."""
    feeds = FeedServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            feeds.asked.append((self.path, dict(self.headers.items())))
            answer = feeds.answers.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                answer(self)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """A reader that has read enough closes its end."""

    with Server(("127.0.0.1", 0), Handler) as server:
        port = server.server_address[1]
        feeds.base, feeds.other = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield feeds
        finally:
            server.shutdown()
            thread.join()


def site_entry(name: str, feed: str, kind: str = "news") -> str:
    """An entry of community.toml."""
    return (
        f'[[site]]\nname = "{name}"\nurl = "{feed}/site"\nfeed = "{feed}"\nkind = "{kind}"\n'
        'about = "Local news."\nchecked = 2026-11-01\n'
    )


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")
