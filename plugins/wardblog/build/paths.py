"""Paths as Pelican and the watcher of files give them, so that both can be compared with ours."""

from __future__ import annotations

import os
from pathlib import Path


def full(path: Path | str) -> Path:
    """The path from the root of the disk on, without any `..`, which `Path.absolute` keeps."""
    return Path(os.path.abspath(path))  # noqa: PTH100
