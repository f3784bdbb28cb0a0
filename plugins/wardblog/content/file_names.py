"""Names of files: which are posts, and how one is written that comes in several forms."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from itertools import product

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")


def _in_any_case(ending: str) -> tuple[str, ...]:
    """`.md` as `.Md`, `.mD` and `.MD` as well; of long endings those that are found in practice."""
    if len(ending) > 4:
        return (ending, ending.upper(), f".{ending[1:].capitalize()}")
    return tuple(map("".join, product(*(dict.fromkeys((c, c.upper())) for c in ending))))


# What posts and pages are written in; the first ones are tried first.
SOURCES = tuple(way for ending in (".md", ".txt", *MARKDOWN[1:]) for way in _in_any_case(ending))
_OTHER_ENDINGS = (".md", ".txt", ".markdown", ".MD", ".TXT")


def is_text(file: str) -> bool:
    """Whether a file is a post or page by its name; elsewhere, a `.txt` is a file like others."""
    among_posts = file.startswith(("posts/", "pages/"))
    return file.endswith(SOURCES) and (among_posts or file.lower().endswith(MARKDOWN))


def with_existing_ending(file: str, files: Container[str]) -> str:
    """The post that a link names, under whichever ending it is there."""
    if file in files:
        return file
    stem = file.rpartition(".")[0]
    return next((stem + end for end in _OTHER_ENDINGS if stem + end in files), file)


def composed(path: str) -> str:
    """A path with each accent and its letter as one character (NFC)."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)
