"""Pictures of old texts: which is meant, which are characters, and which only count readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wardblog.scaffold.old_blog.conversion.old_addresses import split
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from bs4 import Tag

# Where the address is while a page waits for its reader to scroll.
WAITING = ("data-orig-file", "data-large-file", "data-src", "data-lazy-src", "data-original",
            "data-full-url")  # fmt: skip
_EMOJI = late_regex(r"/emoji/.*?/([0-9a-f]{2,6}(?:-[0-9a-f]{2,6})*)\.(?:png|svg)", re.IGNORECASE)
_SMILEY = late_regex(r"/smilies/(?:icon_)?\w+\.(?:gif|png)", re.IGNORECASE)
_COUNTER = late_regex(
    r"(?:^|\.)(?:stats\.wordpress\.com|pixel\.wp\.com|feeds\.wordpress\.com|feedproxy\.google\.com"
    r"|feeds\.feedburner\.com|assoc-amazon\.\w+(?:\.\w+)?|amazon-adsystem\.com|double[c]lick\.net"
    r"|google-analytics\.com|b\.scorecardresearch\.com|statcounter\.com|quantserve\.com)$"
)


def _value(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value.strip() if isinstance(value, str) else ""


def emoji_of(tag: Tag) -> str:
    """Return the character that a picture stands for, or ""."""
    address, alt = _value(tag, "src"), _value(tag, "alt")
    if match := _EMOJI.search(address):
        return alt or "".join(chr(int(code, 16)) for code in match[1].split("-"))
    kind = tag.get("class") or ()
    is_smiley = "wp-smiley" in kind or "emoji" in kind or _SMILEY.search(address)
    return alt if is_smiley else ""


def picture_address(tag: Tag) -> str:
    """Return the address of what a picture shows in the end, or "" if it has none."""
    source = _value(tag, "src")
    for name in WAITING:
        if (waiting := _value(tag, name)) and not waiting.startswith("data:"):
            return waiting
    return "" if source.startswith("data:") else source


def is_counter(tag: Tag, address: str) -> bool:
    """Whether nobody sees the picture: it only tells somebody that a page was read."""
    if {_value(tag, "width"), _value(tag, "height")} & {"0", "1"}:
        return True
    return is_of_reader_counter(address)


def is_of_reader_counter(address: str) -> bool:
    """Whether an address is one of those that count readers."""
    parts = split(address)
    return bool(parts and _COUNTER.search(parts.hostname or ""))
