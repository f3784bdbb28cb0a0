"""Resolves link marks such as `{filename}` to URLs, as Pelican's documentation describes them.

It also says what the link of an event is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from urllib.parse import quote

from wardblog.content.markdown.html_links import split_mark
from wardblog.model import Post, Site
from wardblog.support.late_regex import late_regex

_NONE: Mapping[str, str] = MappingProxyType({})
_AGENDA = late_regex(
    r"agenda|ielistdocuments|iedochome|iemeetingdetails|moderngov|meeting|committee|minutes"
    r"|//democracy\.|//committees?\.|/cmis",
    re.IGNORECASE,
)


class Links:
    """Resolves link marks to the posts, pages and files of one site."""

    def __init__(self, site: Site) -> None:
        self._site, self._base, self._files = site, site.base_path, site.files

    def of(self, post: Post) -> Mapping[str, str]:
        """The URL of each link mark in a post's text; marks without a target are left out."""
        if not post.marks:
            return _NONE
        return {mark: url for mark in post.marks if (url := self._url(mark))}

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        site = self._site
        posts = site.index.value(
            "addresses", lambda: _addresses_of(site.posts), "file", "address", "visibility"
        )
        return _addresses_of(site.pages) | posts

    def _url(self, mark: str) -> str:
        what, path, tail = split_mark(mark)
        if what == "filename" and path in self._addresses:
            return f"{self._base}/{self._addresses[path]}{tail}"
        if what == "static" and path in self._files:
            return f"{self._base}/{quote(path)}{tail}"
        return ""


def _addresses_of(texts: Iterable[Post]) -> dict[str, str]:
    return {p.file: p.address for p in texts if not p.visibility.is_waiting}


def link_words(address: str) -> str:
    """What the link of an event is called: councils' pages of meetings have the agenda."""
    return "Agenda" if _AGENDA.search(address) else "Details"
