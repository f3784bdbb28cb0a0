"""Publishing file by file, to stores that cannot switch a whole site at once.

The order keeps every visit whole: what pages load comes first, then the pages, then what leads to
them; files that no page names any more stay for a day, and what is gone is taken away last. Before
the first change the store is told what is meant, so that an interrupted publish can be completed.
"""

from __future__ import annotations

import time
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from wardblog.publish.lock import LockHolder, busy, heartbeat, own_lock
from wardblog.publish.manifest import FileEntry, SiteManifest
from wardblog.publish.plan import PublishPlan
from wardblog.publish.target import CommandError
from wardblog.support.progress_bar import Advance

HOME = ".wardblog"
MANIFEST = f"{HOME}/manifest.json"
# What a publish that has not come to its end is about.
UNFINISHED = f"{HOME}/unfinished.json"
LOCK = f"{HOME}/lock"
# No file has these bytes, so the file that has them is always sent again.
UNKNOWN = "unknown"


class FileStore(Protocol):
    """A place that takes files one by one, each of them whole or not at all."""

    def where(self) -> str:
        """Where it is, in words."""

    def read(self, name: str) -> bytes | None:
        """A file of the software's own; None where there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Puts a file of the software's own."""

    def take(self, name: str, content: bytes) -> bool:
        """Puts a file of the software's own that must not be there yet; whether that worked."""

    def put(self, parcel: Path, files: Sequence[tuple[str, FileEntry]], advance: Advance) -> None:
        """Puts files of the site, in any order."""

    def delete(self, names: Sequence[str]) -> None:
        """Takes files away; those that are not there do no harm."""


def read_live_manifest(store: FileStore) -> SiteManifest:
    """What stands in a store, by its own account.

    What an interrupted publish may have put there is of unknown content, so that it is sent again.
    """
    manifest = _read(store, MANIFEST)
    recording_progress = _read(store, UNFINISHED)
    if manifest is None and recording_progress is None:
        if store.read("index.html") is not None:
            raise CommandError(
                f"There is a site in {store.where()} that was not published from here",
                "Empty it, or name another place under [publish] in ward.toml.",
            )
        return SiteManifest()
    manifest = manifest or SiteManifest()
    if recording_progress is None:
        return manifest
    files = {**recording_progress.files, **manifest.files}
    for path, entry in files.items():
        # It may be there, or have been replaced, or be gone already.
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
            f"The list of what is live in {store.where()} cannot be read ({name})",
            "Empty the place: the next publish sends all of the site. Or name another place under "
            "[publish] in ward.toml.",
        )
    return manifest


def refuse_foreign(store: FileStore, plan: PublishPlan, there: Container[str]) -> None:
    """Raises `CommandError` where a file that is to be new is there already, and not ours."""
    taken = next((path for path in plan.new if path in there), "")
    if taken:
        raise CommandError(
            f"There is a file {taken} in {store.where()} that was not published from here",
            "Move it away, or name another place under [publish] in ward.toml.",
        )


def upload(store: FileStore, parcel: Path, plan: PublishPlan, advance: Advance) -> None:
    """Carries a plan out, in an order in which no visit breaks."""
    with recording_progress(store, plan) as live:
        upload_in_stages(store, parcel, plan, live, advance)


def upload_in_stages(
    store: FileStore, parcel: Path, plan: PublishPlan, live: SiteManifest, advance: Advance
) -> None:
    """What `unfinished` is to stand around."""
    files = plan.manifest.files
    store.delete(in_the_way(plan))
    standing = dict(live.files)
    for stage in stages(plan):
        store.put(parcel, [(path, files[path]) for path in stage], advance)
        standing.update({path: files[path] for path in stage})
        # So much of it need not be sent again if the rest fails.
        store.write(MANIFEST, replace(live, files=dict(standing)).to_json())
    store.delete(plan.removed)


def in_the_way(plan: PublishPlan) -> list[str]:
    """Files where folders are to be, and what is in folders where files are to be."""
    sent = set(plan.sent)
    folders = {str(folder) for path in sent for folder in PurePosixPath(path).parents}
    return [
        name
        for name in plan.removed
        if name in folders or any(str(folder) in sent for folder in PurePosixPath(name).parents)
    ]


@contextmanager
def recording_progress(store: FileStore, plan: PublishPlan) -> Iterator[SiteManifest]:
    """Says in the store what is meant, gives what stands there, and says when it is done."""
    live = read_live_manifest(store)
    # What an earlier one may have left there must not be forgotten if this one is cut off, too.
    store.write(MANIFEST, live.to_json())
    store.write(UNFINISHED, plan.manifest.to_json())
    yield live
    store.write(MANIFEST, plan.manifest.to_json())
    store.delete([UNFINISHED])


def stages(plan: PublishPlan) -> Iterator[list[str]]:
    """What is sent, in the order in which it must come: assets, pages, and what leads to them."""
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
    """Keeps others from publishing to the store; a publish that was cut off is taken over from."""
    me = own_lock()
    if not store.take(LOCK, me.to_json()):
        holder = LockHolder.from_json(store.read(LOCK) or b"")
        if holder and not holder.is_over(int(time.time())):
            raise busy(store.where(), holder)
        store.write(LOCK, me.to_json())
        if store.read(LOCK) != me.to_json():
            raise busy(store.where())
    try:
        with heartbeat(lambda: store.write(LOCK, own_lock().to_json())):
            yield
    finally:
        with suppress(CommandError):  # whoever comes next finds out that this one is over
            store.delete([LOCK])
