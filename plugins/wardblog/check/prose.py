"""Split a post into paragraphs and sentences, without lists, tables and code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.model import Post
from wardblog.support.late_regex import late_regex
from wardblog.text.plain_text import plain

_SET_APART = late_regex(
    r"<(/?)(p|ul|ol|dl|table|pre|address|figure|details)\b[^>]*>"
)  # fmt: skip
_CODE = late_regex(r"<code\b[^>]*>[^<]*</code>")
_BREAK = late_regex(r"<br\b[^>]*>")
# A sentence ends before a capital, a figure or an opening quotation mark.
_END = late_regex(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9£])")
# It does not end after these abbreviations, or after a single letter: J. Smith.
_SHORT = late_regex(
    r"(?:^|[\s(\[\"'“‘])(?:e\.g|i\.e|cf|vs|approx|no|nos|st|rd|ave|sq|cllr|cllrs|mr|mrs|ms|dr|rev|"
    r"prof|hon|sir|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|"
    r"tel|ext|fig|para|p|pp|para|ref|ltd|[a-z])\.$",
    re.IGNORECASE,
)


def paragraphs(html: str) -> Iterator[str]:
    """The text of each paragraph; a manual line break, as in an address, also ends one."""
    depth = start = 0
    for match in _SET_APART.finditer(html):
        end, name = match[1], match[2]
        if name != "p":
            depth += -1 if end else 1
        elif not end:
            start = match.end()
        elif depth <= 0:
            words = html[start : match.start()]
            for part in _BREAK.split(words) if "<br" in words else (words,):
                yield plain(_CODE.sub("x", part) if "<code" in part else part)


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph; "e.g." and "No. 5" do not end one."""
    result: list[str] = []
    for part in _END.split(paragraph):
        if result and _SHORT.search(result[-1][-12:]):
            result[-1] = f"{result[-1]} {part}"
        elif part:
            result.append(part)
    return result


def line_of(post: Post, words: str) -> int | None:
    """The line where these words of the page begin in the source text, ignoring markup."""
    first = re.findall(r"\w+", words)[:6]
    for most in (len(first), 3):
        sought = r"[^\w]{1,40}?".join(map(re.escape, first[:most]))
        match = re.search(rf"\b{sought}\b", post.text) if first else None
        if match:
            return post.body.line + post.text.count("\n", 0, match.start())
    return post.line_with(first[0]) if first else None
