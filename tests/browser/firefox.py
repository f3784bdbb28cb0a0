"""Drives the Firefox of the distribution by its own protocol, Marionette, without a download.

https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ENTER, ESCAPE, TAB, UP, DOWN = "\ue007", "\ue00c", "\ue004", "\ue013", "\ue015"
# A free port; nothing but this computer is reached: every other address is behind a proxy that
# does not exist.
PREFERENCES = {
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "ui.prefersReducedMotion": 1,
}
# How often something is looked for, and after how many seconds again.
_TIMES, _PAUSE = 300, 0.1


def firefox_program() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


class FirefoxPage:
    """The one tab of a Firefox."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._file = self._socket.makefile("rb")
        self._number = 0
        self._received()  # its greeting
        self.command("WebDriver:NewSession", capabilities={})

    def command(self, name: str, **values: Any) -> Any:
        """Do one thing, and wait until it is done; an error is raised as `AssertionError`."""
        self._number += 1
        message = json.dumps([0, self._number, name, values]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self._received()
        assert error is None, error["message"]
        return result

    def _received(self) -> Any:
        length = b""
        while (sign := self._file.read(1)) != b":":
            assert sign, "Firefox has ended"
            length += sign
        return json.loads(self._file.read(int(length)))

    def open(self, url: str, width: int = 1100, height: int = 900) -> None:
        self.command("WebDriver:SetWindowRect", width=width, height=height)
        self.command("WebDriver:Navigate", url=url)

    def js(self, script: str, *arguments: Any) -> Any:
        """The value that the body of a function returns in the page."""
        return self.command(
            "WebDriver:ExecuteScript", script=script, args=list(arguments), sandbox=None
        )["value"]

    def until(self, expression: str, *arguments: Any) -> Any:
        """Wait until an expression is true in the page; return its value."""
        for _ in range(_TIMES):
            if value := self.js(f"return {expression}", *arguments):
                return value
            time.sleep(_PAUSE)
        raise AssertionError(f"never true: {expression}")

    def keys(self, text: str) -> None:
        """Press and release one key after the other."""
        presses = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": presses})

    def press(
        self, x: float, y: float, kind: str = "mouse", to: tuple[float, float] | None = None
    ) -> None:
        """Click or tap (`kind="touch"`) at a point of the window, or drag from there."""
        moves = [] if to is None else [((x + to[0]) / 2, (y + to[1]) / 2), to]
        actions = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            *(
                {"type": "pointerMove", "x": round(a), "y": round(b), "duration": 50}
                for a, b in moves
            ),
            {"type": "pointerUp", "button": 0},
        ]
        self._act(
            {"type": "pointer", "id": kind, "parameters": {"pointerType": kind}, "actions": actions}
        )

    def _act(self, source: dict[str, Any]) -> None:
        self.command("WebDriver:PerformActions", actions=[source])

    def middle(self, selector: str) -> tuple[float, float]:
        """The middle of an element, in the window."""
        x, y = self.js(
            "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2]",
            selector,
        )
        return float(x), float(y)

    def shot(self, path: Path) -> None:
        """Write a picture of the window."""
        taken = self.command("WebDriver:TakeScreenshot", full=False)["value"]
        path.write_bytes(base64.b64decode(taken))

    def close(self) -> None:
        with suppress(AssertionError, OSError):
            self.command("Marionette:Quit", flags=["eForceQuit"])
        self._socket.close()


@contextmanager
def firefox_page(folder: Path) -> Iterator[FirefoxPage]:
    """A Firefox with a new profile in an empty folder; it ends with the block."""
    program = firefox_program()
    assert program
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items())
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            page = FirefoxPage(_port_of(folder, process))
            yield page
            page.close()
        finally:
            process.kill()


def _port_of(folder: Path, process: subprocess.Popen[bytes]) -> int:
    """The port that Firefox chose, once it says so."""
    file = folder / "MarionetteActivePort"
    for _ in range(_TIMES):
        assert process.poll() is None, "Firefox did not start"
        if file.exists() and (written := file.read_text(encoding="ascii").strip()):
            return int(written)
        time.sleep(_PAUSE)
    raise AssertionError("Firefox did not say on which port it listens")
