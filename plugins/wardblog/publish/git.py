"""Publishing to a branch of a git repository, as GitHub Pages and its like show it.

A publish is one commit, made beside the working tree and without it, and a push that fails where
somebody else has pushed meanwhile. Logins are those that git has.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

from wardblog.media import media_type
from wardblog.model import PublishSettings
from wardblog.progress import Advance
from wardblog.publish.manifest import Entry, Manifest
from wardblog.publish.plan import Plan
from wardblog.publish.target import Hosting, Refused

# The repository that is used where the project itself is none.
_OWN = Path(".wardblog/publish.git")
# Where the branch as it was last seen is kept, out of the way of branches.
_SEEN = "refs/wardblog/published"
# Where a commit is kept until it is pushed.
_MADE = "refs/wardblog/made"
# How far back a rollback can go in a copy that has but the newest.
_HISTORY = 100
_NO_PAGES_BUILD = ".nojekyll"
_DOMAIN = "CNAME"
# When files that no page names any more were last in use.
_RETIRED = ".wardblog.json"
# Nobody publishes these: a branch that has them is where the blog is written.
_SOURCES = ("pelicanconf.py", "content/ward.toml")
_BROUGHT_BACK = "Brings-back: "
_AUTHOR = ("Ward blog", "ward-blog@localhost")
_GITHUB = re.compile(r"\.(github|gitlab)\.io$|\.pages\.dev$", re.IGNORECASE)
_TROUBLES = (
    (
        ("Authentication failed", "could not read Username", "Permission denied (", "error: 403"),
        "{remote} refused the login",
        'Try it by hand: "git push {remote}". Logins belong into the settings of git.',
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
        "{remote} is somebody's working folder, and its branch is in use there",
        "Publish to a repository without a working folder (git init --bare), or another branch.",
    ),
    (
        ("No space left on device",),
        "The disk is full",
        "",
    ),
)


class GitTarget:
    """The branch of the remote that `[publish]` names."""

    packs = False
    verifies = True
    is_slow = True

    def __init__(self, settings: PublishSettings, hosting: Hosting) -> None:
        self._branch = settings.branch
        self._domain = hosting.domain
        self._remote = settings.remote
        self._git: list[str] = []

    def where(self) -> str:
        return f"the branch {self._branch} of {self._remote}"

    def confirmed(self, live: Manifest) -> Manifest:
        return live

    def looking(self) -> AbstractContextManager[None]:
        return nullcontext()

    def alone(self) -> AbstractContextManager[None]:
        """Nothing to hold: of two pushes at once, git itself refuses the second."""
        return nullcontext()

    def live(self) -> Manifest:
        head = self._fetch()
        if not head:
            return Manifest()
        blobs = self._tree(head)
        for source in _SOURCES:
            if source in blobs:
                raise Refused(
                    f"The branch {self._branch} of {self._remote} is where the blog is written, "
                    "not where it is published",
                    'Name another one under [publish] in ward.toml: branch = "gh-pages"',
                )
        at = int(self._ask("show", "-s", "--format=%ct", head))
        kept = self._retired(blobs)
        files = dict(self._entries(_site_in(blobs), at))
        return Manifest(files, {p: since for p, since in kept.items() if p in files})

    def send(self, parcel: Path, plan: Plan, advance: Advance) -> None:
        head = self._ask("rev-parse", "--verify", "--quiet", _SEEN, may_fail=True)
        files: dict[str, bytes] = {}
        blobs = self._tree(head) if head else {}
        files[_RETIRED] = Manifest(retired=plan.manifest.retired).to_json()
        if _NO_PAGES_BUILD not in blobs:
            files[_NO_PAGES_BUILD] = b""
        if _DOMAIN not in blobs and self._domain and not _GITHUB.search(self._domain):
            files[_DOMAIN] = f"{self._domain}\n".encode()

        def write(stream: IO[bytes]) -> None:
            for path in plan.removed:
                stream.write(f"D {_quoted(path)}\n".encode())
            for path in plan.sent:
                _file(stream, path, (parcel / path).read_bytes())
                advance(plan.manifest.files[path].size)
            for path, content in files.items():
                _file(stream, path, content)

        self._push(self._commit(f"Publish {plan.sentence}", head, write))

    def rollback(self) -> str:
        """A commit on top that has the site of the one before, and all else as it is."""
        head = self._fetch(whole=True)
        now = self._tree(head) if head else {}
        back = self._shown(head) if head else ""
        # What changed something else, such as the domain, is nothing to go back to.
        while back and _site_in(self._tree(back)) == _site_in(now):
            parent = self._ask("rev-parse", "--verify", "--quiet", f"{back}^", may_fail=True)
            back = self._shown(parent) if parent else ""
        if not back:
            raise Refused("There is no earlier release to go back to")
        then = self._tree(back)
        at = self._ask("show", "-s", "--format=%cd", "--date=format:%Y-%m-%d %H:%M", back)

        def write(stream: IO[bytes]) -> None:
            for path in _site_in(now).keys() - then.keys():
                stream.write(f"D {_quoted(path)}\n".encode())
            for path, blob in then.items():
                if path not in (_DOMAIN, _NO_PAGES_BUILD):
                    stream.write(f"M 100644 {blob} {_quoted(path)}\n".encode())

        words = f"Bring back the site of {at}\n\n{_BROUGHT_BACK}{back}\n"
        self._push(self._commit(words, head, write))
        return f"the site of {at}"

    def _shown(self, commit: str) -> str:
        """The publish whose site a commit has: itself, unless it brought another one back."""
        while True:
            said = self._ask("show", "-s", "--format=%B", commit, may_fail=True)
            found = re.search(rf"^{_BROUGHT_BACK}([0-9a-f]+)$", said, re.MULTILINE)
            if not found:
                return commit
            commit = found[1]

    def _fetch(self, whole: bool = False) -> str:
        """The commit that the branch is at, which is here afterwards; empty for no branch."""
        self._find_repository()
        branch = f"refs/heads/{self._branch}"
        head = self._ask("ls-remote", "--", self._remote, branch).split("\t")[0]
        if not head:
            self._ask("update-ref", "-d", _SEEN)
            return ""
        is_shallow = self._ask("rev-parse", "--is-shallow-repository") == "true"
        if whole or self._ask("cat-file", "-t", head, may_fail=True) != "commit":
            # A copy that has but the newest of the project needs no more of the branch either.
            depth = [f"--depth={_HISTORY if whole else 1}"] if is_shallow else []
            self._ask("fetch", "--quiet", "--no-tags", *depth, "--", self._remote, branch)
        self._ask("update-ref", _SEEN, head)
        return head

    def _find_repository(self) -> None:
        """The project's own repository, whose logins hold for it; otherwise one apart."""
        if not shutil.which("git"):
            raise Refused("git is not installed on this machine", "On Debian: apt install git")
        self._git = ["git"]
        if not self._ask("rev-parse", "--git-dir", may_fail=True):
            if not _OWN.is_dir():
                self._ask("init", "--quiet", "--bare", str(_OWN))
            self._git = ["git", f"--git-dir={_OWN}"]

    def _tree(self, head: str) -> dict[str, str]:
        """The names that git has for the files of a commit, by their paths."""
        listed = self._bytes("ls-tree", "-r", "-z", "--full-tree", head).split(b"\0")
        found = {}
        for line in filter(None, listed):
            about, _, path = line.partition(b"\t")
            _, kind, name = about.split()
            if kind == b"blob":
                found[os.fsdecode(path)] = name.decode()
        return found

    def _entries(self, blobs: Mapping[str, str], at: int) -> Iterator[tuple[str, Entry]]:
        """What is in the files of a commit of this time."""
        wanted = "".join(f"{name}\n" for name in blobs.values())
        with tempfile.TemporaryFile() as names:
            names.write(wanted.encode())
            names.seek(0)
            command = [*self._git, "cat-file", "--batch"]
            with subprocess.Popen(command, stdin=names, stdout=subprocess.PIPE) as process:  # noqa: S603 - the councillor's own git
                assert process.stdout  # noqa: S101 - as asked for above
                for path in blobs:
                    size = int(process.stdout.readline().split()[-1])
                    content = process.stdout.read(size + 1)[:-1]
                    digest = hashlib.sha256(content).hexdigest()
                    yield path, Entry(digest, size, at, media_type(path))

    def _retired(self, blobs: Mapping[str, str]) -> Mapping[str, int]:
        if _RETIRED not in blobs:
            return {}
        kept = Manifest.from_json(self._bytes("cat-file", "blob", blobs[_RETIRED]))
        return kept.retired if kept else {}

    def _commit(self, words: str, head: str, write: Callable[[IO[bytes]], None]) -> str:
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
            self._bytes("fast-import", "--quiet", "--force", stdin=stream)
        return self._ask("rev-parse", _MADE)

    def _push(self, commit: str) -> None:
        self._ask("push", "--quiet", "--", self._remote, f"{commit}:refs/heads/{self._branch}")
        self._ask("update-ref", _SEEN, commit)

    def _who(self) -> tuple[str, str]:
        """The author as git knows the councillor."""
        known = (
            self._ask("config", "user.name", may_fail=True),
            self._ask("config", "user.email", may_fail=True),
        )
        name, mail = (re.sub(r"[<>\n]", "", word) for word in known)
        return (name, mail) if name and mail else _AUTHOR

    def _ask(self, *words: str, may_fail: bool = False) -> str:
        """What git says, or nothing where it may fail."""
        return self._bytes(*words, may_fail=may_fail).decode("utf-8", "replace").strip()

    def _bytes(
        self,
        *words: str,
        may_fail: bool = False,
        stdin: IO[bytes] | None = None,
    ) -> bytes:
        environment = {**os.environ, "LC_ALL": "C"}
        if not sys.stdin or not sys.stdin.isatty():
            environment["GIT_TERMINAL_PROMPT"] = "0"
        done = subprocess.run(  # noqa: S603 - the councillor's own git
            [*self._git, *words],
            stdin=stdin or subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=environment,
        )
        if done.returncode and not may_fail:
            raise self._trouble(done.stderr.decode("utf-8", "replace"))
        return b"" if done.returncode else done.stdout

    def _trouble(self, said: str) -> Refused:
        """Why git could not do it."""
        for marks, message, hint in _TROUBLES:
            if any(mark in said for mark in marks):
                return Refused(
                    message.format(remote=self._remote), hint.format(remote=self._remote)
                )
        # What the host itself says of it, if it says anything.
        words = [line[7:].strip() for line in said.splitlines() if line.startswith("remote:")]
        words = [word for word in words if word] or [
            line.strip() for line in said.splitlines() if line.strip()
        ]
        return Refused(f"{self._remote} did not take the site ({'; '.join(words[:3]) or '?'})")


def _site_in(blobs: Mapping[str, str]) -> dict[str, str]:
    """The files of a commit that are the site's."""
    own = (_DOMAIN, _RETIRED, _NO_PAGES_BUILD)
    return {path: blob for path, blob in blobs.items() if path not in own}


def _file(stream: IO[bytes], path: str, content: bytes) -> None:
    stream.write(f"M 100644 inline {_quoted(path)}\ndata {len(content)}\n".encode())
    stream.write(content + b"\n")


def _quoted(path: str) -> str:
    """A path as git-fast-import takes it."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
