"""Finds passwords and keys in the content folder, since every copy of it would contain them.

The patterns follow the issuers' documentation, so that a grid reference or a planning number never
matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from wardblog.problems import Problem
from wardblog.report import Report
from wardblog.support.late_regex import late_regex
from wardblog.support.private_files import open_ordinary

# A file without any of these is not searched further.
_MARKS = (b"PRIVATE KEY", b"AKIA", b"ASIA", b"ghp_", b"gho_", b"ghs_", b"github_pat_", b"glpat-")
_FORMS = late_regex(
    rb"""(?P<private_key>-----BEGIN\ (?:[A-Z]+\ )*PRIVATE\ KEY-----)
    | \b(?P<access_key>(?:AKIA|ASIA)[A-Z2-7]{16})\b
    | \b(?P<github_token>gh[pos]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})
    | \b(?P<gitlab_token>glpat-[A-Za-z0-9_-]{20,})""",
    re.VERBOSE,
)
_NAMES = {
    "private_key": "a private key",
    "access_key": "an Amazon access key",
    "github_token": "a GitHub token",
    "gitlab_token": "a GitLab token",
}
# In settings files, a key with such a name counts as well.
_SETTINGS = (".toml", ".env", ".ini", ".cfg", ".conf", ".yml", ".yaml", ".sh", "credentials")
_WORDS = r"passw(?:or)?d|passphrase|secret|token|access_key|private_key"
_KEY = rf"(?P<key>[\w.-]*(?:{_WORDS})[\w.-]*)"
_CALLED = late_regex(
    rf"""^[ \t]*(?:export[ ])?{_KEY}[ \t]*[=:][ \t]*["']?[^"'\s]""".encode(),
    re.IGNORECASE | re.MULTILINE,
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic", ".pdf", ".mp3", ".mp4")
_PIECE, _OVERLAP = 4_000_000, 2_000


def is_called_secret(key: str) -> bool:
    return bool(re.search(_WORDS, key, re.IGNORECASE))


def report_secret(report: Report, line: int, message: str) -> None:
    report.stop(
        line,
        message,
        "Anyone with a copy of this folder could use it. Remove it, get a new one, and keep that "
        "in an environment variable or the settings of ssh or git: docs/reach.md explains how for "
        "e-mail, and the README for publishing.",
    )


def may_hold_secrets(file: str) -> bool:
    return not file.lower().endswith(_PICTURES)


class Secret(NamedTuple):
    """A password or key: what it is, in words, and its byte offset."""

    name: str
    start: int


def secrets_in(text: bytes) -> Iterator[Secret]:
    """Find the keys and tokens in a piece of a file."""
    if any(mark in text for mark in _MARKS):
        for match in _FORMS.finditer(text):
            yield Secret(_NAMES[match.lastgroup or ""], match.start())


def find_secrets(path: Path, file: str, draft: bytes | None = None) -> tuple[Problem, ...]:
    """Return a problem for each secret in a file; `file` is its path from the content folder.

    A `draft` is searched in place of the file.
    """
    report = Report(file)
    is_settings = file.lower().endswith(_SETTINGS)
    try:
        for text, line in _pieces(open_ordinary(path) if draft is None else BytesIO(draft)):
            for secret in secrets_in(text):
                report_secret(report, line + _lines(text, secret.start), f"this is {secret.name}")
            for match in _CALLED.finditer(text) if is_settings else ():
                key = match["key"].decode("utf-8", "replace")
                where = line + _lines(text, match.start("key"))
                report_secret(report, where, f'"{key}" is a password or key')
    except OSError:
        return ()  # reported by the code that needs the file
    return tuple(dict.fromkeys(report.problems))


def _pieces(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Read a file in pieces that overlap by a few lines, each with its first line number.

    Zero bytes are dropped, so that ASCII in UTF-16 is found as well.
    """
    before, line = b"", 1
    with file:
        while data := file.read(_PIECE):
            text = before + (data.replace(b"\0", b"") if b"\0" in data else data)
            yield text, line
            if len(data) < _PIECE:
                return
            before = text[-_OVERLAP:]
            before = before[before.find(b"\n") + 1 :]
            line += _lines(text, len(text) - len(before))


def _lines(text: bytes, end: int) -> int:
    return text.count(b"\n", 0, end)
