"""Runs other programs (git, ssh, rsync, sftp), and never waits for ever for one of them.

Each gets a process group of its own, so that the helpers that it starts end together with it: when
it is silent for too long, when it says too much, on Ctrl+C, and when anything else goes wrong.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

from wardblog.problems import CommandError

# How long a program may say nothing, in seconds: after a short question, and while it works.
ANSWER = 30
WORK = 300
# How long somebody at a terminal may take to type a password.
TYPING = 600
# How long a program has to end by itself, in seconds.
_ENDING = 3
# More than this is no answer to anything that is asked here, in bytes.
MOST = 64_000_000
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class CompletedProgram:
    """The exit status of a program, and what it wrote."""

    returncode: int
    stdout: bytes
    stderr: bytes


class ProgramTimeoutError(CommandError):
    """A program said nothing for too long, and was ended."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(
            f"{name} did not answer within {seconds:g} seconds",
            "Check the address, and try again later. The live site is as it was.",
        )


def run(
    command: Sequence[str],
    name: str,
    *,
    stdin: IO[bytes] | bytes | None = None,
    env: Mapping[str, str] | None = None,
    silence: float | None = None,
    asks: bool = False,
    on_line: Callable[[str], object] | None = None,
) -> CompletedProgram:
    """Runs a program to its end.

    `name` is what a message calls the other side, `silence` how long it may write nothing (in
    seconds; `ANSWER` if it is not given), and `asks` whether it may ask at the terminal. `heard`
    gets each line of its output, which is then not returned. Raises `CommandError` for a program
    that is silent for too long, or writes too much.
    """
    with _as_file(stdin) as given, started(command, stdin=given, env=env, asks=asks) as process:
        output = _Output(process, on_line)
        limit = ANSWER if silence is None else silence
        stdout, stderr = output.read(name, max(limit, TYPING) if asks else limit)
        return CompletedProgram(process.returncode, stdout, stderr)


@contextmanager
def _as_file(stdin: IO[bytes] | bytes | None) -> Iterator[IO[bytes] | int]:
    """A file to read from: a pipe would have to be written to while the program is read from."""
    if not isinstance(stdin, bytes):
        yield subprocess.DEVNULL if stdin is None else stdin
        return
    with tempfile.TemporaryFile() as file:
        file.write(stdin)
        file.seek(0)
        yield file


@contextmanager
def started(
    command: Sequence[str],
    *,
    stdin: IO[bytes] | int,
    env: Mapping[str, str] | None = None,
    asks: bool = False,
    stderr: int = subprocess.PIPE,
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs while the block does; its whole group has ended afterwards."""
    process = subprocess.Popen(  # noqa: S603 - the councillor's own programs
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=dict(env) if env is not None else None,
        # One that asks must keep the terminal, which a session of its own would not have.
        start_new_session=not asks,
        process_group=0 if asks else None,
    )
    try:
        with _at_the_terminal(process) if asks else nullcontext():
            yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program with everything that it started, first kindly."""
    if process.stdin:
        with suppress(OSError):
            process.stdin.close()
    if sys.platform == "win32":  # which has no groups of processes that could be ended
        process.kill()
        process.wait(_ENDING)
        return
    for kill in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, kill)
        if _is_gone(process):
            break


def _is_gone(process: subprocess.Popen[bytes]) -> bool:
    """Whether the whole group has ended, within the time that it has for that."""
    until = time.monotonic() + _ENDING
    while time.monotonic() < until:
        process.poll()
        try:
            os.killpg(process.pid, 0)
        except (ProcessLookupError, PermissionError):
            # On macOS a group of which only the dead are left may not be signalled.
            if process.poll() is not None:
                return True
        time.sleep(0.01)
    return False


class _Output:
    """What a program writes, read as it comes, so that its silence is noticed."""

    def __init__(
        self, process: subprocess.Popen[bytes], on_line: Callable[[str], object] | None
    ) -> None:
        self._process = process
        self._heard = on_line
        self._parts: SimpleQueue[tuple[int, bytes]] = SimpleQueue()
        self._written: tuple[list[bytes], list[bytes]] = ([], [])
        self._line = b""

    def read(self, name: str, silence: float) -> tuple[bytes, bytes]:
        streams = (self._process.stdout, self._process.stderr)
        for number, stream in enumerate(streams):
            assert stream  # noqa: S101 - as asked for when it was started
            threading.Thread(target=self._follow, args=(number, stream), daemon=True).start()
        size, is_open = 0, len(streams)
        while is_open:
            try:
                number, part = self._parts.get(timeout=silence)
            except Empty:
                raise ProgramTimeoutError(name, silence) from None
            if not part:
                is_open -= 1
                continue
            if number == 0 and self._heard:
                self._tell(part, self._heard)
                continue
            size += len(part)
            if size > MOST:
                raise CommandError(f"{name} sent more than {MOST:,} bytes, which is no answer")
            self._written[number].append(part)
        if self._line and self._heard:
            self._tell(b"\n", self._heard)
        try:
            self._process.wait(silence)
        except subprocess.TimeoutExpired:
            raise ProgramTimeoutError(name, silence) from None
        if self._process.returncode == -signal.SIGINT:
            raise KeyboardInterrupt  # it had the terminal when Ctrl+C was pressed
        return b"".join(self._written[0]), b"".join(self._written[1])

    def _follow(self, number: int, stream: IO[bytes]) -> None:
        """The stream is closed here: elsewhere its number might be another file's by then."""
        with stream:
            part = b"-"
            while part:
                part = os.read(stream.fileno(), _CHUNK)
                self._parts.put((number, part))

    def _tell(self, part: bytes, on_line: Callable[[str], object]) -> None:
        *lines, self._line = (self._line + part)[-MOST:].split(b"\n")
        for line in lines:
            on_line(line.decode("utf-8", "replace").rstrip("\r"))


def first_line(process: subprocess.Popen[bytes], name: str) -> str:
    """The first line that a program writes; raises `CommandError` if it is silent for too long."""
    assert process.stdout  # noqa: S101 - as asked for when it was started
    lines: SimpleQueue[bytes] = SimpleQueue()
    # A thread, since Windows waits for no pipe with a time limit.
    threading.Thread(target=_read_line, args=(process.stdout, lines), daemon=True).start()
    try:
        line = lines.get(timeout=ANSWER)
    except Empty:
        raise ProgramTimeoutError(name, ANSWER) from None
    if len(line) > _CHUNK:
        raise ProgramTimeoutError(name, ANSWER)
    return line.decode("utf-8", "replace").rstrip("\r\n")


def _read_line(stream: IO[bytes], lines: SimpleQueue[bytes]) -> None:
    """Reads no byte more than the line: the rest is for others."""
    line = b""
    with suppress(OSError, ValueError):  # the stream may be closed meanwhile
        while not line.endswith(b"\n") and len(line) <= _CHUNK:
            part = os.read(stream.fileno(), 1)
            if not part:
                break
            line += part
    lines.put(line)


def close(process: subprocess.Popen[bytes]) -> bytes:
    """Ends the input of a program, waits for it to end, and gives what it complained of."""
    try:
        return process.communicate(timeout=ANSWER)[1]
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return b""


@contextmanager
def _at_the_terminal(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Lets a program ask at the terminal, as git does for a password."""
    try:
        terminal = os.open(Path("/dev/tty"), os.O_RDWR)
        before = os.tcgetpgrp(terminal)
    except OSError:
        yield
        return
    if before != os.getpgrp() or threading.current_thread() is not threading.main_thread():
        os.close(terminal)
        yield
        return
    # Whoever takes the terminal back from the background would be stopped for it.
    handler = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    try:
        with suppress(OSError):
            os.tcsetpgrp(terminal, process.pid)
            os.killpg(process.pid, signal.SIGCONT)  # it may have asked before it was its turn
        yield
    finally:
        with suppress(OSError):
            os.tcsetpgrp(terminal, before)
        signal.signal(signal.SIGTTOU, handler)
        os.close(terminal)


def can_prompt() -> bool:
    """Whether somebody sits at a terminal who can be asked for a password."""
    return bool(sys.stdin) and sys.stdin.isatty()


@contextmanager
def interrupted_by_signals() -> Iterator[None]:
    """Turns the signals by which a computer ends programs into an exception, so that all is tidied.

    Without it the programs that were started would go on without us.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    names = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {name: signal.signal(name, stop) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
