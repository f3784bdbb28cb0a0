"""Lists in lists, however far their author indents them, by the four columns Markdown wants."""

from __future__ import annotations

from collections.abc import Sequence

from wardblog.content.markdown.lenient.blocks import HEADING, ITEM, is_item
from wardblog.content.markdown.lenient.lines import SourceLine, Unclear
from wardblog.support.late_dataclass import dataclass

_STEP = 4
# An item this much further to the right than the one above it is in it.
_NEXT_LEVEL = 2
_CODE = 4
# The marks that are those of a list inside another, where nothing is indented.
_INNER = frozenset("◦▪–aAiI")
# An item as short as this was not wrapped by an editor; one that ends a sentence may be longer.
_SHORT, _WRAPPED = 30, 60
_NEW_PARAGRAPH = "Leave a blank line above it if a new paragraph begins here."


@dataclass(frozen=True, slots=True)
class _Level:
    """A list that is open: how far its items are indented, and their words."""

    indent: int
    words: int
    family: str


def nested_lists(lines: list[SourceLine], doubts: list[Unclear]) -> list[SourceLine]:
    """Every list with its items at a multiple of four columns; those that are so stay."""
    result: list[SourceLine] = []
    at = 0
    while at < len(lines):
        if lines[at].text[:1].isalpha() or not (
            is_item(lines[at]) and (at == 0 or _may_begin(lines[at - 1]))
        ):
            result.append(lines[at])
            at += 1
            continue
        end = _list_end(lines, at)
        run = _divided(lines[at:end], doubts)
        result += _indented(run)
        at = end
    return result


def _may_begin(above: SourceLine) -> bool:
    return not above.is_open or bool(HEADING.match(above.text))


def _list_end(lines: Sequence[SourceLine], at: int) -> int:
    """Behind the last line that belongs to the list."""
    end = at + 1
    while end < len(lines):
        after = end
        while after < len(lines) and lines[after].is_blank:
            after += 1
        if after == len(lines) or lines[after].is_fixed:
            break
        is_below = after > end
        if is_below and not is_item(lines[after]) and lines[after].indent < _NEXT_LEVEL:
            break
        end = after + 1
    return end


def _divided(run: Sequence[SourceLine], doubts: list[Unclear]) -> list[SourceLine]:
    """The list with a blank line before a paragraph that a word processor put right below it.

    There each item is one line. Elsewhere a line that is not indented may go on with the item.
    """
    result: list[SourceLine] = []
    family = ""
    for number, line in enumerate(run):
        if is_item(line):
            family = line.family
        elif line.is_open and not line.indent and is_item(run[number - 1]):
            above = run[number - 1].text
            if family and family not in "1-✓" and line.text[:1].isupper():
                result.append(SourceLine(text="", number=line.number))
            elif _is_paragraph(above, line.text):
                message = "this line would be part of the list item above it"
                doubts.append(Unclear(line.number, message, _NEW_PARAGRAPH))
        result.append(line)
    return result


def _is_paragraph(above: str, text: str) -> bool:
    """Whether words below an item look like a new paragraph, rather than the item's own."""
    is_sentence = text[:1].isupper() and above.rstrip()[-1:] in ".!?"
    return len(above) < (_WRAPPED if is_sentence else _SHORT)


def _indented(run: list[SourceLine]) -> list[SourceLine]:
    is_flat = not any(line.text[:1] == " " or line.family in _INNER for line in run)
    if is_flat:
        return run
    levels: list[_Level] = []
    result: list[SourceLine] = []
    is_needed = False
    below_blank = False
    block = 0  # how far the first line below the last blank one is indented
    for line in run:
        if line.is_blank:
            result.append(line)
            below_blank = True
            continue
        if (item := ITEM.match(line.text)) and is_item(line) and not _is_code(line, levels):
            _enter(levels, line, item.start("words"))
            indent = (len(levels) - 1) * _STEP
            is_needed = is_needed or line.indent // _STEP != len(levels) - 1
        elif below_blank and line.indent < _NEXT_LEVEL:
            levels.clear()  # a paragraph of its own
            indent = line.indent
        else:
            indent = _wanted(levels, line, below_blank)
            is_needed = is_needed or (below_blank and line.indent < len(levels) * _STEP)
        if below_blank:
            block = indent
        elif indent < block and is_item(line):
            # Python-Markdown takes what follows for a part of the block, however it is indented.
            result.append(SourceLine(text="", number=line.number))
            is_needed, block = True, indent
        result.append(line.with_text(" " * indent + line.text.lstrip()))
        below_blank = False
    return result if is_needed else run


def _is_code(line: SourceLine, levels: Sequence[_Level]) -> bool:
    return bool(levels) and line.indent >= levels[-1].indent + 2 * _STEP


def _enter(levels: list[_Level], line: SourceLine, words: int) -> None:
    """Opens the level of an item, and closes those that it ends."""
    while levels:
        top = levels[-1]
        if line.indent >= top.indent + _NEXT_LEVEL:
            break
        if line.indent >= top.indent - 1:
            if _is_inner(levels, line):
                break
            levels.pop()
            if top.family == line.family or not _is_sibling_above(levels, line):
                break
            continue
        levels.pop()
    levels.append(_Level(line.indent, words, line.family))


def _is_inner(levels: Sequence[_Level], line: SourceLine) -> bool:
    """Whether the mark alone says that an item is inside the one above it."""
    if line.family not in _INNER or line.family == levels[-1].family:
        return False
    return all(level.family != line.family for level in levels)


def _is_sibling_above(levels: Sequence[_Level], line: SourceLine) -> bool:
    """Whether a list further out has items like this one, equally far indented."""
    return bool(levels) and abs(levels[-1].indent - line.indent) <= 1


def _wanted(levels: list[_Level], line: SourceLine, below_blank: bool) -> int:
    """How far a line that is not an item is to be indented."""
    if not below_blank:
        return len(levels) * _STEP if line.indent else 0
    while len(levels) > 1 and line.indent < levels[-1].indent + _NEXT_LEVEL:
        levels.pop()
    more = line.indent - levels[-1].words if levels else 0
    return len(levels) * _STEP + (more if more >= _CODE else 0)
