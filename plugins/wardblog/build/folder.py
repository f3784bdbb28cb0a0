"""The output folder: a file is replaced only when its bytes change, and never half-written.

What a build makes is staged beside the folder's files until all of it was looked at: a build that
must stop leaves everything as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from wardblog.build.manifest import MANIFEST, BuildManifest, Journal, Made
from wardblog.support.private_files import BINARY, private_folder

# Where files wait until all are to be put in their places.
STAGED = ".wardblog.staged"


@dataclass(kw_only=True)
class OutputFolder:
    """Writes files below one folder, and remembers which, so that the rest can be taken away.

    While it `is_staging`, what is written waits until somebody says `commit` or `discard`.
    """

    root: Path
    is_staging: bool = False
    written: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    made: dict[str, Made] = field(default_factory=dict)
    # Those that somebody just looked at, and that are there.
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._before: BuildManifest | None = None
        self._folders: set[Path] = set()
        self._is_first = False
        self._journal = Journal(self.root)

    def apart(self) -> OutputFolder:
        """The same folder, for one who tells apart what he wrote."""
        other = OutputFolder(root=self.root, is_staging=self.is_staging)
        other._before, other._folders = self._manifest(), self._folders
        other._journal, other._is_first = self._journal, self._is_first
        return other

    def made_before(self, path: str) -> Made | None:
        """What a costly file was made from by the build before."""
        return self._manifest().made.get(path)

    def stage(self) -> None:
        """Lets what is written wait; what an interrupted build left waiting is thrown away."""
        shutil.rmtree(self.root / STAGED, ignore_errors=True)
        self._folders.clear()
        self.is_staging = True
        self._is_first = not self.root.is_dir() or not any(self.root.iterdir())

    def write(self, path: str, content: bytes) -> None:
        """Writes a file; one that has these bytes already stays as it is."""
        self.written.add(path)
        if _has(self.root / path, content):
            return
        self.changed.add(path)
        if self.is_staging:
            waiting = self._waiting(path)
            self._make_staged()
            self._make_folder(waiting.parent)
            _put(waiting, content)
            return
        self._journal.note((path,))
        self.make_way(path)
        target = self.root / path
        self._make_folder(target.parent)
        beside = _beside(target)
        _put(beside, content)
        beside.replace(target)

    def commit(self) -> None:
        """Puts what waits in its place, each file by rename."""
        waiting = sorted(self.changed) if self.is_staging else []
        self._journal.note(waiting)
        self._folders.clear()
        if self._is_first and waiting:
            for found in (self.root / STAGED).iterdir():
                found.replace(self.root / found.name)
            waiting = []
        for path in waiting:
            self.make_way(path)
            target = self.root / path
            self._make_folder(target.parent)
            try:
                self._waiting(path).replace(target)
            except OSError as error:  # which would name the file that waits
                raise OSError(error.errno, error.strerror, str(target)) from None
        self.discard()

    def discard(self) -> None:
        """Throws away what waits; from then on files are put in their places at once."""
        shutil.rmtree(self.root / STAGED, ignore_errors=True)
        self.is_staging = False
        self._folders.clear()
        with suppress(OSError):
            self.root.rmdir()  # a folder that was made for this alone

    def where(self, path: str) -> Path:
        """Where the file that was written is now."""
        is_waiting = self.is_staging and path in self.changed
        return self._waiting(path) if is_waiting else self.root / path

    def read(self, path: str) -> bytes | None:
        """A file as it was just written, or as it was before; None if there is none."""
        try:
            return self.where(path).read_bytes()
        except OSError:
            return None

    def _waiting(self, path: str) -> Path:
        """Where a file waits: all in one folder, under names that say nothing.

        Those of a first build are in their folders already, which are then moved as they are.
        """
        if self._is_first:
            return self.root / STAGED / path
        return self.root / STAGED / hashlib.sha256(path.encode()).hexdigest()

    def _make_staged(self) -> None:
        """Where what may yet be refused waits: nobody else may look at it there."""
        staged = self.root / STAGED
        if staged not in self._folders:
            self.root.mkdir(parents=True, exist_ok=True)
            private_folder(staged)
            self._folders.add(staged)

    def _make_folder(self, folder: Path) -> None:
        if folder not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def make_way(self, path: str) -> None:
        """A file of an earlier build may be where a folder is to be, or the other way round."""
        target = self.root / path
        earlier = self._manifest().files
        for folder in target.parents if earlier else ():
            if folder == self.root or folder in self._folders:
                break
            if folder.is_file() and folder.relative_to(self.root).as_posix() in earlier:
                folder.unlink()
        if earlier and target.is_dir():
            for old in (name for name in earlier if name.startswith(f"{path}/")):
                (self.root / old).unlink(missing_ok=True)
                self._remove_empty_folders((self.root / old).parent)

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        """A file that takes long to make: made only if its source or the file itself changed."""
        key, before = _digest(source), self._manifest().made.get(path)
        target = self.root / path
        there = _digest(target.read_bytes()) if before and target.is_file() else ""
        if before == Made(key, there):
            self.written.add(path)
        else:
            content = make()
            self.write(path, content)
            there = _digest(content)
        self.made[path] = Made(key, there)

    def add(self, written: Iterable[str], changed: Iterable[str], made: Mapping[str, Made]) -> None:
        """Files that another writer put into the same folder."""
        self.written.update(written)
        self.changed.update(changed)
        self.made.update(made)

    def keep(self, paths: Iterable[str]) -> None:
        """Files that Pelican itself copies."""
        self.kept.update(paths)
        self.written |= self.kept

    @property
    def for_residents(self) -> list[str]:
        """What this build wrote or kept, without what is the software's own."""
        return [path for path in self._present() if not path.startswith(".")]

    def _present(self) -> list[str]:
        """What was written or kept; an ignore rule of Pelican's may have left a file out."""
        root = f"{self.root}/"
        unsure = {p for p in self.written - self.seen if not os.path.isfile(root + p)}  # noqa: PTH113
        return sorted(self.written - unsure)

    def finish(self) -> list[str]:
        """Removes what an earlier build wrote and this one did not; returns those paths.

        Only files that the manifest names are ever removed.
        """
        before = dict.fromkeys((*self._manifest().files, *self._journal.noted()))
        gone = [path for path in before if path not in self.written]
        for path in gone:
            # Something else may have taken its place, or no file can have such a name.
            with suppress(OSError):
                (self.root / path).unlink(missing_ok=True)
                _beside(self.root / path).unlink(missing_ok=True)
            self._remove_empty_folders((self.root / path).parent)
        self._write_manifest(self._present())
        self._journal.end()
        return gone

    def _write_manifest(self, present: list[str]) -> None:
        earlier = self._manifest()
        if earlier.files == tuple(present) and earlier.made == self.made:
            return
        made = {
            path: [self.made[path].source, self.made[path].content] for path in sorted(self.made)
        }
        manifest = json.dumps({"files": present, "made": made}, indent=0) + "\n"
        self.write(MANIFEST, manifest.encode())
        self.written.discard(MANIFEST)
        self.changed.discard(MANIFEST)

    def close(self) -> None:
        """Ends the notes, with what they say: somebody else finishes the folder."""
        self._journal.close()

    def _manifest(self) -> BuildManifest:
        """What the build before wrote; nothing of a manifest that cannot be read is believed."""
        if self._before is None:
            self._before = BuildManifest.read(self.root / MANIFEST)
        return self._before

    def _remove_empty_folders(self, folder: Path) -> None:
        while folder != self.root and self.root in folder.parents:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _beside(target: Path) -> Path:
    """Where a file is written before it is put in its place."""
    return target.with_name(f".{target.name}.new")


def _put(path: Path, content: bytes) -> None:
    """Writes a file with as few calls to the system as can be: there are thousands of them."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _has(path: Path, content: bytes) -> bool:
    try:
        if path.stat().st_size != len(content):
            return False
        return path.read_bytes() == content
    except OSError:
        return False
