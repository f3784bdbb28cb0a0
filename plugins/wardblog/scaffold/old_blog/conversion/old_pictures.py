"""Pictures of old texts: which is meant, which are characters, and which only count readers."""

from __future__ import annotations

import re
from html import unescape

from bs4 import Tag

from wardblog.scaffold.old_blog.conversion.found_pictures import WAITING
from wardblog.scaffold.old_blog.conversion.old_addresses import is_of_reader_counter
from wardblog.scaffold.old_blog.conversion.tags import value_of
from wardblog.support.late_regex import late_regex

_EMOJI = late_regex(r"/emoji/.*?/([0-9a-f]{2,6}(?:-[0-9a-f]{2,6})*)\.(?:png|svg)", re.IGNORECASE)
_SMILEY = late_regex(r"/smilies/(?:icon_)?\w+\.(?:gif|png)", re.IGNORECASE)


def emoji_of(tag: Tag) -> str:
    """Return the character that a picture stands for, or ""."""
    address, alt = value_of(tag, "src"), value_of(tag, "alt")
    if match := _EMOJI.search(address):
        return alt or unescape("".join(f"&#x{code};" for code in match[1].split("-")))
    kind = tag.get("class") or ()
    is_smiley = "wp-smiley" in kind or "emoji" in kind or _SMILEY.search(address)
    return alt if is_smiley else ""


def picture_address(tag: Tag) -> str:
    """Return the address of what a picture shows in the end, or "" if it has none."""
    source = value_of(tag, "src")
    for name in WAITING:
        if (waiting := value_of(tag, name)) and not waiting.startswith("data:"):
            return waiting
    return "" if source.startswith("data:") else source


def is_counter(tag: Tag, address: str) -> bool:
    """Whether nobody sees the picture: it only tells somebody that a page was read."""
    if {value_of(tag, "width"), value_of(tag, "height")} & {"0", "1"}:
        return True
    return is_of_reader_counter(address)
