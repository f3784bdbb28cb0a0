"""Editing sessions that end when the server is killed: nothing that it confirmed is lost."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import random
import re
import secrets
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from made_posts import ENCODINGS
from support import ROOT, write_site
from wardblog.content.post_form import form_of

SESSIONS = 500
PARTS = 10
# At most this long after its first answer, a server is killed, in seconds.
LONGEST = 0.6
WORD = re.compile(r"word\d+x[0-9a-f]{6}")
HEADER = "Title: A café – {n}\r\nDate: 2026-11-20\r\nTags: grit bins\r\n"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a server is killed with SIGKILL")


def serve(folder: str, port: int) -> None:
    """What `make write` does, in a process of its own."""
    from wardblog.cli import main

    os.chdir(folder)
    with open(os.devnull, "w") as nothing:  # noqa: PTH123 - as a number
        os.dup2(nothing.fileno(), 1)
    os.environ["PRIVATE"] = str(Path(folder) / "private")
    main(["write", "--no-browser", "--port", str(port), "--content", "content", "--output", "out"])


@dataclass
class Confirmed:
    """What the server confirmed of a post, and what it was asked for last without an answer."""

    saved: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)


class Server:
    """A server with the client that its page would be."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key, self.token = folder, "", ""
        self._start()
        end = time.monotonic() + 120
        while not self.token:
            assert time.monotonic() < end
            try:
                self.key = (folder / "private" / "editor" / "key").read_text().strip()
                self.token = self.ask("GET", "session")["token"]
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.01)
            if not self.process.is_alive():  # another program took the port
                self._start()

    def _start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        context = multiprocessing.get_context("forkserver")
        arguments = (str(self.folder), self.port)
        self.process: BaseProcess = context.Process(target=serve, args=arguments)
        self.process.start()

    def ask(self, method: str, route: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """An answer; raises `OSError` or `HTTPException` if none comes."""
        origin = f"http://localhost:{self.port}"
        headers = {
            "Host": f"localhost:{self.port}", "Origin": origin, "Sec-Fetch-Site": "same-origin",
            "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty", "Content-Type": "application/json",
            "X-Ward-Token": self.token, "X-Ward-Request": secrets.token_hex(16),
        }  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            body = None if data is None else json.dumps(data).encode()
            connection.request(method, f"/_write/{self.key}/{route}", body, headers)
            response = connection.getresponse()
            answer: dict[str, Any] = json.loads(response.read())
            assert response.status == 200, answer
            return answer
        finally:
            connection.close()

    def kill_after(self, seconds: float) -> None:
        threading.Timer(seconds, self.process.kill).start()


def write_posts(folder: Path) -> list[str]:
    """Three posts, each in another encoding, with lines that end differently."""
    write_site(folder / "content")
    files = []
    for n, codec in enumerate(("utf-8", "utf-16-le", "cp1252")):
        files.append(f"posts/p{n}.md")
        text = HEADER.format(n=n) + "\r\nFirst – words.\r\nSecond é words.\n"
        (folder / "content" / files[-1]).write_bytes(ENCODINGS[codec] + text.encode(codec))
    return files


def edit(r: random.Random, document: dict[str, Any]) -> str:
    """Type a new word somewhere in a document, and say which."""
    word = f"word{r.randrange(10**6)}x{secrets.token_hex(3)}"
    if document["mode"] == "form" and r.random() < 0.2:
        before = document["fields"].get("Summary", [""])[0]
        document["fields"]["Summary"] = [f"{before} {word}".strip()]
        return word
    lines = document["text"].split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith("First"))
    at = r.randrange(first, len(lines))
    lines[at] = f"{lines[at]} {word}" if r.random() < 0.5 else f"{lines[at]}\n{word}"
    document["text"] = "\n".join(lines)
    return word


def words_in(text: str) -> set[str]:
    return set(WORD.findall(text))


def words_of(document: Mapping[str, Any]) -> set[str]:
    return words_in(document["text"] + json.dumps(document["fields"]))


def opened(server: Server, given: str, r: random.Random) -> dict[str, Any]:
    """A document as its page shows it: with what was recovered."""
    as_text = "?as=text" if r.random() < 0.2 else ""
    document = server.ask("GET", f"post/{given}/document{as_text}")
    for found in document["recovered"][:1]:
        document |= {name: found[name] for name in ("mode", "fields", "text")}
    return document


def session(server: Server, ids: list[str], confirmed: dict[str, Confirmed], seed: str) -> None:
    """Open posts, type in them and save them, until no answer comes any more."""
    r = random.Random(seed)  # noqa: S311 - the same each time
    try:
        while True:
            given = r.choice(ids)
            document = opened(server, given, r)
            so_far = confirmed[given]
            assert so_far.kept <= words_of(document), "typed words are missing after a restart"
            for _ in range(r.randint(1, 4)):
                edit(r, document)
                sent = {k: document[k] for k in ("id", "digest", "mode", "fields", "text")}
                server.ask("POST", "post/draft", sent)
                so_far.kept = words_of(document)
                if r.random() < 0.4:
                    document["digest"] = server.ask("POST", "post/save", sent)["digest"]
                    so_far.saved = words_of(document)
    except (OSError, http.client.HTTPException):
        return  # it was killed


def check(folder: Path, files: Mapping[str, str], confirmed: Mapping[str, Confirmed]) -> None:
    """Each confirmed word is where it belongs, and no file is half of anything."""
    for given, file in files.items():
        data = (folder / "content" / file).read_bytes()
        form = form_of(data)
        assert form is not None, "the file is not whole"
        assert form.fields["Title"][0].startswith("A café – ")
        assert form.text.startswith("First – words.")
        assert "\nSecond é words." in form.text
        saved = words_in(form.text + json.dumps(form.fields))
        assert confirmed[given].saved <= saved
        copy = folder / "private" / "editor" / "recovery" / f"{given}.json"
        kept = words_in(copy.read_text()) if copy.exists() else set()
        assert confirmed[given].kept <= saved or confirmed[given].kept <= kept


@pytest.mark.parametrize(
    "part", [*range(2), *(pytest.param(n, marks=pytest.mark.long) for n in range(2, PARTS))]
)
def test_nothing_that_was_confirmed_is_lost_when_the_server_is_killed(
    tmp_path: Path, part: int, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """Each session goes on where the one before was killed, as the page would."""
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'plugins'}:{ROOT / 'tests'}")
    monkeypatch.setenv("HOME", str(tmp_path))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["wardblog.cli.write", "wardblog.preview.editor.documents",
                                    "wardblog.build.live", "editor.test_killed"])  # fmt: skip
    is_long = pytestconfig.getoption("--long")
    files = write_posts(tmp_path)
    confirmed: dict[str, Confirmed] = {}
    by_id: dict[str, str] = {}
    for number in range(SESSIONS // PARTS if is_long else 2):
        server = Server(tmp_path)
        if not by_id:
            from wardblog.preview.editor.ids import Ids

            ids = Ids(tmp_path / "content", server.key)
            by_id = {ids.of(file): file for file in files}
            confirmed = {given: Confirmed() for given in by_id}
        seed = f"{part} {number}"
        server.kill_after(random.Random(seed).uniform(0.01, LONGEST))  # noqa: S311
        session(server, list(by_id), confirmed, seed)
        server.process.join()
        assert server.process.exitcode == -9
        check(tmp_path, by_id, confirmed)
