"""Read and write a branch of a git repository with git, without a working tree."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import DEVNULL
from typing import IO

from wardblog.model.media_types import media_type
from wardblog.publish import processes
from wardblog.publish.manifest import FileEntry
from wardblog.publish.target import CommandError

# The repository to use if the project itself is not in one.
_OWN = Path(".wardblog/publish.git")
# The ref for the branch as last fetched.
_SEEN = "refs/wardblog/published"
# The ref for a commit until it is pushed.
_MADE = "refs/wardblog/made"
# How many commits a rollback fetches in a shallow clone.
_HISTORY = 100
_AUTHOR = ("Ward blog", "ward-blog@localhost")
# The commands that use the network.
_NETWORK = ("ls-remote", "fetch", "push")
# How long a push or a fetch may show no progress, in seconds.
_STALLED = 120
# Other protocols run programs named in the address, which git's settings may have rewritten.
_PROTOCOLS = ("file", "git", "http", "https", "ssh")
_PROGRESS = re.compile(r"^(remote: )?[A-Z][\w ]+: +\d+|^remote: *$")
_TROUBLES = (
    (
        ("Authentication failed", "could not read Username", "Permission denied (", "error: 403"),
        "{remote} refused the login",
        'Try it by hand: "git push {remote}". Set up the login in the settings of git.',
    ),
    (
        ("Host key verification failed",),
        "The host of {remote} is not known here yet",
        "Log in once by hand with ssh, and compare the key that it shows.",
    ),
    (
        ("does not appear to be a git repository", "Repository not found", "' not found"),
        "There is no repository at {remote}",
        'Write its address under [publish] in ward.toml: remote = "https://..."',
    ),
    (
        ("Could not resolve host", "Failed to connect", "Connection refused", "timed out"),
        "{remote} cannot be reached",
        "",
    ),
    (
        ("fetch first", "non-fast-forward", "cannot lock ref", "failed to update ref"),
        "Something else was published to {remote} just now",
        "Run the command again.",
    ),
    (
        ("refusing to update checked out branch",),
        "{remote} is a working folder in which this branch is checked out",
        "Publish to a repository without a working folder (git init --bare), or another branch.",
    ),
    (
        ("No space left on device",),
        "The disk is full",
        "",
    ),
    (
        ("transport '",),
        "{remote} has an address of a kind that is not supported",
        "Use one that begins with https:// or ssh://. See: git remote -v, git config --list",
    ),
)


class Repository:
    """The project's own repository, with its logins, or a separate one if it has none."""

    def __init__(self, remote: str, branch: str) -> None:
        self.remote = remote
        self.branch = branch
        self._git: list[str] = []

    def find(self) -> None:
        """Find the repository, or create one; must be called first."""
        if not shutil.which("git"):
            raise CommandError("git is not installed on this machine", "On Debian: apt install git")
        self._git = ["git"]
        if not self.run_text("rev-parse", "--git-dir", may_fail=True):
            if not _OWN.is_dir():
                self.run_text("init", "--quiet", "--bare", str(_OWN))
            self._git = ["git", f"--git-dir={_OWN}"]

    def address(self) -> str:
        """The address of the remote, if it is a short name; empty otherwise."""
        if not self._git:
            self.find()
        # Not that of another repository that contains this folder.
        return self.run_text("remote", "get-url", "--", self.remote, may_fail=True)

    def fetch(self, whole: bool = False) -> str:
        """Fetch the branch; returns its latest commit, or empty if there is no branch."""
        self.find()
        branch = f"refs/heads/{self.branch}"
        head = self.run_text("ls-remote", "--", self.remote, branch).split("\t")[0]
        if not head:
            self.run_text("update-ref", "-d", _SEEN)
            return ""
        is_shallow = self.run_text("rev-parse", "--is-shallow-repository") == "true"
        if whole or self.run_text("cat-file", "-t", head, may_fail=True) != "commit":
            # In a shallow clone of the project, the branch is fetched shallowly too.
            depth = [f"--depth={_HISTORY if whole else 1}"] if is_shallow else []
            self.run_text("fetch", "--progress", "--no-tags", *depth, "--", self.remote, branch)
        self.run_text("update-ref", _SEEN, head)
        return head

    def last_fetched(self) -> str:
        """The latest commit of the last fetch; empty for none."""
        return self.run_text("rev-parse", "--verify", "--quiet", _SEEN, may_fail=True)

    def tree(self, head: str) -> dict[str, str]:
        """The blob names of the files of a commit, by path."""
        listed = self.run_bytes("ls-tree", "-r", "-z", "--full-tree", head).split(b"\0")
        blobs = {}
        for line in filter(None, listed):
            about, _, path = line.partition(b"\t")
            _, kind, name = about.split()
            if kind == b"blob":
                blobs[os.fsdecode(path)] = name.decode()
        return blobs

    def entries(self, blobs: Mapping[str, str], at: int) -> Iterator[tuple[str, FileEntry]]:
        """The entries of files for a manifest, with `at` as their time."""
        with tempfile.TemporaryFile() as names:
            names.write("".join(f"{name}\n" for name in blobs.values()).encode())
            names.seek(0)
            command = [*self._git, "cat-file", "--batch"]
            with processes.running(command, stdin=names, stderr=DEVNULL) as process:
                assert process.stdout  # noqa: S101 - as asked for
                with process.stdout as stream:
                    for path in blobs:
                        size = int(stream.readline().split()[-1])
                        digest = hashlib.sha256()
                        left = size
                        while left:
                            part = stream.read(min(left, 1_000_000))
                            digest.update(part)
                            left -= len(part) or left
                        stream.read(1)
                        yield (
                            path,
                            FileEntry(
                                digest=digest.hexdigest(),
                                size=size,
                                mtime=at,
                                media_type=media_type(path),
                            ),
                        )

    def commit(self, words: str, head: str, write: Callable[[IO[bytes]], None]) -> str:
        """A commit on top of `head` with the changes that `write` streams (git-fast-import)."""
        name, mail = self._who()
        with tempfile.TemporaryFile() as stream:
            said = words.encode()
            stream.write(
                f"commit {_MADE}\ncommitter {name} <{mail}> {int(time.time())} +0000\n"
                f"data {len(said)}\n".encode()
                + said
                + b"\n"
            )
            if head:
                stream.write(f"from {head}\n".encode())
            write(stream)
            stream.seek(0)
            self.run_bytes("fast-import", "--quiet", "--force", stdin=stream)
        return self.run_text("rev-parse", _MADE)

    def push(self, commit: str) -> None:
        self.run_text("push", "--progress", "--", self.remote, f"{commit}:refs/heads/{self.branch}")
        self.run_text("update-ref", _SEEN, commit)

    def _who(self) -> tuple[str, str]:
        """The author's name and e-mail address from git's settings."""
        known = (
            self.run_text("config", "user.name", may_fail=True),
            self.run_text("config", "user.email", may_fail=True),
        )
        name, mail = (re.sub(r"[<>\n]", "", word) for word in known)
        return (name, mail) if name and mail else _AUTHOR

    def run_text(self, *words: str, may_fail: bool = False) -> str:
        """The output of git as text; empty if it failed and `may_fail`."""
        return self.run_bytes(*words, may_fail=may_fail).decode("utf-8", "replace").strip()

    def run_bytes(
        self,
        *words: str,
        may_fail: bool = False,
        stdin: IO[bytes] | None = None,
    ) -> bytes:
        asks = words[0] in _NETWORK and processes.can_prompt()
        done = processes.run(
            [*self._git, *words],
            self.remote if words[0] in _NETWORK else "git",
            stdin=stdin,
            env=_environment(asks),
            silence={"ls-remote": processes.ANSWER, "fetch": _STALLED, "push": _STALLED}.get(
                words[0], processes.WORK
            ),
            asks=asks,
        )
        if done.returncode and not may_fail:
            raise self._trouble(done.stderr.decode("utf-8", "replace"))
        return b"" if done.returncode else done.stdout

    def _trouble(self, said: str) -> CommandError:
        """The error for a failed git command."""
        for marks, message, hint in _TROUBLES:
            if any(mark in said for mark in marks):
                return CommandError(
                    message.format(remote=self.remote), hint.format(remote=self.remote)
                )
        lines = [line.strip() for line in re.split(r"[\r\n]+", said) if line.strip()]
        lines = [line for line in lines if not _PROGRESS.match(line)]
        # The reason that the host itself gives, if any.
        words = [line[7:].strip() for line in lines if line.startswith("remote:")]
        reason = "; ".join((words or lines)[:3]) or "it gave no reason"
        return CommandError(f"{self.remote} rejected the site ({reason})")


def _environment(asks: bool) -> Mapping[str, str]:
    own = os.environ.get("GIT_ALLOW_PROTOCOL")
    allowed = ":".join(p for p in _PROTOCOLS if own is None or p in own.split(":"))
    variables = {**os.environ, "LC_ALL": "C", "GIT_ALLOW_PROTOCOL": allowed}
    return variables if asks else {**variables, "GIT_TERMINAL_PROMPT": "0"}


def write_file(stream: IO[bytes], path: str, content: bytes) -> None:
    """Write a file in the format of git-fast-import."""
    stream.write(b"M 100644 inline " + quoted(path) + f"\ndata {len(content)}\n".encode())
    stream.write(content + b"\n")


def quoted(path: str) -> bytes:
    """A path in the format of git-fast-import."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return os.fsencode(f'"{escaped}"')
