"""The steps that bring Markdown to the form in which it was meant, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from wardblog.content.markdown.lenient.blocks import (
    headings,
    interrupting_lists,
    rules,
    separate_tables,
)
from wardblog.content.markdown.lenient.breaks import hard_breaks
from wardblog.content.markdown.lenient.lines import SourceLine, Unclear, classified
from wardblog.content.markdown.lenient.markers import list_markers
from wardblog.content.markdown.lenient.nesting import nested_lists
from wardblog.support.late_regex import late_regex

Step = Callable[[list[SourceLine], list[Unclear]], list[SourceLine]]

STEPS: tuple[Step, ...] = (
    separate_tables,
    rules,
    headings,
    list_markers,
    interrupting_lists,
    nested_lists,
    hard_breaks,
)
_QUOTED = late_regex(r"( {0,3}>) ?")
# Quotations inside quotations are read this deep.
_DEEPEST = 3


def in_steps(text: str) -> tuple[str, tuple[Unclear, ...]]:
    """The text in the form that was meant, and what was not clear in it."""
    # What word processors paste for a new line and a new paragraph.
    text = text.replace("\u2028", "  \n").replace("\u2029", "\n\n")
    doubts: list[Unclear] = []
    lines = _steps(classified(text.split("\n")), doubts)
    result = tuple(sorted(set(doubts), key=lambda doubt: doubt.line))
    return "\n".join(line.text for line in lines), result


def _steps(lines: list[SourceLine], doubts: list[Unclear], depth: int = 0) -> list[SourceLine]:
    if depth < _DEEPEST and any(">" in line.text[:4] for line in lines):
        lines = _in_quotations(lines, doubts, depth)
    for step in STEPS:
        lines = step(lines, doubts)
    return lines


def _in_quotations(lines: list[SourceLine], doubts: list[Unclear], depth: int) -> list[SourceLine]:
    """The lines with all steps done inside each quotation."""
    result: list[SourceLine] = []
    quoted: list[SourceLine] = []
    for line in [*lines, SourceLine(text="", number=0)]:
        if not line.is_fixed and _QUOTED.match(line.text):
            quoted.append(line)
            continue
        if quoted:
            result += _quotation(quoted, doubts, depth)
            quoted = []
        result.append(line)
    return result[:-1]


def _quotation(quoted: list[SourceLine], doubts: list[Unclear], depth: int) -> list[SourceLine]:
    inner = [_QUOTED.sub("", line.text, count=1) for line in quoted]
    first = quoted[0].number
    lines = _steps(classified(inner, first), doubts, depth + 1)
    if [line.text for line in lines] == inner:
        return quoted
    return [SourceLine(text=f"> {line.text}", number=line.number) for line in lines]
