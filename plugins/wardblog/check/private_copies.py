"""Check that no file of the private side was copied into the content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from wardblog.content.files import CASEWORK_FILE
from wardblog.model import Site
from wardblog.problems import Problem

_NAMES = frozenset(("casework", "subscribers", "diary"))
_TABLES = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"))


def private_copy(site: Site) -> Iterator[Problem]:
    """Files that have the name of one about people; the public counts of casework are none."""
    for file in sorted(site.files):
        path = PurePosixPath(file.casefold())
        if path.stem in _NAMES and path.suffix in _TABLES and file != CASEWORK_FILE:
            yield Problem(
                file=file,
                line=None,
                message="this file has the name of a private one, with residents in it",
                hint="Move it out of {content}: such files belong in the folder private. "
                "If it is something else, rename it.",
            )
