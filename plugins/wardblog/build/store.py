"""The cache file in which a build stores what the next one can reuse.

Nothing in it is believed unless its checksum holds, which is made with a key that lies outside of
the project. A file that was damaged, forged, copied from elsewhere or written by another version
is as good as none.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from wardblog.build.key import cache_key
from wardblog.support.private_files import close_to_others, open_private, private_folder

# How long SQLite waits for another process that is writing, in seconds.
_PATIENCE = 5
# How often to look whether another process has released a lock, in seconds.
_POLL = 0.02
_TABLE = """\
CREATE TABLE item (
  kind TEXT NOT NULL, key TEXT NOT NULL, checksum BLOB NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID"""
# The largest item that is stored or read, in bytes.
_LARGEST = 256_000_000


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, after waiting until no other process has it.

    The lock is SQLite's, which works on every system and is released however this process ends.
    The file stays empty; anything else in its place is removed. Raises `OSError`.
    """
    if path.is_symlink() or not path.is_file() or path.stat().st_size:
        path.unlink(missing_ok=True)
        os.close(open_private(path, os.O_RDWR))
    close_to_others(path)
    _clear_beside(path)
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        while not _has_locked(connection, path):
            time.sleep(_POLL)
        yield
    finally:
        connection.close()


def _has_locked(connection: sqlite3.Connection, path: Path) -> bool:
    """Take the lock; return whether no other process had it."""
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise OSError(None, f"this file cannot be locked ({error})", str(path)) from error
    return True


class DamagedError(Exception):
    """An item of the store has disappeared or changed since it was stored."""


class CacheStore:
    """Bytes by kind and key. `stamp` is a digest of everything that must be unchanged to use them.

    Without a path nothing is kept, nor without a key of this user's own. Where the file cannot be
    used, it is as if there were none.
    """

    def __init__(self, path: Path | None, stamp: bytes) -> None:
        self._key = (cache_key() if path else None) or b""
        self._path = path if self._key else None
        self._stamp = stamp
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection | None:
        for _ in range(2):
            try:
                return self._open()
            # What SQLite quotes of a damaged file need not be text.
            except (sqlite3.Error, OSError, UnicodeError):
                self.wipe()
        return None

    def _open(self) -> sqlite3.Connection | None:
        if self._path is None:
            return None
        private_folder(self._path.parent)
        os.close(open_private(self._path, os.O_RDWR))
        _clear_beside(self._path)
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, check_same_thread=False)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
        connection.execute("PRAGMA trusted_schema=OFF")
        # A process that is killed leaves a whole file; so does a computer, or one that is noticed.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        _prepare(connection)
        return connection

    def _mine(self) -> sqlite3.Connection | None:
        """The connection; a forked process opens its own."""
        if self._connection is not None and self._process != os.getpid():
            self._inherited, self._process = self._connection, os.getpid()  # never to be closed
            self._connection = self._opened()
        return self._connection

    def get(self, kind: str, key: str) -> bytes | None:
        """The bytes, or None if there are none with a valid checksum."""
        rows = self._rows("SELECT key, checksum, data FROM item WHERE kind=? AND key=?", kind, key)
        return next((data for _, data in self._believed(kind, rows)), None)

    def all(self, kind: str) -> dict[str, bytes]:
        """All items of a kind with a valid checksum."""
        rows = self._rows("SELECT key, checksum, data FROM item WHERE kind=?", kind)
        return dict(self._believed(kind, rows))

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if (mine := self._mine()) is None:
            return []
        try:
            return mine.execute(query, values).fetchall()
        except (sqlite3.Error, OverflowError, UnicodeError):
            return []

    def _believed(self, kind: str, rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[str, bytes]]:
        for key, checksum, data in rows:
            is_whole = isinstance(key, str) and isinstance(data, bytes)
            if is_whole and checksum == self._checksum(kind, key, data):
                yield key, data

    def _checksum(self, kind: str, key: str, data: bytes) -> bytes:
        digest = hashlib.blake2b(self._stamp, digest_size=16, key=self._key)
        digest.update(f"{kind}\0{key}\0".encode("utf-8", "surrogatepass"))
        digest.update(data)
        return digest.digest()

    def put(
        self,
        new: Mapping[tuple[str, str], bytes],
        gone: Iterable[tuple[str, str]] = (),
        wiped: Iterable[str] = (),
    ) -> None:
        """Delete kinds and items and store others, in one transaction."""
        if (mine := self._mine()) is None:
            return
        rows = [(kind, key, self._checksum(kind, key, d), d) for (kind, key), d in new.items()]
        try:
            with mine:
                mine.executemany("DELETE FROM item WHERE kind=?", [(k,) for k in wiped])
                mine.executemany("DELETE FROM item WHERE kind=? AND key=?", list(gone))
                mine.executemany("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?)", rows)
        except (sqlite3.Error, OverflowError, UnicodeError):
            self.wipe()  # the next build starts from nothing

    def wipe(self) -> None:
        """Delete the file."""
        self.close()
        if self._path is not None:
            for end in ("", "-wal", "-shm", "-journal"):
                with suppress(OSError):
                    self._path.with_name(self._path.name + end).unlink(missing_ok=True)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()


def _clear_beside(path: Path) -> None:
    """Delete the journals beside a file that SQLite would replay; we never write any."""
    for end in ("-wal", "-shm"):
        other = path.with_name(path.name + end)
        if other.is_symlink():
            other.unlink()
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _prepare(connection: sqlite3.Connection) -> None:
    """Create our table; raises `sqlite3.Error` for a file with views, triggers or other tables."""
    schema = "SELECT sql FROM sqlite_master"
    if not connection.execute(schema).fetchall():
        with suppress(sqlite3.OperationalError):  # another process was quicker
            connection.execute(_TABLE)
    if connection.execute(schema).fetchall() != [(_TABLE,)]:
        raise sqlite3.DatabaseError("not a table of ours")
