"""Drives the Firefox of Debian with Marionette, the protocol that every Firefox speaks.

Playwright has a Firefox of its own and cannot drive this one. The protocol is described at
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html: a length, a colon and
JSON; requests are `[0, id, command, parameters]` and answers `[1, id, error, result]`.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_SHADOW = "shadow-6066-11e4-a52e-4f735466cecf"
_SETTINGS = """\
user_pref("marionette.port", {port});
user_pref("app.update.auto", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.dns.disabled", false);
user_pref("app.normandy.enabled", false);
user_pref("services.settings.server", "data:,none");
user_pref("toolkit.telemetry.server", "data:,none");
user_pref("browser.startup.homepage_override.mstone", "ignore");
"""
# The codes of keys in the protocol.
CONTROL, END, ENTER = "\ue009", "\ue010", "\ue007"


def firefox_path() -> str | None:
    """The path of an installed Firefox."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class MarionetteError(Exception):
    """What Firefox answered in place of a result."""


class Firefox:
    """One window of a running Firefox."""

    def __init__(self, connection: socket.socket) -> None:
        self._stream = connection.makefile("rwb")
        self._count = 0
        self._read()  # its greeting
        self.call("WebDriver:NewSession", {})

    def call(self, command: str, parameters: dict[str, Any]) -> Any:
        """The result of a command; raises `MarionetteError` with what Firefox said."""
        self._count += 1
        data = json.dumps([0, self._count, command, parameters]).encode()
        self._stream.write(b"%d:%s" % (len(data), data))
        self._stream.flush()
        _, _, error, result = self._read()
        if error:
            raise MarionetteError(error.get("message"))
        is_value = isinstance(result, dict) and list(result) == ["value"]
        return result["value"] if is_value else result

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            sign = self._stream.read(1)
            if not sign:
                raise MarionetteError("Firefox ended")
            length += sign
        return json.loads(self._stream.read(int(length[:-1])))

    def open(self, url: str) -> None:
        self.call("WebDriver:Navigate", {"url": url})

    def find(self, selector: str, inside: str | None = None) -> str:
        """The id of an element; with `inside`, in the shadow root of the element with that id."""
        if inside is None:
            found = self.call("WebDriver:FindElement", {"using": "css selector", "value": selector})
            return str(found[_ELEMENT])
        root = self.call("WebDriver:GetShadowRoot", {"id": inside})[_SHADOW]
        found = self.call(
            "WebDriver:FindElementFromShadowRoot",
            {"using": "css selector", "value": selector, "shadowRoot": root},
        )
        return str(found[_ELEMENT])

    def type(self, element: str, keys: str) -> None:
        self.call("WebDriver:ElementSendKeys", {"id": element, "text": keys})

    def click(self, element: str) -> None:
        """Scroll to an element, as a person does who sees a part of it behind a bar, and click."""
        script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })"
        self.call("WebDriver:ExecuteScript", {"script": script, "args": [{_ELEMENT: element}]})
        self.call("WebDriver:ElementClick", {"id": element})

    def words_in_frame(self, selector: str) -> str:
        """The words of the document in a frame."""
        self.call("WebDriver:SwitchToFrame", {"id": {_ELEMENT: self.find(selector)}})
        words = str(self.run("return document.body ? document.body.innerText : ''"))
        self.call("WebDriver:SwitchToFrame", {"id": None})
        return words

    def run(self, script: str) -> Any:
        """The value of a script in the page, which ends with `return`."""
        return self.call("WebDriver:ExecuteScript", {"script": script, "args": []})

    def wait(self, script: str, seconds: float = 30) -> Any:
        """The value of a script as soon as it is true."""
        end = time.monotonic() + seconds
        while not (value := self.run(script)):
            assert time.monotonic() < end, f"never true: {script}"
            time.sleep(0.05)
        return value


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """A Firefox without a window, with a new profile in this folder; it ends with the block."""
    path = firefox_path()
    assert path is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile.mkdir(parents=True)
    (profile / "user.js").write_text(_SETTINGS.format(port=port))
    command = [path, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    environment = {**os.environ, "HOME": str(profile), "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with _connected(process, port) as connection:
            yield Firefox(connection)
    finally:
        process.terminate()
        process.wait()


def _connected(process: subprocess.Popen[bytes], port: int) -> socket.socket:
    while process.poll() is None:
        with suppress(OSError):
            return socket.create_connection(("127.0.0.1", port))
        time.sleep(0.1)
    raise MarionetteError("Firefox did not start")
