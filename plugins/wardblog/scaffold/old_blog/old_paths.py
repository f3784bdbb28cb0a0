"""Which old addresses can lead to new ones: those that no page of the new site has itself."""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import quote, unquote

from wardblog.content.keys import KEYS
from wardblog.views.table import FOLDERS

# Blogger's feeds have the folder of ours, but none of its names.
_OF_BLOGGER = "feeds/posts/"
_INDEX = re.compile(r"/index\.html?$")


def usable(address: str, taken: Container[str]) -> bool:
    """Whether an address can be an old one; `taken` are those of the new site."""
    if not KEYS["Aliases"].accepts(address):
        return False
    if "?" in address:
        return True
    plain = _INDEX.sub("/", unquote(address)).strip("/")
    folder, _, rest = plain.partition("/")
    is_ours = folder in FOLDERS and not (rest and address.endswith("/"))
    is_ours = is_ours and not plain.startswith(_OF_BLOGGER)
    return bool(plain) and not is_ours and f"{plain}/" not in taken


def in_ascii(address: str) -> str:
    """An address with other letters encoded, which no program takes for anything else."""
    return quote(address.strip(), safe="/%?=&:;@!$'()*+,~#[]")


def same(address: str) -> str:
    """An address without what makes no difference, to find it twice."""
    path, sign, query = address.partition("?")
    plain = _INDEX.sub("/", unquote(path)).strip("/")
    return f"/{plain}{sign}{query}"
