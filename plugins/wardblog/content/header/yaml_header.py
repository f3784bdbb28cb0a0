"""A header in YAML, as other programs write it between two lines of dashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from wardblog.content.header.recognise import LINES_LISTED, as_status, key_hint
from wardblog.content.keys import KEYS, key_called
from wardblog.report import ParseError, Report
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = ("", "~", "null", "Null", "NULL")
# In characters, longer than any real header; what is longer was mistaken for one.
_LONGEST = 50_000
_NOT_MAPPED = "this header is not a list of keys with their values"
_HOW_TO = 'Between "---" and "---" each line is like: title: Two grit bins moved'
_COLON_HINT = (
    "A value with a colon or a # in it needs quotation marks around it, such as "
    'title: "Grit bins: where they are"'
)
# The YAML library's error messages, each with ours and a hint.
_MISTAKES = (
    ("cannot start any token", "a value here begins with a character that YAML reserves",
     'Put the value in quotation marks: title: "@home". (Indent with spaces, not with tabs.)'),
    ("mapping values are not allowed", "this line has a second colon", _COLON_HINT),
    ("could not find expected ':'", 'this line is not of the form "key: value"', _HOW_TO),
    ("quoted scalar", "a quotation mark is opened and never closed", _COLON_HINT),
    ("flow sequence", "a square bracket is opened and never closed",
     "Lists are like: tags: [grit bins, winter]"),
    ("flow mapping", "a curly bracket is opened and never closed", _HOW_TO),
    ("block mapping", "the lines of this header are not indented in the same way", _HOW_TO),
    ("block end", "the lines of this header are not indented in the same way", _HOW_TO),
    ("unknown escape", "a backslash comes before a letter that cannot follow it",
     "Put the value in single quotation marks, or write the backslash twice."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class YamlValue:
    """One value, with the name of its key in the table and its line in the file."""

    key: str
    value: str
    line: int


def read_yaml(text: str, first_line: int, report: Report) -> list[YamlValue] | None:
    """The values of a header; None, with one problem reported, if it cannot be read."""
    try:
        if len(text) > _LONGEST:
            raise ParseError("this header is too long to be read", _HOW_TO, first_line)
        return list(_values(_Events(text, first_line), report))
    except ParseError as error:
        report.parse_error(error, first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        message_text = f"{error.context or ''} {error.problem or ''}"
        message, hint = next(
            ((ours, hint) for theirs, ours, hint in _MISTAKES if theirs in message_text),
            ("this line of the header cannot be read as YAML", _HOW_TO),
        )
        report.stop(min(line, first_line + text.rstrip("\n").count("\n")), message, hint)
    except (yaml.YAMLError, RecursionError):
        report.stop(first_line, "this header cannot be read as YAML", _HOW_TO)
    return None


class _Events:
    """The events of the YAML parser, one after the other, with their lines in the file."""

    def __init__(self, text: str, first_line: int) -> None:
        self._events = yaml.parse(text, Loader=_LOADER)
        self._first_line = first_line

    def __iter__(self) -> Iterator[yaml.Event]:
        return self

    def __next__(self) -> yaml.Event:
        event = next(self._events)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ParseError(
                "this header uses a YAML anchor (& or *), which is not supported",
                "Write the value out, or put it in quotation marks if the character is part of it.",
                self.line_of(event),
            )
        if tag := getattr(event, "tag", None):
            raise ParseError(
                f'this header uses a YAML tag ("{tag}"), which is not supported',
                "Remove it, or put the value in quotation marks if the character is part of it.",
                self.line_of(event),
            )
        return event

    def line_of(self, event: yaml.Event) -> int:
        mark = event.start_mark
        return self._first_line + (mark.line if mark else 0)


def _values(events: _Events, report: Report) -> Iterator[YamlValue]:
    """The values of the mapping that makes up a header."""
    event = next(events)
    while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
        event = next(events)
    if not isinstance(event, yaml.MappingStartEvent):
        raise ParseError(_NOT_MAPPED, _HOW_TO, events.line_of(event))
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            raise ParseError(_NOT_MAPPED, _HOW_TO, events.line_of(event))
        yield from _of_key(event.value, events.line_of(event), events, report)
    while not isinstance(event := next(events), yaml.StreamEndEvent):
        if isinstance(event, yaml.DocumentStartEvent):
            raise ParseError(
                "this header has two parts", "Keep one of them.", events.line_of(event)
            )


def _of_key(written: str, line: int, events: _Events, report: Report) -> Iterator[YamlValue]:
    values = _value_of(written, events)
    if len(values) == 1 and (status := as_status(written, values[0].value)):
        yield YamlValue("Status", status, line)
        return
    key = key_called(written)
    if key is None:
        value = values[0].value if values else ""
        report.stop(line, f'there is no line called "{written}"', key_hint(written, value))
    elif not values:
        yield YamlValue(key.name, "", line)
    elif key.repeats:
        yield from (YamlValue(key.name, value.value, value.line) for value in values)
    elif key.name == "Tags":
        yield YamlValue(key.name, _joined([value.value for value in values]), line)
    elif len(values) == 1:
        yield YamlValue(key.name, " ".join(values[0].value.split("\n")).strip(), line)
    else:
        raise ParseError(
            f'"{written}" is a list, but can have one value only',
            f'Write it as "{written}: ...".',
            line,
        )


def _joined(tags: Sequence[str]) -> str:
    """Tags as in a `Tags:` line, separated by semicolons if one of them has a comma."""
    tags = [" ".join(tag.split()) for tag in tags]
    if len(tags) == 1 or not any("," in tag for tag in tags):
        return ", ".join(tags)
    return "; ".join(tags) + ";"


def _value_of(key: str, events: _Events) -> list[YamlValue]:
    """One value or the items of a list, without the empty ones; raises for deeper structures."""
    event = next(events)
    if isinstance(event, yaml.ScalarEvent):
        return list(_lines_of(event, key, events))
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[YamlValue] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                break
            items += _lines_of(event, key, events)
        else:
            return items
    raise ParseError(
        f'"{key}" has further keys or lists inside it, which are not supported',
        f"Write its value in one line. {LINES_LISTED}"
        if key_called(key)
        else f"Remove it. The lines are: {', '.join(KEYS)}.",
        events.line_of(event),
    )


def _lines_of(event: yaml.ScalarEvent, key: str, events: _Events) -> Iterator[YamlValue]:
    """A value; a text of several lines (`|`) is one value a line where the key repeats."""
    value, line = event.value, events.line_of(event)
    if is_empty(value, event.style):
        return
    known = key_called(key)
    if event.style == "|" and known is not None and known.repeats:
        for offset, part in enumerate(value.split("\n"), 1):
            if part.strip():
                yield YamlValue(key, part.strip(), line + offset)
        return
    yield YamlValue(key, value.strip(), line)


def is_empty(value: str, style: str | None) -> bool:
    """Whether a scalar has no value; `style` is its quotation mark or `|` or `>`, if any."""
    return not style and value in _EMPTY


_PLAIN_LINE = late_regex(r"^[A-Za-z][A-Za-z0-9_-]*[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*$")
_SIGNS = tuple("\"'[]{}|>&*!%@`#,?-~“”‘’")


def is_plain(lines: Sequence[str]) -> bool:
    """Whether the lines mean the same as `Key: value` lines and as YAML, or are not YAML at all.

    Many people put `Key: value` lines between dashes, with colons in their values.
    """
    for line in lines:
        if not line.strip():
            continue
        if line[0].isspace():
            if line.lstrip().startswith(_SIGNS) or " #" in line or _PLAIN_LINE.match(line.lstrip()):
                return False
            continue
        match = _PLAIN_LINE.match(line)
        if match is None:
            return False
        value = match["value"] or ""
        if value in _EMPTY[1:] or value.startswith(_SIGNS) or " #" in value:
            return False
    return True
