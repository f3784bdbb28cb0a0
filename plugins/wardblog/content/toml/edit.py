"""Sets values in a TOML file; every other byte of the file stays the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from wardblog.content.header.change import EndedLine, ended_lines, joined, with_line
from wardblog.content.toml.quotes import line_of, loads
from wardblog.content.toml.toml_lines import broken_line
from wardblog.problems import CommandError
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import encoding_of

_HEADER = late_regex(r"^\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = late_regex(r"^\s*([A-Za-z0-9_-]+)\s*=\s*")
# A value between quotation marks, straight or as word processors make them.
_VALUE = late_regex(r""""(?:[^"\\]|\\.)*"|'[^']*'|[“”„‟][^“”„‟"]*[“”"]|[‘’‚][^‘’‚']*[’']|[^\s#]+""")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SAVE_AS_UTF8 = "Open the file in your editor, save it with the encoding UTF-8, and try again."

# The strings to set, by the name of their table and key.
Changes = Mapping[tuple[str, str], str]


def with_strings(data: bytes, changes: Changes, file: str) -> bytes:
    """Return the bytes of a TOML file with these strings in its tables.

    A key that is missing is added below the last line of its table, and a table that is missing at
    the end of the file. Encoding, byte order mark, line endings, comments and order stay as they
    are. `file` is the name of the file, for messages. Raises `CommandError` if the file is broken
    or a value cannot be written.
    """
    mark, codec = encoding_of(data)
    text = _decoded(data[len(mark) :], codec, file)
    values = _values(text, file)
    for (table, key), value in changes.items():
        if _value_at(values, table, key) == value:
            continue
        expected = _with(values, table, key, value)
        candidates = _candidates(ended_lines(text), table, key, value)
        texts = (joined(candidate) for candidate in candidates)
        found = next((new for new in texts if _reads_as(new, expected)), None)
        if found is None:
            raise CommandError(
                f"{file}: {key} in [{table}] is written in a way that only you can change",
                f"Write it on one line below [{table}]: {key} = {_quoted(value)}",
            )
        text, values = found, expected
    try:
        return mark + text.encode(codec, "surrogatepass")
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise CommandError(
            f'{file}: the character "{character}" cannot be saved in this file', _SAVE_AS_UTF8
        ) from None


def with_entries(
    data: bytes, table: str, changes: Mapping[tuple[int, str], str | date], file: str
) -> bytes:
    """Return the bytes with these values in the entries of a repeated table, `[[table]]`.

    `changes` are by the number of the entry, from 0, and the key. The rest is as `with_strings`
    has it: a missing key is added below the last line of its entry, and nothing else changes.
    """
    mark, codec = encoding_of(data)
    text = _decoded(data[len(mark) :], codec, file)
    for (number, key), value in changes.items():
        values = _values(text, file)
        entries = values[table] if isinstance(values[table], list) else [values[table]]
        entries[number][key] = value
        lines = ended_lines(text)
        headers = [n for n, line in enumerate(lines) if _table_of(line) == table]
        texts = (
            joined(new)
            for header in headers[number : number + 1]
            for new in _in_table(lines, header, key, value)
        )
        found = next((new for new in texts if _reads_as(new, values)), None)
        if found is None:
            raise CommandError(
                f"{file}: {key} in [[{table}]] is written in a way that only you can change",
                f"Write it on one line below [[{table}]]: {key} = {written_value(value)}",
            )
        text = found
    return mark + text.encode(codec, "surrogatepass")


def with_new_entry(data: bytes, table: str, entry: Mapping[str, str | date], file: str) -> bytes:
    """Return the bytes with one more entry of a repeated table, `[[table]]`, at the end.

    The rest is as `with_strings` has it.
    """
    mark, codec = encoding_of(data)
    text = _decoded(data[len(mark) :], codec, file)
    values = _values(text, file)
    before = values.get(table, [])
    expected = {**values, table: [*(before if isinstance(before, list) else [before]), {**entry}]}
    lines = ended_lines(text)
    while len(lines) > 1 and not lines[-1].text.strip():
        lines = lines[:-1]
    written = [f"{key} = {written_value(value)}" for key, value in entry.items()]
    begin = [""] if lines[-1].text.strip() else []
    for line in (*begin, f"[[{table}]]", *written, ""):
        lines = with_line(lines, len(lines), line)
    new = joined(lines)
    if not _reads_as(new, expected):
        raise CommandError(
            f"{file} is written in a way that only you can change",
            f"Add at its end [[{table}]] and, below that: {', '.join(written)}",
        )
    try:
        return mark + new.encode(codec, "surrogatepass")
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise CommandError(
            f'{file}: the character "{character}" cannot be saved in this file', _SAVE_AS_UTF8
        ) from None


def _decoded(data: bytes, codec: str, file: str) -> str:
    try:
        return data.decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not text that can be read", _SAVE_AS_UTF8) from None


def _values(text: str, file: str) -> dict[str, Any]:
    plain = _plain(text)
    try:
        return loads(plain)
    except (ValueError, RecursionError) as error:
        line, message, hint = broken_line(plain, line_of(error, plain), str(error))
        raise CommandError(f"{file}:{line}: {message}", hint) from None


def _plain(text: str) -> str:
    """The text as the reader of settings gets it: each line ends with `\\n`."""
    return joined([EndedLine(line.text, "\n" if line.end else "") for line in ended_lines(text)])


def _reads_as(text: str, expected: Mapping[str, Any]) -> bool:
    try:
        return loads(_plain(text)) == expected
    except (ValueError, RecursionError):
        return False


def _table(values: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """The values of a table, which may also be written once with double brackets."""
    found = values.get(name)
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    return found if isinstance(found, dict) else None


def _value_at(values: Mapping[str, Any], table: str, key: str) -> object:
    return (_table(values, table) or {}).get(key)


def _with(values: Mapping[str, Any], table: str, key: str, value: str) -> dict[str, Any]:
    changed = {**(_table(values, table) or {}), key: value}
    is_list = isinstance(values.get(table), list)
    return {**values, table: [changed] if is_list else changed}


def _candidates(
    lines: list[EndedLine], table: str, key: str, value: str
) -> Iterator[list[EndedLine]]:
    """The ways to write a value, the best first."""
    headers = [n for n, line in enumerate(lines) if _table_of(line) == table]
    for header in headers:
        yield from _in_table(lines, header, key, value)
    if not headers:
        yield _with_table(lines, table, f"{key} = {written_value(value)}")


def _in_table(
    lines: list[EndedLine], header: int, key: str, value: str | date
) -> Iterator[list[EndedLine]]:
    """The ways to write a value in the table that begins on a line."""
    end = _end_of_table(lines, header)
    keys = [n for n in range(header + 1, end) if _KEY.match(lines[n].text)]
    for number in keys:
        match = _KEY.match(lines[number].text)
        if match and match[1] == key:
            yield from _replaced(lines, number, match.end(), value)
    # Below the last line of the table whose value ends there.
    for number in (*reversed(keys), header):
        yield with_line(lines, number + 1, f"{key} = {written_value(value)}")


def _table_of(line: EndedLine) -> str:
    """The name of the table that begins on a line, else ""."""
    match = _HEADER.match(line.text)
    return match[1] if match else ""


def _end_of_table(lines: Sequence[EndedLine], header: int) -> int:
    following = range(header + 1, len(lines))
    return next((n for n in following if _table_of(lines[n])), len(lines))


def _replaced(
    lines: list[EndedLine], number: int, start: int, value: str | date
) -> Iterator[list[EndedLine]]:
    """The lines with another value, which keep the comment behind it in its column."""
    line = lines[number]
    quoted = written_value(value)
    for end in _ends_of_value(line.text, start):
        rest = line.text[end:]
        if comment := re.fullmatch(r"(\s+)(#.*)", rest):
            width = max(len(comment[1]) + end - start - len(quoted), 1)
            rest = f"{' ' * width}{comment[2]}"
        text = f"{line.text[:start]}{quoted}{rest}"
        yield [*lines[:number], EndedLine(text, line.end), *lines[number + 1 :]]


def _ends_of_value(text: str, start: int) -> Iterator[int]:
    """Where the value on a line may end."""
    if match := _VALUE.match(text, start):
        yield match.end()
    yield len(text)


def _with_table(lines: list[EndedLine], table: str, written: str) -> list[EndedLine]:
    """The lines with a new table at the end of the file."""
    if not lines[-1].text:
        lines = lines[:-1] or lines
    for text in ("", f"[{table}]", written, ""):
        if text or len(lines) > 1 or lines[0].text:
            lines = with_line(lines, len(lines), text)
    return lines


def written_value(value: str | date) -> str:
    """A string or a day as TOML writes it."""
    return _quoted(value) if isinstance(value, str) else value.isoformat()


def _quoted(value: str) -> str:
    """A string as TOML writes it (https://toml.io/en/v1.0.0#string)."""
    return '"' + "".join(_ESCAPES.get(c) or _escaped(c) for c in value) + '"'


def _escaped(character: str) -> str:
    """A character that no editor shows, or that turns the direction of others, as its number."""
    code = ord(character)
    is_shown = unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp")
    return character if is_shown else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
