"""The pictures and other uploads of an old text, found without reading its HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from wardblog.scaffold.old_blog.conversion.old_addresses import (
    OldAddresses,
    is_of_reader_counter,
    is_picture_address,
    is_upload_address,
)
from wardblog.scaffold.old_blog.conversion.shortcodes import attributes_of, pictures_of_gallery
from wardblog.scaffold.old_blog.model import OldPicture, OldPost
from wardblog.support.late_regex import late_regex

# Where the address is while a page waits for its reader to scroll.
WAITING = ("data-orig-file", "data-large-file", "data-src", "data-lazy-src", "data-original",
           "data-full-url")  # fmt: skip
_IMAGE = late_regex(r"<img\b[^>]*>", re.IGNORECASE)
_VALUE = late_regex(r"""\b([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# Attributes that say something in words, also where these look like the name of a file.
_WORDS = frozenset(("alt", "title", "caption", "label", "name", "id", "class"))
_SOURCE = late_regex(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SHOWN = late_regex(r"!\[[^\]]*\]\(\s*<?([^\s)>]+(?:\([^\s)]*\)[^\s)>]*)*)")
_LINKED = late_regex(r"\]\(\s*<?([^\s)>]+(?:\([^\s)]*\)[^\s)>]*)*)")
_REFERRED = late_regex(r"^\s*\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
_GALLERY = late_regex(r"\[gallery\b([^\]]*)\]")
_COVER = late_regex(r'"url":"([^"]+)"')
_TEMPLATE = late_regex(r"\{[{%].*?[}%]\}")
_QUOTED = late_regex(r"""["']([^"'\s]+\.\w{2,4})["']""")


def pictures_in(post: OldPost, addresses: OldAddresses) -> tuple[str, ...]:
    """Return the full URLs of the pictures and other uploads that a post shows or links to.

    Pictures of other sites are among them, links to such are not.
    """
    text = post.text
    shown = list(_shown(text))
    if post.picture:
        shown.append(post.picture)
    urls = [addresses.full(unescape(address)) for address in shown if address]
    for address in _linked(text):
        plain = unescape(address)
        if is_picture_address(plain) or is_upload_address(plain):
            full = addresses.full(plain)
            urls += [full] if addresses.is_own(full) else []
    urls += [addresses.full(picture.url) for picture in pictures_of_galleries(post, addresses)]
    seen = dict.fromkeys(url for url in urls if url.startswith(("http:", "https:", "/")))
    return tuple(url for url in seen if not is_of_reader_counter(url))


def _shown(text: str) -> Iterator[str]:
    for image in _IMAGE.finditer(text):
        values = {
            match[1].lower(): match[2] or match[3] or "" for match in _VALUE.finditer(image[0])
        }
        waiting = next((values[name] for name in WAITING if values.get(name)), "")
        source = _SOURCE.search(image[0])
        address = waiting or (source[1] or source[2] or source[3] or "" if source else "")
        if not address.startswith("data:") and "/images/core/emoji/" not in address:
            yield address
    for match in _SHOWN.finditer(text):
        yield match[1]
    if "<!-- wp:cover" in text:
        yield from _COVER.findall(text)


def _linked(text: str) -> Iterator[str]:
    for match in _VALUE.finditer(text):
        if match[1].casefold() not in _WORDS:
            yield match[2] or match[3] or ""
    for pattern in (_LINKED, _REFERRED):
        for match in pattern.finditer(text):
            yield match[1]
    for template in _TEMPLATE.finditer(text):
        yield from _QUOTED.findall(template[0])


def pictures_of_galleries(post: OldPost, addresses: OldAddresses) -> Iterator[OldPicture]:
    """The pictures of WordPress's galleries in a post."""
    for match in _GALLERY.finditer(post.text):
        yield from pictures_of_gallery(attributes_of(match[1]), addresses, post.number)
