"""Publish to a host by ssh: with rsync and a switch of releases, or by SFTP file by file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from wardblog.model import PublishSettings
from wardblog.publish.host import Host
from wardblog.publish.identity import Identity
from wardblog.publish.in_place import locking, read_live_manifest, refuse_foreign, upload
from wardblog.publish.manifest import SiteManifest
from wardblog.publish.plan import PublishPlan
from wardblog.publish.releases import RemoteReleases
from wardblog.publish.sftp import Sftp
from wardblog.publish.target import Agree, CommandError, Destination, Hosting
from wardblog.support.progress_bar import Advance


class SshTarget:
    """The folder on a host that `[publish]` names."""

    compresses = True
    verifies = True
    is_slow = False

    def __init__(self, settings: PublishSettings, hosting: Hosting) -> None:
        self._host = Host(settings)
        path = settings.path.removeprefix("~/").rstrip("/")
        self._path = path
        self._releases = RemoteReleases(self._host, path, settings.keep, hosting.snippets)
        self._sftp = Sftp(self._host, path)

    def where(self) -> str:
        return f"{self._host.name}:{self._path}"

    def destination(self) -> Destination:
        return Destination(self.where())

    @cached_property
    def _has_rsync(self) -> bool:
        """Whether the host runs commands and has rsync; many only accept files."""
        return self._releases.is_supported()

    def live(self) -> SiteManifest:
        return self._releases.live() if self._has_rsync else read_live_manifest(self._sftp)

    def verify_live(self, live: SiteManifest) -> SiteManifest:
        return live

    @contextmanager
    def reading(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._host.close()

    @contextmanager
    def locked(self) -> Iterator[None]:
        try:
            with self._releases.locked() if self._has_rsync else locking(self._sftp):
                yield
        finally:
            self._host.close()

    def send(self, staged: Path, plan: PublishPlan, advance: Advance) -> None:
        if self._has_rsync:
            self._releases.send(staged, plan, advance)
        else:
            if not read_live_manifest(self._sftp).files:
                top = self._sftp.taken()
                refuse_foreign(self._sftp, plan, {p for p in plan.new if p.split("/")[0] in top})
            upload(self._sftp, staged, plan, advance)

    def rollback(self, site: Identity | None = None, agree: Agree | None = None) -> str:
        with self.locked():
            if self._has_rsync:
                return self._releases.rollback(site, agree)
            raise CommandError(
                f"{self._host.name} only stores files one by one, and keeps no earlier releases",
                "Restore the content, and publish it again.",
            )
