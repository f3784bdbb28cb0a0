"""The changes that can be made to a TOML file, and the ways to write each."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from wardblog.content.header.change import EndedLine
from wardblog.content.toml.lossless import (
    LosslessToml,
    inline_table,
    statement_of,
    value_of,
)
from wardblog.content.toml.statements import TomlSection, WrittenValue
from wardblog.content.toml.values import TomlValue, with_items, written_value
from wardblog.support.late_dataclass import dataclass

_Lines = list[EndedLine]


@dataclass(frozen=True, slots=True)
class SetValue:
    """Set a key of a table, or of an entry of a repeated table; "" is the top of the file."""

    table: str
    key: str
    value: TomlValue
    number: int = 0

    @property
    def subject(self) -> str:
        return f"{self.key} in [{self.table}]"

    @property
    def remedy(self) -> str:
        return f"Write it on one line below [{self.table}]: {self.key} = " + written_value(
            self.value
        )


@dataclass(frozen=True, slots=True)
class RemoveValue:
    """Remove a key of a table or of an entry."""

    table: str
    key: str
    number: int = 0

    @property
    def subject(self) -> str:
        return f"{self.key} in [{self.table}]"

    @property
    def remedy(self) -> str:
        return f'Remove "{self.key}" below [{self.table}] in a text editor.'


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Add an entry to a repeated table, below those that there are."""

    table: str
    values: Mapping[str, TomlValue]

    @property
    def subject(self) -> str:
        return f"[[{self.table}]]"

    @property
    def remedy(self) -> str:
        written = ", ".join(f"{key} = {written_value(v)}" for key, v in self.values.items())
        return f"Add [[{self.table}]] at its end and, below that: {written}"


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    """Remove an entry of a repeated table, with the comment directly above it."""

    table: str
    number: int

    @property
    def subject(self) -> str:
        return f"[[{self.table}]]"

    @property
    def remedy(self) -> str:
        return "Remove the entry in a text editor."


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Exchange an entry of a repeated table, the number `number`, with the next."""

    table: str
    number: int

    @property
    def subject(self) -> str:
        return f"[[{self.table}]]"

    @property
    def remedy(self) -> str:
        return "Change the order of the entries in a text editor."


TomlChange = SetValue | RemoveValue | AddEntry | RemoveEntry | MoveEntry


def expected_values(values: Mapping[str, Any], change: TomlChange) -> dict[str, Any]:
    """The values of a file after a change; raises `LookupError` if it cannot be made."""
    new = copy.deepcopy(dict(values))
    if isinstance(change, SetValue):
        _entry(new, change.table, change.number)[change.key] = _plain(change.value)
    elif isinstance(change, RemoveValue):
        del _entry(new, change.table, change.number)[change.key]
    else:
        before = new.get(change.table, [])
        entries = before if isinstance(before, list) else [before]
        if not all(isinstance(entry, dict) for entry in entries):
            raise LookupError(change.table)
        new[change.table] = entries
        if isinstance(change, AddEntry):
            entries.append({key: _plain(value) for key, value in change.values.items()})
        elif isinstance(change, RemoveEntry):
            del entries[change.number]
            if not entries:
                del new[change.table]
        else:
            at = change.number
            entries[at], entries[at + 1] = entries[at + 1], entries[at]
    return new


def _plain(value: TomlValue) -> object:
    return list(value) if isinstance(value, list | tuple) else value


def _entry(values: dict[str, Any], table: str, number: int) -> dict[str, Any]:
    """The values of a table; a repeated one may also be written once with single brackets."""
    if not table:
        return values
    found = values.setdefault(table, {})
    if not isinstance(found, list):
        found = [found]
    entry = found[number]
    if not isinstance(entry, dict):
        raise LookupError(table)  # a value of this name that is not a table
    return entry


def candidates(toml: LosslessToml, change: TomlChange) -> Iterator[_Lines]:
    """The ways to write a change, the best first."""
    if isinstance(change, SetValue):
        found = value_of(toml, change.table, change.number, change.key)
        yield from _replaced(toml, change, found) if found else _added(toml, change)
    elif isinstance(change, RemoveValue):
        yield from _without_value(toml, change)
    elif isinstance(change, AddEntry):
        yield _with_entry(toml, change)
    else:
        entries = toml.entries(change.table)
        extents = [toml.extent(entry) for entry in entries]
        if change.number >= len(extents):
            return
        if isinstance(change, RemoveEntry):
            yield toml.without_lines(*extents[change.number])
        else:
            yield toml.swapped(*extents[change.number : change.number + 2])


def _replaced(toml: LosslessToml, change: SetValue, found: WrittenValue) -> Iterator[_Lines]:
    """The lines with another value, which keep the comment after it in its column."""
    value, text = change.value, toml.straight
    if found.mark == "[" and isinstance(value, list | tuple):
        old = _old_value(toml, change)
        new = with_items(text, found, old, value) if isinstance(old, list) else None
        if new is not None:
            size = len(new) - len(text)
            yield toml.with_span(found.start, found.end, new[found.start : found.end + size])
    written = written_value(value)
    before = text[found.start : found.end]
    line_end = text.find("\n", found.end)
    rest = text[found.end : line_end if line_end >= 0 else len(text)]
    comment = re.fullmatch(r"([ \t]+)(#.*)", rest)
    if comment and "\n" not in written + before:
        width = max(len(comment[1]) + len(before) - len(written), 1)
        written += " " * width
        yield toml.with_span(found.start, found.end + len(comment[1]), written)
    else:
        yield toml.with_span(found.start, found.end, written)


def _old_value(toml: LosslessToml, change: SetValue) -> object:
    try:
        return _entry(dict(toml.values), change.table, change.number).get(change.key)
    except LookupError:
        return None


def _added(toml: LosslessToml, change: SetValue) -> Iterator[_Lines]:
    """The lines with one more key in a table, or with a new table."""
    written = f"{change.key} = {written_value(change.value)}"
    if not change.table:
        top = toml.sections[0]
        yield toml.inserted(top.last + 1 if top.keys else 0, (written,))
        return
    if sections := toml.entries(change.table)[change.number : change.number + 1]:
        yield from _in_section(toml, sections[0], change.key, written)
        return
    if whole := inline_table(toml, change.table, change.number):
        last = whole.items[-1].value.end if whole.items else whole.start + 1
        comma = ", " if whole.items else " "
        end = "" if whole.items else " "
        yield toml.with_span(last, last, f"{comma}{written}{end}")
        return
    dotted = [one for one in toml.sections[0].keys if one.path[:1] == (change.table,)]
    if dotted and len(dotted[-1].path) > 1:
        yield toml.inserted(dotted[-1].last + 1, (f"{change.table}.{written}",))
    elif not dotted:
        yield _at_end(toml, (f"[{change.table}]", written))


def _in_section(
    toml: LosslessToml, section: TomlSection, key: str, written: str
) -> Iterator[_Lines]:
    """The lines with a key below its own switched-off line, else below the last of the section."""
    first, end = toml.extent(section)
    off = re.compile(rf"\s*#\s*{re.escape(key)}\s*=")
    for line in range(end, max(first, section.heading.last if section.heading else 0), -1):
        if off.match(toml.lines[line].text):
            yield toml.inserted(line + 1, (written,))
    yield toml.inserted(section.last + 1, (written,))


def _at_end(toml: LosslessToml, texts: tuple[str, ...]) -> _Lines:
    """The lines with further ones at the end of the file, below a blank line."""
    count = len(toml.lines)
    while count and not toml.lines[count - 1].text.strip():
        count -= 1
    above = LosslessToml(toml.lines[:count], "", {})
    blank = ("",) if count else ()
    return above.inserted(count, (*blank, *texts))


def _with_entry(toml: LosslessToml, change: AddEntry) -> _Lines:
    lines = tuple(f"{key} = {written_value(value)}" for key, value in change.values.items())
    texts = (f"[[{change.table}]]", *lines)
    entries = toml.entries(change.table)
    if not entries:
        return _at_end(toml, texts)
    end = toml.extent(entries[-1])[1]
    heading = entries[-1].heading
    if heading and heading.brackets == 1:  # from now on there are several
        first, column = toml.line_at(heading.start)
        line = toml.lines[first]
        text = toml.straight[heading.start : heading.end]
        rest = line.text[column + len(text) :]
        doubled = EndedLine(f"{line.text[:column]}[{text}]{rest}", line.end)
        toml = LosslessToml(
            (*toml.lines[:first], doubled, *toml.lines[first + 1 :]), toml.straight, toml.values
        )
    if end + 1 >= len(toml.lines) - 1 and not "".join(x.text for x in toml.lines[end + 1 :]):
        return _at_end(toml, texts)
    return toml.inserted(end + 1, ("", *texts))


def _without_value(toml: LosslessToml, change: RemoveValue) -> Iterator[_Lines]:
    sections = (
        toml.entries(change.table)[change.number : change.number + 1]
        if change.table
        else toml.sections[:1]
    )
    found = next((s for one in sections if (s := statement_of(one, (change.key,)))), None)
    found = found or statement_of(toml.sections[0], (change.table, change.key))
    if found:
        yield [*toml.lines[: found.first], *toml.lines[found.last + 1 :]]
        return
    whole = inline_table(toml, change.table, change.number)
    for at, item in enumerate(whole.items if whole else ()):
        if whole and item.path == (change.key,):
            is_last = at + 1 == len(whole.items)
            start = whole.items[at - 1].value.end if is_last and at else item.start
            end = item.value.end if is_last else whole.items[at + 1].start
            yield toml.with_span(start, end, "")
