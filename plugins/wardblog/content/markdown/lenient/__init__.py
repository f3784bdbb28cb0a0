"""Markdown as people write it, brought to the form that Python-Markdown reads as it was meant.

Each step is a function of its own, from lines to lines. What is clear is done without a word; what
is not clear stays as it is, with a doubt that names the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from wardblog.content.markdown.lenient.lines import Unclear

__all__ = ["as_meant"]

# A line that may be more than words. A text of paragraphs of one line each is read as it is,
# and so is one with headings, or with bold words at the beginning of a line.
_IS_MORE = late_regex(
    r"(?!\*\*\w|#{1,6} \w)[^\w\[\"'“‘(!<]|\([\dA-Za-z]{1,4}\)|[\dA-Za-z]{1,4}[.)]|o\s"
)


def as_meant(text: str) -> tuple[str, tuple[Unclear, ...]]:
    """The text in the form that was meant, and what was not clear in it.

    The lines of doubts are counted from 1 at the beginning of the text.
    """
    has_breaks = "\u2028" in text or "\u2029" in text
    if not has_breaks and not _is_worth_reading(text.split("\n")):
        return text, ()
    # late import: see docs/architecture.md
    from wardblog.content.markdown.lenient.steps import in_steps

    return in_steps(text)


def _is_worth_reading(texts: Sequence[str]) -> bool:
    if any(above and below for above, below in pairwise(texts)):
        return True
    return any(map(_IS_MORE.match, filter(None, texts)))
