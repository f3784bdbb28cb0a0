"""Publish releases on another host with rsync, and switch a link between them.

As in a local folder, a complete new release shares unchanged files with the live one, and becomes
live by a rename. Only changed files are sent.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import field, replace
from pathlib import Path, PurePosixPath

from wardblog.publish import processes, scripts
from wardblog.publish.host import Host
from wardblog.publish.identity import Identity
from wardblog.publish.lock import LockHolder, already_publishing, heartbeat, own_lock
from wardblog.publish.manifest import MOST_BYTES, SiteManifest
from wardblog.publish.plan import PublishPlan
from wardblog.publish.processes import close, first_line
from wardblog.publish.release_mark import NUMBER, ReleaseMark
from wardblog.publish.target import (
    WRITTEN_HERE,
    Agree,
    CommandError,
    EarlierRelease,
    NextRelease,
    refuse_other_site,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Advance

# Files that are sent along, but are not part of the site.
_MANIFEST = ".manifest"
_SNIPPET = ".snippet-"
# How long rsync waits for the other side, in seconds.
_SILENCE = 60
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


@dataclass(frozen=True, slots=True)
class HostState:
    """The releases on a host: the live one, all that have our mark, and the complete ones.

    `taken` are all numbers that are used as names there, by anybody.
    """

    live: int | None = None
    marks: Mapping[int, ReleaseMark] = field(default_factory=dict)
    whole: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()


class RemoteReleases:
    """The releases in `<path>.releases` on the host, and the link `path` beside it."""

    def __init__(self, host: Host, path: str, keep: int, snippets: Mapping[str, str]) -> None:
        self._host = host
        self._link = path
        self._folder = f"{path}.releases"
        self._keep = keep
        self._snippets = snippets
        # As read by `live`.
        self._state = HostState()

    def is_supported(self) -> bool:
        """Whether the host runs a shell, and has rsync."""
        done = self._host.shell("echo wardblog; command -v rsync\n", silence=processes.ANSWER)
        said = done.stdout.decode("utf-8", "replace").split()
        return said[:1] == ["wardblog"] and len(said) > 1

    def live(self) -> SiteManifest:
        self._state, manifest = self._read_state()
        if self._state.live is None:
            return SiteManifest()
        read = SiteManifest.from_json(manifest)
        if read is None:
            raise CommandError(
                f"The list of published files on {self._host.name} cannot be read",
                f"Move {self._link} and {self._folder} to another folder there; "
                "the next publish sends the whole site.",
            )
        mark = self._state.marks.get(self._state.live)
        return replace(read, site=mark.site if mark else read.site)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock through a separate connection, which ends with this process."""
        with ExitStack() as stack:
            held = self._hold(stack)
            if held is None:
                self._run(scripts.BREAK)
                held = self._hold(stack)
            if held is None:
                raise already_publishing(self._host.name)
            with heartbeat(lambda: _renew_lock(held, own_lock())):
                yield

    def _hold(self, stack: ExitStack) -> subprocess.Popen[bytes] | None:
        """The process that holds the lock until the stack ends; None if it was left behind."""
        me = own_lock().to_json().decode()
        script = self._named(me=me) + scripts.OURS + scripts.HOLD
        held = stack.enter_context(self._host.background_shell(script))
        said = first_line(held, self._host.name)
        if said == "alone":
            # When its input ends, the script deletes the lock.
            stack.callback(close, held)
            return held
        errors = close(held)
        if not said.startswith("held "):
            raise self._host.error_from(errors)
        holder = LockHolder.from_json(said.removeprefix("held ").encode())
        if holder and not holder.is_over(int(time.time())):
            raise already_publishing(self._host.name, holder)
        return None

    def send(self, staged: Path, plan: PublishPlan, advance: Advance) -> None:
        state, files = self._state, plan.manifest.files
        release = NextRelease.of(list(state.marks), state.live, self._keep)
        number = release.number
        while number in state.taken:
            number += 1
        name = f"incoming-{uuid.uuid4().hex}"
        mark = ReleaseMark(number, plan.manifest.site, name).to_json().decode()
        known = {"incoming": f"{self._folder}/{name}", "live": str(state.live or ""), "mark": mark}
        clearing = _each("rm -f --", "$incoming", plan.removed)
        steps = (*_removal_commands(release.first), scripts.BEGIN, *clearing, scripts.TIDY)
        self._run("\n".join(steps), **known)
        (staged / _MANIFEST).write_bytes(plan.manifest.to_json())
        for snippet, text in self._snippets.items():
            (staged / f"{_SNIPPET}{snippet}").write_text(text, encoding="utf-8")

        def arrived(line: str) -> None:
            if line in files:
                advance(files[line].size)

        # Old versions of rsync split names at spaces.
        protects = [] if _PLAIN.fullmatch(known["incoming"]) else ["--protect-args"]
        there = f"{self._host.name}:{known['incoming']}/"
        rsync = ["rsync", "-rpt", f"--timeout={_SILENCE}", *protects, "--chmod=D755,F644"]
        self._host.run([*rsync, "--out-format=%n", f"{staged}/", there], on_line=arrived)
        self._run(self._finish(number, release.then), **known)

    def _finish(self, number: int, then: Iterable[int]) -> str:
        """The script that makes what was sent the live release."""
        lines = [
            scripts.SWITCH,
            scripts.PUT_SNIPPETS,
            f'[ ! -e "$releases/{number}" ] || exit 1',
            f"written={shlex.quote(WRITTEN_HERE)}",
            *(f'put "$incoming/{_SNIPPET}{name}" "$link.{name}"' for name in self._snippets),
            f'mv -f "$incoming/{_MANIFEST}" "$incoming.json" || exit 1',
            f'mv "$incoming" "$releases/{number}" || exit 1',
            f'mv -f "$incoming.json" "$releases/{number}.json" || exit 1',
            f"switch {number} || exit 1",
            *_removal_commands(then),
            "exit 0",  # the site is live; what could not be deleted now is deleted later
        ]
        return "\n".join(lines) + "\n"

    def rollback(self, site: Identity | None = None, agree: Agree | None = None) -> str:
        """Switch to the previous release of this site; returns its name."""
        state, _ = self._read_state()
        refuse_other_site(state.marks.get(state.live or 0), site, self._host.name)
        earlier = [
            n
            for n, mark in state.marks.items()
            if (state.live is None or n < state.live)
            and n in state.whole
            and (site is None or site.is_same(mark.site))
        ]
        if not earlier:
            raise CommandError("There is no earlier release to go back to")
        back = earlier[-1]
        name = f"release {back}"
        if agree:
            agree(EarlierRelease(name, self._manifest(back)))
        self._run(f'{scripts.SWITCH}\nis_ours "$releases/{back}" && switch {back}\n')
        return name

    def _manifest(self, number: int) -> SiteManifest:
        """The manifest of a complete release; empty if it cannot be read."""
        text = self._run(f'head -c {MOST_BYTES + 1} "$releases/{number}.json"\n')
        return SiteManifest.from_json(text) or SiteManifest()

    def _read_state(self) -> tuple[HostState, bytes]:
        """The state of the host, and the manifest of the live release."""
        about, _, manifest = self._run(scripts.STATE).partition(b"manifest\n")
        lines = about.decode("utf-8", "replace").splitlines()
        link = next((line.removeprefix("link ") for line in lines if line.startswith("link ")), "")
        said: dict[str, list[str]] = {}
        for kind, value in (line.split(" ", 1) for line in lines if " " in line):
            said.setdefault(kind, []).append(value)
        numbers = [int(n) for n in said.get("release", ())]
        read = [
            ReleaseMark.from_json(text.encode(), str(number))
            for number, text in zip(numbers, said.get("mark", ()), strict=False)
        ]
        marked = {mark.number: mark for mark in read if mark}
        folders = frozenset(int(n) for n in said.get("folder", ()))
        taken = frozenset(int(n) for n in said.get("taken", ()))
        whole = frozenset(int(n) for n in said.get("whole", ()))
        folder, _, release = link.rpartition("/")
        is_ours = PurePosixPath(folder).name == PurePosixPath(self._folder).name
        number = int(release) if NUMBER.fullmatch(release) else 0
        # Earlier versions left no mark; a folder of theirs has a list of its files beside it.
        is_there = number in marked or (number in folders and number in whole)
        if "foreign" in lines or (link and not (is_ours and (is_there or number not in taken))):
            raise CommandError(
                f"{self._link} on {self._host.name} was not published from here, and was not "
                "changed",
                "Move it to another folder there, "
                "or choose another folder in ward.toml: [publish] path.",
            )
        return HostState(
            number if is_there else None, dict(sorted(marked.items())), whole, taken
        ), manifest

    def _run(self, script: str, **values: str) -> bytes:
        done = self._host.shell(self._named(**values) + scripts.OURS + script)
        if done.returncode:
            raise self._host.error_from(done.stderr)
        return done.stdout

    def _named(self, **values: str) -> str:
        """Assignments of the variables that the scripts use."""
        named = {
            "link": self._link,
            "base": PurePosixPath(self._link).name,
            "releases": self._folder,
            **values,
        }
        assignments = "".join(f"{name}={shlex.quote(value)}\n" for name, value in named.items())
        return f"umask 022\n{assignments}"  # the web server must be able to read it


def _renew_lock(held: subprocess.Popen[bytes], holder: LockHolder) -> None:
    """Renew the lock on the host; if that fails, the next step reports it."""
    if held.stdin:
        with suppress(OSError):
            held.stdin.write(holder.to_json() + b"\n")
            held.stdin.flush()


def _removal_commands(numbers: Iterable[int]) -> Iterator[str]:
    """Shell commands that delete releases; first the manifest, so that no rollback finds a part."""
    for number in sorted(numbers):
        yield f'if is_ours "$releases/{number}"; then rm -f "$releases/{number}.json"; fi'
        yield f'remove "$releases/{number}"'


def _each(command: str, folder: str, names: Sequence[str]) -> Iterator[str]:
    """The command for files in a folder, split so that no line gets too long."""
    for first in range(0, len(names), 200):
        some = (f'"{folder}"/{shlex.quote(name)}' for name in names[first : first + 200])
        yield f"{command} {' '.join(some)}"
