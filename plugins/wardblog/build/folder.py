"""The output folder: a file is replaced only when its bytes change, and never half-written.

A build's files are staged in a hidden folder until all of them were inspected: a build that must
stop leaves everything as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from wardblog.build.manifest import MANIFEST, BuildManifest, Journal, Made
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import BINARY, private_folder
from wardblog.support.replacing import put_in_place

# The staging folder.
STAGED = ".wardblog.staged"


@dataclass(kw_only=True)
class OutputFolder:
    """Writes files into one folder, and records them, so that old files can be removed.

    While it `is_staging`, files wait in a staging folder until `commit` or `discard`.
    """

    root: Path
    is_staging: bool = False
    written: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    made: dict[str, Made] = field(default_factory=dict)
    # Files that are known to exist.
    existing: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._before: BuildManifest | None = None
        # Folders that exist, as text: a `Path` is slow to make and to look up for each file.
        self._folders: set[str] = set()
        self._is_first = False
        self._journal = Journal(self.root)

    def separate_writer(self) -> OutputFolder:
        """Return a writer for the same folder that records its own files only."""
        other = OutputFolder(root=self.root, is_staging=self.is_staging)
        other._before, other._folders = self._manifest(), self._folders
        other._journal, other._is_first = self._journal, self._is_first
        return other

    def made_before(self, path: str) -> Made | None:
        """Return the digests of a costly file as the last build recorded them."""
        return self._manifest().made.get(path)

    def stage(self) -> None:
        """Start staging; what an interrupted build left in the staging folder is deleted."""
        shutil.rmtree(self.root / STAGED, ignore_errors=True)
        self._folders.clear()
        self.is_staging = True
        self._is_first = not self.root.is_dir() or not any(self.root.iterdir())

    def write(self, path: str, content: bytes) -> None:
        """Write a file; one that has these bytes already is not touched."""
        self.written.add(path)
        is_new = self.is_staging and self._is_first
        if not is_new and _has(self.root / path, content):
            return
        self.changed.add(path)
        if self.is_staging:
            waiting = self._staged_at(path)
            self._create_staging()
            self._make_folder(waiting.rpartition("/")[0])
            _put(waiting, content)
            return
        self._journal.note((path,))
        self.make_way(path)
        target = self.root / path
        self._make_folder(str(target.parent))
        beside = _beside(target)
        _put(str(beside), content)
        put_in_place(beside, target)

    def commit(self) -> None:
        """Move the staged files to their places, each by one rename."""
        waiting = sorted(self.changed) if self.is_staging else []
        self._journal.note(waiting)
        self._folders.clear()
        if self._is_first and waiting:
            for entry in (self.root / STAGED).iterdir():
                put_in_place(entry, self.root / entry.name)
            waiting = []
        for path in waiting:
            self.make_way(path)
            target = self.root / path
            self._make_folder(str(target.parent))
            try:
                put_in_place(Path(self._staged_at(path)), target)
            except OSError as error:  # which would name the staged file
                raise OSError(error.errno, error.strerror, str(target)) from None
        self.discard()

    def discard(self) -> None:
        """Delete the staged files and stop staging."""
        shutil.rmtree(self.root / STAGED, ignore_errors=True)
        self.is_staging = False
        self._folders.clear()
        with suppress(OSError):
            self.root.rmdir()  # the folder was created only for this

    def where(self, path: str) -> str:
        """Return where a file is now, staged or in its place."""
        is_waiting = self.is_staging and path in self.changed
        return self._staged_at(path) if is_waiting else f"{self.root}/{path}"

    def read(self, path: str) -> bytes | None:
        """A file as it was just written, or as it was before; None if there is none."""
        try:
            return Path(self.where(path)).read_bytes()
        except OSError:
            return None

    def _staged_at(self, path: str) -> str:
        """Return where a file is staged: all in one folder, under digests of their paths.

        The files of a first build keep their folders, which are then moved whole.
        """
        if self._is_first:
            return f"{self.root}/{STAGED}/{path}"
        return f"{self.root}/{STAGED}/{hashlib.sha256(path.encode()).hexdigest()}"

    def _create_staging(self) -> None:
        """Create the staging folder; nobody else may read it, since its files may be refused."""
        staged = f"{self.root}/{STAGED}"
        if staged not in self._folders:
            self.root.mkdir(parents=True, exist_ok=True)
            private_folder(Path(staged))
            self._folders.add(staged)

    def _make_folder(self, folder: str) -> None:
        if folder not in self._folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def make_way(self, path: str) -> None:
        """Remove a file of an earlier build where a folder is needed, or the other way round."""
        target = self.root / path
        earlier = self._manifest().files
        for folder in target.parents if earlier else ():
            if folder == self.root or str(folder) in self._folders:
                break
            if folder.is_file() and folder.relative_to(self.root).as_posix() in earlier:
                folder.unlink()
        if earlier and target.is_dir():
            for old in (name for name in earlier if name.startswith(f"{path}/")):
                (self.root / old).unlink(missing_ok=True)
                self._remove_empty_folders((self.root / old).parent)

    def write_made(self, path: str, source: bytes, make: Callable[[], bytes]) -> None:
        """Write a file that takes long to make, only if its source or the file itself changed."""
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
        """Record files that another writer put into the same folder."""
        self.written.update(written)
        self.changed.update(changed)
        self.made.update(made)

    def keep(self, paths: Iterable[str]) -> None:
        """Record files that Pelican itself copies."""
        self.kept.update(paths)
        self.written |= self.kept

    @property
    def for_residents(self) -> list[str]:
        """The files of this build that residents may read, without the software's own."""
        return [path for path in self._present() if not path.startswith(".")]

    def _present(self) -> list[str]:
        """Return the files that exist; Pelican's ignore rules may have left one out."""
        root = f"{self.root}/"
        missing = {
            p
            for p in self.written - self.existing
            if not os.path.isfile(root + p)  # noqa: PTH113
        }
        return sorted(self.written - missing)

    def finish(self) -> list[str]:
        """Remove what an earlier build wrote and this one did not; return those paths.

        Only files that the manifest names are ever removed.
        """
        before = dict.fromkeys((*self._manifest().files, *self._journal.noted()))
        gone = [path for path in before if path not in self.written]
        for path in gone:
            # Something else may be in its place, or the name may not be allowed here.
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
        """Close the journal but keep it, so that the next build can remove unfinished files."""
        self._journal.close()

    def _manifest(self) -> BuildManifest:
        """Return the last build's manifest; one that cannot be read counts as empty."""
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
    """Return where a file is written before it is renamed."""
    return target.with_name(f".{target.name}.new")


def _put(path: str, content: bytes) -> None:
    """Write a file with as few system calls as possible: there are thousands of files."""
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
