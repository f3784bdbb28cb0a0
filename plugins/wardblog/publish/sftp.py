"""The files of a folder on a host that takes files by SFTP, and runs nothing else.

A file is put beside its place and renamed into it, so that nobody ever reads half of one.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from wardblog.publish.host import Host
from wardblog.publish.in_place import HOME
from wardblog.publish.manifest import MOST_BYTES, FileEntry, names_of
from wardblog.publish.target import CommandError
from wardblog.support.progress_bar import Advance

_AT_ONCE = 4
# Where files are until they are whole.
_INCOMING = f"{HOME}/incoming/*"


class Sftp:
    """A folder that is reached by the program sftp alone."""

    def __init__(self, host: Host, path: str) -> None:
        self._host = host
        self._path = path
        # Those that are known to be there.
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
        """The names of what lies right in the folder, whoever's it is."""
        lines: list[str] = []
        command = f"-ls -1a {_quoted(self._path)}\n"
        self._host.run(self._host.sftp(), command, on_line=lines.append)
        return {line.rsplit("/", 1)[-1].strip() for line in lines if not line.startswith("sftp>")}

    def write(self, name: str, content: bytes) -> None:
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            self._run([*self._making([name]), *self._putting(Path(file.name), name)])

    def take(self, name: str, content: bytes) -> bool:
        """Without the extension that OpenSSH gives it, a rename does not replace a file."""
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

    def put(self, parcel: Path, files: Sequence[tuple[str, FileEntry]], advance: Advance) -> None:
        self._run([*self._making([path for path, _ in files])])

        def put_some(some: Sequence[tuple[str, FileEntry]]) -> None:
            names = [name for path, entry in some for name in names_of(path, entry)]
            self._run([line for name in names for line in self._putting(parcel / name, name)])
            advance(sum(entry.size for _, entry in some))

        batches = [files[first : first + 50] for first in range(0, len(files), 50)]
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            for done in [pool.submit(put_some, batch) for batch in batches]:
                done.result()
        except CommandError:
            pool.shutdown(cancel_futures=True)
            self._clear()  # half a file may have filled the disk
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def delete(self, names: Sequence[str]) -> None:
        said = self._run([f"-rm {self._there(name)}" for name in names])
        left = [line for line in said.splitlines() if "Permission denied" in line]
        if left:
            raise CommandError(f"{self._host.name} does not let files be taken away ({left[0]})")
        parents = {str(folder) for name in names for folder in PurePosixPath(name).parents}
        folders = sorted(parents - {".", HOME})
        self._run([f"-rmdir {self._there(folder)}" for folder in reversed(folders)])

    def _putting(self, local: Path, name: str) -> Iterator[str]:
        beside = self._beside()
        yield f"put -p {_quoted(local)} {beside}"
        yield f"rename {beside} {self._there(name)}"

    def _beside(self) -> str:
        """A name for a file that is not in its place yet."""
        return self._there(f"{_INCOMING.removesuffix('*')}{uuid.uuid4().hex}")

    def _clear(self) -> None:
        """Takes away what an interrupted publish left half-sent."""
        folder = self._there(_INCOMING.removesuffix("*"))
        self._run([f"-rm {folder}/*"])

    def _making(self, names: Iterable[str]) -> Iterator[str]:
        """Commands that make the folders of files; one that is there already does no harm."""
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
    """A name as sftp's commands take it, without a meaning for any of its signs."""
    text = str(path)
    if "\n" in text or "\r" in text:
        raise CommandError(f"A name with a line break in it cannot be sent: {text!r}")
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'
