"""Reads the names of files that are typed after FROM=."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from wardblog.problems import UsageError

_WINDOWS_PATH = re.compile(r"^[\"']?[A-Za-z]:\\")


def words_after_from(source: str) -> list[str]:
    """What is written after FROM=, with spaces between; a name with a space goes between quotes.

    Raises `UsageError`.
    """
    if not source or Path(source).expanduser().exists():
        return [source] if source else []
    if sys.platform != "win32" and _WINDOWS_PATH.search(source):
        drive, rest = source.strip("\"'").split(":", 1)
        path = f"/mnt/{drive[-1:].lower()}{rest}".replace("\\", "/")
        raise UsageError("FROM= names a file as Windows does", f'Here, it is called: FROM="{path}"')
    try:
        return shlex.split(source, posix=sys.platform != "win32")
    except ValueError:
        raise UsageError("A quotation mark is missing after FROM=") from None
