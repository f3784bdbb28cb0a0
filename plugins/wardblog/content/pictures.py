"""Looks at each picture of the content once, and believes that look until the file changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from wardblog.content.cache import CachedPicture, FileFingerprint, is_settled, unchanged_fingerprint
from wardblog.content.files import Folder, on_disk
from wardblog.model import Fault, Picture
from wardblog.model.digests import digest_of
from wardblog.photos import READABLE, is_picture, kind_of
from wardblog.photos.kinds import START, WEB_PAGE

# How many pictures are looked at, by one process or by several: what was seen, in their order.
Share = Callable[[Callable[[str], CachedPicture], Sequence[str]], Iterable[CachedPicture]]
# No camera writes more, and no memory should be asked to hold it.
_LARGEST_FILE = 300_000_000
IMAGES = "images/"


class Pictures:
    """The pictures of one content folder; `before` is what an earlier run saw."""

    def __init__(self, content: Path, folder: Folder, before: Mapping[str, CachedPicture]) -> None:
        self._content, self._files = content, folder.shown
        self._before = before
        self.seen: dict[str, CachedPicture] = {}

    def all_of(self, files: Iterable[str], share: Share = map) -> None:
        """Looks at many files at once: at those that are called pictures, or turn out to be."""
        wanted = dict.fromkeys(f for f in files if f in self._files and f not in self.seen)
        new = [
            f
            for f in wanted
            if not self._is_known(f) and (is_picture(f) or is_one(on_disk(self._content, f)))
        ]
        if new:
            self.seen.update(zip(new, share(self._look, new), strict=True))

    def of(self, file: str) -> Picture | None:
        """What is known of a file; None where it is not called a picture, or not there."""
        if not is_picture(file) or file not in self._files:
            return None
        if file not in self.seen and not self._is_known(file):
            self.seen[file] = self._look(file)
        return self.seen[file].picture

    def shape(self, file: str) -> tuple[str, int, int, int] | None:
        """What the page must know of a picture that can be published."""
        found = self.of(file)
        if found is None or found.fault or found.kind not in READABLE:
            return None
        return found.kind, found.width, found.height, found.frames

    def _is_known(self, file: str) -> bool:
        """Takes what was seen before, if the file still says the same."""
        earlier = self._before.get(file)
        if earlier is None:
            return False
        now = unchanged_fingerprint(earlier.print, self._content, file, self._files[file])
        if now is not None:
            self.seen[file] = earlier if now is earlier.print else earlier._replace(print=now)
        return now is not None

    def _look(self, file: str) -> CachedPicture:
        signature = self._files[file]
        if signature[0] > _LARGEST_FILE:
            return CachedPicture(
                FileFingerprint(signature, True, b""), Picture(kind="", fault=Fault.HUGE)
            )
        try:
            data = on_disk(self._content, file).read_bytes()
        except OSError:
            return CachedPicture(
                FileFingerprint(signature, False, b""), Picture(kind="", fault=Fault.DAMAGED)
            )
        # late import: see docs/architecture.md
        from wardblog.photos.inspect import inspect_picture

        picture = inspect_picture(data)
        if picture.texts:
            # late import: see docs/architecture.md
            from wardblog.privacy import find_personal

            picture = picture._replace(personal=find_personal("\n".join(picture.texts)))
        return CachedPicture(
            FileFingerprint(signature, is_settled(signature), digest_of(data)), picture
        )


def is_one(path: Path) -> bool:
    """Whether a file is a picture by its bytes, whatever it is called."""
    try:
        with path.open("rb") as file:
            return kind_of(file.read(START)) not in ("", WEB_PAGE)
    except OSError:
        return False
