"""What a text had that has no counterpart here: it stays in a note that is never published."""

from __future__ import annotations

import re

from wardblog.scaffold.old_blog.conversion.converted import NoteKind

# An element that no post has; `html_to_markdown.py` writes what it stands for.
ELEMENT = "wardblog-leftover"


class Leftovers:
    """Collects what is left over in one text; each has a number."""

    def __init__(self) -> None:
        self.found: list[tuple[NoteKind, str, str]] = []

    def block(self, kind: NoteKind, words: str, source: str) -> str:
        """Return an HTML element that stands for something left over, as a paragraph of its own."""
        return f"\n\n<{ELEMENT} number={self._add(kind, words, source)}></{ELEMENT}>\n\n"

    def inline(self, kind: NoteKind, words: str, source: str) -> str:
        """Return an HTML element that stands for something left over within a line."""
        return f"<{ELEMENT} number={self._add(kind, words, source)}></{ELEMENT}>"

    def _add(self, kind: NoteKind, words: str, source: str) -> int:
        self.found.append((kind, words, source))
        return len(self.found) - 1

    def comment(self, number: int) -> str:
        """Return the note to the councillor, or "" if there is nothing to keep."""
        source = self.found[number][2]
        return comment_of(source) if source else ""


def comment_of(source: str) -> str:
    """Return words as an HTML comment on one line."""
    words = re.sub(r"\s+", " ", source).replace("<", "‹").replace(">", "›")
    return f"<!-- {re.sub('-(?=-)', '- ', words)[:300].strip(' -')} -->"
