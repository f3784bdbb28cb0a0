"""Manage the releases beside a published folder, without touching anything else there."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from wardblog.publish import release_mark
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import MOST_BYTES, SiteManifest, stored_names
from wardblog.publish.release_mark import MARK, NUMBER, ReleaseMark
from wardblog.publish.target import CommandError

# The ending of the folder's name after that of the site, and its lock file.
RELEASES, LOCK = ".releases", ".wardblog.lock"
_INCOMING = "incoming-"
_SWITCH = ".switch-"


class ReleasesFolder:
    """The folder `<path>.releases`; only marked releases are ours, and no link is followed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = path / LOCK

    def check(self) -> None:
        """Refuse a link, which could lead anywhere."""
        if self.path.is_symlink() or self.lock.is_symlink():
            raise CommandError(
                f"{self.path} is a link, or its lock file is one, and was not changed",
                "Put a real folder there, or choose another one in ward.toml: [publish] path.",
            )

    def make(self) -> bool:
        """Create the folder, readable for a web server; true if it did not exist."""
        self.check()
        if self.path.is_dir():
            return False
        self.path.mkdir(parents=True)
        self.path.chmod(0o755)
        return True

    def unmake(self) -> None:
        """Delete the folder if it is empty."""
        if self._names() in ([], [self.lock.name]):
            self.lock.unlink(missing_ok=True)
            with suppress(OSError):
                self.path.rmdir()

    def all(self) -> dict[int, ReleaseMark]:
        """Our releases by number."""
        releases = {}
        for name in self._names():
            mark = self.mark_of(int(name)) if NUMBER.fullmatch(name) else None
            if mark:
                releases[mark.number] = mark
        return dict(sorted(releases.items()))

    def mark_of(self, number: int) -> ReleaseMark | None:
        """The mark of a release; None if the folder is not ours."""
        return _mark_in(self.folder(number))

    def folder(self, number: int) -> Path:
        return self.path / str(number)

    def manifest_file(self, number: int) -> Path:
        return self.path / f"{number}.json"

    def manifest(self, number: int) -> SiteManifest | None:
        """The manifest of a release; None if it does not exist or cannot be read."""
        text = _read(self.manifest_file(number), MOST_BYTES)
        return SiteManifest.from_json(text) if text is not None else None

    def foreign(self, number: int) -> list[str]:
        """Files in a release that we did not put there, such as proof of domain ownership."""
        manifest = self.manifest(number)
        if manifest is None:
            return []  # without a manifest, ours cannot be told apart
        return sorted({*_files(self.folder(number))} - _names_in(manifest) - {MARK})

    def adopt(self) -> None:
        """Add marks to releases of earlier versions, if all their files are in the manifest."""
        for name in self._names():
            if not NUMBER.fullmatch(name) or self.mark_of(int(name)):
                continue
            manifest = self.manifest(int(name))
            if manifest and manifest.files and _is_just(self.path / name, manifest):
                mark = ReleaseMark(int(name), manifest.site)
                (self.path / name / MARK).write_bytes(mark.to_json())

    def begin(self, number: int, site: Identity | None) -> Path:
        """Create a folder with a mark for a new release."""
        incoming = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self.path))
        try:
            (incoming / MARK).write_bytes(ReleaseMark(number, site, incoming.name).to_json())
            (incoming / MARK).chmod(0o644)
        except BaseException:
            shutil.rmtree(incoming, ignore_errors=True)
            raise
        return incoming

    def free(self, number: int) -> int:
        """The first unused number from this one on."""
        while any(os.path.lexists(p) for p in (self.folder(number), self.manifest_file(number))):
            number += 1
        return number

    def forget(self, number: int) -> None:
        """Delete a release, its manifest first, so that no rollback finds a part of it."""
        if self.mark_of(number):
            self.manifest_file(number).unlink(missing_ok=True)
            _remove(self.folder(number))

    def sweep(self) -> None:
        """Delete what an interrupted publish left."""
        for name in self._names():
            path = self.path / name
            if name.startswith(_INCOMING) and _mark_in(path):
                _remove(path)
            elif name.startswith(_SWITCH) and path.is_symlink():
                path.unlink()

    def discard(self, incoming: Path) -> None:
        """Delete a release that could not be completed."""
        with suppress(OSError):
            _remove(incoming)

    def switch(self, link: Path, number: int) -> None:
        """Point the link to a release, in one step."""
        if not link.is_symlink() and link.is_dir():
            link.rmdir()
        # The link is valid once it is renamed; a random name, since any other may be taken.
        beside = self.path / f"{_SWITCH}{uuid.uuid4().hex}"
        beside.symlink_to(Path(self.path.name) / str(number))
        try:
            beside.replace(link)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def _names(self) -> list[str]:
        if self.path.is_symlink():
            return []
        try:
            return sorted(os.listdir(self.path))  # noqa: PTH208 - names, not paths
        except (FileNotFoundError, NotADirectoryError):
            return []


def _mark_in(folder: Path) -> ReleaseMark | None:
    if folder.is_symlink() or not folder.is_dir():
        return None
    text = _read(folder / MARK)
    return ReleaseMark.from_json(text, folder.name) if text is not None else None


def _remove(folder: Path) -> None:
    """Delete a release, its mark last, so that an interrupted deletion can be completed."""
    if not _mark_in(folder):
        return
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.name != MARK:
            Path(entry.path).unlink()
    (folder / MARK).unlink()
    folder.rmdir()


def _read(path: Path, most: int = release_mark.MOST_BYTES) -> bytes | None:
    """The content of a regular file of at most `most` bytes; None for anything else."""
    with suppress(OSError):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= most:
            return path.read_bytes()
    return None


def _is_just(folder: Path, manifest: SiteManifest) -> bool:
    """Whether a folder has exactly the files of a manifest."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return set(_files(folder)) == _names_in(manifest) and all(
        (folder / path).lstat().st_size == entry.size for path, entry in manifest.files.items()
    )


def _names_in(manifest: SiteManifest) -> set[str]:
    return {name for path, entry in manifest.files.items() for name in stored_names(path, entry)}


def _files(folder: Path) -> Iterator[str]:
    """The paths of all files and links below a folder."""
    for parent, folders, names in os.walk(folder):
        below = Path(parent).relative_to(folder)
        links = [f for f in folders if (Path(parent) / f).is_symlink()]
        yield from ((below / name).as_posix() for name in (*names, *links))
