"""Store files in a folder on a host that only supports SFTP.

A file is uploaded under a temporary name and renamed, so that nobody ever reads a part of it.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from wardblog.publish.host import Host
from wardblog.publish.in_place import HOME
from wardblog.publish.manifest import MOST_BYTES, FileEntry, stored_names
from wardblog.publish.target import CommandError
from wardblog.support.progress_bar import Advance

_AT_ONCE = 4
# The folder for files that are being uploaded.
_INCOMING = f"{HOME}/incoming/*"


class Sftp:
    """A folder on a host, used through the program sftp."""

    def __init__(self, host: Host, path: str) -> None:
        self._host = host
        self._path = path
        # Folders that are known to exist.
        self._folders: set[str] = set()

    def where(self) -> str:
        return f"{self._host.name}:{self._path}"

    def read(self, name: str) -> bytes | None:
        with tempfile.TemporaryDirectory() as folder:
            local = Path(folder) / "read"
            command = f"-get {self._there(name)} {_quoted(local)}\n"
            # The shell's limit counts blocks of 512 bytes; sftp itself has none.
            limit = ["sh", "-c", f'ulimit -f {MOST_BYTES // 512 + 2}; exec "$@"', "sh"]
            try:
                self._host.run([*limit, *self._host.sftp()], command)
            except CommandError:
                if not local.is_file() or local.stat().st_size <= MOST_BYTES:
                    raise
            return local.read_bytes() if local.is_file() else None

    def taken(self) -> set[str]:
        """The names of all entries directly in the folder."""
        lines: list[str] = []
        command = f"-ls -1a {_quoted(self._path)}\n"
        self._host.run(self._host.sftp(), command, on_line=lines.append)
        return {line.rsplit("/", 1)[-1].strip() for line in lines if not line.startswith("sftp>")}

    def write(self, name: str, content: bytes) -> None:
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            self._run([*self._making([name]), *self._putting(Path(file.name), name)])

    def create(self, name: str, content: bytes) -> bool:
        """Create a file that must not exist: a plain SFTP rename does not replace files."""
        if self.read(name) is not None:
            return False
        self._clear()
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            beside = self._beside()
            put = f"put {_quoted(file.name)} {beside}"
            self._run([*self._making([name, _INCOMING]), put])
            self._run([f"-rename -l {beside} {self._there(name)}"])
        return self.read(name) == content

    def put(self, staged: Path, files: Sequence[tuple[str, FileEntry]], advance: Advance) -> None:
        self._run([*self._making([path for path, _ in files])])

        def put_some(some: Sequence[tuple[str, FileEntry]]) -> None:
            names = [name for path, entry in some for name in stored_names(path, entry)]
            self._run([line for name in names for line in self._putting(staged / name, name)])
            advance(sum(entry.size for _, entry in some))

        batches = [files[first : first + 50] for first in range(0, len(files), 50)]
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            for done in [pool.submit(put_some, batch) for batch in batches]:
                done.result()
        except CommandError:
            pool.shutdown(cancel_futures=True)
            self._clear()  # a partial upload may have filled the disk
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def delete(self, names: Sequence[str]) -> None:
        output = self._run([f"-rm {self._there(name)}" for name in names])
        left = [line for line in output.splitlines() if "Permission denied" in line]
        if left:
            raise CommandError(f"{self._host.name} does not allow files to be deleted ({left[0]})")
        parents = {str(folder) for name in names for folder in PurePosixPath(name).parents}
        folders = sorted(parents - {".", HOME})
        self._run([f"-rmdir {self._there(folder)}" for folder in reversed(folders)])

    def _putting(self, local: Path, name: str) -> Iterator[str]:
        beside = self._beside()
        yield f"put -p {_quoted(local)} {beside}"
        yield f"rename {beside} {self._there(name)}"

    def _beside(self) -> str:
        """A temporary name for an upload."""
        return self._there(f"{_INCOMING.removesuffix('*')}{uuid.uuid4().hex}")

    def _clear(self) -> None:
        """Delete partial uploads of an interrupted publish."""
        folder = self._there(_INCOMING.removesuffix("*"))
        self._run([f"-rm {folder}/*"])

    def _making(self, names: Iterable[str]) -> Iterator[str]:
        """Commands that create the folders of files; existing folders are ignored."""
        wanted = {str(folder) for name in names for folder in PurePosixPath(name).parents}
        if not self._folders:
            above = reversed(PurePosixPath(self._path).parents)
            yield from (f"-mkdir {_quoted(folder)}" for folder in above if folder.name)
        for folder in sorted(wanted - self._folders):
            yield f"-mkdir {self._there('' if folder == '.' else folder)}"
        self._folders |= wanted

    def _run(self, commands: Sequence[str]) -> str:
        if not commands:
            return ""
        return self._host.run(self._host.sftp(), "\n".join(commands) + "\n")

    def _there(self, name: str) -> str:
        return _quoted(PurePosixPath(self._path) / name)


def _quoted(path: object) -> str:
    """A name, quoted for sftp's commands."""
    text = str(path)
    if "\n" in text or "\r" in text:
        raise CommandError(f"A file name with a line break cannot be sent: {text!r}")
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'
