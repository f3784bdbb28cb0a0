"""What a publish would change: the new site compared with the live one."""

from __future__ import annotations

from dataclasses import replace

from wardblog.model.addresses import is_hashed
from wardblog.publish.manifest import FileEntry, SiteManifest, stored_names
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted, sized

# How long a file that no page uses any more is kept, in seconds, for visitors who have an older
# page open and for caches that still serve one.
GRACE = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPlan:
    """Paths relative to the site's root, each in one of the lists; `manifest` will be live.

    `kept` are files that no page uses any more, which stay for a day. `removed` are the names of
    the files to delete, with their compressed copies.
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
        """The size of what is sent, in bytes, before compression."""
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
        """One line for each file that changes; at most `most`, and the number of the others."""
        lines = [f"  {sign} {path}" for sign, path in self._signed()]
        rest = len(lines) - most
        return lines if rest <= 0 else [*lines[:most], f"  and {rest:,} more"]

    def _signed(self) -> list[tuple[str, str]]:
        """Removed files come first, since a mistake there matters most."""
        signed = [("gone   ", p) for p in self.gone]
        signed += [("new    ", p) for p in self.new]
        return signed + [("changed", p) for p in self.changed]


def compare(site: SiteManifest, live: SiteManifest, now: int) -> PublishPlan:
    """The plan that turns `live` into `site`; `now`, in seconds, only matters for kept files.

    A file with the same bytes as the live one keeps its time, whichever computer built it, so that
    browsers and feed readers see that it has not changed. A changed file always gets a later time.
    """
    both = [p for p in site.files if p in live.files]
    same = [p for p in both if _is_same(site.files[p], live.files[p])]
    changed = sorted(set(both).difference(same))
    new = sorted(site.files.keys() - live.files.keys())
    left = sorted(live.files.keys() - site.files.keys())
    is_ours = site.site is None or site.site.is_same(live.site)
    is_busy = bool(new or changed or any(not is_hashed(p) for p in left))
    # Files of another site are not kept: no open page of this site needs them.
    kept = {p: live.retired.get(p, now) for p in left if is_ours and is_hashed(p)}
    if is_busy:
        kept = {p: since for p, since in kept.items() if now - since < GRACE}
    files = {p: _timed(site.files[p], live.files.get(p)) for p in site.files}
    files |= {p: live.files[p] for p in kept}
    names = {name for path, entry in files.items() for name in stored_names(path, entry)}
    before = (name for path, entry in live.files.items() for name in stored_names(path, entry))
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
