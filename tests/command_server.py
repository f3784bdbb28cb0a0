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
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

from made_once import FOLDER, make_once

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
# Variables that Python reads once, when it starts; with other values it has to start anew.
READ_AT_START = ("PYTHON", "LC_", "LANG")
# More than one request, in bytes.
_MUCH = 1 << 20
# As long as any number of a process.
_PID_BYTES = 20


class Command:
    """A command that runs, with as much of `subprocess.Popen` as the editor uses."""

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self._connection = connection
        self.pid = pid
        self.stdin: IO[bytes] | None = None
        self.stdout: IO[bytes] | None = None
        self.stderr: IO[bytes] | None = None
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its status, once it has ended."""
        if self.returncode is None:
            with suppress(BlockingIOError):
                self._read_status(socket.MSG_DONTWAIT)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its status, when it has ended."""
        if self.returncode is None:
            self._connection.settimeout(timeout)
            self._read_status()
        assert self.returncode is not None
        return self.returncode

    def _read_status(self, flags: int = 0) -> None:
        self.returncode = int(self._connection.recv(_MUCH, flags) or -signal.SIGKILL)
        self._connection.close()


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
        self._lock = threading.Lock()

    def run(
        self,
        words: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        stdin: int,
        module: str = "wardblog",
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        with (
            open(os.devnull) as nothing,  # noqa: PTH123 - as a number, beside another
            tempfile.TemporaryFile("w+") as out,
            tempfile.TemporaryFile("w+") as err,
        ):
            source = nothing.fileno() if stdin == subprocess.DEVNULL else stdin
            streams = (source, out.fileno(), err.fileno())
            status = self._ask(module, words, cwd, environment, streams).wait()
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(list(words), status, out.read(), err.read())

    def start(self, module: str, words: Sequence[str], environment: Mapping[str, str]) -> Command:
        """Start a command that leads its own session, with pipes for its streams."""
        (source, stdin), (stdout, out), (stderr, err) = (os.pipe() for _ in range(3))
        theirs = (source, out, err)
        try:
            command = self._ask(module, words, Path.cwd(), environment, theirs, is_leader=True)
        finally:
            for number in theirs:
                os.close(number)
        command.stdin = os.fdopen(stdin, "wb")
        command.stdout, command.stderr = os.fdopen(stdout, "rb"), os.fdopen(stderr, "rb")
        return command

    def _ask(
        self,
        module: str,
        words: Sequence[str],
        cwd: Path,
        environment: Mapping[str, str],
        streams: tuple[int, int, int],
        *,
        is_leader: bool = False,
    ) -> Command:
        """The command that was started; one at a time, from whatever thread."""
        request = {
            "module": module, "words": words, "cwd": str(cwd), "environment": dict(environment),
            "is_leader": is_leader,
        }  # fmt: skip
        line = json.dumps(request).encode() + b"\n"
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            socket.send_fds(self._requests, [line], [*streams, theirs.fileno()])
            pid = ours.recv(_PID_BYTES, socket.MSG_WAITALL)
        return Command(ours, int(pid))


@dataclass(frozen=True, slots=True)
class _Running:
    """Who is told when a command has ended, and what the command had to import and compile."""

    connection: socket.socket
    used: IO[str]


def main() -> None:
    """Serves until nobody asks any more."""
    if folder := os.environ.pop(FOLDER, None):
        make_once(setattr, Path(folder))
    requests = socket.socket(fileno=os.dup(0))
    ended, tell = socket.socketpair()
    tell.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(tell.fileno(), warn_on_full_buffer=False)
    running: dict[int, _Running] = {}
    while True:
        ready, _, _ = select.select([requests, ended], [], [])
        if ended in ready:
            ended.recv(_MUCH)
            _tell_who_ended(running)
        if requests in ready:
            line, numbers, _, _ = socket.recv_fds(requests, _MUCH, 4)
            if not line:
                return
            while not line.endswith(b"\n"):
                line += requests.recv(_MUCH)
            *streams, connection = numbers
            used = tempfile.TemporaryFile("w+")  # noqa: SIM115 - open until the command has ended
            command = _Running(socket.socket(fileno=connection), used)
            if not (process := os.fork()):
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for one in (requests, ended, tell):
                    one.close()
                _become_the_command(json.loads(line), streams, command)
            for number in streams:
                os.close(number)
            running[process] = command


def _tell_who_ended(running: dict[int, _Running]) -> None:
    """Tells the status of each command that has ended, and then learns from it."""
    for process, one in [*running.items()]:
        found, status = os.waitpid(process, os.WNOHANG)
        if not found:
            continue
        del running[process]
        with one.connection, one.used:
            with suppress(OSError):  # nobody waits for it
                one.connection.send(b"%d" % os.waitstatus_to_exitcode(status))
            one.used.seek(0)
            _learn(one.used.read())


def _become_the_command(
    request: Mapping[str, object], streams: Sequence[int], command: _Running
) -> NoReturn:
    """Does what `python -m MODULE` does, and says what it had to import and compile."""
    if request["is_leader"]:
        os.setsid()
    with command.connection:
        command.connection.send(b"%*d" % (_PID_BYTES, os.getpid()))
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
    if request["is_leader"]:
        _open_streams(environment.get("PYTHONIOENCODING", ""))
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
        json.dump({"modules": _imported_since(before), "patterns": patterns}, command.used)
        command.used.flush()
    _end(status)


def _open_streams(given: str) -> None:
    """Open the streams as Python does when it starts with this PYTHONIOENCODING."""
    encoding, _, errors = given.partition(":")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = open(  # noqa: SIM115 - a number, which stays open
            number, "w" if number else "r", 1 if name == "stderr" else -1, encoding or None,
            errors or None, closefd=False,
        )  # fmt: skip
        setattr(sys, name, stream)


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
