"""The HTML that stands for what a tag showed: a picture, or something of another site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

# Services that a tag names by a number of theirs.
_SERVICES: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "gist": "https://gist.github.com/{}",
    "ted": "https://www.ted.com/talks/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}


def is_service(name: str) -> bool:
    return name in _SERVICES


def frame_of_service(name: str, number: str) -> str:
    """Return the frame of what a service has under a number; "" if it cannot be known."""
    address = _SERVICES.get(name)
    if address is None or not re.fullmatch(r"[\w/-]+", number):
        return ""
    return frame_html(address.format(number))


def frame_html(address: str) -> str:
    return f'\n\n<p><iframe src="{escape(address)}"></iframe></p>\n\n'


def figure_html(address: str, alt: str, caption: str) -> str:
    """Return a picture in a paragraph of its own; `alt` and `caption` are plain words."""
    below = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
    return f'\n\n<figure><img src="{escape(address)}" alt="{escape(alt)}">{below}</figure>\n\n'
