"""The preview server: what a resident's browser would get from a real host."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from support import write_files
from wardblog.preview import serve
from wardblog.preview.server import make_server

FILES = {
    "index.html": "home",
    "404.html": "lost",
    "feeds/all.rss.xml": "<rss/>",
    "a/index.html": "a",
}


@pytest.fixture(params=["", "/blog"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    base_path: str = request.param
    server = make_server(write_files(tmp_path, FILES), base_path, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{base_path}"
    server.shutdown()
    server.server_close()
    thread.join()


def get(url: str) -> tuple[int, str, str]:
    try:
        answer: HTTPResponse = urllib.request.urlopen(url)  # noqa: S310 - the loopback
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()
    with answer:
        return answer.status, answer.headers["Content-Type"], answer.read().decode()


def test_pages_feeds_and_what_is_missing(address: str) -> None:
    assert get(f"{address}/") == (200, "text/html; charset=utf-8", "home")
    assert get(f"{address}/a/") == (200, "text/html; charset=utf-8", "a")
    assert get(f"{address}/feeds/all.rss.xml")[1] == "application/rss+xml"
    assert get(f"{address}/gone/") == (404, "text/html; charset=utf-8", "lost")


def test_the_root_leads_to_a_site_in_a_subfolder(address: str) -> None:
    root = address.removesuffix("/blog")
    assert get(f"{root}/")[2] == "home"


def test_a_save_builds_again(tmp_path: Path) -> None:
    content = write_files(tmp_path / "content", {"a.md": "one"})
    built, stop = threading.Event(), threading.Event()
    thread = threading.Thread(
        target=serve,
        args=(make_server(tmp_path, "", 0), [content], built.set, stop),
        daemon=True,
    )
    thread.start()
    for number in range(50):
        write_files(content, {"a.md": str(number)})
        if built.wait(0.2):
            break
    stop.set()
    thread.join(10)
    assert built.is_set()
