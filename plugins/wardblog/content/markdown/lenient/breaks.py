"""Lines that stand by themselves, such as those of an address, stay lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from wardblog.content.markdown.lenient.blocks import HEADING, ITEM, RULE, ends_with_colon, is_item
from wardblog.content.markdown.lenient.lines import SourceLine, Unclear, blocks
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import POSTCODE

POSTCODE_AT_END = late_regex(rf"{POSTCODE.pattern}[.,]?\s*$")

_BREAK = "  "
_HAS_BREAK = late_regex(r"(?:  +|<br\s*/?>\s*)$", re.IGNORECASE)
_BACKSLASH = late_regex(r"(?<!\\)(?:\\\\)*\\$")
# The longest line of an address, a poem or a list of names; a wrapped paragraph has longer ones.
_SHORT, _SHORTEST_WRAPPED = 48, 60
_LABEL = late_regex(r"[*_]*[A-Z][\w &'’/-]{0,24}[*_]*:[*_]*\s+\S")
_DAY = late_regex(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm)\b", re.I
)
_REACHED = late_regex(r"^(?:\+44|\(?0)[\d ()-]{8,}$|^\S+@\S+\.\S+$|^(?:https?://|www\.)\S+$")
_CLOSING = late_regex(
    r"(?:yours? (?:sincerely|faithfully|truly)|(?:kind|best|warm)(?:est)? (?:regards|wishes)"
    r"|regards|best|yours|love|cheers|(?:many )?thanks(?: again)?|thank you(?: again)?|cofion"
    r"|yn gywir|diolch),?$",
    re.IGNORECASE,
)
# A line all in bold, which those who know no headings write above a paragraph.
_AS_HEADING = late_regex(r" {0,3}(\*\*|__)(?=\S)(?:(?!\1).)*\w(?:(?!\1).)*\1:?\s*$")
_BEGINS = late_regex(r"\s*[\"'“‘(\[]*[A-Z0-9\u00c0-\u00de£]")
_SENTENCE_ENDS = late_regex(r"[.!?][\"'”’)*_]*$")
# Nobody ends a line of an address or a poem with these; nor does a new sentence begin within one.
_GOES_ON = late_regex(
    r"\b(?:an?|and|at|but|by|for|from|in|is|of|on|or|our|that|the|their|to|was|we|with|your)$"
    r"|[a-z]{3}[.!?] [A-Z]"
)
_STARTS_LINE = late_regex(r"[\"'“‘(*_\[]*[A-Z0-9\u00c0-\u00de+£#]")
_HINT = "To keep these lines apart, end each with two spaces; to join them, write them as one."


def hard_breaks(lines: list[SourceLine], doubts: list[Unclear]) -> list[SourceLine]:
    """Two spaces, which is how Markdown ends a line, where the lines are meant."""
    result = [_without_backslash(lines, number) for number in range(len(lines))]
    for start, end in blocks(result):
        block = result[start:end]
        if end - start < 2 or any(_is_other(line) for line in block):
            continue
        if _AS_HEADING.match(block[0].text) and _BEGINS.match(block[1].text):
            result[start] = _broken(result[start])
        for first, last in _short_runs(block):
            last = _address_end(block, first, last)
            if _is_meant(block, first, last):
                begin = first - 1 if first else first
                for number in range(start + begin, start + min(last, len(block) - 1)):
                    result[number] = _broken(result[number])
            elif _is_doubtful(block, first, last):
                message = "these short lines would be joined into one"
                doubts.append(Unclear(block[first].number, message, _HINT))
    return result


def _without_backslash(lines: Sequence[SourceLine], number: int) -> SourceLine:
    """A backslash at the end of a line as the break that it is elsewhere."""
    line = lines[number]
    if not line.text.endswith("\\"):
        return line
    goes_on = number + 1 < len(lines) and lines[number + 1].is_open
    if line.is_open and goes_on and _BACKSLASH.search(line.text):
        return line.with_text(f"{line.text[:-1].rstrip()}{_BREAK}")
    return line


def _is_other(line: SourceLine) -> bool:
    """Whether a line belongs to something that is not a plain paragraph."""
    text = line.text
    return (
        is_item(line)
        or bool(ITEM.match(text) or RULE.match(text) or HEADING.match(text))
        or line.indent > 3
        or text.lstrip()[:1] in ("<", ">")
        or re.match(r" {0,3}[=-]+\s*$", text) is not None
    )


def _short_runs(block: Sequence[SourceLine]) -> list[tuple[int, int]]:
    """Where each run of two or more short lines begins and ends."""
    result: list[tuple[int, int]] = []
    start = -1
    for number in range(len(block) + 1):
        is_short = number < len(block) and len(block[number].text.strip()) <= _SHORT
        if is_short and ends_with_colon(block[number]) and number + 1 < len(block):
            is_short = start >= 0 and _LABEL.match(block[number].text) is not None
        if is_short and start < 0:
            start = number
        elif not is_short and start >= 0:
            if number - start >= 2:
                result.append((start, number))
            start = -1
    return result


def _address_end(block: Sequence[SourceLine], first: int, last: int) -> int:
    """The end of a run, or of the address that it begins with where words follow."""
    ends = [n + 1 for n in range(first, last) if POSTCODE_AT_END.search(block[n].text)]
    goes_on = bool(ends) and any(line.text.strip()[:1].islower() for line in block[ends[-1] : last])
    return ends[-1] if goes_on and ends[-1] - first > 1 else last


def _is_meant(block: Sequence[SourceLine], first: int, last: int) -> bool:
    """Whether it is clear that the lines of a run are lines."""
    if any(_HAS_BREAK.search(line.text) for line in block[first : last - 1]):
        return False  # the author knows how, and chose where
    texts = [line.text.strip() for line in block[first:last]]
    if not all(_STARTS_LINE.match(text) or _REACHED.match(text) for text in texts):
        return False
    if any(_GOES_ON.search(text) for text in texts[:-1]):
        return False
    has_end = any(POSTCODE_AT_END.search(text) or _REACHED.match(text) for text in texts)
    if first and not ends_with_colon(block[first - 1]):
        # Below a longer line, which an editor may have wrapped.
        return has_end and _are_chosen(block, first - 1, last)
    if all(_LABEL.match(text) for text in texts) or all(_DAY.match(text) for text in texts):
        return True
    if _CLOSING.match(texts[-2]) or _CLOSING.match(texts[0]):
        return True
    if any(_SENTENCE_ENDS.search(text) for text in texts[:-1]):
        return len(texts) > 3 and not _SENTENCE_ENDS.search(texts[0])
    return has_end or len(texts) > 3 or (len(texts) == 3 and any(_fits(texts)))


def _fits(texts: Sequence[str]) -> list[bool]:
    """For each line but the last, whether the next word would have fitted on it.

    Where it would, no editor wrapped the line: its author ended it.
    """
    width = max(map(len, texts))
    return [len(text) + 1 + len(after.split()[0]) <= width for text, after in pairwise(texts)]


def _are_chosen(block: Sequence[SourceLine], first: int, last: int) -> bool:
    """Whether the lines of an address were ended by their author, below a line of words."""
    texts = [line.text.strip() for line in block[:last]]
    return all(_fits(texts)[first + 1 : last])


def _is_doubtful(block: Sequence[SourceLine], first: int, last: int) -> bool:
    """Three or more short lines without the form of an address, none of which ends a sentence."""
    texts = [line.text.strip() for line in block[first:last]]
    if len(texts) < 3 or first or last < len(block):
        return False
    if any(_HAS_BREAK.search(line.text) for line in block[first : last - 1]):
        return False  # the author knows how, and chose where
    if any(_GOES_ON.search(text) for text in texts[:-1]):
        return False
    if any(_SENTENCE_ENDS.search(text) for text in texts):
        return False
    return sum(text[:1].isupper() for text in texts) >= len(texts) - 1


def _broken(line: SourceLine) -> SourceLine:
    if _HAS_BREAK.search(line.text):
        return line
    return line.with_text(f"{line.text.rstrip()}{_BREAK}")
