"""Finds the line in a post's Markdown that words of its HTML came from."""

from __future__ import annotations

import re
from html import unescape

from wardblog.privacy.normalise import normalised
from wardblog.support.late_regex import late_regex

_WORD = late_regex(r"[^\W_]+")
_MOST_WORDS = 8
# What may come between two words: punctuation, spaces and tags.
_BETWEEN = r"(?:[\W_]|<[^<>]{0,200}>){0,60}?"


class MarkdownLines:
    """Looks up line numbers in a Markdown text whose first line has the number `first`."""

    def __init__(self, text: str, first: int) -> None:
        plain = unescape(text) if "&" in text else text
        self._text, self._first = plain if plain.isascii() else normalised(plain), first

    def line_of(self, words: str, last: bool = False) -> int:
        """Return the line where these words begin, or with `last` where they last begin.

        Words that Markdown changed are found by the longest of them; failing that, it is the
        first line.
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
