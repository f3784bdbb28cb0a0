"""The kinds of files in a site, from which each list of files is derived."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Protocol


class OutputKind(Enum):
    """The kind of a file of the site.

    `INDEX` pages list others and must not disappear unnoticed: the home page and the issues. `LIST`
    pages come and go with what they list. `MACHINE` files are for search engines and feed readers,
    `HOST` files are settings for a web server, and `ASSET` files are loaded by pages.
    """

    PAGE = "page"
    INDEX = "index"
    LIST = "list"
    MOVED = "moved"
    NOT_FOUND = "not found"
    FEED = "feed"
    ARCHIVE = "archive"
    CALENDAR = "calendar"
    EVENT = "event"
    DATA = "data"
    FILE = "file"
    PICTURE = "picture"
    MACHINE = "machine"
    HOST = "host"
    ASSET = "asset"

    @property
    def is_list(self) -> bool:
        """Whether it lists others, and changes when they do."""
        return self in _LISTS

    @property
    def is_derived(self) -> bool:
        """Whether it is a page that is removed when everything that it lists is gone."""
        return self is OutputKind.LIST

    @property
    def is_followed(self) -> bool:
        """Whether people save or subscribe to its address although it is not a page."""
        return self in _FOLLOWED

    @property
    def is_linkable(self) -> bool:
        """Whether a post may link to it: residents can open it, and its name stays the same."""
        return self not in _INTERNAL


_LISTS = frozenset(
    (
        OutputKind.INDEX,
        OutputKind.LIST,
        OutputKind.FEED,
        OutputKind.ARCHIVE,
        OutputKind.CALENDAR,
        OutputKind.MACHINE,
    )
)
_FOLLOWED = frozenset((OutputKind.FEED, OutputKind.CALENDAR, OutputKind.DATA, OutputKind.FILE))
_INTERNAL = frozenset((OutputKind.NOT_FOUND, OutputKind.HOST, OutputKind.ASSET))


class Addresses(Protocol):
    """The addresses of one site."""

    def kind_at(self, path: str) -> OutputKind | None:
        """The kind of the file at a path such as `tags/ice/index.html`; None if there is none."""

    def linkable(self) -> Iterable[str]:
        """The addresses that a post may link to, such as `tags/ice/`."""

    def is_filled(self, folder: str) -> bool:
        """Whether the software writes files to this folder at the site's root."""

    def is_reserved(self, folder: str) -> bool:
        """Whether pages must not use this folder at the site's root: a filled one, or a year."""
