"""Starts our command in a hundredth of the time: a fork of a process that has imported it already.

Each command still is a process of its own, with its own streams, folder, environment and status.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from made_once import FOLDER, make_once

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
# Variables that Python reads once, when it starts; with other values it has to start anew.
READ_AT_START = ("PYTHON", "LC_", "LANG")
# More than one request or list of modules, in bytes.
_MUCH = 1 << 20


class CommandServer:
    """The process that is forked for each command; it ends when this one does."""

    def __init__(self) -> None:
        self._requests, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=theirs.fileno(),
            env={**os.environ, "PYTHONPATH": str(PLUGINS)},
        )
        theirs.close()

    def run(
        self, words: Sequence[str], cwd: Path, environment: Mapping[str, str], stdin: int
    ) -> subprocess.CompletedProcess[str]:
        request = {"words": words, "cwd": str(cwd), "environment": dict(environment)}
        with (
            open(os.devnull) as nothing,  # noqa: PTH123 - as a number, beside another
            tempfile.TemporaryFile("w+") as out,
            tempfile.TemporaryFile("w+") as err,
        ):
            source = nothing.fileno() if stdin == subprocess.DEVNULL else stdin
            streams = [source, out.fileno(), err.fileno()]
            socket.send_fds(self._requests, [json.dumps(request).encode() + b"\n"], streams)
            answer = self._requests.recv(100)
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(list(words), int(answer), out.read(), err.read())


def main() -> None:
    """Serves until nobody asks any more."""
    if folder := os.environ.pop(FOLDER, None):
        make_once(setattr, Path(folder))
    requests = socket.socket(fileno=os.dup(0))
    while True:
        line, streams, _, _ = socket.recv_fds(requests, _MUCH, 3)
        if not line:
            return
        while not line.endswith(b"\n"):
            line += requests.recv(_MUCH)
        modules, theirs = os.pipe()
        if not (process := os.fork()):
            requests.close()
            os.close(modules)
            _become_the_command(json.loads(line), streams, theirs)
        for number in (theirs, *streams):
            os.close(number)
        _, status = os.waitpid(process, 0)
        requests.send(b"%d" % os.waitstatus_to_exitcode(status))
        _import_as_well(os.read(modules, _MUCH).decode().split())
        os.close(modules)


def _become_the_command(
    request: Mapping[str, object], streams: Sequence[int], modules: int
) -> NoReturn:
    """Does what `python -m wardblog` does, and says at its end what it had to import."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    before = set(sys.modules)
    os.chdir(str(request["cwd"]))
    environment, words = request["environment"], request["words"]
    assert isinstance(environment, dict)
    assert isinstance(words, list)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.path[0] = str(Path.cwd())
    sys.argv = ["wardblog", *words]
    try:
        runpy.run_module("wardblog", run_name="__main__", alter_sys=True)
    finally:
        os.write(modules, " ".join(_imported_since(before)).encode())
    raise SystemExit


def _imported_since(before: set[str]) -> list[str]:
    """In the order in which they were imported, on which some libraries rely."""
    return [name for name in sys.modules if name not in before and _is_lasting(name)]


def _is_lasting(name: str) -> bool:
    """Whether a module is installed or ours, and not one of a test's folder."""
    origin = getattr(getattr(sys.modules[name], "__spec__", None), "origin", None) or ""
    return origin.startswith((sys.prefix, sys.base_prefix, str(PLUGINS)))


def _import_as_well(names: Sequence[str]) -> None:
    """The next command finds them imported."""
    for name in names:
        with suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # a process that ends does not look at them


if __name__ == "__main__":
    main()
