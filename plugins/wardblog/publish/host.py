"""Run programs on a host through ssh, with the user's own settings.

Keys, known hosts and short names are those of OpenSSH (~/.ssh, the agent); RSYNC_RSH replaces the
command `ssh`, as it does for rsync. There is never a question for a password.
"""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from wardblog.model import PublishSettings
from wardblog.publish import processes
from wardblog.publish.target import CommandError

_OPTIONS = (
    "BatchMode=yes",
    "ConnectTimeout=15",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=4",
    # All steps of a publish share one connection.
    "ControlMaster=auto",
    "ControlPersist=20",
)
# How long a large file may take without any output, in seconds. A lost connection is noticed
# sooner, through the options above and those of rsync.
_TRANSFER = 600
# The exit status of ssh if it could not connect.
_UNREACHED = 255
# Parts of OpenSSH's messages, and ours for them; the first match counts.
_LOGIN = (
    (
        "REMOTE HOST IDENTIFICATION HAS CHANGED",
        "{host} has a different key from the one that is known here",
        'Ask the people who run it whether they changed it. If so, run: "ssh-keygen -R {name}".',
    ),
    (
        "Host key verification failed",
        "{host} is not known here yet",
        'Log in once by hand, and compare the key that it shows: "ssh {host}".',
    ),
    (
        "Permission denied",
        "{host} refused the login",
        'Only keys work here, no passwords. Try it by hand: "ssh {host}".',
    ),
    (
        "Too many authentication failures",
        "{host} refused the login",
        "It was offered too many keys: name the right one in ~/.ssh/config.",
    ),
    ("Could not resolve hostname", "There is no host called {name}", ""),
)
_TROUBLES = (
    ("No space left on device", "The disk of {host} is full"),
    ("Disk quota exceeded", "Your quota on {host} is used up"),
    ("Read-only file system", "The disk of {host} is read-only"),
    ("Permission denied", "You are not allowed to write there on {host}"),
    (": Failure", "{host} could not store a file; perhaps its disk is full"),
    ("No such file or directory", "{host} has no such folder, and it could not be created"),
)


class Host:
    """A host; `name` is what ssh is given, such as `robin@host.example.org`."""

    def __init__(self, settings: PublishSettings) -> None:
        self.name = settings.host
        self._port = settings.port
        self._folder: Path | None = None

    def shell(self, script: str, silence: float | None = None) -> processes.CompletedProgram:
        """Run a POSIX shell script on the host; raises `CommandError` if ssh cannot connect."""
        done = processes.run(
            [*self.ssh(), self.name, "sh", "-s"],
            self.name,
            stdin=os.fsencode(script),
            silence=processes.WORK if silence is None else silence,
        )
        if done.returncode == _UNREACHED:
            raise self.login_error(done.stderr)
        return done

    def background_shell(self, script: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
        """Run a shell script on the host until its input ends, at the latest with the block."""
        command = [*self.ssh(), self.name, f"sh -c {shlex.quote(script)}"]
        return processes.running(command, stdin=subprocess.PIPE)

    def run(
        self,
        program: Sequence[str],
        script: str = "",
        on_line: Callable[[str], object] = lambda _: None,
    ) -> str:
        """Run rsync or sftp on this computer; `on_line` gets each line of their output.

        Returns their error output; raises `CommandError` if they failed.
        """
        if not shutil.which(program[0]):
            raise CommandError(
                f"{program[0]} is not installed on this machine",
                f"On Debian and Ubuntu: apt install {program[0]}",
            )
        code, output = self._once(program, script, on_line)
        if code and not output.strip() and program[0] == "rsync":
            # The other side may end before it has sent the reason, for example if the disk is full;
            # what was sent is not sent again.
            code, output = self._once(program, script, on_line)
        if code:
            raise self.error_from(output)
        return output.decode("utf-8", "replace")

    def _once(
        self, program: Sequence[str], script: str, on_line: Callable[[str], object]
    ) -> tuple[int, bytes]:
        """The program's exit status and its error output."""
        done = processes.run(
            program,
            self.name,
            stdin=os.fsencode(script),
            env={**os.environ, "RSYNC_RSH": shlex.join(self.ssh())},
            silence=_TRANSFER,
            on_line=on_line,
        )
        return done.returncode, done.stderr

    def ssh(self) -> list[str]:
        """The ssh command with its options."""
        if not shutil.which("ssh"):
            raise CommandError(
                "ssh is not installed on this machine",
                "On Debian and Ubuntu: apt install openssh-client rsync",
            )
        options = [*_OPTIONS, f"ControlPath={self._connection()}/s"]
        port = ["-p", str(self._port)] if self._port else []
        command = shlex.split(os.environ.get("RSYNC_RSH", "")) or ["ssh"]
        return [*command, *port, *(word for option in options for word in ("-o", option))]

    def sftp(self) -> list[str]:
        """The sftp command that uses the same connection and reads commands from its input."""
        wrapper = self._connection() / "ssh"
        if not wrapper.exists():  # a running program cannot be overwritten
            script = f'#!/bin/sh\nexec {shlex.join(self.ssh())} "$@"\n'
            wrapper.write_text(script, encoding="utf-8")
            wrapper.chmod(0o700)
        return ["sftp", "-q", "-b", "-", "-S", str(wrapper), self.name]

    def close(self) -> None:
        """Close the shared connection."""
        if self._folder is not None:
            with suppress(CommandError):  # otherwise, ssh closes the connection a little later
                processes.run([*self.ssh(), "-O", "exit", self.name], self.name, silence=5)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _connection(self) -> Path:
        if self._folder is None:
            # Socket paths must be short, and the default folder has a long path on some systems.
            short = "/tmp" if os.access("/tmp", os.W_OK) else None  # noqa: S108 - made private
            self._folder = Path(tempfile.mkdtemp(prefix="ward-", dir=short))
        return self._folder

    def login_error(self, output: bytes) -> CommandError:
        """The error for a failed connection or login."""
        text = output.decode("utf-8", "replace")
        name = self.name.rsplit("@", 1)[-1]
        for mark, message, hint in _LOGIN:
            if mark in text:
                return CommandError(
                    message.format(host=self.name, name=name),
                    hint.format(host=self.name, name=name),
                )
        return CommandError(f"{self.name} cannot be reached ({_last(text)})")

    def error_from(self, output: bytes) -> CommandError:
        """The error for a program that failed on the host."""
        text = output.decode("utf-8", "replace")
        if any(mark in text for mark, *_ in _LOGIN if mark != "Permission denied"):
            return self.login_error(output)
        if re.search(r"Permission denied \(.*\)", text):
            return self.login_error(output)
        # The last line says what ended it; earlier lines may be harmless.
        for where, (mark, message) in itertools.product((_last(text), text), _TROUBLES):
            if mark in where:
                told = message.format(host=self.name)
                return CommandError(f"{told} ({_last(where, mark)})")
        return CommandError(
            f"Publishing to {self.name} stopped ({_last(text)})",
            "Residents still see a complete site. The next publish will finish this one.",
        )


def _last(text: str, mark: str = "") -> str:
    """The line of the output that explains an error best."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and mark in line]
    return lines[0 if mark else -1].rstrip(".") if lines else "it gave no reason"
