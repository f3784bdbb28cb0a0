"""Which old addresses can lead to new ones: those that no page of the new site has itself."""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import quote, unquote

from wardblog.check.addresses import is_for_our_files
from wardblog.content.keys import KEYS
from wardblog.model.addresses import ICON
from wardblog.views.table import FOLDERS

# The files at the top of any site, besides those that any page may have.
_AT_THE_TOP = frozenset(
    ("404.html", "_headers", "_redirects", "community.opml", "feeds.opml", ICON, "robots.txt",
     "sitemap.xml")
)  # fmt: skip
_INDEX = re.compile(r"/index\.html?$")


def usable(address: str, taken: Container[str]) -> bool:
    """Whether an address can be an old one; `taken` are those of the new site, in small letters."""
    if not KEYS["Aliases"].accepts(address):
        return False
    plain = _INDEX.sub("/", unquote(address)).strip("/")
    if not plain or plain.casefold() in _AT_THE_TOP or f"{plain}/".casefold() in taken:
        return False
    return not is_for_our_files(plain, FOLDERS.__contains__)


def in_ascii(address: str) -> str:
    """An address with other letters encoded, which no program takes for anything else."""
    return quote(address.strip(), safe="/%?=&:;@!$'()*+,~#[]")


def same(address: str) -> str:
    """An address without what makes no difference, to find it twice."""
    path, sign, query = address.partition("?")
    plain = _INDEX.sub("/", unquote(path)).strip("/")
    return f"/{plain}{sign}{query}"
