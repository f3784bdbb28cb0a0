"""Blank lines where they were left out: around tables, above lists, around rules."""

from __future__ import annotations

import re
from itertools import pairwise

from wardblog.content.markdown.lenient.lines import SourceLine, Unclear, blank, blocks
from wardblog.support.late_regex import late_regex

# An item as Python-Markdown knows it.
ITEM = late_regex(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}\.)(?P<gap>[ \t]+)(?P<words>\S.*)")
RULE = late_regex(r" {0,3}([-*_])(?: *\1){2,} *$")
_SMART_RULE = late_regex(r" {0,3}(?:[–—―─━]\s*){2,}$| {0,3}(?:\\?[*~•·]\s*){3,}$")
HEADING = late_regex(r"#{1,6}(?!#)")
# A case's number, or words that others search for, and no heading.
_NO_HEADING = late_regex(r"#(?=\d)|#(?=(?:[A-Z][a-z0-9]+){2,}\b)|#(?=\w+(?:\s+#\w+)+\s*$)")
_UNDERLINE = late_regex(r" {0,3}-{3,}\s*$")
_COLON = late_regex(r"[:：][ \t]*[-–—]?[*_ \t]*$")
_SENTENCE_ENDS = late_regex(r"[.!?;][\"'”’)*_]*\s*$")
_AS_YEAR = late_regex(r"( *)(\d{4,9})\.(?=[ \t])")
_LONG_HEADING = 60
_LEAVE_A_LINE = "Leave a blank line above it if a list begins here; otherwise join the two lines."


def ends_with_colon(line: SourceLine) -> bool:
    return bool(_COLON.search(line.text))


def is_item(line: SourceLine) -> bool:
    if line.text[:1].isalpha():
        return False
    return line.is_open and bool(ITEM.match(line.text)) and not RULE.match(line.text)


def separate_tables(lines: list[SourceLine], _doubts: list[Unclear]) -> list[SourceLine]:
    """A table has a blank line above it, and below it."""
    result: list[SourceLine] = []
    for line in lines:
        before = result[-1] if result else None
        if before and before.is_table != line.is_table and not (before.is_blank or line.is_blank):
            result.append(blank(line.number))
        result.append(line)
    return result


def rules(lines: list[SourceLine], _doubts: list[Unclear]) -> list[SourceLine]:
    """Dashes from a word processor as a rule; hyphens right below a paragraph as one too.

    Below one short line they underline a heading.
    """
    result: list[SourceLine] = []
    for line in lines:
        if line.text[:1].isalnum():
            result.append(line)
        elif line.is_open and _SMART_RULE.match(line.text) and not RULE.match(line.text):
            result += [blank(line.number), line.with_text("* * *"), blank(line.number)]
        elif line.is_open and _UNDERLINE.match(line.text) and _is_below_paragraph(result):
            result += [blank(line.number), line]
        else:
            result.append(line)
    return result


def _is_below_paragraph(lines: list[SourceLine]) -> bool:
    if not lines or not lines[-1].is_open or is_item(lines[-1]):
        return False
    last = lines[-1].text.rstrip()
    is_second = len(lines) > 1 and lines[-2].is_open and not HEADING.match(lines[-2].text)
    return is_second or (last.endswith(".") and len(last) > _LONG_HEADING)


def headings(lines: list[SourceLine], _doubts: list[Unclear]) -> list[SourceLine]:
    """A number with "#" before it, or a hashtag, is not a heading."""
    return [
        line.with_text(f"\\{line.text}")
        if line.text[:1] == "#" and line.is_open and _NO_HEADING.match(line.text)
        else line
        for line in lines
    ]


def interrupting_lists(lines: list[SourceLine], doubts: list[Unclear]) -> list[SourceLine]:
    """A list that begins right below a line of text gets the blank line that it needs."""
    before_these: set[int] = set()
    changed = list(lines)
    for start, end in blocks(lines):
        _escape_years(changed, start, end)
        first = _first_item(changed, start, end)
        if first is not None and _is_clear(changed, first, end, doubts):
            before_these.add(first)
    result: list[SourceLine] = []
    for number, line in enumerate(changed):
        if number in before_these:
            result.append(blank(line.number))
        result.append(line)
    return result


def _first_item(lines: list[SourceLine], start: int, end: int) -> int | None:
    """The first item of a list that begins in the middle of a block."""
    for before, number in pairwise(range(start, end)):
        if is_item(lines[before]):
            return None  # the block is a list from here on
        if is_item(lines[number]):
            above = lines[before].text
            return None if HEADING.match(above) or re.match(r" {0,3}[=-]+\s*$", above) else number
    return None


def _is_clear(lines: list[SourceLine], first: int, end: int, doubts: list[Unclear]) -> bool:
    items = [match for line in lines[first:end] if (match := ITEM.match(line.text))]
    above, line = lines[first - 1], lines[first]
    if line.family:
        return True  # a mark that is nothing but a mark
    mark = items[0]["mark"]
    alike = [i for i in items if i["mark"][:-1].isdigit() == mark[:-1].isdigit()]
    has_colon, is_after_sentence = ends_with_colon(above), bool(_SENTENCE_ENDS.search(above.text))
    if mark[:-1].isdigit():
        value = int(mark[:-1])
        goes_on = len(alike) > 1 and int(alike[1]["mark"][:-1]) in (value + 1, value)
        if (value <= 1 and (has_colon or goes_on)) or (value < 1000 and has_colon and goes_on):
            return True
        is_doubtful = value == 1 and is_after_sentence
    else:
        if has_colon or len(alike) > 1:
            return True
        is_doubtful = is_after_sentence and mark != "+" and " - " not in items[0]["words"]
    if is_doubtful:
        message = f'"{mark}" begins this line, right below a line of text, and would be part of it'
        doubts.append(Unclear(line.number, message, _LEAVE_A_LINE))
    return False


def _escape_years(lines: list[SourceLine], start: int, end: int) -> None:
    """A year and a full stop at the beginning of a line are words, and no item of a list."""
    numbers = [int(m[2]) if (m := _AS_YEAR.match(x.text)) else 0 for x in lines[start:end]]
    for offset, value in enumerate(numbers):
        if value and value + 1 not in numbers and value - 1 not in numbers:
            line = lines[start + offset]
            lines[start + offset] = line.with_text(_AS_YEAR.sub(r"\1\2\\.", line.text, count=1))
