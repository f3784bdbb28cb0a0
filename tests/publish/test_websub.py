"""The hub hears which feeds changed, once they are live; and a silent hub stops nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from support import POST, WARD, files_of, run, write_files, write_site


class Hub(HTTPServer):
    """Keeps what it is told, and looks at the site at that moment."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.answer = 204
        self.told: list[dict[str, list[str]]] = []
        self.live: list[bool] = []


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append(parse_qs(body.decode()))
        self.server.live.append((self.server.folder / "public/index.html").is_file())
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    server = Hub(tmp_path)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/"
    write_site(
        tmp_path / "content",
        {"ward.toml": WARD.replace("[ward]", f'hub = "{address}"\n[ward]')},
    )
    yield server
    server.shutdown()
    server.server_close()


def test_the_hub_is_notified_of_changed_feeds_after_publishing(hub: Hub, tmp_path: Path) -> None:
    first = run("publish", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert (
        f"Told the hub http://127.0.0.1:{hub.server_port}/ about 9 changed feeds." in first.stdout
    )
    assert hub.live == [True]
    run("publish", cwd=tmp_path)
    assert len(hub.told) == 1  # nothing changed
    write_files(tmp_path / "content", {"posts/fine.md": POST.replace("Some text", "Other words")})
    run("publish", cwd=tmp_path)
    assert hub.told[1]["hub.mode"] == ["publish"]
    assert hub.told[1]["hub.url"] == [
        f"https://ward.example.org/feeds/{slug}.{form}"
        for slug in ("all", "grit-bins")
        for form in ("atom.xml", "json", "rss.xml")
    ]


def test_a_hub_that_refuses_is_a_warning(hub: Hub, tmp_path: Path) -> None:
    hub.answer = 503
    done = run("publish", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == (
        f"warning: the hub http://127.0.0.1:{hub.server_port}/ could not be told about the "
        "changes: it answered 503 Service Unavailable.\n"
        "  The site is live, but some feed readers will show the news a little later.\n"
    )
    assert (tmp_path / "public/index.html").is_file()


def test_an_unreachable_hub_is_a_warning(hub: Hub, tmp_path: Path) -> None:
    hub.shutdown()
    hub.server_close()
    done = run("publish", cwd=tmp_path)
    assert done.returncode == 0
    assert "could not be told about the changes: Connection refused.\n" in done.stderr
    assert files_of(tmp_path / "public")


def test_a_dry_run_does_not_notify_the_hub(hub: Hub, tmp_path: Path) -> None:
    assert run("publish", "--dry-run", cwd=tmp_path).returncode == 0
    assert hub.told == []
