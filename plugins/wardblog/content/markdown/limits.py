"""Refuses texts that would keep Markdown busy for minutes, such as hundreds of open brackets."""

from __future__ import annotations

import re

from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex

# For each of these, Markdown searches for the end again from its start.
_MOST_OPEN = 200
_MOST_NAMES, _MOST_HEADINGS = 1000, 5000
_PAIRS = (("[", "]", "brackets"), ("(", ")", "brackets"))
_OPEN_TAG = late_regex(r"<[a-zA-Z/!?]")
_ELEMENT = late_regex(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that need no end tag, so they do not add to the depth.
_SHORT_LIVED = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rt", "rp",
     "option", "br", "hr", "img", "wbr", "col", "source", "track", "input", "embed", "link", "meta",
     "area", "base", "param")
)  # fmt: skip
_CLOSE_THEM = "Close them, or write them between backticks."


def refuse_endless(text: str) -> None:
    """Raise `ParseError` for too many unclosed marks; its line counts from the text's start."""
    if len(text) < _MOST_OPEN:
        return
    for opening, closing, words in _PAIRS:
        if text.count(opening) > _MOST_OPEN:
            _refuse_open(text, opening, closing, words)
    tags = len(_OPEN_TAG.findall(text)) if text.count("<") > _MOST_OPEN else 0
    if tags - text.count(">") > _MOST_OPEN:
        line = text.count("\n", 0, text.find("<")) + 1
        raise ParseError('hundreds of tags begin with "<" and do not end', _CLOSE_THEM, line)
    for sign, most, words in (
        ("*[", _MOST_NAMES, "abbreviations are explained"),
        ("#", _MOST_HEADINGS, "headings are"),
    ):
        if text.count(f"\n{sign}") > most:
            raise ParseError(
                f"more than {most:,} {words} in this text", "Split it into several posts."
            )


def _refuse_open(text: str, opening: str, closing: str, words: str) -> None:
    line = 1
    for block in text.split("\n\n"):
        if block.count(opening) > _MOST_OPEN:
            deepest = depth = 0
            for match in re.finditer(rf"[\{opening}\{closing}]", block):
                depth = depth + 1 if match[0] == opening else max(depth - 1, 0)
                deepest = max(deepest, depth)
            if deepest > _MOST_OPEN:
                raise ParseError(
                    f"more than {_MOST_OPEN} {words} are opened here and not closed",
                    _CLOSE_THEM,
                    line,
                )
        line += block.count("\n") + 2


def refuse_deep(html: str) -> None:
    """Raise `ParseError` for HTML that is nested more deeply than browsers allow."""
    if html.count("<") <= _MOST_OPEN:
        return
    depth = 0
    for match in _ELEMENT.finditer(html):
        if match[2].lower() not in _SHORT_LIVED:
            depth = max(depth - 1, 0) if match[1] else depth + 1
            if depth > _MOST_OPEN:
                raise ParseError(
                    f"more than {_MOST_OPEN} HTML elements are nested inside each other",
                    "Look for one that is not closed.",
                )
