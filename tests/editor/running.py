"""Runs the editor on a content folder inside a test, and speaks to it as its own pages do."""

from __future__ import annotations

import http.client
import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from support import ROOT, forked
from wardblog.build.live import live_site
from wardblog.preview import Preview, make_server
from wardblog.preview.editor import Editor, jobs, make_editor
from wardblog.support.main_thread import is_main, result_of

CONFIG = ROOT / "pelicanconf.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        value = json.loads(self.body)
        assert isinstance(value, dict)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningEditor:
    """An editor that answers on a port of the loopback."""

    editor: Editor
    port: int
    content: Path
    private: Path

    @property
    def url(self) -> str:
        """The address of the first page; a path is added to it."""
        return f"http://localhost:{self.port}{self.editor.address}"

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def headers(self) -> dict[str, str]:
        """The header lines that a browser and our script send with a change."""
        return {
            "Host": f"localhost:{self.port}",
            "Origin": self.origin,
            "Sec-Fetch-Site": "same-origin",
            "Sec-Fetch-Mode": "cors",
            "Sec-Fetch-Dest": "empty",
            "Content-Type": "application/json",
            "X-Ward-Token": self.editor.desk.token,
            "X-Ward-Request": secrets.token_hex(16),
        }

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}
    ) -> Answer:
        """Send a request with exactly these header lines, besides Host and Content-Length.

        Meanwhile the main thread reads texts for the server, as it does in `make write`.
        """
        if not is_main():
            return self._ask(method, path, body, headers)
        return result_of(lambda: self._ask(method, path, body, headers))

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {"Host": f"localhost:{self.port}"} | dict(headers)
        try:
            connection.request(method, path, body, given)
            response = connection.getresponse()
            found = {name.casefold(): value for name, value in response.getheaders()}
            return Answer(status=response.status, headers=found, body=response.read())
        finally:
            connection.close()

    def get(self, route: str) -> Answer:
        """A page or an answer below the editor's address."""
        same = {"Sec-Fetch-Site": "same-origin"}
        return self.ask("GET", f"{self.editor.address}{route}", headers=same)

    def post(self, route: str, data: Mapping[str, Any]) -> Answer:
        """What a page of the editor sends."""
        body = json.dumps(data).encode()
        return self.ask("POST", f"{self.editor.address}{route}", body, self.headers())


@contextmanager
def running_editor(content: Path, private: Path, output: Path) -> Iterator[RunningEditor]:
    """The editor of a content folder; it ends with the block. Run it in an empty current folder.

    Its commands are forked; those of the fixture `started_anew` begin as in `make write`.
    """
    site = live_site(CONFIG, content, output)
    site.update()
    preview = Preview(site, _nowhere, private)
    editor = make_editor(
        content=content, private=private, output=output, config=CONFIG, live=site,
        preview=preview, report=_nowhere,
    )  # fmt: skip
    server = make_server(preview, 0, receiver=editor)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with mock.patch.object(jobs, "running", forked):
            yield RunningEditor(
                editor=editor, port=server.server_port, content=content, private=private
            )
    finally:
        editor.desk.close()
        server.shutdown()
        server.server_close()
        thread.join()


def _nowhere(message: str) -> None:
    del message
