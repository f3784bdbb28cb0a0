"""The comments that WordPress's editor keeps its blocks in, and what stands in for some of them."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from wardblog.scaffold.old_blog.conversion.leftovers import Leftovers
from wardblog.scaffold.old_blog.conversion.made_html import figure_html
from wardblog.support.late_regex import late_regex

_BLOCK = late_regex(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][\w/-]*)\s*(?P<data>\{.*?\})?\s*(?P<alone>/)?-->",
    re.DOTALL,
)
_PAGE = late_regex(
    r"<!--\s*(?:more(?:\s[^>]*)?|nextpage|noteaser|jump|truncate)\s*-->", re.IGNORECASE
)
# Blocks without words of their own that may go without a word.
_PASSED_OVER = frozenset(
    ("spacer", "separator", "more", "nextpage", "social-link", "social-links", "post-title",
     "site-logo", "navigation", "page-break", "post-date", "post-author", "post-featured-image",
     "block", "html", "jetpack/sharing-buttons", "jetpack/like", "jetpack/related-posts")
)  # fmt: skip


def is_of_blocks(text: str) -> bool:
    return "<!-- wp:" in text


def without_blocks(text: str, leftovers: Leftovers) -> str:
    """Return the HTML without the comments of blocks.

    What only the server could fill is left as a comment of ours, except what no text needs.
    """
    text = _PAGE.sub("\n\n", text)
    if not is_of_blocks(text):
        return text
    return _BLOCK.sub(lambda match: _instead(match, leftovers), text)


def _instead(match: re.Match[str], leftovers: Leftovers) -> str:
    if match["end"] or not match["alone"]:
        return _cover(match) if not match["end"] else ""
    name = match["name"].removeprefix("core/")
    data = _data(match["data"])
    if name == "social-link" and len(str(data.get("url", ""))) > len("https://"):
        words = str(data.get("label") or data.get("service") or "").capitalize() or data["url"]
        return f'\n\n<p><a href="{escape(str(data["url"]))}">{escape(str(words))}</a></p>\n\n'
    if name == "spacer" or (name in _PASSED_OVER and not data.get("ref")):
        return ""
    if url := data.get("url"):
        return f"\n\n<p>{escape(str(url))}</p>\n\n"
    return leftovers.block("block", name, match[0].strip("<!-/> \n"))


def _cover(match: re.Match[str]) -> str:
    """The picture behind the words of a cover, in blocks that have it in their data alone."""
    if match["name"] != "cover":
        return ""
    data = _data(match["data"])
    url, rest = data.get("url"), match.string[match.end() : match.end() + 2000]
    if not url or str(url) in rest.partition("<!-- /wp:cover")[0].replace("&amp;", "&"):
        return ""
    return figure_html(str(url), str(data.get("alt", "")), "")


def _data(written: str | None) -> dict[str, Any]:
    try:
        data = json.loads(written or "{}")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
