"""Finds the lines of TOML tables and keys, and explains a line that cannot be parsed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from wardblog.content.setting_keys import repeated_tables
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_HEADER = late_regex(r"^\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = late_regex(r"^\s*([A-Za-z0-9_-]+)\s*=")

# What people write for false.
NO_WORDS = ("false", "no", "off", "none", "never", "n", "na", "nage", "0", "")
# What a value that cannot be read looks like, and what to say of it; the first that fits counts.
_REMEDIES = (
    (
        late_regex("[“”„‟]"),
        'Its quotation marks are curly, as word processors make them. Use straight ones: "',
    ),
    (
        late_regex(r"^\[[^\]]*$|^\[\[[^\]]*\]?$"),
        "Write the same number of brackets on both sides.",
    ),
    (
        late_regex(r"^\d+[-/.]\d+[-/.]\d+"),
        "Dates are written as year, month and day, without quotation marks: 2026-11-01",
    ),
    (
        late_regex(r"(?i)^(?:yes|on|ie|true)\s*(?:#.*)?$"),
        "If the answer is yes, write true, in small letters and without quotation marks.",
    ),
    (
        late_regex(r"(?i)^(?:no|off|na|nage|false)\s*(?:#.*)?$"),
        "If the answer is no, write false, in small letters and without quotation marks.",
    ),
    (late_regex(r"\\"), 'Write "/" instead of "\\" in the names of files and folders.'),
    (
        late_regex(r'^".*".*"'),
        "Inside the quotation marks, use single ones, or none: \"The 'new' bins\"",
    ),
    (late_regex(r'^"[^"]*$'), 'The quotation mark at the end is missing: "words"'),
)


@dataclass(frozen=True, slots=True)
class TomlLines:
    """The line numbers of a table and its keys."""

    header: int
    keys: Mapping[str, int]


def find_lines(text: str) -> dict[tuple[str, int], TomlLines]:
    """The lines of each table, by name and count; `tomllib` keeps none."""
    tables: dict[tuple[str, int], TomlLines] = {}
    counts: dict[str, int] = {}
    keys: dict[str, int] = {}
    tables["", 0] = TomlLines(1, keys)
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            name = header[2]
            index = counts.get(name, 0)
            counts[name] = index + 1
            keys = {}
            tables[name, index] = TomlLines(number, keys)
        elif key := _KEY.match(line):
            keys.setdefault(key[1], number)
    return tables


def broken_line(
    text: str, line: int, error: str, repeated: Collection[str] = ()
) -> tuple[int, str, str]:
    """The line at fault where `tomllib` stopped at `line`, what is wrong, and the remedy.

    `repeated` names further tables that may occur several times.
    """
    repeated = (*repeated_tables(), *repeated)
    lines = text.split("\n")
    written = lines[line - 1].strip() if line <= len(lines) else ""
    header, key = _HEADER.match(written), _KEY.match(written)
    if "twice" in error or (header and "Cannot" in error):
        return _twice(lines, line, header[2] if header else written, repeated)
    if key and "overwrite" in error:
        return line, f'"{key[1]}" appears twice', "Keep one of the two lines."
    message = f'cannot read this line: "{written[:60]}"' if written else "cannot read this line"
    bracketed = re.match(r"[\[(]*\s*([A-Za-z_]+)\s*[\])]*$", written)
    if bracketed and bracketed[1] in repeated and not key:
        return line, message, f"Write it with two brackets on each side: [[{bracketed[1]}]]"
    value = written.partition("=")[2].strip() if key else written
    for pattern, hint in _REMEDIES:
        if pattern.search(value):
            return line, message, hint
    return line, message, 'Lines are written as: key = "words in quotation marks"'


def _twice(
    lines: list[str], line: int, name: str, repeated: Collection[str]
) -> tuple[int, str, str]:
    """The problem of a repeated table; if it may repeat, its heading has too few brackets."""
    headers = [(n, _HEADER.match(text)) for n, text in enumerate(lines, 1)]
    single = [n for n, match in headers if match and match[2] == name and match[1] == "["]
    double = [n for n, match in headers if match and match[2] == name and match[1] == "[["]
    if single and (double or name in repeated):
        return (
            single[0],
            f"[{name}] needs two brackets on each side",
            f"Write [[{name}]] each time, above every {name} in this file.",
        )
    return line, f"[{name}] appears twice", "Put its lines together under one of them."
