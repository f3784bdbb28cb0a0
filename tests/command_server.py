"""Starts our command in a hundredth of the time: a fork of a process that has imported it already.

Each command still is a process of its own, with its own streams, folder, environment and status.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import re
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NoReturn

from made_once import FOLDER, make_once

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
# Variables that Python reads once, when it starts; with other values it has to start anew.
READ_AT_START = ("PYTHON", "LC_", "LANG")
# More than one request, in bytes.
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
        self,
        words: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        stdin: int,
        module: str = "wardblog",
    ) -> subprocess.CompletedProcess[str]:
        request = {
            "module": module, "words": words, "cwd": str(cwd), "environment": dict(environment),
        }  # fmt: skip
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
        with tempfile.TemporaryFile("w+") as used:
            if not (process := os.fork()):
                requests.close()
                _become_the_command(json.loads(line), streams, used)
            for number in streams:
                os.close(number)
            _, status = os.waitpid(process, 0)
            requests.send(b"%d" % os.waitstatus_to_exitcode(status))
            used.seek(0)
            _learn(used.read())


def _become_the_command(
    request: Mapping[str, object], streams: Sequence[int], used: IO[str]
) -> NoReturn:
    """Does what `python -m MODULE` does, and says what it had to import and compile."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    before, patterns = set(sys.modules), _note_patterns()
    os.chdir(str(request["cwd"]))
    module, environment, words = (request[name] for name in ("module", "environment", "words"))
    assert isinstance(module, str)
    assert isinstance(environment, dict)
    assert isinstance(words, list)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.path[0] = str(Path.cwd())
    sys.argv = [module, *words]
    status = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            raise  # Python shows it
        status = ended.code or 0
    finally:
        json.dump({"modules": _imported_since(before), "patterns": patterns}, used)
        used.flush()
    _end(status)


def _end(status: int) -> NoReturn:
    """Ends this process as Python does, but without freeing each object, which takes longest."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


def _imported_since(before: set[str]) -> list[str]:
    """In the order in which they were imported, on which some libraries rely."""
    return [name for name in sys.modules if name not in before and _is_lasting(name)]


def _is_lasting(name: str) -> bool:
    """Whether a module is installed or ours, and not one of a test's folder."""
    origin = getattr(getattr(sys.modules[name], "__spec__", None), "origin", None) or ""
    return origin.startswith((sys.prefix, sys.base_prefix, str(PLUGINS)))


def _note_patterns() -> list[tuple[str, int]]:
    """A list to which every regular expression is added that this process compiles from now on."""
    noted, compile_pattern = [], re.compile

    def compile_and_note(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        if isinstance(pattern, str):
            noted.append((pattern, int(flags)))
        return compile_pattern(pattern, flags)

    re.compile = compile_and_note
    return noted


def _learn(used: str) -> None:
    """The next command finds imported and compiled what this one had to."""
    learned = json.loads(used or '{"modules": [], "patterns": []}')
    for name in learned["modules"]:
        with suppress(ImportError):
            importlib.import_module(name)
    for pattern, flags in learned["patterns"]:
        re.compile(pattern, flags)  # Python keeps those that it compiled last
    gc.freeze()  # a process that ends does not look at them


if __name__ == "__main__":
    main()
