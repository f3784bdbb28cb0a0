"""Builds a site, as a plugin of Pelican and for our commands.

Pelican itself is imported only if it runs: our own build does without it.
"""

from __future__ import annotations

from wardblog.build.announced import announce
from wardblog.build.for_settings import JINJA_FILTERS, PostReader
from wardblog.build.run import PostsLostError, Run
from wardblog.build.site import (
    addresses,
    build_site,
    check,
    check_pages,
    explain,
    read_checked,
    read_without_texts,
    use_site,
)

__all__ = [
    "JINJA_FILTERS",
    "PostReader",
    "PostsLostError",
    "Run",
    "addresses",
    "announce",
    "build_site",
    "check",
    "check_pages",
    "explain",
    "read_checked",
    "read_without_texts",
    "register",
    "use_site",
]


def register() -> None:
    """Hooks into Pelican; called once for each `Pelican` object."""
    # late import: see docs/architecture.md
    from wardblog.build.pelican.hosted import connect

    connect()
