"""Inspects each picture of the content once, and again only when the file has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from wardblog.content.files import (
    FileFingerprint,
    Folder,
    is_settled,
    on_disk,
    unchanged_fingerprint,
)
from wardblog.model import Fault, Picture
from wardblog.model.digests import digest_of
from wardblog.photos import READABLE, is_picture, kind_of
from wardblog.photos.kinds import START, WEB_PAGE
from wardblog.support.private_files import open_ordinary, ordinary_bytes


class CachedPicture(NamedTuple):
    """An inspected picture, with the fingerprint of its file."""

    fingerprint: FileFingerprint
    picture: Picture


# Maps the inspection over pictures, in this process or in several; the results are in order.
Share = Callable[[Callable[[str], CachedPicture], Sequence[str]], Iterable[CachedPicture]]
# No camera writes larger files; they would not fit into memory.
_LARGEST_FILE = 300_000_000
IMAGES = "images/"


class Pictures:
    """The pictures of a content folder; `before` are those inspected by an earlier run."""

    def __init__(self, content: Path, folder: Folder, before: Mapping[str, CachedPicture]) -> None:
        self._content, self._files = content, folder.shown
        self._before = before
        self.inspected: dict[str, CachedPicture] = {}

    def all_of(self, files: Iterable[str], share: Share = map) -> None:
        """Inspect many files at once: those that are pictures by their name or their bytes."""
        pending = dict.fromkeys(f for f in files if f in self._files and f not in self.inspected)
        new = [
            f
            for f in pending
            if not self._is_unchanged(f)
            and (is_picture(f) or has_picture_bytes(on_disk(self._content, f)))
        ]
        if new:
            self.inspected.update(zip(new, share(self._inspect, new), strict=True))

    def of(self, file: str) -> Picture | None:
        """Return an inspected picture; None if the file is missing or not named as a picture."""
        if not is_picture(file) or file not in self._files:
            return None
        if file not in self.inspected and not self._is_unchanged(file):
            self.inspected[file] = self._inspect(file)
        return self.inspected[file].picture

    def shape(self, file: str) -> tuple[str, int, int, int] | None:
        """Return kind, width, height and frames of a picture that can be published, else None."""
        picture = self.of(file)
        if picture is None or picture.fault or picture.kind not in READABLE:
            return None
        return picture.kind, picture.width, picture.height, picture.frames

    def _is_unchanged(self, file: str) -> bool:
        """Reuse the earlier inspection, if the file has not changed."""
        earlier = self._before.get(file)
        if earlier is None:
            return False
        now = unchanged_fingerprint(earlier.fingerprint, self._content, file, self._files[file])
        if now is not None:
            self.inspected[file] = (
                earlier if now is earlier.fingerprint else earlier._replace(fingerprint=now)
            )
        return now is not None

    def _inspect(self, file: str) -> CachedPicture:
        signature = self._files[file]
        if signature[0] > _LARGEST_FILE:
            return CachedPicture(
                FileFingerprint(signature, True, b""), Picture(kind="", fault=Fault.HUGE)
            )
        try:
            data = ordinary_bytes(on_disk(self._content, file))
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


def has_picture_bytes(path: Path) -> bool:
    """Whether a file is a picture by its bytes, whatever its name."""
    try:
        with open_ordinary(path) as file:
            return kind_of(file.read(START)) not in ("", WEB_PAGE)
    except OSError:
        return False
