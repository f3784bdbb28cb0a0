"""The headers of posts in YAML, TOML or JSON, as other programs for websites read them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import yaml

from wardblog.content.toml.quotes import line_of
from wardblog.problems import CommandError
from wardblog.report import Report
from wardblog.scaffold.old_blog.exports.export_files import ExportFile
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import text_of

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# In characters; real headers have hundreds, and settings thousands.
_LONGEST_HEADER, _LONGEST_SETTINGS = 50_000, 500_000
_MOST_BYTES = 20_000_000
_FENCES = {
    "---": ("---", "yaml"), "+++": ("+++", "toml"), ";;;": (";;;", "json"),
    "---yaml": ("---", "yaml"), "---toml": ("---", "toml"), "---json": ("---", "json"),
}  # fmt: skip
_SPOKEN = {"yaml": "YAML", "yml": "YAML", "toml": "TOML", "json": "JSON"}
_TRUE = ("true", "yes", "on", "1")

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file with a header; `line` is that on which the text begins. Without one, it has no values.

    All values are texts, dates, lists or mappings: `true` is the text "true".
    """

    file: ExportFile
    values: Values
    text: str
    line: int
    has_header: bool


def read_document(file: ExportFile) -> Document:
    """The file with its header taken apart; raises `CommandError` with the line of a fault."""
    text = text_in(file)
    lines = text.split("\n")
    # Hugo allows blank lines above a header.
    top = next((n for n, line in enumerate(lines) if line.strip()), 0)
    opening = lines[top].strip().replace(" ", "")
    if opening.startswith("{") and file.path.suffix != ".html":
        return _json_document(file, text)
    fence, form = _FENCES.get(opening, ("", ""))
    ends = (fence, "...") if form == "yaml" else (fence,)
    below = enumerate(lines[top + 1 :], top + 1)
    end = next((n for n, line in below if fence and line.rstrip() in ends), 0)
    if not end:
        return Document(file=file, values={}, text=text, line=1, has_header=False)
    values = _parsed("\n".join(lines[top + 1 : end]), form, file, top + 2, _LONGEST_HEADER)
    body = lines[end + 1 :]
    blank = next((n for n, line in enumerate(body) if line.strip()), len(body))
    return Document(
        file=file,
        values=values,
        text="\n".join(body[blank:]),
        line=end + 2 + blank,
        has_header=True,
    )


def read_settings(file: ExportFile) -> Values:
    """A whole file of settings; raises `CommandError` with the line of a fault."""
    form = file.path.suffix.removeprefix(".").casefold()
    return _parsed(text_in(file), form, file, 1, _LONGEST_SETTINGS)


def text_in(file: ExportFile) -> str:
    """The text of a file, whatever its encoding; raises `CommandError` if it is not text."""
    report = Report(file.name)
    text = text_of(file.read(_MOST_BYTES), report)
    if text is None:
        problem = report.problems[0]
        raise CommandError(f"{file.shown}:{problem.line or 1}: {problem.message}", problem.hint)
    return text


def _parsed(text: str, form: str, file: ExportFile, first_line: int, longest: int) -> Values:
    """The values of a text in `yaml`, `toml` or `json`; raises `CommandError`."""
    if len(text) > longest:
        raise CommandError(f"{file.shown}:{first_line}: this header is too long to be read")
    try:
        found = _load(text, form)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _unreadable(file, first_line + (mark.line if mark else 0), form) from None
    except json.JSONDecodeError as error:
        raise _unreadable(file, first_line + error.lineno - 1, form) from None
    except ValueError as error:
        raise _unreadable(file, first_line + line_of(error, text) - 1, form) from None
    except (yaml.YAMLError, RecursionError):
        raise _unreadable(file, first_line, form) from None
    return {str(key): _plain(value) for key, value in found.items()} if found else {}


def _load(text: str, form: str) -> Mapping[object, object]:
    if form == "toml":
        found: object = tomllib.loads(text)
    elif form == "json":
        found = json.loads(text)
    else:
        found = yaml.load(text, Loader=_LOADER)  # noqa: S506 - it makes texts, lists and mappings
    if found is not None and not isinstance(found, dict):
        raise ValueError("no names with values (at line 1, column 1)")
    return found or {}


def _json_document(file: ExportFile, text: str) -> Document:
    try:
        found, end = json.JSONDecoder().raw_decode(text, len(text) - len(text.lstrip()))
    except (ValueError, RecursionError):
        found, end = None, 0
    if not isinstance(found, dict):
        return Document(file=file, values={}, text=text, line=1, has_header=False)
    body = text[end:].lstrip()
    return Document(
        file=file,
        values={str(key): _plain(value) for key, value in found.items()},
        text=body,
        line=text[: len(text) - len(body)].count("\n") + 1,
        has_header=True,
    )


def _plain(value: object) -> object:
    """A value of TOML or JSON as YAML has it here: numbers and truth are texts."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) else value


def _unreadable(file: ExportFile, line: int, form: str) -> CommandError:
    return CommandError(
        f"{file.shown}:{line}: this cannot be read as {_SPOKEN.get(form, form)}",
        'A value with a colon or a # in it needs quotation marks, such as title: "Bins: a list"',
    )


def word(values: Values, *names: str) -> str:
    """The first of these values that is not empty, as a text in one line; of a list its first."""
    for name in names:
        value = values.get(name)
        if isinstance(value, list):
            value = next(iter(value), "")
        if isinstance(value, str | date) and (text := " ".join(str(value).split())):
            return "" if text in ("~", "null") else text
    return ""


def number(values: Values, *names: str) -> int:
    """The first of these values that is a number from 1 upwards; 0 if none is."""
    texts = (str(values.get(name, "")).strip() for name in names)
    return next((int(text) for text in texts if re.fullmatch(r"\d{1,9}", text) and int(text)), 0)


def words(values: Values, *names: str, splits: str = ",") -> list[str]:
    """The values of these names, each of which may be a list or a text with separators."""
    found: list[str] = []
    for name in names:
        value = values.get(name)
        parts: Iterable[object] = value if isinstance(value, list) else _split(value, splits)
        found += (" ".join(str(_plain(part)).split()) for part in parts if not _is_nested(part))
    return list(dict.fromkeys(part for part in found if part and part not in ("~", "null")))


def is_true(values: Values, name: str) -> bool:
    """Whether a switch is on."""
    return word(values, name).casefold() in _TRUE


def is_false(values: Values, name: str) -> bool:
    """Whether a switch is set, and is off."""
    return word(values, name).casefold() in ("false", "no", "off")


def inside(values: Values, name: str) -> Values:
    """The mapping with that name; an empty one if there is none."""
    value = values.get(name)
    return {str(k): _plain(v) for k, v in value.items()} if isinstance(value, dict) else {}


def listed(values: Values, name: str) -> Iterator[Values]:
    """The mappings in a list."""
    value = values.get(name)
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield {str(k): _plain(v) for k, v in one.items()}


def _split(value: object, separator: str) -> list[str]:
    if not isinstance(value, str):
        return []
    return value.split(None if separator == " " else separator)


def _is_nested(value: object) -> bool:
    return isinstance(value, list | dict)
