"""The values of settings as the forms show and send them, and what changes in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any

from wardblog.content.setting_keys.setting_key import SettingKey, SettingKind, SettingTable
from wardblog.content.toml.edit import (
    AddEntry,
    MoveEntry,
    RemoveEntry,
    RemoveValue,
    SetValue,
    TomlChange,
)
from wardblog.content.toml.values import Scalar, TomlValue
from wardblog.preview.editor.request import BadRequestError
from wardblog.support.late_dataclass import dataclass

# What a field of a form holds: a line of text, or one for each item of a list.
FormValue = str | list[str]

_LISTS = (SettingKind.LIST, SettingKind.DAYS)
_YES, _NO = "yes", "no"
_MOST_ENTRIES, _MOST_ITEMS, _LONGEST = 500, 500, 5000
_NUMBER = re.compile(r"[+-]?\d{1,15}")


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One table as the form has it; `before` is its number in the file, None for a new one."""

    before: int | None
    values: Mapping[str, FormValue] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return self.before is None and not any(self.values.values())


def entries_of(values: Mapping[str, Any], table: SettingTable) -> list[Mapping[str, Any]]:
    """The tables of this name in a file, as they are; one that does not repeat is always there."""
    if not table.name:
        return [{key: value for key, value in values.items() if not isinstance(value, dict)}]
    found = values.get(table.name)
    entries = found if isinstance(found, list) else [found] if isinstance(found, dict) else []
    tables: list[Mapping[str, Any]] = [entry for entry in entries if isinstance(entry, dict)]
    return tables if table.repeats or tables else [{}]


def shown(key: SettingKey, value: object) -> FormValue:
    """A value of the file as its field shows it."""
    if key.kind in _LISTS:
        items = value if isinstance(value, list) else [] if value is None else [value]
        return [_text(item) for item in items]
    if value is None:
        return ""
    if key.kind is SettingKind.YES_NO and isinstance(value, bool):
        return _YES if value else _NO
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def typed(key: SettingKey, given: FormValue) -> TomlValue | None:
    """What is written for a field; None for an empty one.

    What has another form than its kind is written as words: the reader then says what is wrong.
    """
    if isinstance(given, list):
        items = [_item(key, item) for item in given if item.strip()]
        return items or None
    words = " ".join(given.split())
    if not words:
        return None
    if key.kind is SettingKind.YES_NO and words in (_YES, _NO):
        return words == _YES
    if key.kind is SettingKind.NUMBER and _NUMBER.fullmatch(words):
        return int(words)
    if key.kind is SettingKind.DAY:
        return _day(words)
    return words


def _item(key: SettingKey, item: str) -> Scalar:
    words = " ".join(item.split())
    return _day(words) if key.kind is SettingKind.DAYS else words


def _day(words: str) -> str | date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return words


def given_entries(data: object, table: SettingTable) -> list[FormEntry]:
    """The entries of a table as a page sent them; raises `BadRequestError`."""
    if not isinstance(data, list) or len(data) > _MOST_ENTRIES:
        raise BadRequestError(f'The editor cannot read the values of "{table.label}"')
    return [_given_entry(one, table) for one in data]


def _given_entry(data: object, table: SettingTable) -> FormEntry:
    refusal = BadRequestError(f'The editor cannot read the values of "{table.label}"')
    if not isinstance(data, dict) or set(data) != {"before", "values"}:
        raise refusal
    before, values = data["before"], data["values"]
    is_number = isinstance(before, int) and not isinstance(before, bool) and before >= 0
    if not (before is None or is_number) or not isinstance(values, dict):
        raise refusal
    for name, value in values.items():
        try:
            is_list = table.key(name).kind in _LISTS
        except KeyError:
            raise refusal from None
        items = value if is_list else [value]
        if not isinstance(items, list) or len(items) > _MOST_ITEMS:
            raise refusal
        if not all(isinstance(item, str) and len(item) <= _LONGEST for item in items):
            raise refusal
    return FormEntry(before, values)


def changes_of(
    table: SettingTable, old: Sequence[Mapping[str, Any]], given: Sequence[FormEntry]
) -> Iterator[TomlChange]:
    """What changes in a table for the file to be as the form has it, in this order.

    Fields that show what the file has change nothing, whatever its form. Raises `BadRequestError`
    for entries that the file does not have.
    """
    kept = [entry.before for entry in given if entry.before is not None]
    if len(set(kept)) != len(kept) or not all(number < len(old) for number in kept):
        raise BadRequestError(f'The editor cannot read the values of "{table.label}"')
    if not table.repeats and kept != [0]:
        raise BadRequestError(f'The editor cannot read the values of "{table.label}"')
    for entry in given:
        if entry.before is not None:
            yield from _value_changes(table, old[entry.before], entry)
    gone = [number for number in range(len(old)) if number not in kept] if table.repeats else []
    yield from (RemoveEntry(table.name, number) for number in reversed(gone))
    order: list[FormEntry] = sorted(
        (entry for entry in given if entry.before is not None), key=lambda one: one.before or 0
    )
    for entry in given:
        if entry.before is None and not entry.is_blank:
            yield AddEntry(table.name, new_values(table, entry))
            order.append(entry)
    wanted = [entry for entry in given if not entry.is_blank]
    for at, entry in enumerate(wanted):
        for step in range(_index(order, entry), at, -1):
            yield MoveEntry(table.name, step - 1)
            order[step - 1], order[step] = order[step], order[step - 1]


def _index(entries: Sequence[FormEntry], entry: FormEntry) -> int:
    return next(n for n, one in enumerate(entries) if one is entry)


def _value_changes(
    table: SettingTable, old: Mapping[str, Any], entry: FormEntry
) -> Iterator[TomlChange]:
    number = entry.before or 0
    for name, given in entry.values.items():
        key = table.key(name)
        if given == shown(key, old.get(name)) or (name not in old and given == key.usual):
            continue
        value = typed(key, given)
        if value is not None:
            yield SetValue(table.name, name, _like(value, old.get(name)), number)
        elif isinstance(old.get(name), str) and not str(old[name]).strip():
            continue  # an empty line, to be filled in
        elif name in old:
            yield RemoveValue(table.name, name, number)


def _like(value: TomlValue, old: Any) -> TomlValue:
    """A list with its old items as they were, such as days that are written as words."""
    if not isinstance(value, list) or not isinstance(old, list):
        return value
    known: dict[str, Scalar] = {_text(item): item for item in old}
    items: list[Scalar] = value
    return [known.get(_text(item), item) for item in items]


def new_values(table: SettingTable, entry: FormEntry) -> dict[str, TomlValue]:
    """The values of a new entry, in the order of the table."""
    values: dict[str, TomlValue] = {}
    for key in table.keys:
        given = entry.values.get(key.name, "")
        value = typed(key, given) if given != key.usual or key.required else None
        if value is not None:
            values[key.name] = value
    return values
