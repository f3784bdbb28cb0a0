"""A host that is reached by ssh, through the programs and the settings that its owner has.

Keys, known hosts and short names are those of OpenSSH itself (~/.ssh, the agent); RSYNC_RSH names
another command than `ssh`, as it does for rsync. Nobody is ever asked for a password.
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
    # All steps of a publish go through one connection.
    "ControlMaster=auto",
    "ControlPersist=20",
)
# How long a large file may take without a word, in seconds. A dead line is noticed sooner: by the
# options above, and by those that rsync gets.
_TRANSFER = 600
# How ssh says that it could not even begin.
_UNREACHED = 255
# What OpenSSH says, and what that means; the first that fits counts.
_LOGIN = (
    (
        "REMOTE HOST IDENTIFICATION HAS CHANGED",
        "{host} shows another key than the one that is known here",
        'Ask whoever runs it whether that is meant. If so: "ssh-keygen -R {name}".',
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
    ("Too many authentication failures", "{host} refused the login", "It saw too many keys."),
    ("Could not resolve hostname", "There is no host called {name}", ""),
)
_TROUBLES = (
    ("No space left on device", "The disk of {host} is full"),
    ("Disk quota exceeded", "There is no room left for you on {host}"),
    ("Read-only file system", "{host} lets nothing be written there"),
    ("Permission denied", "{host} does not let you write there"),
    (": Failure", "{host} could not take a file; perhaps its disk is full"),
    ("No such file or directory", "{host} has no such folder, and it cannot be made"),
)


class Host:
    """Runs programs there; `name` is as ssh takes it, such as `robin@host.example.org`."""

    def __init__(self, settings: PublishSettings) -> None:
        self.name = settings.host
        self._port = settings.port
        self._folder: Path | None = None

    def shell(self, script: str, silence: float | None = None) -> processes.CompletedProgram:
        """Runs a script of a POSIX shell there; raises `CommandError` where ssh could not begin."""
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
        """A script that runs there until its input ends, at the latest with the block."""
        command = [*self.ssh(), self.name, f"sh -c {shlex.quote(script)}"]
        return processes.started(command, stdin=subprocess.PIPE)

    def run(
        self,
        program: Sequence[str],
        script: str = "",
        on_line: Callable[[str], object] = lambda _: None,
    ) -> str:
        """Runs rsync or sftp here; `heard` gets each line that they say.

        Gives what they complained of; raises `CommandError` where that ended it.
        """
        if not shutil.which(program[0]):
            raise CommandError(
                f"{program[0]} is not installed on this machine",
                f"On Debian and Ubuntu: apt install {program[0]}",
            )
        code, said = self._once(program, script, on_line)
        if code and not said.strip() and program[0] == "rsync":
            # The other end may die before its reason is through, as where a disk is full; whatever
            # was carried out is not done again.
            code, said = self._once(program, script, on_line)
        if code:
            raise self.trouble(said)
        return said.decode("utf-8", "replace")

    def _once(
        self, program: Sequence[str], script: str, on_line: Callable[[str], object]
    ) -> tuple[int, bytes]:
        """The program's exit status, and what it complained of."""
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
        """The command that reaches hosts, with its options."""
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
        """sftp through the same connection, reading its commands from its input."""
        wrapper = self._connection() / "ssh"
        if not wrapper.exists():  # a program that runs cannot be written
            script = f'#!/bin/sh\nexec {shlex.join(self.ssh())} "$@"\n'
            wrapper.write_text(script, encoding="utf-8")
            wrapper.chmod(0o700)
        return ["sftp", "-q", "-b", "-", "-S", str(wrapper), self.name]

    def close(self) -> None:
        """Ends the connection that all steps went through."""
        if self._folder is not None:
            with suppress(CommandError):  # without it, ssh ends the connection a little later
                processes.run([*self.ssh(), "-O", "exit", self.name], self.name, silence=5)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _connection(self) -> Path:
        if self._folder is None:
            # Sockets have short names only, and some machines a long one for this folder.
            short = "/tmp" if os.access("/tmp", os.W_OK) else None  # noqa: S108 - made private
            self._folder = Path(tempfile.mkdtemp(prefix="ward-", dir=short))
        return self._folder

    def login_error(self, said: bytes) -> CommandError:
        """Why ssh could not begin."""
        text = said.decode("utf-8", "replace")
        name = self.name.rsplit("@", 1)[-1]
        for mark, message, hint in _LOGIN:
            if mark in text:
                return CommandError(
                    message.format(host=self.name, name=name),
                    hint.format(host=self.name, name=name),
                )
        return CommandError(f"{self.name} cannot be reached ({_last(text)})")

    def trouble(self, said: bytes) -> CommandError:
        """Why something could not be done there."""
        text = said.decode("utf-8", "replace")
        if any(mark in text for mark, *_ in _LOGIN if mark != "Permission denied"):
            return self.login_error(said)
        if re.search(r"Permission denied \(.*\)", text):
            return self.login_error(said)
        # The last line says what ended it; above it may stand what was no harm.
        for where, (mark, message) in itertools.product((_last(text), text), _TROUBLES):
            if mark in where:
                told = message.format(host=self.name)
                return CommandError(f"{told} ({_last(where, mark)})")
        return CommandError(
            f"Publishing to {self.name} stopped ({_last(text)})",
            "What residents read is whole; the next publish completes it.",
        )


def _last(text: str, mark: str = "") -> str:
    """The most telling of the lines that a program wrote."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and mark in line]
    return lines[0 if mark else -1].rstrip(".") if lines else "it said nothing"
