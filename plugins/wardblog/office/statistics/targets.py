"""What was asked for: a page, a feed, a part of a page, or another file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import quote, unquote_to_bytes

# Longer paths are nobody's.
_LONGEST = 1_000
# Distinct targets are remembered up to this number, since queries can be anything.
_MOST_REMEMBERED = 50_000
# What need not be encoded in the path of a URL, and is harmless wherever it is shown.
_PLAIN = "/-._~!$()*+,;:@="
_FEEDS = re.compile(
    r"\.(?:rss|atom|rdf)(?:\.xml)?$|/(?:rss|atom|feed|index|rdf)\.(?:xml|json)$|/(?:feed|rss|atom)/?$"
    r"|/feeds/.*\.(?:xml|json)$",
    re.IGNORECASE,
)
# Older entries of a feed, which no reader fetches again.
_ARCHIVE = re.compile(r"/feeds/archive/")
_RENDERED = (".css", ".js", ".mjs", ".woff", ".woff2", ".ttf", ".otf")
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg")
# Pictures that those fetch as well who only show a preview of a link.
_PREVIEWED = re.compile(r"/(?:card|icon|favicon|apple-touch-icon)[^/]*\.(?:png|ico|jpe?g|svg)$")
_PAGES = (".html", ".htm", ".xhtml")
_FOR_ROBOTS = ("/robots.txt", "/sitemap.xml", "/ads.txt", "/llms.txt")
_CAMPAIGN = re.compile(rb"(?:^|[&;])from=([A-Za-z0-9._~-]{1,80})(?=[&;#]|$)")


class TargetKind(IntEnum):
    """What an address leads to, as far as its path says."""

    PAGE = 0
    FEED = 1
    # What only a program that shows the page loads: style, scripts and fonts.
    RENDERED = 2
    PICTURE = 3
    FILE = 4
    # What only programs ask for.
    FOR_ROBOTS = 5


@dataclass(frozen=True, slots=True)
class RequestTarget:
    """The path of a request, in one form and in ASCII, and what `from=` in its query says."""

    kind: TargetKind
    path: str
    campaign: str = ""


class Targets(dict[bytes, RequestTarget]):
    """Each target, by what the log says."""

    def __missing__(self, written: bytes) -> RequestTarget:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        self[written] = found = target_of(written)
        return found


def target_of(written: bytes) -> RequestTarget:
    """Parse what was asked for; anything that is no address on this site is a file."""
    where, _, query = written.partition(b"?")
    if where.startswith((b"http://", b"https://")):  # as a proxy is asked
        where = b"/" + where.split(b"/", 3)[3] if where.count(b"/") > 2 else b"/"
    if not where.startswith(b"/") or len(where) > _LONGEST:
        return RequestTarget(TargetKind.FILE, "")
    path = quote(unquote_to_bytes(where), safe=_PLAIN)
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    campaign = _CAMPAIGN.search(query)
    return RequestTarget(_kind(path), path, campaign[1].decode().lower() if campaign else "")


def _kind(path: str) -> TargetKind:
    lower = path.lower()
    if lower in _FOR_ROBOTS:
        return TargetKind.FOR_ROBOTS
    if _FEEDS.search(lower):
        return TargetKind.FILE if _ARCHIVE.search(lower) else TargetKind.FEED
    if lower.endswith("/") or lower.endswith(_PAGES):
        return TargetKind.PAGE
    if lower.endswith(_RENDERED):
        return TargetKind.RENDERED
    if lower.endswith(_PICTURES) and not _PREVIEWED.search(lower):
        return TargetKind.PICTURE
    return TargetKind.FILE
