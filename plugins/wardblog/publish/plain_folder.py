"""Publish to a folder file by file, where links need rights that people lack: on Windows."""

from __future__ import annotations

import shutil
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path, PurePosixPath

from wardblog.model import PublishSettings
from wardblog.publish.folder import FolderTarget
from wardblog.publish.identity import Identity
from wardblog.publish.in_place import HOME, locking, read_live_manifest, refuse_foreign, upload
from wardblog.publish.manifest import FileEntry, SiteManifest, stored_names
from wardblog.publish.plan import PublishPlan
from wardblog.publish.target import Agree, CommandError, Destination, Hosting, Target
from wardblog.support.progress_bar import Advance
from wardblog.support.replacing import put_in_place

_HAS_LINKS = sys.platform != "win32"


def folder_target(settings: PublishSettings, hosting: Hosting) -> Target:
    """The target for a folder of this computer: with releases and a link, where there are links."""
    return FolderTarget(settings, hosting) if _HAS_LINKS else PlainFolderTarget(settings)


class _PlainFolder:
    """A `FileStore` in a folder of this computer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def where(self) -> str:
        return f"the folder {self._folder.as_posix()}"

    def read(self, name: str) -> bytes | None:
        try:
            return (self._folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, content: bytes) -> None:
        beside = self._beside()
        beside.write_bytes(content)
        self._place(beside, name)

    def create(self, name: str, content: bytes) -> bool:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with target.open("xb") as file:
                file.write(content)
        except FileExistsError:
            return False
        return True

    def put(self, staged: Path, files: Sequence[tuple[str, FileEntry]], advance: Advance) -> None:
        for path, entry in files:
            for name in stored_names(path, entry):
                beside = self._beside()
                shutil.copy2(staged / name, beside)
                self._place(beside, name)
            advance(entry.size)

    def delete(self, names: Sequence[str]) -> None:
        for name in names:
            (self._folder / name).unlink(missing_ok=True)
        parents = {folder for name in names for folder in PurePosixPath(name).parents}
        for folder in sorted(parents - {PurePosixPath(), PurePosixPath(HOME)}, reverse=True):
            with suppress(OSError):  # it is gone, or has other files
                (self._folder / folder).rmdir()

    def names(self) -> set[str]:
        """The names that are taken in the folder itself."""
        return {path.name for path in self._folder.iterdir()} if self._folder.is_dir() else set()

    def _beside(self) -> Path:
        """A name for a file that is not complete yet."""
        incoming = self._folder / HOME / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        return incoming / uuid.uuid4().hex

    def _place(self, beside: Path, name: str) -> None:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(beside, target)


class PlainFolderTarget:
    """The folder `[publish] path`, without links and without earlier releases."""

    compresses = False
    verifies = False
    is_slow = False

    def __init__(self, settings: PublishSettings) -> None:
        try:
            self._folder = Path(settings.path).expanduser()
        except RuntimeError:
            raise CommandError(f"There is no home folder for {settings.path}") from None
        self._store = _PlainFolder(self._folder)

    def where(self) -> str:
        return self._store.where()

    def destination(self) -> Destination:
        whole = self._folder.resolve()
        return Destination(f"the folder {whole.as_posix()}", is_own=Path.cwd() in whole.parents)

    def live(self) -> SiteManifest:
        return read_live_manifest(self._store)

    def verify_live(self, live: SiteManifest) -> SiteManifest:
        return live

    def reading(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def locked(self) -> Iterator[None]:
        if self._folder.is_symlink() or (self._folder.exists() and not self._folder.is_dir()):
            raise CommandError(
                f"{self._folder} is not an ordinary folder, and was not changed",
                "Move it away, or choose another folder in ward.toml: [publish] path.",
            )
        with locking(self._store):
            shutil.rmtree(self._folder / HOME / "incoming", ignore_errors=True)
            yield

    def send(self, staged: Path, plan: PublishPlan, advance: Advance) -> None:
        if not self.live().files:
            taken = self._store.names()
            refuse_foreign(self._store, plan, {p for p in plan.new if p.split("/")[0] in taken})
        upload(self._store, staged, plan, advance)

    def rollback(self, site: Identity | None = None, agree: Agree | None = None) -> str:
        del site, agree
        raise CommandError(
            "On Windows, a folder keeps no earlier releases",
            "Restore the content, and publish it again.",
        )
