"""The files that are being edited in the browser, as they are before they are saved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from wardblog.content.files import on_disk
from wardblog.model import Post, Site, Visibility
from wardblog.support.private_files import ordinary_bytes

# Pages that were closed without a word would otherwise stay here for good.
_MOST = 8


class Drafts:
    """The bytes of each edited file; `bytes` is by their names in the content folder."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self.bytes: dict[str, bytes] = {}
        self._saved: set[str] = set()

    def put(self, file: str, data: bytes | None) -> None:
        """Show other bytes for a file, or with None those that are saved."""
        self.bytes.pop(file, None)
        self._saved.discard(file)
        if data is None:
            return
        self.bytes[file] = data
        if self._on_disk(file) == data:
            self._saved.add(file)
        for oldest in list(self.bytes)[:-_MOST]:
            del self.bytes[oldest]

    def without_outdated(self) -> None:
        """Forget the drafts that were saved as they are, if their files have changed since."""
        for file in self._saved & self.bytes.keys():
            if self._on_disk(file) != self.bytes[file]:
                self.put(file, None)

    def _on_disk(self, file: str) -> bytes | None:
        try:
            return ordinary_bytes(on_disk(self._content, file))
        except OSError:
            return None


def apart(site: Site, edited: Collection[str]) -> Site:
    """The site with edited posts as drafts at addresses of their own, since they have problems."""
    others = {p.address for p in (*site.posts, *site.pages) if p.file not in edited}

    def own(post: Post) -> Post:
        if post.file not in edited:
            return post
        stem = post.file.rpartition(".")[0]
        address = post.address if post.address and post.address not in others else f"{stem}/"
        return replace(post, visibility=Visibility.DRAFT, address=address)

    return replace(site, posts=tuple(map(own, site.posts)), pages=tuple(map(own, site.pages)))
