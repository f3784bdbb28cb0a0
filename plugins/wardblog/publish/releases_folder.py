"""The releases beside a published folder, and how they are told from what others put there."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from wardblog.publish import marks
from wardblog.publish.identity import Identity
from wardblog.publish.manifest import MOST_BYTES, SiteManifest, names_of
from wardblog.publish.marks import MARK, NUMBER, ReleaseMark
from wardblog.publish.target import CommandError

# What the folder is called after that of the site, and the file in it that one publish holds.
RELEASES, LOCK = ".releases", ".wardblog.lock"
_INCOMING = "incoming-"
_SWITCH = ".switch-"


class ReleasesFolder:
    """`<path>.releases`, in which only what carries our mark is ours; links are never followed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = path / LOCK

    def check(self) -> None:
        """Refuses a link, which may lead to anything."""
        if self.path.is_symlink() or self.lock.is_symlink():
            raise CommandError(
                f"{self.path} is a link, or has one in the place of its lock, and was left as it "
                "is",
                "Put a real folder there, or name another one in ward.toml: [publish] path.",
            )

    def make(self) -> bool:
        """Makes the folder, readable for a web server; whether it was not there already."""
        self.check()
        if self.path.is_dir():
            return False
        self.path.mkdir(parents=True)
        self.path.chmod(0o755)
        return True

    def unmake(self) -> None:
        """Deletes the folder where nothing came to be in it."""
        if self._names() in ([], [self.lock.name]):
            self.lock.unlink(missing_ok=True)
            with suppress(OSError):
                self.path.rmdir()

    def all(self) -> dict[int, ReleaseMark]:
        """Our releases by their numbers."""
        found = {}
        for name in self._names():
            mark = self.mark_of(int(name)) if NUMBER.fullmatch(name) else None
            if mark:
                found[mark.number] = mark
        return dict(sorted(found.items()))

    def mark_of(self, number: int) -> ReleaseMark | None:
        """The mark of a release; None where the folder is not ours."""
        return _mark_in(self.folder(number))

    def folder(self, number: int) -> Path:
        return self.path / str(number)

    def manifest_file(self, number: int) -> Path:
        return self.path / f"{number}.json"

    def manifest(self, number: int) -> SiteManifest | None:
        """What is written of a release; None where it is not there or cannot be read."""
        text = _read(self.manifest_file(number), MOST_BYTES)
        return SiteManifest.from_json(text) if text is not None else None

    def foreign(self, number: int) -> list[str]:
        """What is in a release that we did not put there, such as a proof of who owns a domain."""
        manifest = self.manifest(number)
        if manifest is None:
            return []  # nobody knows what we put there
        return sorted({*_files(self.folder(number))} - _names_in(manifest) - {MARK})

    def adopt(self) -> None:
        """Marks the releases of earlier versions, where each file is one that we wrote down."""
        for name in self._names():
            if not NUMBER.fullmatch(name) or self.mark_of(int(name)):
                continue
            manifest = self.manifest(int(name))
            if manifest and manifest.files and _is_just(self.path / name, manifest):
                mark = ReleaseMark(int(name), manifest.site)
                (self.path / name / MARK).write_bytes(mark.to_json())

    def begin(self, number: int, site: Identity | None) -> Path:
        """A new folder with the mark of the release that it is going to be."""
        incoming = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self.path))
        try:
            (incoming / MARK).write_bytes(ReleaseMark(number, site, incoming.name).to_json())
            (incoming / MARK).chmod(0o644)
        except BaseException:
            shutil.rmtree(incoming, ignore_errors=True)
            raise
        return incoming

    def free(self, number: int) -> int:
        """The first number from this one on of which there is nothing yet, whoever's."""
        while any(os.path.lexists(p) for p in (self.folder(number), self.manifest_file(number))):
            number += 1
        return number

    def forget(self, number: int) -> None:
        """Deletes a release. Without its manifest it is none, so that half of one never returns."""
        if self.mark_of(number):
            self.manifest_file(number).unlink(missing_ok=True)
            _remove(self.folder(number))

    def sweep(self) -> None:
        """Deletes what an interrupted publish of ours left."""
        for name in self._names():
            path = self.path / name
            if name.startswith(_INCOMING) and _mark_in(path):
                _remove(path)
            elif name.startswith(_SWITCH) and path.is_symlink():
                path.unlink()

    def discard(self, incoming: Path) -> None:
        """Deletes a release that could not be completed."""
        with suppress(OSError):
            _remove(incoming)

    def switch(self, link: Path, number: int) -> None:
        """Makes the link lead to a release, in one step."""
        if not link.is_symlink() and link.is_dir():
            link.rmdir()
        # Right once it is in its place; a name of its own, since others may have taken any other.
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
    """Takes the mark away last, so that what is interrupted here is still known as ours."""
    if not _mark_in(folder):
        return
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.name != MARK:
            Path(entry.path).unlink()
    (folder / MARK).unlink()
    folder.rmdir()


def _read(path: Path, most: int = marks.MOST_BYTES) -> bytes | None:
    """What is in a plain file that is no larger than that; a link is not followed."""
    with suppress(OSError):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= most:
            return path.read_bytes()
    return None


def _is_just(folder: Path, manifest: SiteManifest) -> bool:
    """Whether a real folder has the files of a manifest, and nothing else."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return set(_files(folder)) == _names_in(manifest) and all(
        (folder / path).lstat().st_size == entry.size for path, entry in manifest.files.items()
    )


def _names_in(manifest: SiteManifest) -> set[str]:
    return {name for path, entry in manifest.files.items() for name in names_of(path, entry)}


def _files(folder: Path) -> Iterator[str]:
    """Everything below a folder that is no folder, by its path from there; links as themselves."""
    for parent, folders, names in os.walk(folder):
        below = Path(parent).relative_to(folder)
        links = [f for f in folders if (Path(parent) / f).is_symlink()]
        yield from ((below / name).as_posix() for name in (*names, *links))
