"""What a text had that has no counterpart here: it stays in a note that is never published."""

from __future__ import annotations

import re

from wardblog.scaffold.old_blog.conversion.converted import NoteKind
from wardblog.scaffold.old_blog.conversion.link_targets import Used

# An element that no post has; `BlockWriter` writes what it stands for.
ELEMENT = "wardblog-leftover"


class Leftovers:
    """Collects what is left over in one text; each has a number."""

    def __init__(self) -> None:
        self._found: list[tuple[NoteKind, str, str]] = []

    def block(self, kind: NoteKind, words: str, source: str) -> str:
        """Return an HTML element that stands for something left over, as a paragraph of its own."""
        return f"\n\n<{ELEMENT} number={self.add(kind, words, source)}></{ELEMENT}>\n\n"

    def inline(self, kind: NoteKind, words: str, source: str) -> str:
        """Return an HTML element that stands for something left over within a line."""
        return f"<{ELEMENT} number={self.add(kind, words, source)}></{ELEMENT}>"

    def add(self, kind: NoteKind, words: str, source: str) -> int:
        """Return the number of something left over; `source` is what to keep of it, or ""."""
        self._found.append((kind, words, source))
        return len(self._found) - 1

    def noted(self, number: int | None, used: Used) -> str:
        """Return the mark of a note, and what is kept as a comment that is never published.

        An old text may have the element itself, with a number that means nothing.
        """
        if number is None or number >= len(self._found):
            return ""
        kind, words, source = self._found[number]
        return used.note(kind, words) + (comment_of(source) if source else "")


def comment_of(source: str) -> str:
    """Return words as an HTML comment on one line."""
    words = re.sub(r"\s+", " ", source).replace("<", "‹").replace(">", "›")
    return f"<!-- {re.sub('-(?=-)', '- ', words)[:300].strip(' -')} -->"
