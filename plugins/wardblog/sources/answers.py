"""Keeps what was fetched on this computer, so that a second run fetches nothing again."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import private_folder, write_private

DAY = 24 * 3600.0
# Answers that were not used for longer are removed.
_FORGOTTEN = 400 * DAY


def cache_folder() -> Path:
    """`wardblog` in the user's folder for caches.

    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(named) if Path(named).is_absolute() else Path.home() / ".cache"
    return base / "wardblog"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a service calls this state of an answer: its `ETag` and `Last-Modified`, or ""."""

    etag: str = ""
    modified: str = ""


NO_VALIDATORS = Validators()


class Answers:
    """The answers of services, in a folder that only the user can open.

    They are found by what was asked. A folder that cannot be written does no harm: everything is
    then fetched again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, asked: str, ending: str = "") -> Path:
        return self._folder / (hashlib.sha256(asked.encode()).hexdigest()[:32] + ending)

    def get(self, asked: str, newest: float) -> bytes | None:
        """Return the answer if it is at most `newest` seconds old."""
        path = self.path(asked)
        try:
            age = time.time() - path.stat().st_mtime
            return path.read_bytes() if -DAY < age <= newest else None
        except OSError:
            return None

    def write(self, asked: str, answer: bytes, ending: str = "") -> Path:
        """Keep an answer as a file; it replaces an older one with the same ending.

        Raises `OSError`.
        """
        private_folder(self._folder)
        path = self.path(asked, ending)
        write_private(path, answer)
        for older in self._folder.glob(f"*{ending}") if ending else ():
            if older != path:
                older.unlink()
        return path

    def validators(self, asked: str) -> Validators:  # noqa: ARG002 - see `RawAnswers`
        """What to ask with, so that the service can say that its answer is as before."""
        return NO_VALIDATORS

    def as_before(self, asked: str) -> bytes | None:  # noqa: ARG002 - see `RawAnswers`
        """Return the answer to which its validators belong, or None."""
        return None

    def keep(self, asked: str, answer: bytes, validators: Validators = NO_VALIDATORS) -> None:  # noqa: ARG002
        """Keep an answer if that is possible."""
        with suppress(OSError):
            self.write(asked, answer)

    def discard(self, asked: str) -> None:
        with suppress(OSError):
            self.path(asked).unlink()

    def tidy(self) -> None:
        """Remove the answers of past years."""
        now = time.time()
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.is_file() and now - path.stat().st_mtime > _FORGOTTEN:
                    path.unlink()
