"""Publishing to a folder: releases beside each other, and a link that is switched by rename.

A visitor therefore sees the old site or the new one, never half of one; and yesterday's is a
switch of the link away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from wardblog.model import PublishSettings
from wardblog.progress import Advance
from wardblog.publish.lock import busy
from wardblog.publish.manifest import Manifest, files_below, names_of, survey
from wardblog.publish.plan import Plan
from wardblog.publish.target import Hosting, NextRelease, Refused

_INCOMING = "incoming-"


class FolderTarget:
    """The folder that `[publish] path` names: a link into `<path>.releases` beside it."""

    packs = True
    verifies = False
    is_slow = False

    def __init__(self, settings: PublishSettings, hosting: Hosting) -> None:
        self._keep = settings.keep
        self._snippets = hosting.snippets
        try:
            self.link = Path(settings.path).expanduser()
        except RuntimeError:
            raise Refused(f"There is no home folder as in {settings.path}") from None
        self.releases = self.link.with_name(self.link.name + ".releases")

    def where(self) -> str:
        return f"the folder {self.link.as_posix()}"

    def live(self) -> Manifest:
        self._check()
        number = self._live()
        if number is None:
            return Manifest()
        try:
            kept = Manifest.from_json(self._manifest(number).read_bytes())
        except OSError:
            kept = None
        return self._present(kept) if kept else self._found()

    def _present(self, manifest: Manifest) -> Manifest:
        """What of a manifest is true: a file that somebody changed since is not the one we put."""

        def is_there(path: str) -> bool:
            entry = manifest.files[path]
            try:
                statuses = [(self.link / name).stat() for name in names_of(path, entry)]
            except OSError:
                return False
            sized = statuses[0].st_size == entry.size
            return sized and all(int(s.st_mtime) == entry.mtime for s in statuses)

        files = {path: entry for path, entry in manifest.files.items() if is_there(path)}
        return Manifest(files, {p: at for p, at in manifest.retired.items() if p in files})

    def _found(self) -> Manifest:
        """A release without a manifest, as earlier versions made them."""
        return survey(self.link, files_below(self.link), packs=False)

    def confirmed(self, live: Manifest) -> Manifest:
        return live

    def looking(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def alone(self) -> Iterator[None]:
        self._check()
        self.releases.mkdir(parents=True, exist_ok=True)
        self.releases.chmod(0o755)
        lock = FileLock(self.releases / ".lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise busy(self.where()) from None
        with lock:
            yield

    def send(self, parcel: Path, plan: Plan, advance: Advance) -> None:
        """Puts a whole release beside the live one, then switches; unchanged files are shared."""
        for left in self.releases.glob(f"{_INCOMING}*"):
            shutil.rmtree(left)  # what an interrupted publish left
        release = NextRelease.of(self._numbers(), self._live(), self._keep)
        self._forget(release.first)
        incoming = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self.releases))
        try:
            self._fill(incoming, parcel, plan, advance)
            self._write_snippets()
            os.sync()  # a power cut after the switch must not find files without their bytes
            incoming.rename(self.releases / str(release.number))
            self._manifest(release.number).write_bytes(plan.manifest.to_json())
        except BaseException:
            shutil.rmtree(incoming, ignore_errors=True)
            raise
        self._switch(release.number)
        with suppress(OSError):  # the site is live; the next publish tries again
            self._forget(release.then)

    def _forget(self, numbers: Iterable[int]) -> None:
        """A release without its manifest is none, so that half of one is never brought back."""
        for number in numbers:
            self._manifest(number).unlink(missing_ok=True)
            shutil.rmtree(self.releases / str(number))

    def _manifest(self, number: int) -> Path:
        return self.releases / f"{number}.json"

    def _fill(self, incoming: Path, parcel: Path, plan: Plan, advance: Advance) -> None:
        files = plan.manifest.files
        for folder in sorted({(incoming / path).parent for path in files}):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (incoming, *(p for p in incoming.rglob("*") if p.is_dir())):
            folder.chmod(0o755)  # whatever this user's habit is: a web server has to read them
        for path in plan.sent:
            for name in names_of(path, files[path]):
                shutil.move(parcel / name, incoming / name)
            advance(files[path].size)
        live = self.link.resolve()
        for path in (*plan.same, *plan.kept):
            for name in names_of(path, files[path]):
                _share(f"{live}/{name}", f"{incoming}/{name}")

    def rollback(self) -> str:
        """Switches to the release before the live one; returns its name."""
        with self.alone():
            live = self._live()
            earlier = [
                n
                for n in self._numbers()
                if (live is None or n < live) and self._manifest(n).is_file()
            ]
            if not earlier:
                raise Refused("There is no earlier release to go back to")
            self._switch(earlier[-1])
            return f"release {earlier[-1]}"

    def _write_snippets(self) -> None:
        """Beside the site, where no visitor reads them, for whoever sets up the web server."""
        for name, text in self._snippets.items():
            target = self.link.with_name(f"{self.link.name}.{name}")
            with suppress(OSError):
                if target.read_text(encoding="utf-8") == text:
                    continue
            beside = target.with_name(f".{target.name}.new")
            beside.write_text(text, encoding="utf-8")
            beside.replace(target)

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
        return sorted(
            int(p.name) for p in self.releases.iterdir() if p.name.isdecimal() and p.is_dir()
        )

    def _live(self) -> int | None:
        """The number of the release that the link leads to."""
        if not self.link.is_symlink():
            return None
        leads_to = self.link.parent / self.link.readlink()
        is_ours = leads_to.parent.resolve() == self.releases.resolve()
        if not is_ours or not leads_to.name.isdecimal():
            raise Refused(
                f"{self.link} is a link to {self.link.readlink()}, and was left as it is",
                "Move it away, or name another folder in ward.toml: [publish] path.",
            )
        return int(leads_to.name) if leads_to.is_dir() else None

    def _switch(self, release: int) -> None:
        if not self.link.is_symlink() and self.link.is_dir():
            self.link.rmdir()
        beside = self.link.with_name(f".{self.link.name}.new")
        beside.unlink(missing_ok=True)
        beside.symlink_to(Path(self.releases.name) / str(release))
        beside.replace(self.link)


def _share(source: str, target: str) -> None:
    """The same file under two names, where the disk can do that; otherwise a copy."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, target)
