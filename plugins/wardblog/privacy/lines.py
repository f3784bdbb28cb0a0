"""Where words of a text's HTML were written in its Markdown."""

from __future__ import annotations

import re
from html import unescape

from wardblog.privacy.signs import normalised

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8
# What may stand between two words of a text: signs, spaces and tags.
_BETWEEN = r"(?:[\W_]|<[^<>]{0,200}>){0,60}?"


class MarkdownLines:
    """Finds the lines of a Markdown text on which words of its HTML were written."""

    def __init__(self, text: str, first: int) -> None:
        plain = unescape(text) if "&" in text else text
        self._text, self._first = plain if plain.isascii() else normalised(plain), first

    def of(self, words: str, last: bool = False) -> int:
        """The line where these words begin; the first line for what Markdown made otherwise.

        With `last` it is that where they stand for the last time.
        """
        text = self._text
        parts = _WORD.findall(words)[:_MOST_WORDS]
        pattern = re.compile(_BETWEEN.join(map(re.escape, parts)))
        matches = [one.start() for one in pattern.finditer(text)] if parts else []
        at = matches[-1 if last else 0] if matches else self._longest(parts, text)
        return self._first + text.count("\n", 0, at)

    @staticmethod
    def _longest(parts: list[str], text: str) -> int:
        longest = max(
            parts, key=lambda part: (any(c.isdigit() for c in part), len(part)), default=""
        )
        begins = len(text) - len(text.lstrip())
        return max(text.find(longest), begins)
