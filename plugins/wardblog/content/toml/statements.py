"""Finds where the tables, keys and values of a TOML text are written, to the letter."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_BARE = late_regex(r"[A-Za-z0-9_-]+")
_LITERAL = late_regex(r"[^,\]}#\n]+")
_BLANK, _BLANK_OR_END = " \t", " \t\n"

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenValue:
    """Where a value begins and ends; `items` are those of an array or of an inline table.

    `mark` is the bracket that it begins with: `[` for an array, `{` for an inline table, else "".
    """

    start: int
    end: int
    mark: str = ""
    items: tuple[WrittenItem, ...] = ()

    def called(self, key: str) -> WrittenValue | None:
        """Return the value of a key of an inline table."""
        return next((item.value for item in self.items if item.path == (key,)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenItem:
    """An item of an array, or a key (`path`) with its value in an inline table."""

    path: Path
    start: int
    value: WrittenValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A heading (`value` is None) or a key with its value.

    `brackets` are those on each side of a heading, 0 for a key; `start` and `end` are the positions
    in the text, `first` and `last` the lines, both counted from 0.
    """

    path: Path
    brackets: int
    start: int
    end: int
    first: int
    last: int
    value: WrittenValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlSection:
    """A heading with the keys below it; the first section of a file has no heading."""

    heading: Statement | None
    keys: tuple[Statement, ...]

    @property
    def path(self) -> Path:
        return self.heading.path if self.heading else ()

    @property
    def brackets(self) -> int:
        return self.heading.brackets if self.heading else 0

    @property
    def last(self) -> int:
        """The last line of its keys, or of its heading; -1 for a file that begins with another."""
        statement = self.keys[-1] if self.keys else self.heading
        return statement.last if statement else -1


def find_sections(text: str) -> list[TomlSection]:
    """The sections of a valid TOML text with `\\n` at the end of its lines.

    Raises `RecursionError` where brackets are nested too deeply.
    """
    sections: list[TomlSection] = []
    heading: Statement | None = None
    keys: list[Statement] = []
    for statement in _Scanner(text).statements():
        if statement.brackets:
            sections.append(TomlSection(heading=heading, keys=tuple(keys)))
            heading, keys = statement, []
        else:
            keys.append(statement)
    sections.append(TomlSection(heading=heading, keys=tuple(keys)))
    return sections


class _Scanner:
    """Reads a text that `tomllib` has accepted, so that it need not look for mistakes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def statements(self) -> list[Statement]:
        found: list[Statement] = []
        line, counted = 0, 0
        while True:
            self._skip(_BLANK_OR_END)
            if self.at >= len(self.text):
                return found
            start = self.at
            line += self.text.count("\n", counted, start)
            brackets, path, value = self._statement()
            end = self.at
            last = line + self.text.count("\n", start, end)
            found.append(
                Statement(
                    path=path, brackets=brackets, start=start, end=end, first=line, last=last,
                    value=value,
                )
            )  # fmt: skip
            line, counted = last, end

    def _statement(self) -> tuple[int, Path, WrittenValue | None]:
        if self.text[self.at] != "[":
            path = self._path()
            self.at += 1  # the equals sign
            return 0, path, self._value()
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        path = self._path()
        self.at += brackets
        return brackets, path, None

    def _skip(self, blank: str) -> None:
        """Go on to what is neither blank nor a comment; comments end with their line."""
        while self.at < len(self.text):
            if self.text[self.at] in blank:
                self.at += 1
            elif self.text[self.at] == "#" and "\n" in blank:
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return

    def _path(self) -> Path:
        names: list[str] = []
        while True:
            self._skip(_BLANK)
            start = self.at
            if self.text[self.at] in "\"'":
                self._string()
                names.extend(tomllib.loads(f"{self.text[start : self.at]} = 0"))
            else:
                match = _BARE.match(self.text, self.at)
                self.at = match.end() if match else self.at + 1
                names.append(self.text[start : self.at])
            self._skip(_BLANK)
            if self.text[self.at] != ".":
                return tuple(names)
            self.at += 1

    def _value(self) -> WrittenValue:
        self._skip(_BLANK)
        start = self.at
        mark = self.text[start]
        if mark in "\"'":
            self._string()
        elif mark in "[{":
            items = self._items(mark)
            return WrittenValue(start=start, end=self.at, mark=mark, items=items)
        elif match := _LITERAL.match(self.text, start):
            self.at = start + len(match[0].rstrip())
        return WrittenValue(start=start, end=self.at)

    def _items(self, mark: str) -> tuple[WrittenItem, ...]:
        closing, blank = ("]", _BLANK_OR_END) if mark == "[" else ("}", _BLANK)
        items: list[WrittenItem] = []
        self.at += 1
        while True:
            self._skip(blank)
            if self.text[self.at] == ",":
                self.at += 1
            elif self.text[self.at] == closing:
                self.at += 1
                return tuple(items)
            else:
                start = self.at
                path: Path = ()
                if mark == "{":
                    path = self._path()
                    self.at += 1  # the equals sign
                items.append(WrittenItem(path=path, start=start, value=self._value()))

    def _string(self) -> None:
        mark = self.text[self.at]
        closing = mark * 3 if self.text.startswith(mark * 3, self.at) else mark
        self.at += len(closing)
        while not self.text.startswith(closing, self.at):
            self.at += 2 if mark == '"' and self.text[self.at] == "\\" else 1
        self.at += len(closing)
        if len(closing) == 3:  # up to two further marks belong to the words
            self.at += len(self.text[self.at : self.at + 2]) - len(
                self.text[self.at : self.at + 2].lstrip(mark)
            )


def comment_lines_above(lines: Sequence[str], line: int) -> int:
    """Return the first of the lines of comment that are directly above a line, or the line."""
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line
