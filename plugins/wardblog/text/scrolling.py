"""What is wider than a page and scrolls in itself."""

from __future__ import annotations

from wardblog.support.late_regex import late_regex

_WIDE = late_regex(r"<(table|pre)(?=[\s>])")


def scrollable(html: str) -> str:
    """The HTML of a text, in which the keyboard reaches what may be too wide, to scroll it."""
    return _WIDE.sub(r"<\1 tabindex=0", str(html))  # `str` reports a variable that is missing
