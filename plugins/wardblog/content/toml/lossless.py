"""A TOML file with its lines as they are written, for edits that keep every other byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from wardblog.content.header.change import EndedLine, ended_lines, joined
from wardblog.content.toml.quotes import line_of, with_straight_marks
from wardblog.content.toml.statements import (
    Statement,
    TomlSection,
    WrittenValue,
    comment_lines_above,
    find_sections,
)
from wardblog.content.toml.toml_lines import broken_line
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True)
class LosslessToml:
    """`straight` is the text as it was read: the same lines, with straight quotation marks."""

    lines: tuple[EndedLine, ...]
    straight: str
    values: Mapping[str, Any]

    @classmethod
    def read(cls, text: str, file: str) -> LosslessToml:
        """Parse a text; raises `CommandError` with the line and the remedy if it is broken."""
        lines = tuple(ended_lines(text))
        plain = _plain(lines)
        try:
            return _parsed(lines, plain)
        except (ValueError, RecursionError) as error:
            line, message, hint = broken_line(plain, line_of(error, plain), str(error))
            raise CommandError(f"{file}:{line}: {message}", hint) from None

    @classmethod
    def of_lines(cls, lines: Sequence[EndedLine]) -> LosslessToml | None:
        """Parse lines; None if they cannot be read."""
        # What was added may hold a line end.
        again = tuple(ended_lines(joined(lines)))
        try:
            return _parsed(again, _plain(again))
        except (ValueError, RecursionError):
            return None

    @property
    def text(self) -> str:
        return joined(self.lines)

    @cached_property
    def sections(self) -> list[TomlSection]:
        return find_sections(self.straight)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in `straight`."""
        starts = [0]
        for line in self.straight_lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    @cached_property
    def straight_lines(self) -> list[str]:
        return self.straight.split("\n")

    def entries(self, table: str) -> list[TomlSection]:
        """The sections that begin an entry of a table, or the one section of a plain table."""
        return [section for section in self.sections if section.path == (table,)]

    def extent(self, section: TomlSection) -> tuple[int, int]:
        """The first and the last line of an entry, with its comments.

        These are the comment directly above it, its keys and tables below it, and the comment
        directly below these, unless that leads to another heading.
        """
        at = self.sections.index(section)
        last = section.last
        for later in self.sections[at + 1 :]:
            if len(later.path) < 2 or later.path[0] != section.path[0]:
                break
            last = later.last
        texts = [line.text for line in self.lines]
        end = last
        while end + 1 < len(texts) and texts[end + 1].lstrip().startswith("#"):
            end += 1
        heads = {one.heading.first for one in self.sections if one.heading}
        if end + 1 in heads:
            end = last
        first = section.heading.first if section.heading else 0
        return comment_lines_above(texts, first), end

    def line_at(self, position: int) -> tuple[int, int]:
        """The line and the column, from 0, of a position in `straight`."""
        starts = self._starts
        low, high = 0, len(starts) - 1
        while low + 1 < high:
            middle = (low + high) // 2
            low, high = (middle, high) if starts[middle] <= position else (low, middle)
        return low, position - starts[low]

    def with_span(self, start: int, end: int, text: str) -> list[EndedLine]:
        """The lines with another text between two positions of `straight`."""
        first, column = self.line_at(start)
        last, end_column = self.line_at(end)
        texts = self.straight_lines
        return self.with_texts(first, last, texts[first][:column] + text + texts[last][end_column:])

    def with_texts(self, first: int, last: int, text: str) -> list[EndedLine]:
        """The lines with a text of one or more lines in place of those from `first` to `last`."""
        new = text.split("\n")
        old = self.lines[first : last + 1]
        usual = next((line.end for line in (*old, *self.lines) if line.end), "\n")
        ends = [line.end or usual for line in old[: len(new) - 1]]
        ends += [usual] * (len(new) - 1 - len(ends))
        written = [EndedLine(one, end) for one, end in zip(new, (*ends, old[-1].end), strict=True)]
        return [*self.lines[:first], *written, *self.lines[last + 1 :]]

    def inserted(self, at: int, texts: Sequence[str]) -> list[EndedLine]:
        """The lines with others before the line `at`, which may be the number of lines."""
        usual = next((line.end for line in self.lines if line.end), "\n")
        above = list(self.lines[:at])
        new = [EndedLine(one, usual) for text in texts for one in text.split("\n")]
        if at == len(self.lines):
            if above and above[-1].text:
                above[-1] = EndedLine(above[-1].text, usual)
            elif above:
                above.pop()
            return [*above, *new, EndedLine("", "")]
        return [*above, *new, *self.lines[at:]]

    def swapped(self, one: tuple[int, int], other: tuple[int, int]) -> list[EndedLine]:
        """The lines with two ranges exchanged; the last lines keep the endings of their places."""
        (a, b), (c, d) = sorted((one, other))
        first, second = list(self.lines[a : b + 1]), list(self.lines[c : d + 1])
        usual = next((line.end for line in self.lines if line.end), "\n")
        moved_up = [*second[:-1], EndedLine(second[-1].text, second[-1].end or usual)]
        end = first[-1].end if second[-1].end else ""
        moved_down = [*first[:-1], EndedLine(first[-1].text, end)]
        between = self.lines[b + 1 : c]
        return [*self.lines[:a], *moved_up, *between, *moved_down, *self.lines[d + 1 :]]

    def without_lines(self, first: int, last: int) -> list[EndedLine]:
        """The lines without these, and without one of the two blank parts around them."""
        is_blank = [not line.text.strip() for line in self.lines]
        is_blank_above = first == 0 or is_blank[first - 1]
        if is_blank_above:
            while last + 2 < len(self.lines) and is_blank[last + 1]:
                last += 1
        if last + 1 >= len(self.lines) or (last + 2 == len(self.lines) and is_blank[last + 1]):
            while first and is_blank[first - 1]:
                first -= 1
        return [*self.lines[:first], *self.lines[last + 1 :]]


def value_of(toml: LosslessToml, table: str, number: int, key: str) -> WrittenValue | None:
    """Where the value of a key is written, however its table is."""
    for section in toml.entries(table)[number : number + 1] if table else toml.sections[:1]:
        if found := statement_of(section, (key,)):
            return found.value
    top = toml.sections[0]
    if number == 0 and (found := statement_of(top, (table, key))):
        return found.value
    whole = inline_table(toml, table, number)
    return whole.called(key) if whole else None


def statement_of(section: TomlSection, path: tuple[str, ...]) -> Statement | None:
    return next((one for one in section.keys if one.path == path), None)


def inline_table(toml: LosslessToml, table: str, number: int) -> WrittenValue | None:
    """The inline table `table = { … }`, or one of an array of them."""
    found = statement_of(toml.sections[0], (table,))
    value = found.value if found else None
    if value and value.mark == "[":
        values = [item.value for item in value.items]
        value = values[number] if number < len(values) else None
    return value if value and value.mark == "{" else None


def _plain(lines: Sequence[EndedLine]) -> str:
    """The text as the reader of settings gets it: each line ends with `\\n`."""
    return joined([EndedLine(line.text, "\n" if line.end else "") for line in lines])


def _parsed(lines: tuple[EndedLine, ...], plain: str) -> LosslessToml:
    values, straight = with_straight_marks(plain)
    toml = LosslessToml(lines, straight, values)
    _ = toml.sections  # its brackets may be nested too deeply
    return toml
