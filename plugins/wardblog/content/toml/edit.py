"""Changes values and entries in a TOML file; every other byte of the file stays the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from wardblog.content.toml.changes import (
    AddEntry,
    MoveEntry,
    RemoveEntry,
    RemoveValue,
    SetValue,
    TomlChange,
    candidates,
    expected_values,
)
from wardblog.content.toml.lossless import LosslessToml
from wardblog.content.toml.values import TomlValue, same_value, written_value
from wardblog.problems import CommandError
from wardblog.text.decoding import encoding_of

__all__ = [
    "AddEntry",
    "MoveEntry",
    "RemoveEntry",
    "RemoveValue",
    "SetValue",
    "TomlChange",
    "with_changes",
    "with_entries",
    "with_new_entry",
    "with_strings",
    "written_value",
]

_SAVE_AS_UTF8 = "Open the file in your editor, save it with the encoding UTF-8, and try again."


def with_changes(data: bytes, changes: Iterable[TomlChange], file: str) -> bytes:
    """Return the bytes of a TOML file with these changes, made one after the other.

    A key that is missing is added below the last line of its table, and a table that is missing at
    the end of the file. An entry takes the comment directly above it along. Encoding, byte order
    mark, line endings, comments and order stay as they are. After each change the text is read
    again, and has to give exactly the values that were wanted. `file` is the name of the file, for
    messages. Raises `CommandError` if the file is broken, the entry or the value is not there, or
    the change cannot be made without touching something else.
    """
    mark, codec = encoding_of(data)
    text = _decoded(data[len(mark) :], codec, file)
    found = first = LosslessToml.read(text, file)
    for change in changes:
        found = _changed(found, change, file)
    if found is first:
        return data
    try:
        return mark + found.text.encode(codec, "surrogatepass")
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise CommandError(
            f'{file}: the character "{character}" cannot be saved in this file', _SAVE_AS_UTF8
        ) from None


def values_of(data: bytes, file: str) -> Mapping[str, object]:
    """Return the values of a TOML file, by table; raises `CommandError` if it is broken."""
    mark, codec = encoding_of(data)
    return LosslessToml.read(_decoded(data[len(mark) :], codec, file), file).values


def with_strings(data: bytes, changes: Mapping[tuple[str, str], str], file: str) -> bytes:
    """Return the bytes with these strings, by the name of their table and key.

    The rest is as `with_changes` has it.
    """
    sets = (SetValue(table, key, value) for (table, key), value in changes.items())
    return with_changes(data, sets, file)


def with_entries(
    data: bytes, table: str, changes: Mapping[tuple[int, str], str | date], file: str
) -> bytes:
    """Return the bytes with these values in the entries of a repeated table, `[[table]]`.

    `changes` are by the number of the entry, from 0, and the key. The rest is as `with_changes`
    has it.
    """
    sets = (SetValue(table, key, value, number) for (number, key), value in changes.items())
    return with_changes(data, sets, file)


def with_new_entry(data: bytes, table: str, entry: Mapping[str, TomlValue], file: str) -> bytes:
    """Return the bytes with one more entry of a repeated table, `[[table]]`, below the others.

    The rest is as `with_changes` has it.
    """
    return with_changes(data, (AddEntry(table, entry),), file)


def _changed(toml: LosslessToml, change: TomlChange, file: str) -> LosslessToml:
    try:
        wanted = expected_values(toml.values, change)
    except LookupError:
        raise _refusal(change, file) from None
    if same_value(wanted, toml.values):
        return toml
    for lines in candidates(toml, change):
        new = LosslessToml.of_lines(lines)
        if new is not None and same_value(new.values, wanted):
            return new
    raise _refusal(change, file)


def _refusal(change: TomlChange, file: str) -> CommandError:
    what = f"{file}: {change.subject} is written in a way that only you can change"
    return CommandError(what, change.remedy)


def _decoded(data: bytes, codec: str, file: str) -> str:
    try:
        return data.decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not text that can be read", _SAVE_AS_UTF8) from None
