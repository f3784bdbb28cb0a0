"""Code as Markdown, between more backticks than it has in a row itself."""

from __future__ import annotations

from wardblog.support.late_regex import late_regex

_TICKS = late_regex(r"`+")


def fenced(code: str, language: str = "") -> str:
    """Return lines of code as a block."""
    fence = "`" * max(3, _longest(code) + 1)
    return f"{fence}{language}\n{code}\n{fence}"


def in_ticks(code: str) -> str:
    """Return code in a line; it is not empty."""
    ticks = "`" * (_longest(code) + 1)
    gap = " " if "`" in (code[0], code[-1]) else ""
    return f"{ticks}{gap}{code}{gap}{ticks}"


def _longest(code: str) -> int:
    return max(map(len, _TICKS.findall(code)), default=0)
