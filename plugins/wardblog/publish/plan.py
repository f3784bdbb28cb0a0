"""What a publish would do: the new site compared with the one that residents see."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wardblog.model.addresses import is_hashed
from wardblog.publish.manifest import FileEntry, SiteManifest, names_of
from wardblog.text.words import counted, sized

# How long a file that no page names any more is kept for those who have an older page open, and
# for caches that still hand one out, in seconds.
GRACE = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPlan:
    """Paths from the site's root on, each in one of the lists; `manifest` is what will be live.

    `kept` are files that no page names any more; they stay for a day. `removed` are the names of
    what is gone, its compressed forms included.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    manifest: SiteManifest

    @property
    def sent(self) -> tuple[str, ...]:
        return (*self.new, *self.changed)

    @property
    def size(self) -> int:
        """Bytes of what is sent, before it is compressed."""
        return sum(self.manifest.files[path].size for path in self.sent)

    @property
    def sentence(self) -> str:
        total = len(self.new) + len(self.changed) + len(self.same)
        return (
            f"{counted(total, 'file')}: {len(self.new):,} new, {len(self.changed):,} changed, "
            f"{len(self.gone):,} gone; {sized(self.size)} to send"
        )

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.gone)

    def lines(self, most: int = 40) -> list[str]:
        """One line for each file that would be touched, shortened where there are many."""
        told = [f"  {sign} {path}" for sign, path in self._signed()]
        rest = len(told) - most
        return told if rest <= 0 else [*told[:most], f"  and {rest:,} more"]

    def _signed(self) -> list[tuple[str, str]]:
        """What goes comes first: it is what somebody may be sorry for."""
        signed = [("gone   ", p) for p in self.gone]
        signed += [("new    ", p) for p in self.new]
        return signed + [("changed", p) for p in self.changed]


def compare(site: SiteManifest, live: SiteManifest, now: int) -> PublishPlan:
    """What brings `live` to `site`; `now` is in seconds, and counts for what is kept only.

    A file with the bytes of the live one keeps its time, on whatever machine it was built, so that
    browsers and feed readers are told that nothing changed. Another one always gets a later time.
    """
    both = [p for p in site.files if p in live.files]
    same = [p for p in both if _is_same(site.files[p], live.files[p])]
    changed = sorted(set(both).difference(same))
    new = sorted(site.files.keys() - live.files.keys())
    left = sorted(live.files.keys() - site.files.keys())
    is_ours = site.site is None or site.site.is_same(live.site)
    is_busy = bool(new or changed or any(not is_hashed(p) for p in left))
    # Nobody has a page of this site open that needs a file of another one.
    kept = {p: live.retired.get(p, now) for p in left if is_ours and is_hashed(p)}
    if is_busy:
        kept = {p: since for p, since in kept.items() if now - since < GRACE}
    files = {p: _timed(site.files[p], live.files.get(p)) for p in site.files}
    files |= {p: live.files[p] for p in kept}
    names = {name for path, entry in files.items() for name in names_of(path, entry)}
    before = (name for path, entry in live.files.items() for name in names_of(path, entry))
    return PublishPlan(
        new=tuple(new),
        changed=tuple(changed),
        gone=tuple(p for p in left if p not in kept),
        same=tuple(same),
        kept=tuple(kept),
        removed=tuple(name for name in before if name not in names),
        manifest=SiteManifest(files, kept, site.site),
    )


def _is_same(entry: FileEntry, live: FileEntry) -> bool:
    return replace(entry, mtime=live.mtime) == live


def _timed(entry: FileEntry, live: FileEntry | None) -> FileEntry:
    if live is None:
        return entry
    same = entry.digest == live.digest
    return replace(entry, mtime=live.mtime if same else max(entry.mtime, live.mtime + 1))
