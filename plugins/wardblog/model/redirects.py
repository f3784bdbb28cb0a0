"""What can be at an old address: a page that forwards, a copy of a feed, or only a redirect."""

from __future__ import annotations

from wardblog.model.addresses import split_query
from wardblog.model.media_types import MEDIA_TYPES

_PAGES = (".html", ".htm")
_FEEDS = (".xml", ".rss", ".atom", ".rdf", ".json")


def page_path(old: str) -> str:
    """The file of the page at an old address; "" if no page can be there.

    An address with a query has no file of its own, and a page does not help where a picture or a
    document is expected. What has no ending is made a folder, since servers would not know what
    such a file is; they send a visitor on from `/old` to `/old/`.
    """
    path, query = split_query(old)
    address = path.lstrip("/")
    ending = _ending(address)
    if query or (ending in MEDIA_TYPES and ending not in _PAGES):
        return ""
    if ending in _PAGES:
        return address
    return f"{address}{'/' if address and not address.endswith('/') else ''}index.html"


def feed_copy_path(old: str) -> str:
    """The file of the copy of a feed at an old address; "" if no feed can be there."""
    path, query = split_query(old)
    if not query and _ending(path) in _FEEDS:
        return path.lstrip("/")
    found = page_path(old)
    return found if found.endswith("/index.html") else ""


def file_at(old: str) -> str:
    """The file that may be at an old address, of whichever kind; "" for none."""
    return page_path(old) or feed_copy_path(old)


def needs_host(old: str) -> bool:
    """Whether an old address answers only where the host can redirect."""
    return not file_at(old)


def with_small_escapes(url: str) -> str:
    """The same URL with `%c3` in place of `%C3`."""
    first, *rest = url.split("%")
    return "%".join((first, *(piece[:2].lower() + piece[2:] for piece in rest)))


def _ending(address: str) -> str:
    """The ending of a file's name, in small letters; "" for the address of a folder."""
    name = address[address.rfind("/") + 1 :]
    return name[at:].lower() if (at := name.rfind(".")) > 0 else ""
