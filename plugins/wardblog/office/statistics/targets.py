"""What was asked for: a page, a feed, a part of a page, or another file."""

from __future__ import annotations

import re
from enum import IntEnum
from urllib.parse import quote, unquote_to_bytes

from wardblog.support.late_dataclass import dataclass

# Longer paths are nobody's.
_LONGEST = 1_000
# Distinct targets are remembered up to this number, since queries can be anything.
_MOST_REMEMBERED = 50_000
# What need not be encoded in the path of a URL, and is harmless wherever it is shown.
_PLAIN = "/-._~!$()*+,;:@="
_FEEDS = re.compile(
    r"\.(?:rss|atom|rdf)(?:\.xml)?$|/(?:rss|atom|feed|index|rdf)\.(?:xml|json)$|/(?:feed|rss|atom)/?$"
    r"|/feeds/.*\.(?:xml|json)$|/feeds/posts/",  # the latter on a blog that came from Blogger
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
# Names without an ending that are not pages: settings of hosts, and what only programs ask for.
_NO_PAGES = re.compile(
    r"/\.|/(?:_redirects|_headers|cname|robots|ping|healthz?|server-status|nginx_status)$"
)
# The search reads the text of a page to show a sentence of it; nobody has opened the page.
_FOR_SEARCH = re.compile(rb"(?:^|[&;])sentence(?=[=&;#]|$)")
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
    # An address without a slash and an ending at its end, which is a page if it is sent.
    BARE = 6
    # Of another site on the same host.
    ELSEWHERE = 7


@dataclass(frozen=True, slots=True)
class RequestTarget:
    """The path of a request, in one form and in ASCII, and what `from=` in its query says."""

    kind: TargetKind
    path: str
    campaign: str = ""


class Targets(dict[bytes, RequestTarget]):
    """Each target, by what the log says."""

    def __init__(self, base_path: str = "") -> None:
        """`base_path` is the folder of the site on its host, such as `/blog`."""
        super().__init__()
        self._base = encoded(base_path.encode())

    def __missing__(self, written: bytes) -> RequestTarget:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        self[written] = found = target_of(written, self._base)
        return found


def target_of(written: bytes, base: str = "") -> RequestTarget:
    """Parse what was asked for; anything that is not an address on this site is a file."""
    where, _, query = written.partition(b"?")
    if where.startswith((b"http://", b"https://")):  # as a proxy is asked
        where = b"/" + where.split(b"/", 3)[3] if where.count(b"/") > 2 else b"/"
    if not where.startswith(b"/") or len(where) > _LONGEST:
        return RequestTarget(TargetKind.FILE, "")
    path = encoded(where)
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    if _FOR_SEARCH.search(query):
        is_elsewhere = _kind(path, base) is TargetKind.ELSEWHERE
        return RequestTarget(TargetKind.ELSEWHERE if is_elsewhere else TargetKind.FILE, path)
    campaign = _CAMPAIGN.search(query)
    code = campaign[1].decode().lower() if campaign else ""
    return RequestTarget(_kind(path, base), path, code)


def encoded(where: bytes) -> str:
    """A path in one form: without what servers leave out, such as `//` and `/./`."""
    path = unquote_to_bytes(where)
    if b"//" in path or b"/." in path:
        path = _collapsed(path)
    return quote(path, safe=_PLAIN)


def _collapsed(path: bytes) -> bytes:
    """The path without repeated slashes and dot segments: `/x/` of `//y/../x/.`."""
    *folders, name = path.split(b"/")
    if name in (b".", b".."):
        folders, name = [*folders, name], b""
    found: list[bytes] = []
    for folder in folders:
        if folder == b"..":
            del found[-1:]
        elif folder not in (b"", b"."):
            found.append(folder)
    return b"/" + b"".join(folder + b"/" for folder in found) + name


def _kind(path: str, base: str) -> TargetKind:
    lower = path.lower()
    if lower in _FOR_ROBOTS:  # robots ask at the root of the host
        return TargetKind.FOR_ROBOTS
    if base:
        if path != base and not path.startswith(f"{base}/"):
            return TargetKind.ELSEWHERE
        lower = lower[len(base) :]
    return _kind_here(lower)


def _kind_here(lower: str) -> TargetKind:
    """What a path below the site's folder, in small letters, leads to."""
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
    is_bare = "." not in lower.rpartition("/")[2] and not _NO_PAGES.search(lower)
    return TargetKind.BARE if is_bare else TargetKind.FILE
