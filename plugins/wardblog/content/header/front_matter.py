"""A post's file in two: the `Key: value` lines on top, and the text below the first blank line.

The form is that of Python-Markdown's Meta-Data extension, which Pelican uses, with line numbers.
Between lines of dashes it is YAML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from wardblog.content.header.draft_words import report_draft_in_header, report_said_draft
from wardblog.content.header.recognise import as_status, is_blank, key_hint, loose_key_line, trimmed
from wardblog.content.header.stray_lines import report_appended, report_stray_lines
from wardblog.content.keys import KEYS, key_called
from wardblog.report import Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import without_entities

KEY_LINE = late_regex(r"^[ \t]*([A-Za-z][A-Za-z0-9_-]*)[ \t]*:[ \t]*(.*)$")
# Word turns three hyphens into longer dashes.
FENCE = late_regex(r"^(-{3,}|\.{3}|—{1,3}|–{2,3})\s*$")
# How a header between dashes begins; after a horizontal rule there are ordinary words.
_YAML_START = late_regex(r"""\s*(?:[\w"'][^:\n]{0,60}:(?:\s|$)|\?\s|\{[^{}]*:)""")
_JSON_START = late_regex(r"""\s*\{\s*(?:"[^"\n]{1,40}"\s*:|$)""")
_TOML_START = late_regex(r"""\s*(?:[\w"'.-]+\s*=|\[)""")
_MOST_UNKNOWN = 5
# The keys that have one value; a continued line is joined to it.
_ONE_LINE = frozenset(key.name for key in KEYS.values() if not key.repeats)


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """One value of the header, with its line in the file."""

    key: str
    value: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFile:
    """A file as split. `body_line` is the line on which the text begins, `lines` those of keys.

    A header that could not be read at all has no entries, and `is_readable` is false. `header` are
    the indices of its lines, counted from 0, without the dashes around them.
    """

    entries: tuple[HeaderLine, ...]
    body: str
    body_line: int
    lines: Mapping[str, int]
    is_readable: bool = True
    header: range = range(0)
    is_fenced: bool = False
    is_yaml: bool = False

    def all(self, key: str) -> tuple[HeaderLine, ...]:
        return tuple(e for e in self.entries if e.key == key)

    def all_lines(self) -> dict[str, tuple[int, ...]]:
        """The lines on which each key has a value; for one without any, that of the key."""
        found: dict[str, tuple[int, ...]] = {}
        for entry in self.entries:
            found[entry.key] = (*found.get(entry.key, ()), entry.line)
        return {key: found.get(key, (line,)) for key, line in self.lines.items()}

    def first(self, key: str) -> HeaderLine | None:
        return next((e for e in self.entries if e.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """The lines on top; `body` is the index of the first line of the text."""

    entries: list[HeaderLine]
    lines: range
    body: int
    is_fenced: bool = False
    is_yaml: bool = False


def split(text: str, report: Report) -> PostFile:
    """Splits a post; unknown and doubled keys and lines without a key are reported."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if not is_blank(line)), 0)
    first, following = trimmed(lines[start]), _following(lines, start)
    if first == "+++" and _TOML_START.match(following):
        report.stop(
            start + 1,
            'the header lines are written in TOML, between "+++" and "+++", which is not supported',
            'Write them like "Title: Two grit bins moved", without the lines of plus signs.',
        )
        return PostFile(entries=(), body="", body_line=start + 1, lines={}, is_readable=False)
    if _JSON_START.match(first):
        report.stop(
            start + 1,
            "the header lines are written in JSON, which is not supported",
            'Write them like "Title: Two grit bins moved", without brackets and quotation marks.',
        )
        return PostFile(entries=(), body="", body_line=start + 1, lines={}, is_readable=False)
    if FENCE.match(first) and first[0] != "." and _YAML_START.match(following):
        fenced = _fenced(lines, start + 1, report)
        if fenced is None:
            return PostFile(entries=(), body="", body_line=start + 1, lines={}, is_readable=False)
        header = fenced
    else:
        header = _unfenced(lines, start, report)
    return _document(header, lines, report)


def _following(lines: Sequence[str], start: int) -> str:
    """The first line below `start` that is neither blank nor a comment."""
    rest = lines[start + 1 :]
    return next((x for x in rest if not is_blank(x) and not x.lstrip().startswith("#")), "")


def _document(header: _Header, lines: list[str], report: Report) -> PostFile:
    entries, number = header.entries, header.body
    _report_doubles(entries, report)
    known = {entry.key for entry in entries}
    strays = report_stray_lines(lines[number:], number + 1, report)
    for stray in strays:
        # It stops the build already; that it is missing from the header is not a second mistake.
        if stray.key != "Status" and (stray.key not in known or stray.key not in _ONE_LINE):
            entries.append(HeaderLine(stray.key, stray.value, stray.line))
            known.add(stray.key)
    entries = [
        HeaderLine(e.key, report_appended(e.key, _value(e), e.line, report), e.line)
        for e in entries
    ]
    if "Status" not in known and all(stray.key != "Status" for stray in strays):
        _report_draft(entries, lines[number:], number + 1, report)
    return PostFile(
        entries=tuple(e for e in entries if e.value),
        body="\n".join(lines[number:]),
        body_line=number + 1,
        lines={e.key: e.line for e in reversed(entries)},
        header=header.lines,
        is_fenced=header.is_fenced,
        is_yaml=header.is_yaml,
    )


def _report_draft(
    entries: Sequence[HeaderLine], text: Sequence[str], first_line: int, report: Report
) -> None:
    words = {entry.key: entry.value for entry in entries}
    numbers = {entry.key: entry.line for entry in entries}
    title, tags = words.get("Title", ""), words.get("Tags", "")
    report_said_draft(text, first_line, report)
    report_draft_in_header(title, tags, (numbers.get("Title", 1), numbers.get("Tags", 1)), report)


def _value(entry: HeaderLine) -> str:
    """The value without entities; in a summary, Markdown takes care of them."""
    value = trimmed(entry.value)
    return value if entry.key == "Summary" else without_entities(value)


def _fenced(lines: list[str], start: int, report: Report) -> _Header | None:
    """The header between dashes; None if it cannot be read."""
    numbers = range(start, len(lines))
    end = next((n for n in numbers if FENCE.match(lines[n])), None)
    after = len(lines)
    if end is None:  # nothing closes it: as in Python-Markdown, a blank line does
        begun = next(n for n in numbers if not is_blank(lines[n]))
        end = after = next((n for n in range(begun, len(lines)) if is_blank(lines[n])), after)
    else:
        after = end + 1
    # late import: see docs/architecture.md
    from wardblog.content.header.yaml_header import is_plain, read_yaml

    block = lines[start:end]
    is_yaml = not is_plain(block)
    if is_yaml:
        values = read_yaml("\n".join(block) + "\n", start + 1, report)
        if values is None:
            return None
        entries = [HeaderLine(v.key, v.value, v.line) for v in values]
    else:
        entries = _plain(lines, start, end, report)
    return _Header(
        entries=entries, lines=range(start, end), body=after, is_fenced=True, is_yaml=is_yaml
    )


def _plain(lines: list[str], start: int, end: int, report: Report) -> list[HeaderLine]:
    """The entries of `Key: value` lines between dashes."""
    entries: list[HeaderLine] = []
    known = True
    for number in range(start, end):
        line = lines[number]
        if is_blank(line):
            continue
        if line[0].isspace():
            if known:
                _continue(entries, line.strip(), number + 1)
        elif match := KEY_LINE.match(line):
            known = _add(entries, match[1], match[2], number + 1, report)
    return entries


def _unfenced(lines: list[str], start: int, report: Report) -> _Header:
    entries: list[HeaderLine] = []
    known = True
    unknown = 0
    number = start
    while number < len(lines) and not is_blank(lines[number]):
        line = lines[number]
        match = KEY_LINE.match(line)
        if match and _is_key_line(line, match, entries):
            known = _add(entries, match[1], match[2], number + 1, report)
        elif line[0].isspace() and (entries or not known):
            if known:
                _continue(entries, line.strip(), number + 1)
        elif (loose := loose_key_line(line)) and "#" not in loose.lead:
            entries.append(HeaderLine(loose.key, loose.value, number + 1))
            known = True
        else:
            _no_key(line, number + 1, is_first=number == start, report=report)
            unknown += 1
            if unknown == _MOST_UNKNOWN or number >= _last_key(lines, start):
                break  # the text begins here, without its blank line
        number += 1
    return _Header(entries=entries, lines=range(start, number), body=number)


def _is_key_line(line: str, match: re.Match[str], entries: list[HeaderLine]) -> bool:
    """Whether a line like `word: words` is a header line, or continues the one above."""
    if not line[0].isspace():
        return True
    key = KEYS["Status"] if as_status(match[1], match[2]) else key_called(match[1])
    if key is None:
        return False
    if not entries or re.match(r" {1,3}\S", line):
        return True
    if key.is_free:
        return all(entry.key != key.name for entry in entries)
    return key.protects or key.accepts(match[2].strip())


def _add(entries: list[HeaderLine], written: str, value: str, line: int, report: Report) -> bool:
    """Adds a line to the entries; False with a problem if there is no such key."""
    if status := as_status(written, value):
        entries.append(HeaderLine("Status", status, line))
        return True
    key = key_called(written)
    if key is None:
        hint = key_hint(written, value)
        report.stop(line, f'there is no line called "{written}"', hint)
        return False
    entries.append(HeaderLine(key.name, value.strip(), line))
    return True


def _last_key(lines: list[str], start: int) -> int:
    """The number of the last line with a known key before the first blank line; -1 for none."""
    last = -1
    for number in range(start, len(lines)):
        if is_blank(lines[number]):
            break
        match = KEY_LINE.match(lines[number])
        if match and key_called(match[1]):
            last = number
    return last


def _continue(entries: list[HeaderLine], value: str, line: int) -> None:
    """An indented line: continues a single value, or adds a value to a repeatable key."""
    last = entries[-1]
    if last.key in _ONE_LINE:
        joined = f"{last.value} {value}".strip()
        entries[-1] = HeaderLine(last.key, joined, last.line)
    else:
        entries.append(HeaderLine(last.key, value, line))


def _no_key(line: str, number: int, is_first: bool, report: Report) -> None:
    shown = line.strip() if len(line.strip()) <= 40 else line.strip()[:40].rstrip() + "…"
    if is_first:
        hint = 'A post begins with lines such as "Title: ..." and "Date: 2026-11-20 09:00".'
    else:
        hint = "Leave a blank line between the header lines and the text."
    report.stop(number, f'"{shown}" is not a line of the form "Key: value"', hint)


def _report_doubles(entries: list[HeaderLine], report: Report) -> None:
    first_lines: dict[str, int] = {}
    for entry in entries:
        if entry.key in _ONE_LINE and entry.key in first_lines:
            report.stop(
                entry.line,
                f'"{entry.key}" appears twice; the first is on line {first_lines[entry.key]}',
                "Remove one of the two.",
            )
        first_lines.setdefault(entry.key, entry.line)
