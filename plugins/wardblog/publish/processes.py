"""Run other programs (git, ssh, rsync, sftp) with limits on time and output.

Each gets its own process group, so that everything it starts ends with it: when it is silent for
too long, when it writes too much, on Ctrl+C, and on any error.
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
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.signals import without_interruption

# How long a program may write nothing, in seconds: for a short request, and while it works.
ANSWER = 30
WORK = 300
# How long somebody may take to type a password, in seconds.
TYPING = 600
# How long a program may take to end by itself, in seconds.
_ENDING = 3
# No valid output is larger, in bytes.
MOST = 64_000_000
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class CompletedProgram:
    """The exit status and output of a program."""

    returncode: int
    stdout: bytes
    stderr: bytes


class ProgramTimeoutError(CommandError):
    """A program was ended because it wrote nothing for too long."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(
            f"{name} did not answer within {seconds:g} seconds",
            "Check the address, and try again later. The live site was not changed.",
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
    """Run a program to its end.

    `name` is what a message calls the other side, `silence` how long it may write nothing (in
    seconds; `ANSWER` by default), and `asks` whether it may prompt at the terminal. `on_line`
    gets each line of its output, which is then not returned. Raises `CommandError` for a program
    that is silent for too long, or writes too much.
    """
    with _as_file(stdin) as given, running(command, stdin=given, env=env, asks=asks) as process:
        output = _Output(process, on_line)
        limit = ANSWER if silence is None else silence
        stdout, stderr = output.read(name, max(limit, TYPING) if asks else limit)
        return CompletedProgram(process.returncode, stdout, stderr)


@contextmanager
def _as_file(stdin: IO[bytes] | bytes | None) -> Iterator[IO[bytes] | int]:
    """The input as a file, since a pipe would have to be filled while output is read."""
    if not isinstance(stdin, bytes):
        yield subprocess.DEVNULL if stdin is None else stdin
        return
    with tempfile.TemporaryFile() as file:
        file.write(stdin)
        file.seek(0)
        yield file


@contextmanager
def running(
    command: Sequence[str],
    *,
    stdin: IO[bytes] | int,
    env: Mapping[str, str] | None = None,
    asks: bool = False,
    stderr: int = subprocess.PIPE,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program during the block; its whole process group has ended afterwards."""
    process = None
    try:
        # A signal that arrived between the start and its result would leave the program running.
        with without_interruption():
            process = subprocess.Popen(  # noqa: S603 - the councillor's own programs
                command,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=dict(env) if env is not None else None,
                # A program that prompts must keep the terminal, which a new session does not have.
                start_new_session=not asks,
                process_group=0 if asks else None,
            )
        with _at_the_terminal(process) if asks else nullcontext():
            yield process
    finally:
        if process:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and everything it started, first with SIGTERM, then with SIGKILL."""
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
    """Whether the whole process group ends within `_ENDING` seconds."""
    until = time.monotonic() + _ENDING
    while time.monotonic() < until:
        process.poll()
        try:
            os.killpg(process.pid, 0)
        except (ProcessLookupError, PermissionError):
            # On macOS, a group that only has zombies left cannot be signalled.
            if process.poll() is not None:
                return True
        time.sleep(0.01)
    return False


class _Output:
    """Reads the output of a program as it comes, so that silence is noticed."""

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
                raise CommandError(
                    f"{name} sent more than {MOST:,} bytes, which cannot be a valid answer"
                )
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
        """Read a stream to its end; it is closed here, before its number can be reused."""
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
    """Close the input of a program, wait for its end, and return its error output."""
    try:
        return process.communicate(timeout=ANSWER)[1]
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return b""


@contextmanager
def _at_the_terminal(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Let a program prompt at the terminal, as git does for a password."""
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
    # A background process that takes the terminal back would be stopped otherwise.
    handler = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    try:
        with suppress(OSError):
            os.tcsetpgrp(terminal, process.pid)
            os.killpg(
                process.pid, signal.SIGCONT
            )  # it may have prompted too early, and been stopped
        yield
    finally:
        with suppress(OSError):
            os.tcsetpgrp(terminal, before)
        signal.signal(signal.SIGTTOU, handler)
        os.close(terminal)


def can_prompt() -> bool:
    """Whether there is a terminal where somebody can type a password."""
    return bool(sys.stdin) and sys.stdin.isatty()


@contextmanager
def interrupted_by_signals() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into `KeyboardInterrupt`, so that everything is cleaned up.

    Otherwise the programs that were started would keep running.
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
