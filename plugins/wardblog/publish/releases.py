"""Releases beside each other on another host, made there with rsync, and a link that is switched.

The same as in a folder of one's own: a whole new release shares all unchanged files with the live
one, and becomes live by a rename. Only what changed is sent.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wardblog.progress import Advance
from wardblog.publish.host import Host
from wardblog.publish.lock import Holder, beating, busy, this_publish
from wardblog.publish.manifest import Manifest
from wardblog.publish.plan import Plan
from wardblog.publish.target import NextRelease, Refused

# What comes with the files, and is no part of the site.
_MANIFEST = ".manifest"
_SNIPPET = ".snippet-"
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")

_STATE = """\
if [ -L "$link" ]; then echo "link $(readlink "$link")"
elif [ -d "$link" ]; then [ -z "$(ls -A "$link")" ] || echo foreign
elif [ -e "$link" ]; then echo foreign
fi
for one in "$releases"/*/; do
  one=${one%/}
  if [ -d "$one" ]; then echo "release ${one##*/}"; fi
done
for one in "$releases"/*.json; do
  one=${one##*/}; if [ -e "$releases/$one" ]; then echo "whole ${one%.json}"; fi
done
if [ -L "$link" ]; then
  live=$(readlink "$link")
  echo manifest
  cat "$releases/${live##*/}.json" 2>/dev/null
fi
exit 0
"""
# The lock is held as long as the input lasts, so that it ends with the connection.
_HOLD = """\
mkdir -p "$releases" || exit 1
mine="$releases/.lock-$$"
trap 'rm -f "$mine"' EXIT
printf '%s' "$me" > "$mine" || exit 1
# A second name for a file is given whole, or not at all.
if ! ln "$mine" "$releases/.lock"; then
  [ -e "$releases/.lock" ] || exit 1
  echo "held $(cat "$releases/.lock")"
  exit 0
fi
# The lock is never written to, only replaced: nobody reads half of it.
rm -f "$mine"
trap 'rm -f "$mine" "$releases/.lock"' EXIT
trap 'exit 1' HUP INT TERM
echo alone
while read -r me; do
  printf '%s' "$me" > "$mine" && mv -f "$mine" "$releases/.lock"
done
"""
_BREAK = """\
rm -f "$releases/.lock"
"""
_BEGIN = """\
rm -rf "$releases"/incoming-*
mkdir "$incoming" || exit 1
if [ -n "$live" ]; then
  rsync -a --link-dest="../$live" "$releases/$live/" "$incoming/" || exit 1
fi
"""
_TIDY = """\
find "$incoming" -depth -type d -empty -exec rmdir {} \\; 2>/dev/null
mkdir -p "$incoming"
"""
# GNU and busybox rename over a link with -T, the BSDs and macOS with -h.
_SWITCH = """\
switch() {
  rm -f "$link.new"
  ln -s "$base.releases/$1" "$link.new" || return 1
  if [ -d "$link" ] && [ ! -L "$link" ]; then rmdir "$link" || return 1; fi
  mv -T -f "$link.new" "$link" 2>/dev/null || mv -h -f "$link.new" "$link"
}
"""


@dataclass(frozen=True, slots=True)
class State:
    """What a host has: its live release, if any, all of them, and those that are whole."""

    live: int | None
    numbers: tuple[int, ...]
    whole: frozenset[int] = frozenset()


class Releases:
    """`path` on the host is a link into `<path>.releases` beside it."""

    def __init__(self, host: Host, path: str, keep: int, snippets: Mapping[str, str]) -> None:
        self._host = host
        self._link = path
        self._folder = f"{path}.releases"
        self._keep = keep
        self._snippets = snippets
        # As `live` found it.
        self._state = State(None, ())

    def can_be_made(self) -> bool:
        """Whether the host runs a shell, and has rsync."""
        done = self._host.shell("echo wardblog; command -v rsync\n")
        said = done.stdout.decode("utf-8", "replace").split()
        return said[:1] == ["wardblog"] and len(said) > 1

    def live(self) -> Manifest:
        self._state, manifest = self._look()
        if self._state.live is None:
            return Manifest()
        read = Manifest.from_json(manifest)
        if read is None:
            raise Refused(
                f"The list of what is live on {self._host.name} cannot be read",
                f"Move {self._link} and {self._folder} away there; the next publish sends all.",
            )
        return read

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Holds the lock through a connection of its own, which ends when this process does."""
        held = self._hold()
        if held is None:
            self._run(_BREAK)
            held = self._hold()
        if held is None:
            raise busy(self._host.name)
        with held:
            try:
                with beating(lambda: _say(held, this_publish())):
                    yield
            finally:
                held.communicate()

    def _hold(self) -> subprocess.Popen[bytes] | None:
        """The process that holds the lock; None where one that is over has left it."""
        me = this_publish().to_json().decode()
        held = self._host.holding(self._named(me=me) + _HOLD)
        said = held.stdout.readline().decode("utf-8", "replace") if held.stdout else ""
        if said == "alone\n":
            return held
        _, errors = held.communicate()
        if not said.startswith("held "):
            raise self._host.trouble(errors)
        holder = Holder.from_json(said.removeprefix("held ").encode())
        if holder and not holder.is_over(int(time.time())):
            raise busy(self._host.name, holder)
        return None

    def send(self, parcel: Path, plan: Plan, advance: Advance) -> None:
        state, files = self._state, plan.manifest.files
        release = NextRelease.of(state.numbers, state.live, self._keep)
        incoming = f"{self._folder}/incoming-{os.getpid()}"
        known = {"incoming": incoming, "live": str(state.live or "")}
        clearing = _each("rm -f --", "$incoming", plan.removed)
        self._run("\n".join((*_forgetting(release.first), _BEGIN, *clearing, _TIDY)), **known)
        (parcel / _MANIFEST).write_bytes(plan.manifest.to_json())
        for name, text in self._snippets.items():
            (parcel / f"{_SNIPPET}{name}").write_text(text, encoding="utf-8")

        def arrived(line: str) -> None:
            if line in files:
                advance(files[line].size)

        # Old versions of rsync would take a name with spaces apart.
        protects = [] if _PLAIN.fullmatch(incoming) else ["--protect-args"]
        there = f"{self._host.name}:{incoming}/"
        rsync = ["rsync", "-rpt", *protects, "--chmod=D755,F644", "--out-format=%n"]
        self._host.run([*rsync, f"{parcel}/", there], heard=arrived)
        self._run(self._finish(release), **known)

    def _finish(self, release: NextRelease) -> str:
        """The script that makes what was sent the live release."""
        number = release.number
        lines = [
            _SWITCH,
            f'[ ! -e "$releases/{number}" ] || exit 1',
            *(f'mv -f "$incoming/{_SNIPPET}{name}" "$link.{name}"' for name in self._snippets),
            f'mv -f "$incoming/{_MANIFEST}" "$incoming.json" || exit 1',
            f'mv "$incoming" "$releases/{number}" || exit 1',
            f'mv -f "$incoming.json" "$releases/{number}.json" || exit 1',
            f"switch {number} || exit 1",
            *_forgetting(release.then),
            "exit 0",  # the site is live; what could not be taken away goes another time
        ]
        return "\n".join(lines) + "\n"

    def rollback(self) -> str:
        """Switches to the release before the live one; returns its name."""
        state, _ = self._look()
        earlier = [
            n for n in state.numbers if (state.live is None or n < state.live) and n in state.whole
        ]
        if not earlier:
            raise Refused("There is no earlier release to go back to")
        self._run(f"{_SWITCH}\nswitch {earlier[-1]}\n")
        return f"release {earlier[-1]}"

    def _look(self) -> tuple[State, bytes]:
        """What the host has, and the manifest of what is live."""
        about, _, manifest = self._run(_STATE).partition(b"manifest\n")
        lines = about.decode("utf-8", "replace").splitlines()
        link = next((line.removeprefix("link ") for line in lines if line.startswith("link ")), "")
        words = [line.split(" ", 1) for line in lines]
        numbers = sorted(int(w[1]) for w in words if w[0] == "release" and w[1].isdecimal())
        folder, _, release = link.rpartition("/")
        is_ours = PurePosixPath(folder).name == PurePosixPath(self._folder).name
        if "foreign" in lines or (link and not (is_ours and release.isdecimal())):
            raise Refused(
                f"{self._link} on {self._host.name} was not published from here, and was left "
                "as it is",
                "Move it away there, or name another folder in ward.toml: [publish] path.",
            )
        live = int(release) if link and int(release) in numbers else None
        whole = frozenset(int(w[1]) for w in words if w[0] == "whole" and w[1].isdecimal())
        return State(live, tuple(numbers), whole), manifest

    def _run(self, script: str, **values: str) -> bytes:
        done = self._host.shell(self._named(**values) + script)
        if done.returncode:
            raise self._host.trouble(done.stderr)
        return done.stdout

    def _named(self, **values: str) -> str:
        """The names that the scripts use."""
        named = {
            "link": self._link,
            "base": PurePosixPath(self._link).name,
            "releases": self._folder,
            **values,
        }
        told = "".join(f"{name}={shlex.quote(value)}\n" for name, value in named.items())
        return f"umask 022\n{told}"  # a web server has to read it


def _say(held: subprocess.Popen[bytes], holder: Holder) -> None:
    """Tells the host who is publishing; that it cannot be told is found out by the next step."""
    if held.stdin:
        with suppress(OSError):
            held.stdin.write(holder.to_json() + b"\n")
            held.stdin.flush()


def _forgetting(numbers: Iterable[int]) -> Iterator[str]:
    """A release without its manifest is none, so that half of one is never brought back."""
    for number in sorted(numbers):
        yield f'rm -f "$releases/{number}.json"'
        yield f'rm -rf "$releases/{number}"'


def _each(command: str, folder: str, names: Sequence[str]) -> Iterator[str]:
    """The command with the names below a folder, so many at a time that no line is too long."""
    for first in range(0, len(names), 200):
        some = (f'"{folder}"/{shlex.quote(name)}' for name in names[first : first + 200])
        yield f"{command} {' '.join(some)}"
