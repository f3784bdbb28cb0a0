"""Which old addresses can lead to new ones: those that no page of the new site has itself."""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import quote, unquote

from wardblog.content.keys import KEYS
from wardblog.model.addresses import HUGO_FEED, ICON, calendar_path, card_path, map_picture
from wardblog.views.table import FOLDERS

# What any page may get beside it.
_BESIDE_PAGES = frozenset((calendar_path(), card_path(""), map_picture("")))
# The files at the top of any site.
_AT_THE_TOP = frozenset(
    ("404.html", "_headers", "_redirects", "calendar.ics", "card.png", "community.opml",
     "feeds.opml", ICON, "map.svg", "robots.txt", "sitemap.xml")
)  # fmt: skip
_INDEX = re.compile(r"/index\.html?$")


def usable(address: str, taken: Container[str]) -> bool:
    """Whether an address can be an old one; `taken` are those of the new site."""
    if not KEYS["Aliases"].accepts(address):
        return False
    plain = _INDEX.sub("/", unquote(address)).strip("/")
    folder, _, rest = plain.partition("/")
    last = plain.rsplit("/", 1)[-1]
    # Of the folders that the site fills itself, only addresses without an ending can be old ones.
    may_be_old = rest and ("." not in last or last == HUGO_FEED)
    is_ours = plain.casefold() in _AT_THE_TOP or last in _BESIDE_PAGES
    is_ours = is_ours or (folder in FOLDERS and not may_be_old)
    return bool(plain) and not is_ours and f"{plain}/".casefold() not in taken


def in_ascii(address: str) -> str:
    """An address with other letters encoded, which no program takes for anything else."""
    return quote(address.strip(), safe="/%?=&:;@!$'()*+,~#[]")


def same(address: str) -> str:
    """An address without what makes no difference, to find it twice."""
    path, sign, query = address.partition("?")
    plain = _INDEX.sub("/", unquote(path)).strip("/")
    return f"/{plain}{sign}{query}"
