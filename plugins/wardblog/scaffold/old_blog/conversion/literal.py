"""Characters of an old text that Markdown would read as its own: which of them need a backslash.

While a text is converted, such a character is held by a private one. Once the Markdown around it
is there, it is written plainly, except where a reader of Markdown would take it for a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from wardblog.support.late_regex import late_regex

_SPECIAL = "\\`*_{}[]#+-.!<>&|:~="
_FIRST = 0xF0000
_HELD = {ord(sign): chr(_FIRST + ord(sign)) for sign in _SPECIAL}
_PLAIN = {_FIRST + ord(sign): sign for sign in _SPECIAL}
# A line that its author ended, before its line break.
BREAK = "\U000f0100"
# Private characters, each of which remembers a place in the text.
_FIRST_MARK = 0x100000
_MOST_MARKS = 0xFFFD
_MARK = late_regex("[\U00100000-\U0010fffd]")
_HELD_ONE = late_regex("[\U000f0000-\U000f007f]")
_PRIVATE = late_regex("[\U000f0000-\U0010fffd]")
_ENTITY = late_regex(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{1,32});")
# What is in front of the words of a line: quotations, lists, meanings, notes.
_BEFORE = late_regex(r"(?: {4}|> ?|- |\d{1,9}\. |[a-zA-Z]{1,4}\) |:   |\[\^\d+\]: )*")
_ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!|")
_BULLET = late_regex(r"[-+*](?=\s|$)")
_NUMBER = late_regex(r"(\d{1,9})\.(?=\s|$)")
_RULE = late_regex(r"([-*_=])(?:\s*\1)*\s*$")
_DELIMITER = late_regex(r"[-|:\s]*-[-|:\s]*$")
_YEAR_DIGITS = 4
_MEANING = late_regex(r":[ \t]{1,3}\S")
_REFERENCE = late_regex(r"\[[^\]]*\]:")
_FENCE = late_regex(r"`{3,}|~{3,}")
_BEGINS_TAG = late_regex(r"<[a-zA-Z/!?]")
_BRACKET = late_regex(r"[\[\]]")
# Code, and what has a backslash: Markdown reads these before it looks for brackets.
_READ_BEFORE = late_regex(r"(`+)(?!`).*?(?<!`)\1(?!`)|\\.", re.DOTALL)
_STAR = late_regex(r"\*")
_LOW_LINES = late_regex("_+")
_BY_NUMBER = {":": "&#58;", "=": "&#61;", "~": "&#126;"}


def without_private(text: str) -> str:
    """Return a text without the characters that this module uses."""
    return text if text.isascii() else _PRIVATE.sub("", text)


def held(text: str) -> str:
    """Return words with each special character held by a private one."""
    return text.translate(_HELD)


def plain_words_of(text: str) -> str:
    """Return what was held, as it was, without breaks and marks."""
    return _MARK.sub("", text.translate(_PLAIN)).replace(BREAK, "")


def mark(number: int) -> str:
    """Return the character that remembers a place; "" if there are too many."""
    return chr(_FIRST_MARK + number) if number < _MOST_MARKS else ""


def without_marks(text: str) -> tuple[str, dict[int, int]]:
    """Return the text without its marks, and the line of each, counted from 1."""
    lines: dict[int, int] = {}
    parts: list[str] = []
    line, end = 1, 0
    for match in _MARK.finditer(text):
        part = text[end : match.start()]
        line += part.count("\n")
        lines[ord(match[0]) - _FIRST_MARK] = line
        parts.append(part)
        end = match.end()
    return "".join(parts) + text[end:], lines


def written(text: str) -> str:
    """Return Markdown in which every held character reads as itself."""
    if not _PRIVATE.search(text):
        return text
    return "\n\n".join(
        _block(part) if _PRIVATE.search(part) else part for part in text.split("\n\n")
    )


def _block(text: str) -> str:
    lines = text.split("\n")
    started = "\n".join(
        _started(line, is_first=number == 0, is_alone=len(lines) == 1)
        for number, line in enumerate(lines)
    )
    return _with_breaks(_Inline(started).written())


def _with_breaks(text: str) -> str:
    """Lines that their author ended, with a backslash unless they are read as lines anyway."""
    if BREAK not in text:
        return text
    # late import: see docs/architecture.md
    from wardblog.content.markdown.lenient import as_meant

    bare = text.replace(BREAK, "")
    meant, doubts = as_meant(bare)
    read = meant.split("\n")
    ends = [line.endswith(BREAK) for line in text.split("\n")]
    is_same = not doubts and [line.rstrip() for line in read] == bare.split("\n")
    if is_same and [line.endswith("  ") for line in read] == ends:
        return bare
    marked = text.replace(BREAK, "\\")
    # A line that begins like HTML or a table does not go on with a paragraph.
    read = as_meant(marked)[0].split("\n")
    return (
        marked
        if sum(line.endswith("  ") for line in read) == sum(ends)
        else text.replace(BREAK, "<br>")
    )


def _started(line: str, *, is_first: bool, is_alone: bool) -> str:
    """The line with its first character escaped if it would begin something else."""
    before = _BEFORE.match(line)
    at = before.end() if before else 0
    if at == len(line) or line[at] in "#|":
        return line
    rest = line[at:].translate(_PLAIN).rstrip(BREAK)
    if number := _NUMBER.match(rest):
        is_plain = len(number[1]) >= _YEAR_DIGITS or number.end() == len(rest)
        is_plain = is_plain and not at and is_alone  # nor is a number a list without words
        stop = at + number.end() - 1
        return line if is_plain else f"{line[:stop]}\\.{line[stop + 1 :]}"
    if line[at] not in _PLAIN_SIGNS or not _begins_more(rest, is_first=is_first):
        return line
    escape = _BY_NUMBER.get(rest[0], f"\\{rest[0]}")
    if rest[0] == "|":
        stop = at + rest.index("-")
        return f"{line[:stop]}\\-{line[stop + 1 :]}"
    return f"{line[:at]}{escape}{line[at + 1 :]}"


def _begins_more(rest: str, *, is_first: bool) -> bool:
    """Whether a line that begins so would be more than words."""
    sign = rest[0]
    if sign in "#>*":
        return True
    if _RULE.match(rest):
        return sign != "=" or not is_first
    if _DELIMITER.match(rest) and ("|" in rest or not is_first):
        return sign in "-|:"
    if sign == "[":
        return bool(_REFERENCE.match(rest))
    return bool(_BULLET.match(rest) or _MEANING.match(rest) or _FENCE.match(rest))


_PLAIN_SIGNS = frozenset(_HELD.values())


def _bracket_pairs(text: str) -> dict[int, int]:
    """Where each square bracket that is closed begins and ends; those in code do not count."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    others = _READ_BEFORE.sub(lambda match: " " * len(match[0]), text)
    for match in _BRACKET.finditer(others.translate(_PLAIN)):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            pairs[opened.pop()] = match.start()
    return pairs


class _Inline:
    """The held characters in the middle of a block."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain = text.translate(_PLAIN)
        # Those with spaces on both sides are signs for "times".
        self._stars = sum(not self._is_apart(at.start()) for at in _STAR.finditer(self._plain))
        self._ticks = self._plain.count("`")
        runs = [run.span() for run in _LOW_LINES.finditer(self._plain)]
        at_edge = [span for span in runs if not self._is_in_word(*span)]
        self._low_lines = {at for span in at_edge for at in range(*span)}
        self._has_pairs = len(at_edge) > 1
        self._pairs = _bracket_pairs(text)
        self._has_real_links, self._last_link = "[" in text, self._plain.rfind("](")
        # Between the brackets of a link, pairs of brackets are read as they are.
        self._links = sorted(
            (start, end)
            for start, end in self._pairs.items()
            if self._has_real_links and text[start] == "[" and text[end : end + 2] == "]("
        )
        self._has_links = any(
            self._is_link(match.start()) for match in re.finditer(_HELD[ord("[")], text)
        )

    def written(self) -> str:
        return _HELD_ONE.sub(self._one, self._text)

    def _one(self, match: re.Match[str]) -> str:
        sign, at = _PLAIN[ord(match[0])], match.start()
        if sign == "<":
            return "&lt;" if _BEGINS_TAG.match(self._plain, at) else "<"
        if sign == "&":
            return "&amp;" if _ENTITY.match(self._plain, at) else "&"
        return f"\\{sign}" if self._needs_backslash(sign, at) else sign

    def _needs_backslash(self, sign: str, at: int) -> bool:
        if sign == "*":
            return self._stars > 1 and not self._is_apart(at)
        if sign == "_":
            return self._has_pairs and at in self._low_lines
        if sign == "`":
            return self._ticks > 1
        if sign == "\\":
            return self._next(at) in _ESCAPABLE or self._next(at) in ("", "\n", BREAK)
        if sign == "!":
            return self._text[at + 1 : at + 2] == "["
        if sign == "{":
            return "}" in self._plain[at : self._line_end(at)]
        if sign == "[":
            return self._has_links and not (at in self._pairs and self._is_in_link(at))
        return sign == "#" and self._ends_heading(at)

    def _next(self, at: int) -> str:
        return self._plain[at + 1 : at + 2]

    def _before(self, at: int) -> str:
        return self._plain[at - 1 : at] or "\n"

    def _is_apart(self, at: int) -> bool:
        return self._before(at).isspace() and self._next(at).isspace()

    def _line_end(self, at: int) -> int:
        end = self._plain.find("\n", at)
        return len(self._plain) if end < 0 else end

    def _is_in_word(self, start: int, end: int) -> bool:
        return self._before(start).isalnum() and self._next(end - 1).isalnum()

    def _is_link(self, at: int) -> bool:
        """Whether an opening bracket would begin a link, a note, a reference or a contents list."""
        if self._plain.startswith("[TOC]", at):
            return True
        end = self._pairs.get(at)
        if end is None:
            return self._has_real_links or self._last_link > at
        after = self._plain[end + 1 : end + 2]
        return (after in "([:" and bool(after)) or self._next(at) == "^"

    def _is_in_link(self, at: int) -> bool:
        place = bisect_left(self._links, (at, at)) - 1
        return place >= 0 and at < self._links[place][1]

    def _ends_heading(self, at: int) -> bool:
        start = self._plain.rfind("\n", 0, at) + 1
        is_heading = self._text.startswith("#", start)
        return is_heading and not self._plain[at : self._line_end(at)].strip("# ")


def with_brackets_escaped(words: str) -> str:
    """Return what was held with a backslash before each square bracket of its own."""
    for sign in "[]":
        words = words.replace(_HELD[ord(sign)], f"\\{sign}")
    # What looks like the address of a reference, even after a backslash.
    return words.replace(f"\\]{_HELD[ord(':')]}", f"\\]{_BY_NUMBER[':']}")


def with_bars_escaped(words: str) -> str:
    """Return the words of a cell, in which a bar would begin the next."""
    return words.replace(_HELD[ord("|")], "\\|")
