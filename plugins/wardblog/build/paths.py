"""Absolute paths in the form in which Pelican and the file watcher give them."""

from __future__ import annotations

import os
from pathlib import Path


def full(path: Path | str) -> Path:
    """Return the absolute path without any `..`, which `Path.absolute` keeps."""
    return Path(os.path.abspath(path))  # noqa: PTH100
