"""Passwords and keys in the content folder: every copy of it would hand them on.

The forms are those that their makers document, so that a grid reference or a planning number is
never taken for one.
"""

from __future__ import annotations

import re
from pathlib import Path

from wardblog.problems import Problem
from wardblog.read.report import Report

# A file without any of these is not looked at further.
_MARKS = (b"PRIVATE KEY", b"AKIA", b"ASIA", b"ghp_", b"gho_", b"ghs_", b"github_pat_", b"glpat-")
_FORMS = re.compile(
    rb"""(?P<private_key>-----BEGIN\ (?:[A-Z]+\ )*PRIVATE\ KEY-----)
    | \b(?P<access_key>(?:AKIA|ASIA)[A-Z2-7]{16})\b
    | \b(?P<github_token>gh[pos]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})
    | \b(?P<gitlab_token>glpat-[A-Za-z0-9_-]{20,})""",
    re.VERBOSE,
)
_NAMES = {
    "private_key": "a private key",
    "access_key": "an access key of Amazon's",
    "github_token": "a token of GitHub's",
    "gitlab_token": "a token of GitLab's",
}
# In files of settings also what is called one.
_SETTINGS = (".toml", ".env", ".ini", ".cfg", ".conf", ".yml", ".yaml", ".sh", "credentials")
_WORDS = r"passw(?:or)?d|passphrase|secret|token|access_key|private_key"
_KEY = rf"(?P<key>[\w.-]*(?:{_WORDS})[\w.-]*)"
_CALLED = re.compile(
    rf"""^[ \t]*(?:export[ ])?{_KEY}[ \t]*[=:][ \t]*["']?[^"'\s]""".encode(),
    re.IGNORECASE | re.MULTILINE,
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic", ".pdf", ".mp3", ".mp4")
_LARGEST = 4_000_000


def is_called_secret(key: str) -> bool:
    return bool(re.search(_WORDS, key, re.IGNORECASE))


def tell_secret(report: Report, line: int, message: str) -> None:
    report.stop(
        line,
        message,
        "Whoever gets a copy of this folder could use it. Take it out, have it changed, and give "
        "the new one in the environment or in the settings of ssh or git; the README says how.",
    )


def may_hold_secrets(file: str) -> bool:
    return not file.lower().endswith(_PICTURES)


def find_secrets(path: Path, file: str) -> tuple[Problem, ...]:
    """What one file holds of them; `file` is its path from the content folder."""
    try:
        if path.stat().st_size > _LARGEST:
            return ()
        text = path.read_bytes()
    except OSError:
        return ()  # whoever needs this file tells what is wrong with it
    if b"\0" in text[:1000]:
        text = text.replace(b"\0", b"")  # UTF-16
    report = Report(file)
    if any(mark in text for mark in _MARKS):
        for found in _FORMS.finditer(text):
            name = _NAMES[found.lastgroup or ""]
            tell_secret(report, _line(text, found.start()), f"this is {name}")
    if file.lower().endswith(_SETTINGS):
        for found in _CALLED.finditer(text):
            key = found["key"].decode("utf-8", "replace")
            tell_secret(report, _line(text, found.start("key")), f'"{key}" is a password or key')
    return tuple(report.problems)


def _line(text: bytes, position: int) -> int:
    return text.count(b"\n", 0, position) + 1
