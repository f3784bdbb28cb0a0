"""Publishing to a folder: releases beside each other, and a link that is switched by rename.

A visitor therefore sees the old site or the new one, never half of one; and yesterday's is a
switch of the link away.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from wardblog.publish.plan import Plan, compare
from wardblog.publish.target import Refused

KEEP = 5
# What the web server may send with each page, a line each.
HEADERS = ".headers.txt"


class FolderTarget:
    """The folder that `[publish] path` names: a link into `<path>.releases` beside it."""

    def __init__(self, path: str, headers: Mapping[str, str] = MappingProxyType({})) -> None:
        self._headers = headers
        try:
            self.link = Path(path).expanduser()
        except RuntimeError:
            raise Refused(f"There is no home folder as in {path}") from None
        self.releases = self.link.with_name(self.link.name + ".releases")

    def plan(self, site: Path) -> Plan:
        self._check()
        return compare(site, self.link)

    def publish(self, site: Path, plan: Plan) -> None:
        """Puts a whole release beside the live one, then switches; unchanged files are shared."""
        self._check()
        self.releases.mkdir(parents=True, exist_ok=True)
        incoming = self.releases / "incoming"
        if incoming.exists():
            shutil.rmtree(incoming)  # what an interrupted publish left
        incoming.mkdir()
        for path in (*plan.new, *plan.changed):
            target = incoming / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(site / path, target)
        for path in plan.same:
            target = incoming / path
            target.parent.mkdir(parents=True, exist_ok=True)
            _share(self.link / path, target)
        numbers, live = self._numbers(), self._live()
        release = self.releases / str(max(numbers, default=0) + 1)
        incoming.rename(release)
        self._switch(release)
        self._write_headers()
        # Releases that were taken back are not what a later rollback should find.
        taken_back = [n for n in numbers if live is not None and n > live]
        kept = [n for n in numbers if n not in taken_back][-(KEEP - 1) :]
        for number in set(numbers) - set(kept):
            shutil.rmtree(self.releases / str(number))

    def rollback(self) -> str:
        """Switches to the release before the live one; returns its name."""
        self._check()
        live = self._live()
        earlier = [n for n in self._numbers() if live is not None and n < live]
        if not earlier:
            raise Refused("There is no earlier release to go back to")
        self._switch(self.releases / str(earlier[-1]))
        return str(earlier[-1])

    def where(self) -> str:
        return f"the folder {self.link.as_posix()}"

    def _write_headers(self) -> None:
        """Beside the site, where no visitor reads it, for whoever sets up the web server."""
        if not self._headers:
            return
        lines = "".join(f"{name}: {value}\n" for name, value in self._headers.items())
        beside = self.link.with_name(f".{self.link.name}{HEADERS}.new")
        beside.write_text(lines, encoding="utf-8")
        beside.replace(self.link.with_name(self.link.name + HEADERS))

    def _check(self) -> None:
        """Refuses to replace a folder that is not of our making."""
        if self.link.is_symlink() or not self.link.exists():
            return
        if self.link.is_dir() and not any(self.link.iterdir()):
            return
        raise Refused(
            f"{self.link} has files that were not published from here, and was left as it is",
            "Move it away, or name another folder in ward.toml: [publish] path.",
        )

    def _numbers(self) -> list[int]:
        if not self.releases.is_dir():
            return []
        return sorted(int(p.name) for p in self.releases.iterdir() if p.name.isdecimal())

    def _live(self) -> int | None:
        name = self.link.readlink().name if self.link.is_symlink() else ""
        return int(name) if name.isdecimal() else None

    def _switch(self, release: Path) -> None:
        if not self.link.is_symlink() and self.link.is_dir():
            self.link.rmdir()
        beside = self.link.with_name(f".{self.link.name}.new")
        beside.unlink(missing_ok=True)
        beside.symlink_to(Path(self.releases.name) / release.name)
        beside.replace(self.link)


def _share(source: Path, target: Path) -> None:
    """The same file under two names, where the disk can do that; otherwise a copy."""
    try:
        target.hardlink_to(source.resolve())
    except OSError:
        shutil.copy2(source, target)
