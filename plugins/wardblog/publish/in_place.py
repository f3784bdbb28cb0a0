"""Publish file by file to stores that cannot switch a whole site at once.

The order keeps the site usable at all times: first the files that pages load, then the pages, then
the lists and feeds that link to them. Files that no page uses any more stay for a day, and removed
files are deleted last. The plan is written to the store first, so that an interrupted publish can
be completed.
"""

from __future__ import annotations

import time
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from wardblog.publish.lock import LockHolder, already_publishing, heartbeat, own_lock
from wardblog.publish.manifest import FileEntry, SiteManifest
from wardblog.publish.plan import PublishPlan
from wardblog.publish.target import CommandError
from wardblog.support.progress_bar import Advance

HOME = ".wardblog"
MANIFEST = f"{HOME}/manifest.json"
# The manifest of a publish that is not finished.
UNFINISHED = f"{HOME}/unfinished.json"
LOCK = f"{HOME}/lock"
# A digest that no file has, so that a file with unknown content is always sent again.
UNKNOWN = "unknown"


class FileStore(Protocol):
    """A place that stores files one by one, each of them completely or not at all."""

    def where(self) -> str:
        """Where the store is, in words."""

    def read(self, name: str) -> bytes | None:
        """A file of the software's own; None if it does not exist."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file of the software's own."""

    def create(self, name: str, content: bytes) -> bool:
        """Create a file of the software's own; false if it exists already."""

    def put(self, staged: Path, files: Sequence[tuple[str, FileEntry]], advance: Advance) -> None:
        """Store files of the site, in any order."""

    def delete(self, names: Sequence[str]) -> None:
        """Delete files; those that do not exist are ignored."""


def read_live_manifest(store: FileStore) -> SiteManifest:
    """The manifest of the live site, as the store has it.

    Files that an interrupted publish may have changed get an unknown digest, and are sent again.
    """
    manifest = _read(store, MANIFEST)
    recording_progress = _read(store, UNFINISHED)
    if manifest is None and recording_progress is None:
        if store.read("index.html") is not None:
            raise CommandError(
                f"There is a site in {store.where()} that was not published from here",
                "Empty it, or choose another place under [publish] in ward.toml.",
            )
        return SiteManifest()
    manifest = manifest or SiteManifest()
    if recording_progress is None:
        return manifest
    files = {**recording_progress.files, **manifest.files}
    for path, entry in files.items():
        # The file may be unchanged, replaced or deleted already.
        if manifest.files.get(path) != recording_progress.files.get(path):
            files[path] = replace(entry, digest=UNKNOWN)
    return replace(manifest, files=files, site=manifest.site or recording_progress.site)


def _read(store: FileStore, name: str) -> SiteManifest | None:
    text = store.read(name)
    if text is None:
        return None
    manifest = SiteManifest.from_json(text)
    if manifest is None:
        raise CommandError(
            f"The list of published files in {store.where()} cannot be read ({name})",
            "Empty that place, so that the next publish sends the whole site, "
            "or choose another place under [publish] in ward.toml.",
        )
    return manifest


def refuse_foreign(store: FileStore, plan: PublishPlan, there: Container[str]) -> None:
    """Raises `CommandError` if a new file would replace one that somebody else put there."""
    taken = next((path for path in plan.new if path in there), "")
    if taken:
        raise CommandError(
            f"There is a file {taken} in {store.where()} that was not published from here",
            "Move it away, or choose another place under [publish] in ward.toml.",
        )


def upload(store: FileStore, staged: Path, plan: PublishPlan, advance: Advance) -> None:
    """Carry out a plan, in an order that keeps the site usable at all times."""
    with recording_progress(store, plan) as live:
        upload_in_stages(store, staged, plan, live, advance)


def upload_in_stages(
    store: FileStore, staged: Path, plan: PublishPlan, live: SiteManifest, advance: Advance
) -> None:
    """Send and delete the files of a plan; call it inside `recording_progress`."""
    files = plan.manifest.files
    store.delete(blocking_names(plan))
    stored = dict(live.files)
    for stage in stages(plan):
        store.put(staged, [(path, files[path]) for path in stage], advance)
        stored.update({path: files[path] for path in stage})
        # This much need not be sent again if the rest fails.
        store.write(MANIFEST, replace(live, files=dict(stored)).to_json())
    store.delete(plan.removed)


def blocking_names(plan: PublishPlan) -> list[str]:
    """Removed files whose names are now folders, and files in folders whose names are now files."""
    sent = set(plan.sent)
    folders = {str(folder) for path in sent for folder in PurePosixPath(path).parents}
    return [
        name
        for name in plan.removed
        if name in folders or any(str(folder) in sent for folder in PurePosixPath(name).parents)
    ]


@contextmanager
def recording_progress(store: FileStore, plan: PublishPlan) -> Iterator[SiteManifest]:
    """Record the plan in the store, yield the live manifest, and record when the plan is done."""
    live = read_live_manifest(store)
    # Keeps what an earlier interrupted publish left, in case this one is interrupted as well.
    store.write(MANIFEST, live.to_json())
    store.write(UNFINISHED, plan.manifest.to_json())
    yield live
    store.write(MANIFEST, plan.manifest.to_json())
    store.delete([UNFINISHED])


def stages(plan: PublishPlan) -> Iterator[list[str]]:
    """The files to send, in the order in which they must be sent: assets, pages, then lists."""
    assets, pages, lists = [], [], []
    for path in plan.sent:
        if plan.manifest.files[path].is_list:
            lists.append(path)
        elif path.endswith(".html"):
            pages.append(path)
        else:
            assets.append(path)
    yield from (stage for stage in (assets, pages, lists) if stage)


@contextmanager
def locking(store: FileStore) -> Iterator[None]:
    """Hold the lock of the store; the lock of an interrupted publish is taken over."""
    me = own_lock()
    if not store.create(LOCK, me.to_json()):
        holder = LockHolder.from_json(store.read(LOCK) or b"")
        if holder and not holder.is_over(int(time.time())):
            raise already_publishing(store.where(), holder)
        store.write(LOCK, me.to_json())
        if store.read(LOCK) != me.to_json():
            raise already_publishing(store.where())
    try:
        with heartbeat(lambda: store.write(LOCK, own_lock().to_json())):
            yield
    finally:
        with suppress(CommandError):  # the next publish finds out that this one has ended
            store.delete([LOCK])
