"""The feed reader newsboat, with a home of its own."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

needs_newsboat = pytest.mark.skipif(
    not shutil.which("newsboat"), reason="newsboat is not installed, and could not be"
)


class Reader:
    """Newsboat with a home of its own and one feed: it keeps an entry of several but once."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder
        folder.mkdir(parents=True)
        (folder / "urls").write_text(f"{url}\n")
        (folder / "config").touch()

    def reload(self) -> None:
        done = subprocess.run(
            ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"],
            cwd=self._folder,
            env={"HOME": str(self._folder), "PATH": "/usr/bin:/bin", "TERM": "dumb"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)

    def titles(self) -> set[str]:
        with sqlite3.connect(self._folder / "cache.db") as cache:
            return {title for (title,) in cache.execute("SELECT title FROM rss_item")}

    def read_all(self) -> None:
        """Do as if all entries had been read."""
        with sqlite3.connect(self._folder / "cache.db") as cache:
            cache.execute("UPDATE rss_item SET unread = 0")

    def unread(self) -> set[str]:
        """The titles of the entries that it shows as new."""
        with sqlite3.connect(self._folder / "cache.db") as cache:
            return {title for (title,) in cache.execute("SELECT title FROM rss_item WHERE unread")}
