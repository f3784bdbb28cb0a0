"""What a web page says about itself: its title, its words, its feeds, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wardblog.sources.look import in_ascii
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import join_url, short_host
from wardblog.text.html_tree import parse_html

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml",
               "application/feed+json", "application/json")  # fmt: skip
_CHARSET = late_regex(rb"""(?i)<meta[^>]+charset=["']?\s*([\w-]+)""")
_REFRESH = late_regex(r"""(?i)^\s*(\d+)[^;,]*[;,]\s*(?:url\s*=\s*)?["']?([^"'>\s]+)""")
# A page that waits longer reloads itself, rather than leading elsewhere.
_LONGEST_REFRESH = 10
_COMMENT = late_regex(rb"(?s)<!--.*?(?:-->|\Z)")
_UNREAD = "//script | //style | //noscript | //template | //svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """A page: its `title` with the name that it gives the whole site, and all its `words`.

    `feeds` are the addresses that it names as its own, the best first. `hosts` are those of scripts
    and frames. `refresh` is where it sends a browser at once, or "".
    """

    title: str
    words: str
    feeds: tuple[str, ...]
    hosts: tuple[str, ...]
    asks_password: bool
    refresh: str


def read_page(content: bytes, media_type: str, url: str) -> PageFacts:
    """Read a page that was found at `url`."""
    root, _ = parse_html(_COMMENT.sub(b"", _as_utf8(content, media_type)))
    if root is None:
        return PageFacts(title="", words="", feeds=(), hosts=(), asks_password=False, refresh="")
    sources = [*root.xpath("//script/@src"), *root.xpath("//iframe/@src | //frame/@src")]
    title, feeds, refresh = " ".join(_titles(root)), tuple(_feeds(root, url)), _refresh(root, url)
    asks = bool(root.xpath("//input[@type='password' or @type='PASSWORD']"))
    for unread in root.xpath(_UNREAD):
        unread.clear(keep_tail=True)
    return PageFacts(
        title=title,
        words=_tidied(" ".join(root.itertext())),
        hosts=tuple({short_host(join_url(url, str(one))) for one in sources}),
        feeds=feeds,
        asks_password=asks,
        refresh=refresh,
    )


def _as_utf8(content: bytes, media_type: str) -> bytes:
    named = re.search(r"charset=[\"']?([\w-]+)", media_type)
    inside = _CHARSET.search(content[:4096])
    names = (named[1] if named else "", inside[1].decode("ascii", "replace") if inside else "")
    for name in (*filter(None, names), "utf-8", "cp1252"):
        try:
            return content.decode(name).encode("utf-8", "replace")
        except (LookupError, UnicodeError):
            continue
    return content.decode("utf-8", "replace").encode()


def _titles(root: _Element) -> Iterator[str]:
    for element in root.xpath("//head/title | //title[not(ancestor::svg)]")[:1]:
        yield _tidied("".join(element.itertext()))
    for name in ("og:site_name", "og:title", "application-name", "description"):
        values = root.xpath(f"//meta[@property='{name}' or @name='{name}']/@content")
        yield from (_tidied(str(value)) for value in values[:1])
    for element in root.xpath("//h1")[:3]:
        yield _tidied("".join(element.itertext()))


def _feeds(root: _Element, url: str) -> Iterator[str]:
    """Those of the whole site before those of comments, and RSS or Atom before JSON."""
    found: list[tuple[tuple[bool, int], str]] = []
    base = next((str(one) for one in root.xpath("//base/@href")), "")
    for link in root.xpath("//link[@href and @type]"):
        rels = str(link.get("rel") or "").casefold().split()
        kind = str(link.get("type")).split(";")[0].strip().casefold()
        if "alternate" not in rels or kind not in _FEED_TYPES or _is_of_wordpress(link.get("href")):
            continue
        address = _address(join_url(url, base), str(link.get("href")))
        about = f"{link.get('title') or ''} {address}".casefold()
        is_aside = any(word in about for word in ("comment", "oembed", "/search"))
        found.append(((is_aside, _FEED_TYPES.index(kind) // 3), address))
    for _, address in sorted(found, key=lambda one: one[0]):
        if address.startswith(("http://", "https://")):
            yield address


def _address(base: str, href: str) -> str:
    """The whole address of a link, or "" if it cannot be read."""
    try:
        return in_ascii(join_url(base, href.strip()))
    except ValueError:
        return ""


def _is_of_wordpress(href: object) -> bool:
    """Whether it is an interface for programs, which WordPress calls JSON as well."""
    return "/wp-json/" in str(href)


def _refresh(root: _Element, url: str) -> str:
    for value in root.xpath("//meta[@http-equiv]"):
        if str(value.get("http-equiv")).casefold() == "refresh":
            match = _REFRESH.match(str(value.get("content") or ""))
            if match and int(match[1]) <= _LONGEST_REFRESH:
                return _address(url, match[2])
    return ""


def _tidied(words: str) -> str:
    return " ".join(words.split())
