"""How long a councillor waits in the editor: from a pause, and from a save, to the page with it.

The time includes the answer of the checks, with the messages about the post, and the page as it is
fetched after that. The peer is Hugo's server, which makes pages in memory as well and checks
nothing: its time is from a save to the page with its words, asked for again every 2 ms.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from bench.builds import ROOT
from bench.edits import Sites, clean, row, serving


class Client:
    """What the editor's page asks for."""

    def __init__(self, sites: Sites, port: int) -> None:
        self._port, self._private = port, sites.folder / "private"
        self._token = self._key = ""

    def begin(self) -> None:
        """Read the key and the token; raises `OSError` while the editor does not answer yet."""
        self._key = (self._private / "editor" / "key").read_text().strip()
        self._token = self.ask("GET", "session")["token"]

    def ask(self, method: str, route: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        body = None if data is None else json.dumps(data).encode()
        answer: dict[str, Any] = json.loads(self.get(method, f"_write/{self._key}/{route}", body))
        return answer

    def get(self, method: str, path: str, body: bytes | None = None) -> bytes:
        headers = {
            "Host": f"localhost:{self._port}", "Origin": f"http://localhost:{self._port}",
            "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json",
            "X-Ward-Token": self._token, "X-Ward-Request": secrets.token_hex(16),
        }  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)
        try:
            connection.request(method, f"/{path}", body, headers)
            response = connection.getresponse()
            content = response.read()
            if response.status != 200:
                raise SystemExit(f"{path}: {response.status} {content[:500]!r}")
            return content
        finally:
            connection.close()

    def document(self, file: str) -> dict[str, Any]:
        """The post in a file, as its page has it."""
        from wardblog.preview.editor.ids import Ids

        given = Ids(Path(), self._key).of(file)
        return self.ask("GET", f"post/{given}/document")


@contextmanager
def writing(sites: Sites) -> Iterator[Client]:
    """The editor of our site, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "wardblog", "write", "--no-browser", "--port", str(port),
        "--content", str(sites.folder / "ours" / "content"),
        "--output", str(sites.output_of("ours")),
    ]  # fmt: skip
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PRIVATE": str(sites.folder / "private"),
    }  # fmt: skip
    with subprocess.Popen(
        command, cwd=sites.folder, env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            client = Client(sites, port)
            for _ in range(6000):
                try:
                    client.begin()
                    break
                except OSError:
                    time.sleep(0.1)
            yield client
        finally:
            process.terminate()


def typed(sites: Sites, rounds: int, action: str) -> list[float]:
    """Seconds from sending a version to its words in the page; the first is not counted."""
    found = []
    with writing(sites) as client:
        document = client.document(f"posts/{sites.posts // 2}.md")
        text = document["text"]
        client.get("GET", document["address"])
        for number in range(rounds + 1):
            time.sleep(0.3)
            words = f"seen {action} {number}."
            sent = {name: document[name] for name in ("id", "mode", "fields", "digest")}
            start = time.perf_counter()
            answer = client.ask("POST", f"post/{action}", sent | {"text": f"{text}\n\n{words}\n"})
            page = client.get("GET", answer["address"])
            found.append(time.perf_counter() - start)
            if words.encode() not in page:
                raise SystemExit(f"{words!r} is not in the page")
            document["digest"] = answer.get("digest", document["digest"])
    return found[1:]


def saved_for_hugo(sites: Sites, rounds: int) -> list[float]:
    found = []
    with serving(sites, "hugo") as address:
        path = sites.edit("hugo", "begun.")
        for number in range(rounds + 1):
            time.sleep(0.5)
            words = f"seen hugo {number}."
            start = time.perf_counter()
            sites.edit("hugo", words)
            while words.encode() not in _page(f"{address}/{path}"):
                time.sleep(0.002)
                if time.perf_counter() - start > 10:
                    break  # a server now and then passes over a save
            found.append(time.perf_counter() - start)
    return found[1:]


def _page(address: str) -> bytes:
    try:
        with urlopen(address) as response:  # noqa: S310 - our own server
            content: bytes = response.read()
            return content
    except (OSError, http.client.HTTPException):  # it is being made again
        return b""


def main(rounds: int) -> None:
    print(f"From a version to its page in the editor, {rounds} turns, medians:")
    for posts, wanted in ((1000, "0.1 s"), (10_000, "0.3 s")):
        for is_busy in (False, True):
            with tempfile.TemporaryDirectory() as name:
                sites = Sites(Path(name), posts, is_busy=is_busy)
                clean(sites, "ours")
                hugo = saved_for_hugo(sites, rounds)
                for action, what in (("draft", "pause"), ("save", "save")):
                    mine = typed(sites, rounds, action)
                    row(f"{what} to seen, {sites.title}", mine, hugo, "Hugo's server", wanted)
                    print(
                        f"    slowest {max(mine):.2f} s, {statistics.mean(mine):.3f} s on average"
                    )
