"""No name leads into one's own network by surprise, and no answer takes for ever."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from office.listening import FeedServer, entry, feed_server, rss
from wardblog.sources import feeds
from wardblog.sources.answers import Answers
from wardblog.sources.ask import Ask, FetchError
from wardblog.sources.feeds import FeedAnswer, FeedRequest, read_feeds
from wardblog.sources.fetch import Fetcher
from wardblog.sources.services import Service
from wardblog.sources.visit import Visitor

FEED = rss(entry("A walk"))
INSIDE = "it redirects to an address inside your own network, which was not opened"
PUBLIC = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 0))]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_server() as found:
        found.put("/feed", FEED)
        yield found


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """`turned.test` is outside when it is judged and inside later; `inside.test` is always so."""
    known = socket.getaddrinfo

    def found(host: Any, port: Any, *args: Any, **named: Any) -> Any:
        if host == "turned.test" and not port:
            return PUBLIC
        is_ours = host in ("turned.test", "inside.test")
        return known("127.0.0.1" if is_ours else host, port, *args, **named)

    monkeypatch.setattr(socket, "getaddrinfo", found)


def at(host: str, server: FeedServer, path: str = "/feed") -> str:
    return f"http://{host}:{urlsplit(server.base).port}{path}"


def read_one(url: str) -> FeedAnswer:
    return read_feeds([FeedRequest(url=url)])[0]


def fetched(base: str, folder: Path, longest: float = 30) -> bytes:
    host = urlsplit(base).netloc
    place = Service(
        name="A council", base=base, hosts=(host,), variable="", most=1000, longest=longest, tries=1
    )
    ask = Ask(service=place, path="", words="A list", read=lambda answer: answer, fields={})
    return Fetcher(Answers(folder)).fetch(ask)


@pytest.mark.usefixtures("names")
def test_a_name_that_turns_inside_after_it_was_judged_is_not_asked(
    server: FeedServer, tmp_path: Path
) -> None:
    url = at("turned.test", server)
    assert read_one(url).trouble == INSIDE
    assert Visitor(lambda _: None).visit(url).trouble == INSIDE
    with pytest.raises(FetchError, match="redirects to an address inside your own network"):
        fetched(url, tmp_path)
    assert server.asked == []


@pytest.mark.usefixtures("names")
def test_only_the_very_host_that_is_listed_may_be_inside(
    server: FeedServer, tmp_path: Path
) -> None:
    url = at("inside.test", server)
    assert read_one(url).content == FEED
    assert Visitor(lambda _: None).visit(url).content == FEED
    server.asked.clear()
    server.put("/in", b"", 302, Location=f"{server.base}/feed")
    assert read_one(at("inside.test", server, "/in")).trouble == INSIDE
    assert Visitor(lambda _: None).visit(at("inside.test", server, "/in")).trouble == INSIDE
    assert "/feed" not in server.paths()
    with pytest.raises(FetchError, match="redirects to an address inside your own network"):
        fetched(url, tmp_path)
    assert fetched(f"{server.base}/feed", tmp_path) == FEED


@pytest.mark.parametrize("host", ["%31%32%37.0.0.1", "127%2e0%2e0%2e1", "localhos%74", "a@b"])
def test_a_host_that_is_not_written_plainly_is_not_asked(
    host: str, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "is_inside", lambda url: "127.0.0.1" in url)
    server.put("/in", b"", 302, Location=at(host, server))
    answer = read_one(f"{server.other}/in")
    assert answer.trouble == "it redirects to an address that cannot be read"
    assert server.paths() == ["/in"]


@pytest.mark.parametrize(
    ("start", "drop"),
    [(b"HTTP/1.1 200 OK\r\nX: ", b"a"), (b"", b"HTTP/1.1 100 Continue\r\n\r\n")],
    ids=["a header", "interim answers"],
)
def test_headers_that_never_end_are_not_waited_for(
    start: bytes, drop: bytes, server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drop_by_drop(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        for _ in range(80):
            handler.wfile.write(drop)
            time.sleep(0.05)

    monkeypatch.setattr("wardblog.sources.look._LONGEST", 0.4)
    url = server.put_answer("/slow", drop_by_drop)
    begun = time.monotonic()
    assert read_one(url).trouble == "it did not answer in time"
    with pytest.raises(FetchError, match="answers too slowly"):
        fetched(url, tmp_path, longest=0.4)
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("zone", ["GMT", "-2300"])
def test_nobody_is_left_alone_for_thousands_of_years(zone: str, server: FeedServer) -> None:
    url = server.put("/busy", b"", 503, Retry_After=f"Fri, 31 Dec 9999 23:59:59 {zone}")
    answer = read_one(url)
    assert answer.trouble == "the site is busy or broken just now (it answered 503)"
    assert 0 <= answer.wait <= 1_000_000


@pytest.mark.parametrize("etag", ['"a"\r\n X-Evil: yes', "a", '"\xe9"', f'"{"a" * 9000}"'])
def test_only_what_is_plain_is_sent_back(etag: str, server: FeedServer) -> None:
    answer = read_one(server.put("/odd", FEED, ETag=etag, Last_Modified="Monday\r\n X: 1"))
    assert (answer.content, answer.etag, answer.modified) == (FEED, "", "")
