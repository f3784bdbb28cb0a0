"""Which files LOG= names, and which of them are parts of the same log."""

from __future__ import annotations

import glob
import re
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from wardblog.office.statistics.log_files import STANDARD_INPUT
from wardblog.problems import CommandError, UsageError, display_path

# What programs add when they begin a new file: .1, .2.gz, -20261128, .2026-11-28, -1732752000.
_ROTATED = re.compile(r"(?:[.-](?:\d{1,4}|\d{6,10}|\d{4}-\d\d-\d\d(?:[T_-]?[\d-]{2,9})?))+$")
_PACKED = re.compile(r"\.(?:gz|gzip)$", re.IGNORECASE)
# Files that stores of cloud providers begin with the time, and those of CloudFront with its name.
_S3_NAME = re.compile(r"\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[0-9A-F]{8,}$")
_CLOUDFRONT_NAME = re.compile(r"([A-Z0-9]{8,})\.\d{4}-\d\d-\d\d-\d\d\.[0-9a-f]+$")


def named_files(written: str) -> list[Path]:
    """The files that LOG= names: names, patterns and folders, with spaces between.

    A name with a space is found as it is, or goes between quotation marks. Raises `UsageError`.
    """
    found: dict[Path, None] = {}
    for word in _words(written):
        if word == "-":
            found[STANDARD_INPUT] = None
            continue
        for path in _matching(word):
            found.setdefault(path, None)
    return list(found)


def _words(written: str) -> list[str]:
    if _is(Path.exists, _expanded(written)):
        return [written]
    try:
        words = shlex.split(written, posix=sys.platform != "win32")
    except ValueError:
        raise UsageError("A quotation mark is missing after LOG=") from None
    # A pattern may have a space in it without quotation marks.
    return [written] if len(words) > 1 and _globbed(written) else words


def _matching(word: str) -> list[Path]:
    path = _expanded(word)
    if _is(Path.is_dir, path):
        # A link that leads nowhere is named later; sockets and the like are not logs.
        inside = path.rglob("*")
        found = sorted(p for p in inside if _is(Path.is_file, p) or not _is(Path.exists, p))
    elif _is(Path.exists, path):
        found = [path]
    else:
        found = _globbed(word)
    if not found:
        raise CommandError(
            f"No file is called {display_path(path)}",
            "After LOG=, write where the logs are, such as "
            'LOG="/var/log/nginx/access.log*". docs/figures.md says where hosts keep them.',
        )
    return found


def _expanded(word: str) -> Path:
    """The path with the home folder in place of `~`, or as it is if nobody has that name."""
    try:
        return Path(word).expanduser()
    except RuntimeError:
        return Path(word)


def _is(question: Callable[[Path], bool], path: Path) -> bool:
    """The answer; no for what cannot be a path, such as one that is too long."""
    try:
        return question(path)
    except OSError:
        return False


def _globbed(pattern: str) -> list[Path]:
    """The files that a pattern fits. `Path.glob` takes only patterns below a folder."""
    names = glob.glob(str(_expanded(pattern)), recursive=True)  # noqa: PTH207
    return sorted(path for path in map(Path, names) if not _is(Path.is_dir, path))


def log_name(path: Path) -> str:
    """The name that all files of a log share: `access.log` of `access.log.2.gz`."""
    name = _PACKED.sub("", path.name)
    if path == STANDARD_INPUT:
        return "standard input"
    if _S3_NAME.search(name):
        return _S3_NAME.sub("", name) or "S3"
    if found := _CLOUDFRONT_NAME.search(name):
        return found[1]
    stem = _ROTATED.sub("", name)
    if stem == name and name.endswith(".log"):
        stem = f"{_ROTATED.sub('', name.removesuffix('.log'))}.log"
    return stem or name


def by_log(paths: Sequence[Path]) -> dict[tuple[Path, str], list[Path]]:
    """The files of each log; two logs may have the same name in different folders."""
    found: dict[tuple[Path, str], list[Path]] = {}
    for path in paths:
        found.setdefault((path.parent, log_name(path)), []).append(path)
    return found
