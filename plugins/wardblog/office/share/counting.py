"""How the length of a text is counted on different channels."""

from __future__ import annotations

import math

from wardblog.support.late_regex import late_regex

_LINK_ON_MASTODON = 23
_WEB_ADDRESS = late_regex(r"https?://\S+")
# Of a post on Bluesky (app.bsky.feed.post): graphemes, and bytes of UTF-8.
_GRAPHEMES_ON_BLUESKY, _BYTES_ON_BLUESKY = 300, 3_000


def characters(text: str) -> int:
    return len(text)


def graphemes(text: str) -> list[str]:
    """The characters as readers see them: a letter with its accents, or a flag (UAX #29)."""
    # late import: see docs/architecture.md
    import regex  # type: ignore[import-untyped]

    found: list[str] = regex.findall(r"\X", text)
    return found


def on_mastodon(text: str) -> int:
    """Characters, with 23 for each web address, however long it is.

    An emoji of several characters counts as several, which is never less than Mastodon counts.
    """
    links = _WEB_ADDRESS.findall(text)
    return len(text) - sum(map(len, links)) + _LINK_ON_MASTODON * len(links)


def on_bluesky(text: str) -> int:
    """Graphemes. A text with too many bytes, as heaps of accents make it, counts in proportion."""
    size, count = len(text.encode("utf-8", "replace")), len(graphemes(text))
    if size <= _BYTES_ON_BLUESKY:
        return count
    return max(count, math.ceil(size / _BYTES_ON_BLUESKY * _GRAPHEMES_ON_BLUESKY))
