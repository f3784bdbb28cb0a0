"""Publish to a folder: releases beside each other, and a link that is switched by a rename.

Visitors see either the old site or the new one, never a mixture, and a rollback only switches the
link.
"""

from __future__ import annotations

import os
import shutil
import stat
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from wardblog.model import PublishSettings
from wardblog.publish.identity import Identity
from wardblog.publish.lock import already_publishing
from wardblog.publish.manifest import SiteManifest, build_manifest, files_below, stored_names
from wardblog.publish.plan import PublishPlan
from wardblog.publish.release_mark import NUMBER
from wardblog.publish.releases_folder import RELEASES, ReleasesFolder
from wardblog.publish.target import (
    WRITTEN_HERE,
    Agree,
    CommandError,
    Destination,
    EarlierRelease,
    Hosting,
    NextRelease,
    refuse_other_site,
)
from wardblog.support.progress_bar import Advance


class FolderTarget:
    """The folder `[publish] path`, a link into `<path>.releases` beside it."""

    compresses = True
    verifies = False
    is_slow = False

    def __init__(self, settings: PublishSettings, hosting: Hosting) -> None:
        self._keep = settings.keep
        self._snippets = hosting.snippets
        try:
            self.link = Path(settings.path).expanduser()
        except RuntimeError:
            raise CommandError(f"There is no home folder for {settings.path}") from None
        self._releases = ReleasesFolder(self.link.with_name(self.link.name + RELEASES))

    def where(self) -> str:
        return f"the folder {self.link.as_posix()}"

    def destination(self) -> Destination:
        # The last part may be our own link to the live release.
        whole = self.link.parent.resolve() / self.link.name
        return Destination(f"the folder {whole.as_posix()}", is_own=Path.cwd() in whole.parents)

    def live(self) -> SiteManifest:
        self._check()
        number = self._live()
        if number is None:
            return SiteManifest()
        kept = self._releases.manifest(number)
        if kept:
            return self._present(kept)
        mark = self._releases.mark_of(number)
        return replace(self._without_manifest(), site=mark.site if mark else None)

    def _present(self, manifest: SiteManifest) -> SiteManifest:
        """The manifest without files that somebody else has changed or deleted since."""

        def is_there(path: str) -> bool:
            entry = manifest.files[path]
            try:
                statuses = [(self.link / name).lstat() for name in stored_names(path, entry)]
            except OSError:
                return False
            if not all(stat.S_ISREG(s.st_mode) for s in statuses):
                return False
            sized = statuses[0].st_size == entry.size
            return sized and all(int(s.st_mtime) == entry.mtime for s in statuses)

        files = {path: entry for path, entry in manifest.files.items() if is_there(path)}
        retired = {p: at for p, at in manifest.retired.items() if p in files}
        return replace(manifest, files=files, retired=retired)

    def _without_manifest(self) -> SiteManifest:
        """The files of a live release whose manifest cannot be read."""
        return build_manifest(self.link, dict.fromkeys(files_below(self.link)), compresses=False)

    def verify_live(self, live: SiteManifest) -> SiteManifest:
        return live

    def reading(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def locked(self) -> Iterator[None]:
        self._check()
        is_new = self._releases.make()
        lock = FileLock(self._releases.lock, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise already_publishing(self.where()) from None
        try:
            self._releases.adopt()
            yield
        finally:
            lock.release()
            if is_new:
                self._releases.unmake()

    def send(self, staged: Path, plan: PublishPlan, advance: Advance) -> None:
        """Put a complete release beside the live one, then switch; share unchanged files."""
        releases = self._releases
        releases.sweep()
        release = NextRelease.of(list(releases.all()), self._live(), self._keep)
        for number in release.first:
            releases.forget(number)
        number = releases.free(release.number)
        incoming = releases.begin(number, plan.manifest.site)
        try:
            self._fill(incoming, staged, plan, advance)
            self._write_snippets()
            if hasattr(os, "sync"):
                os.sync()  # so that a power cut after the switch cannot lose the content of files
            incoming.rename(releases.folder(number))
            releases.manifest_file(number).write_bytes(plan.manifest.to_json())
        except BaseException:
            releases.discard(incoming)
            raise
        self._switch(number)
        with suppress(OSError):  # the site is live; the next publish tries again
            for number in release.then:
                releases.forget(number)

    def _fill(self, incoming: Path, staged: Path, plan: PublishPlan, advance: Advance) -> None:
        files = plan.manifest.files
        for folder in sorted({(incoming / path).parent for path in files}):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (incoming, *(p for p in incoming.rglob("*") if p.is_dir())):
            folder.chmod(0o755)  # whatever the umask, since the web server must read them
        for path in plan.sent:
            for name in stored_names(path, files[path]):
                shutil.move(staged / name, incoming / name)
            advance(files[path].size)
        live = self.link.resolve()
        for path in (*plan.same, *plan.kept):
            for name in stored_names(path, files[path]):
                _share(f"{live}/{name}", f"{incoming}/{name}")
        self._keep_foreign(incoming)

    def _keep_foreign(self, incoming: Path) -> None:
        """Keep files that somebody else put into the live site, unless ours have the same name."""
        if not (number := self._live()):
            return
        live = self._releases.folder(number)
        for name in self._releases.foreign(number):
            with suppress(FileExistsError, NotADirectoryError):  # a file of ours is in its place
                for folder in [*PurePosixPath(name).parents][-2::-1]:
                    if not (incoming / folder).is_dir():
                        (incoming / folder).mkdir()
                        shutil.copymode(live / folder, incoming / folder)
                if not os.path.lexists(incoming / name):
                    _share(f"{live}/{name}", f"{incoming}/{name}")

    def rollback(self, site: Identity | None = None, agree: Agree | None = None) -> str:
        """Switch to the previous release of this site; returns its name."""
        with self.locked():
            live, marks = self._live(), self._releases.all()
            refuse_other_site(marks.get(live or 0), site, self.where())
            earlier = [
                n
                for n, mark in marks.items()
                if (live is None or n < live)
                and (site is None or site.is_same(mark.site))
                and self._releases.manifest(n)
            ]
            if not earlier:
                raise CommandError("There is no earlier release to go back to")
            back = earlier[-1]
            name = f"release {back}"
            if agree:
                agree(EarlierRelease(name, self._releases.manifest(back) or SiteManifest()))
            self._switch(back)
            return name

    def _switch(self, number: int) -> None:
        self._releases.switch(self.link, number)

    def _write_snippets(self) -> None:
        """Write web server settings beside the site, where visitors cannot read them."""
        for name, text in self._snippets.items():
            target = self.link.with_name(f"{self.link.name}.{name}")
            if os.path.lexists(target):
                before = "" if target.is_symlink() else target.read_text("utf-8", "replace")
                if before == text or WRITTEN_HERE not in before:
                    continue  # the same, or somebody else's
            beside = self._releases.path / f".{name}-{uuid.uuid4().hex}"
            beside.write_text(text, encoding="utf-8")
            beside.replace(target)

    def _check(self) -> None:
        """Refuse to replace a folder that was not published from here."""
        self._releases.check()
        if self.link.is_symlink() or not self.link.exists():
            return
        if self.link.is_dir() and not any(self.link.iterdir()):
            return
        raise CommandError(
            f"{self.link} has files that were not published from here, and was not changed",
            "Move it away, or choose another folder in ward.toml: [publish] path.",
        )

    def _live(self) -> int | None:
        """The number of the live release; None before the first publish."""
        if not self.link.is_symlink():
            return None
        leads_to = self.link.parent / self.link.readlink()
        folder = self._releases.path
        is_ours = leads_to.parent.resolve() == folder.resolve() and not folder.is_symlink()
        if is_ours and NUMBER.fullmatch(leads_to.name):
            number = int(leads_to.name)
            if not os.path.lexists(leads_to):
                return None
            # Earlier versions left no mark; a folder of theirs has a list of its files beside it.
            if self._releases.mark_of(number) or (
                self._releases.manifest(number) and not leads_to.is_symlink()
            ):
                return number
        raise CommandError(
            f"{self.link} is a link to {self.link.readlink()}, and was not changed",
            "Move it away, or choose another folder in ward.toml: [publish] path.",
        )


def _share(source: str, target: str) -> None:
    """Create a hard link, or a copy if the disk does not support hard links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
