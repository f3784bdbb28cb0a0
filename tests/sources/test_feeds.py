"""Reading feeds over the network: politely, safely, and none holds up the others."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from office.listening import FeedServer, entry, feed_server, rss
from wardblog.sources import feeds
from wardblog.sources.feeds import FeedAnswer, FeedRequest, read_feeds

FEED = rss(entry("A walk"))


@pytest.fixture(scope="module")
def running() -> Iterator[FeedServer]:
    with feed_server() as found:
        yield found


@pytest.fixture
def server(running: FeedServer) -> FeedServer:
    running.asked.clear()
    return running


def read_one(url: str, **known: str) -> FeedAnswer:
    return read_feeds([FeedRequest(url=url, **known)])[0]


def test_it_says_who_reads_and_keeps_what_makes_the_next_request_conditional(
    server: FeedServer,
) -> None:
    url = server.put("/feed", FEED, ETag='"v1"', Last_Modified="Tue, 24 Nov 2026 09:00:00 GMT")
    answer = read_one(url)
    assert (answer.content, answer.trouble) == (FEED, "")
    assert (answer.etag, answer.modified) == ('"v1"', "Tue, 24 Nov 2026 09:00:00 GMT")
    agent = server.asked[0][1]["User-Agent"]
    assert agent.startswith("wardblog/")
    assert "reads feeds" in agent
    assert "If-None-Match" not in server.asked[0][1]
    again = read_one(url, etag=answer.etag, modified=answer.modified)
    assert again.is_unchanged
    assert again.content == b""
    assert server.asked[1][1]["If-Modified-Since"] == answer.modified


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "the site does not let programs in (it answered 403)"),
        (404, "there is no feed at this address any more (the site answered 404)"),
        (500, "the site is busy or broken just now (it answered 500)"),
    ],
)
def test_each_refusal_is_one_sentence(status: int, words: str, server: FeedServer) -> None:
    answer = read_one(server.put("/no", b"no", status))
    assert (answer.trouble, answer.content) == (words, b"")


def test_a_site_that_asks_us_to_wait_long_is_not_asked_again(server: FeedServer) -> None:
    answer = read_one(server.put("/busy", b"", 429, Retry_After="1800"))
    assert answer.wait == 1800
    assert answer.trouble == "the site is busy or broken just now (it answered 429)"
    assert server.paths() == ["/busy"]


def test_a_site_that_asks_us_to_wait_a_moment_is_asked_once_more(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("wardblog.sources.feeds.time.sleep", slept.append)
    answer = read_one(server.put("/busy", b"", 503, Retry_After="2"))
    assert slept == [2]
    assert server.paths() == ["/busy", "/busy"]
    assert answer.wait == 2


def test_more_than_two_megabytes_are_neither_read_nor_kept(server: FeedServer) -> None:
    sent: list[int] = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(50_000_000))
        handler.end_headers()
        for _ in range(500):
            handler.wfile.write(b"x" * 100_000)
            sent.append(100_000)

    answer = read_one(server.put_answer("/big", endless))
    assert answer.trouble == "it is longer than 2 MB, so it was not read"
    assert answer.content == b""
    assert sum(sent) < 25_000_000


def test_a_small_file_that_unpacks_to_a_large_one_is_refused(server: FeedServer) -> None:
    bomb = gzip.compress(b"<rss>" + b" " * 40_000_000)
    assert len(bomb) < 50_000
    answer = read_one(server.put("/bomb", bomb, Content_Encoding="gzip"))
    assert answer.trouble == "it is longer than 2 MB, so it was not read"


def test_a_packed_feed_is_unpacked_and_half_of_one_refused(server: FeedServer) -> None:
    packed = gzip.compress(FEED)
    assert read_one(server.put("/z", packed, Content_Encoding="gzip")).content == FEED
    half = read_one(server.put("/half", packed[:-20], Content_Encoding="gzip"))
    assert half.trouble == "its answer was cut off"


def test_an_answer_that_is_shorter_than_it_says_is_refused(server: FeedServer) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(FEED) + 10))
        handler.end_headers()
        handler.wfile.write(FEED)
        handler.close_connection = True

    answer = read_one(server.put_answer("/short", short))
    assert answer.trouble == "its answer was cut off"


def test_a_permanent_redirect_is_followed_and_named(server: FeedServer) -> None:
    new = server.put("/new", FEED)
    answer = read_one(server.put("/old", b"", 301, Location="/new"))
    assert (answer.content, answer.moved_to) == (FEED, new)
    for_now = read_one(server.put("/now", b"", 302, Location="/new"))
    assert (for_now.content, for_now.moved_to) == (FEED, "")


def test_a_circle_and_an_address_that_is_none_end(server: FeedServer) -> None:
    circle = read_one(server.put("/circle", b"", 302, Location="/circle"))
    assert circle.trouble == "it redirects in a circle"
    file = read_one(server.put("/file", b"", 302, Location="file:///etc/passwd"))
    assert file.trouble == "it redirects to an address that cannot be read"


def test_nothing_outside_leads_into_ones_own_network(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """localhost stands for a site outside, and 127.0.0.1 for a router at home."""
    monkeypatch.setattr(feeds, "is_inside", lambda url: "127.0.0.1" in url)
    server.put("/secret", FEED)
    server.put("/in", b"", 302, Location=f"{server.base}/secret")
    answer = read_one(f"{server.other}/in")
    assert (
        answer.trouble == "it redirects to an address inside your own network, which was not opened"
    )
    assert server.paths() == ["/in"]
    # A feed that the councillor lists on her own computer may lead there.
    assert read_one(f"{server.base}/in").content == FEED


def test_a_host_that_never_ends_its_answer_does_not_hold_up_the_others(server: FeedServer) -> None:
    def drop_by_drop(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(200):
            handler.wfile.write(b"X")
            handler.wfile.flush()
            time.sleep(0.05)

    server.put("/feed", FEED)
    slow = server.put_answer("/slow", drop_by_drop)
    requests = [slow, f"{server.base}/feed", f"{server.other}/feed"]
    answers = read_feeds([FeedRequest(url=url) for url in requests], deadline=0.6)
    assert answers[0].trouble == answers[1].trouble == "it did not answer in time"
    assert answers[2].content == FEED


def test_one_host_is_asked_one_thing_at_a_time_and_several_hosts_at_once(
    server: FeedServer,
) -> None:
    busy: dict[str, int] = {}
    most: dict[str, int] = {}

    def count(handler: BaseHTTPRequestHandler) -> None:
        host = handler.headers["Host"]
        busy[host] = busy.get(host, 0) + 1
        most[host] = max(most.get(host, 0), busy[host])
        most["all"] = max(most.get("all", 0), sum(busy.values()))
        time.sleep(0.05)
        busy[host] -= 1
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    paths = [f"/count{number}" for number in range(4)]
    for path in paths:
        server.put_answer(path, count)
    urls = [f"{base}{path}" for path in paths for base in (server.base, server.other)]
    read_feeds([FeedRequest(url=url) for url in urls])
    hosts = {host: number for host, number in most.items() if host != "all"}
    assert [*hosts.values()] == [1, 1]
    assert most["all"] == 2


def test_a_host_that_is_not_there_is_one_sentence() -> None:
    answer = read_one("http://127.0.0.1:1/feed")
    assert answer.trouble == "it refused the connection"
