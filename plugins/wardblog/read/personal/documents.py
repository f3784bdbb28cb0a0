"""What a post or page gives away: in each line on top, and in its text as residents get it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from wardblog.model import Personal
from wardblog.read.front_matter import Document, Entry
from wardblog.read.personal import find_personal
from wardblog.read.personal.links import with_addresses_read, words_of_path
from wardblog.read.personal.shown import shown_in

# Answers to checks are not published, and have a rule of their own.
_UNPUBLISHED = frozenset(("Allow",))
# Lines whose values are addresses or the names of files.
_PATHS = frozenset(("Slug", "Aliases", "Image"))
_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of a text: signs, spaces and tags.
_BETWEEN = r"(?:[\W_]|<[^<>]{0,200}>){0,60}?"


def personal_in(document: Document, html: str, summary: str) -> tuple[Personal, ...]:
    """Each find once, where it stands first.

    `html` is the text as it will be shown, and `summary` the line of that name as plain words.
    """
    entries = (entry for entry in document.entries if entry.key not in _UNPUBLISHED)
    found = [one for entry in entries for one in _in_line(entry, summary)]
    lines = Lines(document.body, document.body_line)
    found += [replace(one, line=lines.of(one.words)) for one in find_personal(shown_in(html))]
    return tuple({(one.kind, one.value): one for one in reversed(found)}.values())[::-1]


def _in_line(entry: Entry, summary: str) -> Iterator[Personal]:
    if entry.key == "Summary":
        words = summary
    elif entry.key in _PATHS:
        words = words_of_path(entry.value)
    else:
        words = with_addresses_read(unescape(entry.value))
    yield from (replace(one, line=entry.line) for one in find_personal(words))


class Lines:
    """Finds the lines of a Markdown text on which words of its HTML were written."""

    def __init__(self, text: str, first: int) -> None:
        self._text, self._first = text, first

    def of(self, words: str) -> int:
        """The line where these words begin; the first line for what Markdown made otherwise."""
        text = unescape(self._text) if "&" in self._text else self._text
        parts = _WORD.findall(words)
        found = re.search(_BETWEEN.join(map(re.escape, parts)), text) if parts else None
        at = found.start() if found else self._longest(parts, text)
        return self._first + text.count("\n", 0, at)

    @staticmethod
    def _longest(parts: list[str], text: str) -> int:
        longest = max(
            parts, key=lambda part: (any(c.isdigit() for c in part), len(part)), default=""
        )
        return max(text.find(longest), 0)
