"""Publish to a store with the S3 API: Amazon's own, or one of many others.

The login comes from the environment or ~/.aws, as for Amazon's own tools.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from wardblog.model import PublishSettings
from wardblog.publish.bucket import Bucket, ObjectVersion
from wardblog.publish.identity import Identity
from wardblog.publish.in_place import (
    HOME,
    UNKNOWN,
    locking,
    read_live_manifest,
    recording_progress,
    refuse_foreign,
    stages,
    upload_in_stages,
)
from wardblog.publish.manifest import SiteManifest
from wardblog.publish.plan import PublishPlan, compare
from wardblog.publish.target import (
    Agree,
    CommandError,
    Destination,
    EarlierRelease,
    Hosting,
    refuse_other_site,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Advance

_RELEASES = f"{HOME}/releases.json"


@dataclass(frozen=True, slots=True)
class Release:
    """A published site, and the ETag and version of each of its files."""

    number: int
    manifest: SiteManifest = field(default_factory=SiteManifest)
    marks: Mapping[str, ObjectVersion] = field(default_factory=dict)

    def to_json(self) -> str:
        manifest = self.manifest.to_json().decode()
        return json.dumps({"number": self.number, "manifest": manifest, "marks": self.marks})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Release:
        manifest = SiteManifest.from_json(data["manifest"].encode())
        marks = {str(path): ObjectVersion(*mark) for path, mark in data["marks"].items()}
        return cls(int(data["number"]), manifest or SiteManifest(), marks)


class S3Target:
    """The bucket that `[publish]` names, below its prefix."""

    compresses = False
    verifies = True
    is_slow = False

    def __init__(self, settings: PublishSettings, hosting: Hosting) -> None:
        self._keep = settings.keep
        self._endpoint = settings.endpoint or "Amazon S3"
        self._bucket = Bucket(settings, hosting.redirects)

    def where(self) -> str:
        return self._bucket.where()

    def destination(self) -> Destination:
        return Destination(f"{self.where()} at {self._endpoint}")

    def live(self) -> SiteManifest:
        return read_live_manifest(self._bucket)

    def verify_live(self, live: SiteManifest) -> SiteManifest:
        """Correct the manifest by the bucket's own list, since others may write to it, too."""
        if not live.files:
            return live
        etags, releases = self._bucket.etags(), self._releases()
        marks = releases[-1].marks if releases else {}
        files = dict(live.files)
        for path, entry in live.files.items():
            if path not in etags:
                del files[path]
            elif path in marks and marks[path].etag != etags[path]:
                files[path] = replace(entry, digest=UNKNOWN)
        return replace(live, files=files)

    def locked(self) -> AbstractContextManager[None]:
        return locking(self._bucket)

    def reading(self) -> AbstractContextManager[None]:
        return nullcontext()

    def send(self, staged: Path, plan: PublishPlan, advance: Advance) -> None:
        refuse_foreign(self._bucket, plan, self._bucket.etags() if plan.new else {})
        releases = self._releases()
        if releases:
            self._bucket.marks.update(releases[-1].marks)
        with recording_progress(self._bucket, plan) as live:
            upload_in_stages(self._bucket, staged, plan, live, advance)
            # Files that an interrupted publish had sent already.
            self._bucket.record_versions(
                [p for p in plan.manifest.files if p not in self._bucket.marks]
            )
            # After an interruption at this point, the next publish replaces the same release.
            while releases and releases[-1].manifest.digests == plan.manifest.digests:
                releases.pop()
            number = releases[-1].number + 1 if releases else 1
            self._remember([*releases, self._release(number, plan)])

    def rollback(self, site: Identity | None = None, agree: Agree | None = None) -> str:
        """Restore the files of the previous release from the bucket's earlier versions."""
        with self.locked():
            live, releases = self.live(), self._releases()
            refuse_other_site(live, site, self.where())
            earlier = [r for r in releases[:-1] if site is None or site.is_same(r.manifest.site)]
            if not earlier:
                raise CommandError("There is no earlier release to go back to")
            last, back = releases[-1], earlier[-1]
            name = f"release {back.number}"
            plan = compare(back.manifest, self.verify_live(live), int(time.time()))
            wanted = {path: back.marks.get(path, ObjectVersion("", "")) for path in plan.sent}
            if lost := self._bucket.missing_versions(wanted):
                raise CommandError(
                    f"Earlier versions of files such as {lost[0]} are not kept in {self.where()}",
                    "Turn on versioning in the settings of the bucket: what is published from "
                    "then on can be brought back. This time, correct the content and publish "
                    "again.",
                )
            if agree:
                agree(EarlierRelease(name, back.manifest))
            self._bucket.marks.update(last.marks)
            # In the order of a publish; if interrupted, the next publish sends the files again.
            with recording_progress(self._bucket, plan):
                for stage in stages(plan):
                    self._bucket.restore({path: wanted[path] for path in stage})
                self._bucket.delete(plan.removed)
                before = [r for r in releases if r.number < back.number]
                self._remember([*before, self._release(back.number, plan)])
            return name

    def _release(self, number: int, plan: PublishPlan) -> Release:
        files = plan.manifest.files
        marks = {path: mark for path, mark in self._bucket.marks.items() if path in files}
        return Release(number, plan.manifest, marks)

    def _releases(self) -> list[Release]:
        """The releases that can be brought back, and the live one last."""
        try:
            return [Release.from_json(r) for r in json.loads(self._bucket.read(_RELEASES) or "[]")]
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError, MemoryError):
            return []

    def _remember(self, releases: Sequence[Release]) -> None:
        kept = releases[-self._keep :]
        self._bucket.write(_RELEASES, f"[{', '.join(r.to_json() for r in kept)}]".encode())
