"""A post's file in two: the `Key: value` lines on top, and the text below the first blank line.

The form is that of Python-Markdown's Meta-Data extension, which Pelican uses, with line numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wardblog.problems import did_you_mean
from wardblog.read.report import Report

SINGLE_KEYS = (
    "Title", "Date", "Tags", "Summary", "Precision", "Progress", "Reference", "Slug", "Modified",
    "Author", "Status", "Lang", "Image", "Card", "Position",
)  # fmt: skip
REPEATABLE_KEYS = ("Places", "Deadline", "Event", "Updated", "Aliases", "Allow")
KEYS = SINGLE_KEYS + REPEATABLE_KEYS

_KEY_LINE = re.compile(r"^ {0,3}([A-Za-z][A-Za-z0-9_-]*)[ \t]*:[ \t]*(.*)$")
_FENCE = re.compile(r"^(-{3}|\.{3})\s*$")
_CANONICAL = {key.casefold(): key for key in KEYS}
_MOST_STRANGERS = 5
# The keys that hold one line of words each; a continued line is joined to them.
_ONE_LINE = frozenset(SINGLE_KEYS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the header, with the line that it stands on."""

    key: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as split. `body_line` is the line on which the text begins, `lines` those of keys."""

    entries: tuple[Entry, ...]
    body: str
    body_line: int
    lines: Mapping[str, int]

    def all(self, key: str) -> tuple[Entry, ...]:
        return tuple(e for e in self.entries if e.key == key)

    def first(self, key: str) -> Entry | None:
        return next((e for e in self.entries if e.key == key), None)


def split(text: str, report: Report) -> Document:
    """Splits a post; unknown and doubled keys and lines without a key are reported."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    fenced = bool(lines) and lines[start].strip() == "---"
    number = start + 1 if fenced else start
    entries: list[Entry] = []
    known = True
    last_key = _last_key(lines, number)
    strangers = 0
    while number < len(lines) and lines[number].strip():
        line = lines[number]
        if fenced and _FENCE.match(line):
            break
        match = _KEY_LINE.match(line)
        if match and (not line[0].isspace() or match[1].casefold() in _CANONICAL):
            key = _known_key(match[1], number + 1, report)
            known = key is not None
            if key:
                entries.append(Entry(key, match[2].strip(), number + 1))
        elif line[0].isspace() and (entries or not known):
            if known:
                _continue(entries, line.strip(), number + 1)
        else:
            _no_key(line, number + 1, is_first=number == start, report=report)
            strangers += 1
            if number >= last_key or strangers == _MOST_STRANGERS:
                break  # the text begins here, without its blank line
        number += 1
    if fenced and number < len(lines) and _FENCE.match(lines[number]):
        number += 1
    _report_doubles(entries, report)
    _report_late_keys(lines, number, report)
    return Document(
        tuple(e for e in entries if e.value),
        "\n".join(lines[number:]),
        number + 1,
        {e.key: e.line for e in reversed(entries)},
    )


def _report_late_keys(lines: list[str], number: int, report: Report) -> None:
    """A text that begins with a key: a blank line above it ended the lines on top too early."""
    while number < len(lines) and not lines[number].strip():
        number += 1
    match = _KEY_LINE.match(lines[number]) if number < len(lines) else None
    if match and match[1] in KEYS:
        report.stop(
            number + 1,
            f'"{match[1]}" stands below a blank line, and would be printed as text',
            "Take the blank line above it out. (If it is meant as text, write another word first.)",
        )


def _last_key(lines: list[str], start: int) -> int:
    """The number of the last line with a known key before the first blank line; -1 for none."""
    last = -1
    for number in range(start, len(lines)):
        if not lines[number].strip():
            break
        match = _KEY_LINE.match(lines[number])
        if match and match[1].casefold() in _CANONICAL:
            last = number
    return last


def _known_key(written: str, line: int, report: Report) -> str | None:
    key = _CANONICAL.get(written.casefold())
    if key is None:
        report.stop(
            line,
            f'there is no key called "{written}"',
            did_you_mean(written, KEYS, "The keys are listed in the README."),
        )
    return key


def _continue(entries: list[Entry], value: str, line: int) -> None:
    """An indented line: more words for a single key, one more value for a repeatable one."""
    last = entries[-1]
    if last.key in _ONE_LINE:
        joined = f"{last.value} {value}".strip()
        entries[-1] = Entry(last.key, joined, last.line)
    else:
        entries.append(Entry(last.key, value, line))


def _no_key(line: str, number: int, is_first: bool, report: Report) -> None:
    shown = line.strip() if len(line.strip()) <= 40 else line.strip()[:40].rstrip() + "…"
    if is_first:
        hint = 'A post begins with lines such as "Title: ..." and "Date: 2026-11-20 09:00".'
    else:
        hint = "Leave a blank line between the lines on top and the text."
    report.stop(number, f'"{shown}" is not a line of the form "Key: value"', hint)


def _report_doubles(entries: list[Entry], report: Report) -> None:
    seen: dict[str, int] = {}
    for entry in entries:
        if entry.key in _ONE_LINE and entry.key in seen:
            report.stop(
                entry.line,
                f'"{entry.key}" stands here twice; the first is on line {seen[entry.key]}',
                "Keep one of the two.",
            )
        seen.setdefault(entry.key, entry.line)
