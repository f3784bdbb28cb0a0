"""Recognises posts by their file names, in any of the usual endings."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from itertools import product

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")


def _in_any_case(ending: str) -> tuple[str, ...]:
    """Return `.md`, `.Md`, `.mD` and `.MD`; of longer endings only the usual spellings."""
    if len(ending) > 4:
        return (ending, ending.upper(), f".{ending[1:].capitalize()}")
    return tuple(map("".join, product(*(dict.fromkeys((c, c.upper())) for c in ending))))


# The endings of posts and pages, in the order in which they are tried.
SOURCES = tuple(way for ending in (".md", ".txt", *MARKDOWN[1:]) for way in _in_any_case(ending))
_OTHER_ENDINGS = (".md", ".txt", ".markdown", ".MD", ".TXT")


def is_text(file: str) -> bool:
    """Whether a file is a post or page by its name; `.txt` counts only in their folders."""
    among_posts = file.startswith(("posts/", "pages/"))
    return file.endswith(SOURCES) and (among_posts or file.lower().endswith(MARKDOWN))


def with_existing_ending(file: str, files: Container[str]) -> str:
    """Return the post that a link names, whichever ending the file has."""
    if file in files:
        return file
    stem = file.rpartition(".")[0]
    return next((stem + end for end in _OTHER_ENDINGS if stem + end in files), file)


def composed(path: str) -> str:
    """Return a path in Unicode's composed form (NFC)."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)
