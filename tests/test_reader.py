"""A real feed reader (newsboat) follows the sample over a real server, and comes back for more."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import feedparser
import pytest

from newsboat import Reader, needs_newsboat
from support import ROOT, run

pytestmark = needs_newsboat


class Requests:
    """The feeds that were asked for, with the status of the answer."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []


@pytest.fixture
def requests() -> Requests:
    return Requests()


@pytest.fixture
def server(tmp_path: Path, requests: Requests) -> Iterator[ThreadingHTTPServer]:
    """A plain web server of the folder `site`, which answers conditional requests."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, directory=str(tmp_path / "site"), **kwargs)  # type: ignore[arg-type]

        def log_request(self, code: int | str = "-", _size: int | str = "-") -> None:
            requests.seen.append((self.path, int(code) if isinstance(code, HTTPStatus) else 0))

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()


@pytest.mark.long
def test_a_reader_gets_every_entry_once_and_then_nothing_until_there_is_news(
    tmp_path: Path, server: ThreadingHTTPServer, requests: Requests
) -> None:
    content = shutil.copytree(ROOT / "content", tmp_path / "content")

    def build() -> None:
        done = run("html", "--content", str(content), "--output", str(tmp_path / "site"))
        assert done.returncode == 0, done.stderr

    build()
    names = ("all.rss.xml", "all.atom.xml", "grit-bins.atom.xml", "winter.rss.xml")
    base = f"http://127.0.0.1:{server.server_port}/feeds/"
    readers = {name: Reader(tmp_path / "readers" / name, base + name) for name in names}

    def reload() -> dict[str, int]:
        """The status of the answer to each."""
        requests.seen.clear()
        for reader in readers.values():
            reader.reload()
        return {path.rsplit("/", 1)[-1]: status for path, status in requests.seen}

    assert set(reload().values()) == {200}
    for name, reader in readers.items():
        entries = feedparser.parse((tmp_path / "site/feeds" / name).read_bytes()).entries
        assert reader.titles() == {entry.title for entry in entries}
    reload()  # newsboat remembers the date of a feed from the second time on
    build()
    assert reload() == dict.fromkeys(names, 304)

    before = {name: reader.titles() for name, reader in readers.items()}
    depot = content / "posts/2026-10-31-depot.md"
    news = "Card: map\nUpdated: 2026-11-22 | not possible | No"
    depot.write_text(depot.read_text().replace("Card: map", news))
    build()
    answers = reload()
    told = {name: reader.titles() - before[name] for name, reader in readers.items()}
    title = "Not possible: Forty flats on the site of the old depot"
    assert told == {name: {title} if "all" in name else set() for name in names}
    assert answers == {name: 200 if "all" in name else 304 for name in names}
