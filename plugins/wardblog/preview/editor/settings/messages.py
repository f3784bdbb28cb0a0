"""What is wrong with a settings file, each message at its field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wardblog.content.base_site import read_base_site
from wardblog.content.files import COMMUNITY_FILE, SETTINGS_FILE, scan
from wardblog.content.setting_keys import table_called
from wardblog.content.setting_keys.tables import SETTING_TABLES
from wardblog.content.toml.lossless import LosslessToml
from wardblog.problems import CommandError, Problem, Severity, displayed, sorted_unique
from wardblog.report import ParseError, Report
from wardblog.text.decoding import decode_utf8, encoding_of

# How a reader says that an entry has no line for a key.
_MISSING = re.compile(r'\bno "(\w+)"')
# How a hint gives a line of the file: `url = "https://..."`.
_LINE = re.compile(r"(?:(?<=[:,.] )|(?<=and ))(\w+) = ")
_SHOWN = {Severity.STOP: "stop", Severity.WARN: "warn"}

# Where a line of a settings file is: the table, the number of its entry, and the key or "".
Field = tuple[str, int, str]


def fields_of_lines(data: bytes, file: str) -> dict[int, Field]:
    """The field that each line belongs to, by number from 1; none if the file is broken."""
    mark, codec = encoding_of(data)
    try:
        toml = LosslessToml.read(data[len(mark) :].decode(codec, "surrogatepass"), file)
    except (CommandError, UnicodeDecodeError):
        return {}
    fields: dict[int, Field] = {}
    counts: dict[str, int] = {}
    for section in toml.sections:
        name = section.path[0] if section.path else ""
        number = counts.get(name, 0)
        if len(section.path) == 1:
            counts[name] = number + 1
        if section.heading:
            fields[section.heading.first + 1] = (name, number, "")
        for key in section.keys:
            is_dotted = not name and len(key.path) > 1
            table, rest = (key.path[0], key.path[1:]) if is_dotted else (name, key.path)
            for line in range(key.first, key.last + 1):
                fields[line + 1] = (table, 0 if is_dotted else number, rest[0])
    return fields


def form_message(message: str, file: str, table: str, key: str) -> str:
    """A message for somebody with a form, in which keys have labels."""
    try:
        label = table_called(file, table).key(key).label
    except KeyError:
        return message
    if message == f'[{table}] has no "{key}"':
        return f'"{label}" is missing'
    return message.replace(f'"{key}"', f'"{label}"')


def key_in_hint(hint: str, file: str) -> str:
    """The first key of a file's tables that a hint gives a line for; "" if there is none."""
    keys = {key.name for table in SETTING_TABLES if table.file == file for key in table.keys}
    return next((found[1] for found in _LINE.finditer(hint) if found[1] in keys), "")


def form_hint(hint: str, file: str) -> str:
    """A hint for somebody with a form: what to write in a line of the file becomes a field."""
    keys = {key.name: key.label for table in SETTING_TABLES if table.file == file
            for key in table.keys}  # fmt: skip
    written = [found for found in _LINE.finditer(hint) if found[1] in keys]
    if not written:
        return hint
    if len(written) > 1:
        labels = " and ".join(f'"{keys[found[1]]}"' for found in written)
        return f"Fill in {labels}."
    value = hint[written[0].end() :].strip().removesuffix(".")
    if value[:1] in "\"'" and value[-1:] == value[:1]:
        value = value[1:-1]
    return f"For example: {value}"


def messages_of(
    problems: Iterable[Problem], data: bytes, file: str, content: Path
) -> list[dict[str, Any]]:
    """The problems of a file for its page, sorted by line; notes are left out."""
    fields = fields_of_lines(data, file)
    found = []
    for problem in sorted_unique(problems):
        if problem.file != file or problem.severity not in _SHOWN:
            continue
        table, number, key = fields.get(problem.line or 0, ("", 0, ""))
        missing = _MISSING.search(problem.message)
        hinted = (name for name in _LINE.findall(problem.hint) if _has_key(file, table, name))
        key = key or (missing[1] if missing else next(hinted, ""))
        found.append(
            {
                "severity": _SHOWN[problem.severity],
                "message": displayed(form_message(problem.message, file, table, key), content),
                "hint": displayed(form_hint(problem.hint, file), content),
                "line": problem.line,
                "table": table,
                "number": number,
                "key": key,
            }
        )
    return found


def _has_key(file: str, table: str, name: str) -> bool:
    try:
        return bool(table_called(file, table).key(name))
    except KeyError:
        return False


def problems_on_disk(content: Path) -> list[Problem]:
    """The problems of all settings files as they are on the disk, with the lists they name."""
    return list(read_base_site(content, scan(content)).problems)


def problems_in(data: bytes, file: str, content: Path) -> list[Problem]:
    """The problems in the bytes of a settings file that is not saved yet.

    Files that it names are not read, but for their names.
    """
    # late import: see docs/architecture.md
    from wardblog.content.community import read_community
    from wardblog.content.issues import read_issues
    from wardblog.content.settings import read_settings

    report = Report(file)
    try:
        text = decode_utf8(data)
    except ParseError as error:
        report.parse_error(error)
        return report.problems
    if file == SETTINGS_FILE:
        read_settings(text, report)
    elif file == COMMUNITY_FILE:
        read_community(text, report)
    else:
        read_issues(text, report, content, frozenset(scan(content).shown), None)
    return report.problems
