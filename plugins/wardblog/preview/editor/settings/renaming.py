"""What belongs to an issue, and how all of it is changed when the issue is renamed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wardblog.content.files import ISSUES_FILE, SETTINGS_FILE, on_disk, scan, sources
from wardblog.content.replace_files import NewFile
from wardblog.content.setting_keys import table_called
from wardblog.content.toml.edit import SetValue, TomlChange, values_of, with_changes
from wardblog.content.write import values_in, with_value
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.request import MissingError
from wardblog.preview.editor.settings.store import file_bytes
from wardblog.preview.editor.settings.values import FormEntry, entries_of
from wardblog.problems import CommandError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.private_files import ordinary_bytes
from wardblog.text.slugs import singular_or_plural_of, slugify

_ISSUE, _DATASET = (table_called(ISSUES_FILE, name) for name in ("issue", "dataset"))
_SOURCE = table_called(SETTINGS_FILE, "source")
_TAGS = re.compile(rb"(?im)^\W*tags\s*:")
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Renamed:
    """An issue whose address changes with its name; `number` is that of its entry."""

    number: int
    old: str
    new: str

    @property
    def address(self) -> str:
        """The earlier address of its page."""
        return f"/issues/{slugify(self.old)}/"


def renamed_issues(values: Mapping[str, Any], entries: Sequence[FormEntry]) -> list[Renamed]:
    """The issues of which a form has another name."""
    old = entries_of(values, _ISSUE)
    found = []
    for entry in entries:
        new = entry.values.get("name")
        if entry.before is None or entry.before >= len(old) or not isinstance(new, str):
            continue
        name = old[entry.before].get("name")
        if isinstance(name, str) and slugify(name) and slugify(new) not in ("", slugify(name)):
            found.append(Renamed(entry.before, name, " ".join(new.split())))
    return found


def with_old_addresses(entries: Sequence[FormEntry], renamed: Sequence[Renamed]) -> list[FormEntry]:
    """The entries with the earlier address of each issue that was renamed."""
    by_number = {one.number: one for one in renamed}
    new = []
    for entry in entries:
        one = by_number.get(entry.before) if entry.before is not None else None
        aliases = entry.values.get("aliases", [])
        if one and isinstance(aliases, list) and one.address not in aliases:
            entry = replace(entry, values={**entry.values, "aliases": [*aliases, one.address]})
        new.append(entry)
    return new


def following_files(desk: Desk, renamed: Sequence[Renamed]) -> dict[str, NewFile]:
    """The posts and the settings that name an issue, with the new name."""
    changed: dict[str, NewFile] = {}
    for file, before in _tagged_files(desk):
        data = before
        for one in renamed:
            data = _with_tag(data, one, file)
        if data != before:
            changed[file] = NewFile(data, before)
    before = file_bytes(desk, SETTINGS_FILE)
    data = with_changes(before, _names_of(values_of(before, SETTINGS_FILE), _SOURCE, renamed),
                        SETTINGS_FILE)  # fmt: skip
    if data != before:
        changed[SETTINGS_FILE] = NewFile(data, before)
    return changed


def following_lists(values: Mapping[str, Any], renamed: Sequence[Renamed]) -> list[TomlChange]:
    """The changes of the lists of renamed issues, in issues.toml itself."""
    return list(_names_of(values, _DATASET, renamed))


def _names_of(
    values: Mapping[str, Any], table: Any, renamed: Sequence[Renamed]
) -> Iterator[TomlChange]:
    for number, entry in enumerate(entries_of(values, table)):
        name = entry.get("issue")
        for one in renamed:
            if isinstance(name, str) and _is_called(name, one.old):
                yield SetValue(table.name, "issue", one.new, number)


def _tagged_files(desk: Desk) -> Iterator[tuple[str, bytes]]:
    for file in sources(scan(desk.content).shown, "posts"):
        data = ordinary_bytes(on_disk(desk.content, file))
        if _TAGS.search(data.replace(b"\0", b"")):
            yield file, data


def _tags_in(data: bytes) -> str:
    try:
        return next(iter(values_in(data).get("Tags", ())), "")
    except CommandError:  # a post that cannot be read keeps what it has
        return ""


def _parts(tags: str) -> tuple[list[str], str]:
    between = ";" if ";" in tags else ","
    return tags.split(between), between


def _with_tag(data: bytes, one: Renamed, file: str) -> bytes:
    parts, between = _parts(_tags_in(data))
    if not any(_is_called(part, one.old) for part in parts):
        return data
    new = [
        part.replace(part.strip(), one.new) if _is_called(part, one.old) else part for part in parts
    ]
    if "," in one.new and between == ",":
        between = ";"
    try:
        return with_value(data, "Tags", between.join(new).strip())
    except CommandError as error:
        raise CommandError(f"{file}: {error}", error.hint) from None


def _is_called(written: str, name: str) -> bool:
    """Whether a tag names an issue, perhaps in singular or plural."""
    slug, wanted = slugify(written.strip()), slugify(name)
    return bool(slug) and (slug == wanted or singular_or_plural_of(slug, {wanted: name}) == wanted)


def use_of(desk: Desk, values: Mapping[str, Any], number: int) -> dict[str, Any]:
    """What belongs to an issue: its posts, its lists, its sources and its address."""
    issues = entries_of(values, _ISSUE)
    if number >= len(issues):
        raise MissingError("This issue does not exist", "Reload the page.")
    name = str(issues[number].get("name", ""))
    posts = [file for file, data in _tagged_files(desk)
             if any(_is_called(part, name) for part in _parts(_tags_in(data))[0])]  # fmt: skip
    lists = [one for one in entries_of(values, _DATASET)
             if _is_called(str(one.get("issue", "")), name)]  # fmt: skip
    return {
        "name": name,
        "address": f"/issues/{slugify(name)}/",
        "posts": len(posts),
        "some": [file.removeprefix("posts/") for file in posts[:_MOST_NAMED]],
        "lists": [str(one.get("title") or one.get("file", "")) for one in lists],
    }
