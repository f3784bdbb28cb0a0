"""A page of settings as an object for its script, and what a form that is sent back means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from wardblog.content import declared_issues
from wardblog.content.files import scan
from wardblog.content.setting_keys.setting_key import SettingKey, SettingKind, SettingTable
from wardblog.content.toml.edit import TomlChange, values_of, with_changes
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.request import BadRequestError
from wardblog.preview.editor.saving import digest
from wardblog.preview.editor.settings.groups import SettingGroup
from wardblog.preview.editor.settings.values import (
    FormEntry,
    changes_of,
    entries_of,
    given_entries,
    shown,
)
from wardblog.problems import CommandError

_FILES = (SettingKind.FILE, SettingKind.PICTURE)


def form_of(desk: Desk, group: SettingGroup, data: bytes) -> dict[str, Any]:
    """What the script of a page of settings needs to show the form.

    `broken` is why the file can be shown as text only, or None.
    """
    broken: dict[str, str] | None = None
    values: Mapping[str, Any] = {}
    try:
        values = values_of(data, group.file)
    except CommandError as error:
        broken = {"message": str(error), "hint": error.hint}
    options = _options(desk, group)
    tables = [_table(table, values, options) for table in group.tables]
    return {
        "group": group.address,
        "file": group.file,
        "digest": digest(data),
        "broken": broken,
        "tables": [table for table in tables if table["keys"]],
    }


def _table(
    table: SettingTable, values: Mapping[str, Any], options: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    entries = entries_of(values, table)
    used = {name for entry in entries for name in entry}
    keys = [key for key in table.keys if not key.is_older or key.name in used]
    return {
        "name": table.name,
        "label": table.label,
        "help": table.help,
        "repeats": table.repeats,
        "one": table.one,
        "title": table.title,
        "or_title": table.or_title,
        "most": table.most,
        "optional": table.is_optional,
        "keys": [key_form(key, options.get(key.name, ())) for key in keys],
        "entries": [
            {"before": n, "values": {key.name: shown(key, entry.get(key.name)) for key in keys}}
            for n, entry in enumerate(entries)
        ],
    }


def key_form(key: SettingKey, options: Sequence[str] = ()) -> dict[str, Any]:
    """What the script needs for a field; `options` are the files or issues that it can name."""
    return {
        "name": key.name,
        "kind": key.kind.value,
        "label": key.label,
        "help": key.help,
        "example": key.example,
        "required": key.required,
        "choices": list(key.choices.items()),
        "usual": key.usual,
        "colours": list(key.colours),
        "options": list(options),
        "only_for": [key.only_for[0], list(key.only_for[1])] if key.only_for else None,
        "older": key.is_older,
    }


def _options(desk: Desk, group: SettingGroup) -> dict[str, Sequence[str]]:
    """The names that a field can have, for files of the content folder and for issues."""
    found: dict[str, Sequence[str]] = {}
    names: list[str] | None = None
    for key in (key for table in group.tables for key in table.keys):
        if key.kind is SettingKind.ISSUE:
            found[key.name] = declared_issues(desk.content)
        elif key.kind in _FILES:
            names = sorted(scan(desk.content).shown) if names is None else names
            found[key.name] = [
                name for name in names
                if name.startswith(f"{key.folder}/")
                and PurePosixPath(name).suffix.lower() in key.endings
            ]  # fmt: skip
    return found


def entries_sent(group: SettingGroup, sent: object) -> dict[str, list[FormEntry]]:
    """The entries of each table that a page sent; raises `BadRequestError`."""
    known = {table.name: table for table in group.tables}
    if not isinstance(sent, dict) or not set(sent) <= set(known):
        raise BadRequestError("The editor cannot read these settings")
    return {name: given_entries(data, known[name]) for name, data in sent.items()}


def with_form(group: SettingGroup, sent: Mapping[str, Sequence[FormEntry]], data: bytes) -> bytes:
    """The bytes of a settings file with what a form has; every other byte stays the same.

    Raises `CommandError` where that cannot be written.
    """
    values = values_of(data, group.file)
    changes: list[TomlChange] = []
    for table in group.tables:
        if table.name in sent:
            changes += changes_of(table, entries_of(values, table), sent[table.name])
    return with_changes(data, changes, group.file)


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[dict[str, str]]:
    """The fields in which a form and the file, which changed meanwhile, are not the same.

    `mine` are the entries of each table as the page sent them, `theirs` is a `form_of`.
    """
    rows = []
    for table in theirs["tables"]:
        own = mine.get(table["name"], [])
        for number in range(max(len(own), len(table["entries"]))):
            ours = own[number]["values"] if number < len(own) else None
            other = table["entries"][number]["values"] if number < len(table["entries"]) else None
            where = f"{table['one'].capitalize()} {number + 1}: " if table["repeats"] else ""
            for key in table["keys"]:
                one, two = (_plain(each, key["name"]) for each in (ours, other))
                if one != two:
                    rows.append({"field": f"{where}{key['label']}", "mine": one, "theirs": two})
    return rows


def _plain(values: Mapping[str, Any] | None, name: str) -> str:
    value = (values or {}).get(name, "")
    return ", ".join(value) if isinstance(value, list) else value


def same_entries(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Whether the file still has as many entries of each table as the form was made from."""
    return all(
        {one["before"] for one in mine.get(table["name"], ()) if one["before"] is not None}
        <= set(range(len(table["entries"])))
        for table in theirs["tables"]
    )
