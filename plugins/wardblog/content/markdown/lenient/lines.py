"""The lines of a text, and which of them no step may touch: code, HTML, notes, definitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markdown.util import BLOCK_LEVEL_ELEMENTS

from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_FENCE = late_regex(r"\s*(`{3,}|~{3,})")
_HTML = late_regex(r" {0,3}<(?:(!--)|[?!]|(/?)([a-zA-Z][a-zA-Z0-9-]*))")
_IS_MARKDOWN = late_regex(r"""<[^>]*\smarkdown(?:\s*=\s*["']?(?:1|block|span)["']?)?[\s>]""")
_VOID = frozenset(("hr", "br", "img", "link", "meta", "input", "col", "source", "track"))
# A footnote, a link's address, an abbreviation, what a term means.
_DEFINITION = late_regex(r" {0,3}(?:\[(\^?)[^\]\n]+\]:|\*\[[^\]\n]+\]:)")
_MEANING = late_regex(r" {0,3}:[ \t]{1,3}\S")
_DELIMITER = late_regex(r" {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = late_regex(r"(?<!\\)\|")
# Below this an indented line is part of the text above it, as far as code is concerned.
_MAY_HOLD_MORE = late_regex(r"\s*(?:[^\w\s\"'“‘(]|o\s|\(?\w{1,9}[.)])")
_CODE_INDENT = 4


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something that can be read in two ways, for its author to decide."""

    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One line. `number` is that in the author's text; a line put in has that of the next one.

    `family` is the kind of mark that a list item had in the author's text, such as "a" for "(a)".
    """

    text: str
    number: int
    is_fixed: bool = False
    is_table: bool = False
    family: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_open(self) -> bool:
        """Whether it has words that steps may change."""
        return not self.is_fixed and not self.is_blank

    @property
    def indent(self) -> int:
        """How far the words are indented, in columns."""
        return len(self.text) - len(self.text.lstrip())

    def with_text(self, text: str) -> SourceLine:
        return replace(self, text=text)


def blank(number: int) -> SourceLine:
    return SourceLine(text="", number=number)


def blocks(lines: Sequence[SourceLine]) -> list[tuple[int, int]]:
    """Where each run of lines with words begins and ends that steps may change."""
    runs: list[tuple[int, int]] = []
    start = -1
    for number, line in enumerate(lines):
        if line.is_fixed or not line.text or line.text.isspace():
            if start >= 0:
                runs.append((start, number))
                start = -1
        elif start < 0:
            start = number
    return [*runs, (start, len(lines))] if start >= 0 else runs


def classified(texts: Sequence[str], first: int = 1) -> list[SourceLine]:
    """The lines, with those that are not plain text marked as fixed."""
    texts = [_spaces_first(text) for text in texts]
    lines = [SourceLine(text=text, number=number) for number, text in enumerate(texts, start=first)]
    unclosed: set[str] = set()
    at = 0
    while at < len(lines):
        if texts[at][:1].isalnum() and "|" not in texts[at]:
            at += 1
            continue
        end = _fixed_end(texts, at, unclosed)
        is_table = end == at and _is_table(texts, at)
        if is_table:
            end = _table_end(texts, at)
        for number in range(at, end):
            lines[number] = replace(lines[number], is_fixed=True, is_table=is_table)
        at = max(end, at + 1)
    _fix_meanings(lines)
    return lines


def _spaces_first(text: str) -> str:
    """The line with plain spaces for what looks like them at its beginning."""
    if not text[:1].isspace() and text[:1] not in "\u200b\ufeff":
        return text
    words = text.lstrip(" \t\xa0\u2007\u202f\u200b\ufeff")
    before = text[: len(text) - len(words)]
    if not before.strip(" "):
        return text
    for sign in "\u200b\ufeff":
        before = before.replace(sign, "")
    return re.sub(r"[\xa0\u2007\u202f]", " ", before).expandtabs(_CODE_INDENT) + words


def _fixed_end(texts: Sequence[str], at: int, unclosed: set[str]) -> int:
    """Where the fixed lines end that begin here; `at` itself if there are none."""
    text = texts[at]
    if not text.strip():
        return at
    if (fence := _FENCE.match(text)) and (end := _fence_end(texts, at, fence[1], unclosed)):
        return end
    if html := _HTML.match(text):
        return _html_end(texts, at, html)
    if note := _DEFINITION.match(text):
        return _with_more(texts, at) if note[1] else at + 1
    if text.startswith(" " * _CODE_INDENT) and _begins_code(texts, at):
        return _code_end(texts, at)
    if text.lstrip().startswith("|") and not _is_table(texts, at):
        return at + 1
    return at


def _fence_end(texts: Sequence[str], at: int, fence: str, unclosed: set[str]) -> int:
    if fence in unclosed:
        return 0
    for number in range(at + 1, len(texts)):
        if texts[number].strip() == fence:
            return number + 1
    unclosed.add(fence)
    return 0


def _html_end(texts: Sequence[str], at: int, html: re.Match[str]) -> int:
    name = (html[3] or "").lower()
    if html[1] or not name:
        return _end_of(texts, at, "-->" if html[1] else ">")
    if name not in BLOCK_LEVEL_ELEMENTS:
        return at
    if html[2] or name in _VOID or _IS_MARKDOWN.search(texts[at]):
        return at + 1
    depth = 0
    tag = re.compile(rf"<(/?){name}\b", re.IGNORECASE)
    for number in range(at, len(texts)):
        for match in tag.finditer(texts[number]):
            depth += -1 if match[1] else 1
        if depth <= 0:
            return number + 1
    return len(texts)


def _end_of(texts: Sequence[str], at: int, sign: str) -> int:
    return next((n + 1 for n in range(at, len(texts)) if sign in texts[n]), len(texts))


def _with_more(texts: Sequence[str], at: int) -> int:
    """The end of a note: its own lines, and indented ones below a blank one."""
    end = at + 1
    while end < len(texts):
        after = end
        while after < len(texts) and not texts[after].strip():
            after += 1
        if after == len(texts) or _DEFINITION.match(texts[after]):
            break
        if after > end and not texts[after].startswith(" " * _CODE_INDENT):
            break
        end = after + 1
    return end


def _begins_code(texts: Sequence[str], at: int) -> bool:
    """Whether an indented line is code: below a blank one, and not part of a list."""
    if at and texts[at - 1].strip():
        return False
    for number in range(at - 1, -1, -1):
        if texts[number].strip() and not texts[number].startswith(" " * _CODE_INDENT):
            return not _MAY_HOLD_MORE.match(texts[number])
    return True


def _code_end(texts: Sequence[str], at: int) -> int:
    end = number = at
    while number < len(texts):
        if texts[number].startswith(" " * _CODE_INDENT):
            end = number + 1
        elif texts[number].strip():
            break
        number += 1
    return end


def _cells(text: str) -> int:
    return len(_PIPE.findall(text.strip().removeprefix("|").removesuffix("|"))) + 1


def _is_table(texts: Sequence[str], at: int) -> bool:
    if at + 1 >= len(texts) or "|" not in texts[at] or "|" not in texts[at + 1]:
        return False
    is_delimited = _DELIMITER.match(texts[at + 1]) is not None
    return is_delimited and _cells(texts[at]) == _cells(texts[at + 1])


def _table_end(texts: Sequence[str], at: int) -> int:
    end = at + 2
    while end < len(texts) and "|" in texts[end]:
        end += 1
    return end


def _fix_meanings(lines: list[SourceLine]) -> None:
    """Terms and what they mean: the whole block, and what is indented below it."""
    if not any(line.text.lstrip(" ").startswith(":") for line in lines):
        return
    for start, end in blocks(lines):
        if not any(_MEANING.match(line.text) for line in lines[start:end]):
            continue
        end = _with_more([line.text for line in lines], end - 1)
        for number in range(start, end):
            lines[number] = replace(lines[number], is_fixed=True)
