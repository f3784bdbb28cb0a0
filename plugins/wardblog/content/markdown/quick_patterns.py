"""Looks for a telltale sign before a slow pattern, since most texts have few marks of Markdown.

Some of the library's patterns begin with a look-behind or an alternative, so Python's `re` tries
them at each character. A search for the sign that each match must have takes a fraction of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown import Markdown

from wardblog.content.markdown.lenient.typed import SIGN, SIGNS_OF_AN_ADDRESS

# Patterns as the library writes them, with signs of which every match has at least one. A pattern
# that a later version writes in another way is used as it is.
SIGNS: Mapping[str, tuple[str, ...]] = {
    r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)": ("`",),
    r"(?<!\!)\[": ("[",),
    r"(^|\n)[ ]{0,3}>[ ]?(.*)": (">",),
    r"(^|\n)[ ]{0,3}:[ ]{1,3}(.*?)(\n|$)": (": ",),
    r"(?:^|\n)(?P<level>#{1,6})(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)": ("#",),
    r"^.*?\n(?:=+|-+)[ ]*(\n|$)": ("\n=", "\n-"),
    SIGN: SIGNS_OF_AN_ADDRESS,
}


class QuickPattern:
    """A compiled pattern that is only tried on texts with one of its signs."""

    def __init__(self, pattern: re.Pattern[str], signs: tuple[str, ...]) -> None:
        self._pattern, self._signs = pattern, signs

    def _may_match(self, text: str) -> bool:
        return any(sign in text for sign in self._signs)

    def search(self, text: str) -> re.Match[str] | None:
        return self._pattern.search(text) if self._may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self._pattern.match(text) if self._may_match(text) else None

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text, start) if self._may_match(text) else iter(())


def quicken(converter: Markdown) -> None:
    """Put the sign before each of a converter's patterns that has one."""
    for inline in converter.inlinePatterns:
        _quicken(inline, "compiled_re", getattr(inline, "pattern", ""))
    for block in converter.parser.blockprocessors:
        expression = getattr(block, "RE", None)
        if isinstance(expression, re.Pattern):
            _quicken(block, "RE", expression.pattern)


def _quicken(processor: Any, name: str, written: str) -> None:
    if signs := SIGNS.get(written):
        setattr(processor, name, QuickPattern(getattr(processor, name), signs))
