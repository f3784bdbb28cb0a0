"""Writes posts: one header line changes, and every other byte of the file stays the same."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wardblog.content.header.change import Action, EndedLine, HeaderChange, ended_lines, joined
from wardblog.content.header.edit_lines import edited_lines
from wardblog.content.header.front_matter import PostFile, split
from wardblog.content.keys import KEYS
from wardblog.problems import CommandError
from wardblog.report import Report
from wardblog.support.private_files import sync_folder
from wardblog.support.replacing import written_beside
from wardblog.text.decoding import encoding_of, text_of, without_entities

_NAMES = {"cp1252": "Windows-1252", "utf-8": "UTF-8"}
_SAVE_AS_UTF8 = "Open the file in your editor, save it with the encoding UTF-8, and try again."


def values_in(data: bytes) -> dict[str, tuple[str, ...]]:
    """The values of a post's header lines by the names of their keys, as the reader reads them.

    `data` are the bytes of a file in UTF-8 (with or without a byte order mark), UTF-16 or
    Windows-1252. Raises `Refused` where they cannot be read.
    """
    return _values(_document(data))


def with_value(data: bytes, key: str, value: str, position: int = 0) -> bytes:
    """The bytes of a post in which one header line has this value.

    `key` is a name of the table of header lines, and `position` counts the values of a line that
    repeats, from 0. A line that is missing is added, in the order of the table. Encoding, byte
    order mark and line endings stay as they are, as does each byte of the other lines. The value is
    one line of plain words, which the reader reads back exactly (with composed accents, NFC); it is
    not checked whether it makes sense. Raises `Refused` for a value that cannot be written, with
    the reason and a remedy, and `IndexError` for a position without a value.
    """
    document = _document(data)
    current = _values(document).get(key, ())
    most = len(current) if KEYS[key].repeats or not current else len(current) - 1
    if not 0 <= position <= most:
        raise IndexError(position)
    value = _plain(key, value)
    if position < len(current):
        if current[position] == value:
            return data
        expected = (*current[:position], value, *current[position + 1 :])
        action = Action.SET
    else:
        expected = (*current, value)
        # An empty line, such as "Summary:", is filled in.
        action = Action.ADD if current or key not in document.lines else Action.SET
    change = HeaderChange(action=action, key=KEYS[key], value=value, position=position)
    return _changed(data, document, change, expected)


def with_further_value(data: bytes, key: str, value: str) -> bytes:
    """The bytes of a post with one more value of a repeatable header line, below the others.

    For the rest as `with_value`. Raises `Refused` for a second value where only one is possible.
    """
    count = len(values_in(data).get(key, ()))
    if count and not KEYS[key].repeats:
        raise CommandError(f'"{key}" can have one value only', "Change the value that is there.")
    return with_value(data, key, value, count)


def with_further_values(data: bytes, key: str, values: Sequence[str]) -> bytes:
    """The bytes with several more values of a repeatable header line, in one step if that is plain.

    For the rest as `with_further_value`, which would read the file again for each of them.
    """
    if len(values) < 2:
        return with_further_value(data, key, values[0]) if values else data
    first = with_further_value(data, key, values[0])
    mark, codec = encoding_of(first)
    lines = ended_lines(first[len(mark) :].decode(codec, "surrogatepass"))
    document = _document(first)
    last = document.all(key)[-1].line
    written = lines[last - 1]
    before = _values(document)
    after = {**before, key: (*before[key], *(_plain(key, value) for value in values[1:]))}
    if written.text.endswith(values[0]):
        start = written.text.removesuffix(values[0])
        more = [EndedLine(f"{start}{value}", written.end) for value in values[1:]]
        new = mark + _encoded(joined([*lines[:last], *more, *lines[last:]]), codec)
        if _reads_as(new, after, document):
            return new
    for value in values[1:]:
        first = with_further_value(first, key, value)
    return first


def without_value(data: bytes, key: str, position: int = 0) -> bytes:
    """The bytes of a post without one value of a header line; without its line if it was the last.

    Raises `IndexError` if there is no such value, and `Refused` as `with_value`.
    """
    document = _document(data)
    current = _values(document).get(key, ())
    if not 0 <= position < len(current):
        raise IndexError(position)
    expected = (*current[:position], *current[position + 1 :])
    change = HeaderChange(action=Action.REMOVE, key=KEYS[key], position=position)
    return _changed(data, document, change, expected)


def create_post(path: Path, lines: Sequence[tuple[str, str]], text: str) -> None:
    """Writes a new post in UTF-8: these header lines, a blank line, and the text.

    An empty value makes an empty line, to be filled in. Raises `FileExistsError` rather than
    overwrite a file, and `Refused` for a value that would not be read back.
    """
    create_file(path, post_bytes(lines, text))


def create_file(path: Path, data: bytes) -> None:
    """Writes a new file at once; raises `FileExistsError` rather than overwrite one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_beside(path, data) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise FileExistsError(17, "File exists", str(path)) from None
        except OSError:  # a file system without hard links, such as that of a USB stick
            with path.open("xb") as file:
                file.write(data)
    sync_folder(path.parent)


def post_bytes(lines: Sequence[tuple[str, str]], text: str) -> bytes:
    """The bytes that `create_post` writes."""
    written = "".join(f"{key}: {_first_form(key, value)}".rstrip() + "\n" for key, value in lines)
    try:
        data = f"{written}\n{text}".encode()
    except UnicodeEncodeError as error:
        raise _no_character(error, "UTF-8") from None
    expected: dict[str, tuple[str, ...]] = {}
    for key, value in lines:
        if value:
            expected[key] = (*expected.get(key, ()), _plain(key, value))
    values = values_in(data)
    for key, wanted in expected.items():
        if values.get(key) != wanted:
            raise _unfaithful(key, wanted[0], _document(data))
    return data


def _document(data: bytes) -> PostFile:
    report = Report("")
    text = text_of(data, report)
    document = None if text is None else split(text, report)
    if document is None or not document.is_readable:
        first = report.problems[0]
        raise CommandError(f"The file cannot be changed: {first.message}", first.hint)
    return document


def _values(document: PostFile) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for entry in document.entries:
        values[entry.key] = (*values.get(entry.key, ()), entry.value)
    return values


def _plain(key: str, value: str) -> str:
    """The value with composed accents; raises if it is not a single line."""
    if not value.strip():
        raise CommandError(f'"{key}" needs a value', "To leave it empty, remove the line.")
    if len(value.splitlines()) > 1:
        hint = "Join its lines to one, or add each as a value of its own."
        if not KEYS[key].repeats:
            hint = "Join its lines to one."
        raise CommandError(
            f'"{key}" is one line, so its value cannot have a line break in it', hint
        )
    return unicodedata.normalize("NFC", value)


def _first_form(key: str, value: str) -> str:
    return next(_forms(key, _plain(key, value), is_fenced=False)) if value else ""


def _forms(key: str, value: str, is_fenced: bool) -> Iterator[str]:
    """The ways to write a value, the plainest first."""
    if key != "Summary" and without_entities(value) != value:
        value = value.replace("&", "&amp;")  # read as an entity, once
    yield value
    if is_fenced:
        yield "'" + value.replace("'", "''") + "'"
        yield '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _changed(
    data: bytes, document: PostFile, change: HeaderChange, expected: tuple[str, ...]
) -> bytes:
    """The first way to make the change that reads back as nothing but that change."""
    mark, codec = encoding_of(data)
    lines = ended_lines(data[len(mark) :].decode(codec, "surrogatepass"))
    after = {**_values(document), change.key.name: expected}
    if not expected:
        del after[change.key.name]
    name = change.key.name
    if any(entry.line > document.header.stop for entry in document.all(name)):
        raise CommandError(
            f'The line "{name}" is below the header lines, in the text',
            "Move it up to the other header lines first.",
        )
    for form in _forms(name, change.value, document.is_fenced):
        for candidate in _edited(change, form, document, lines):
            new = mark + _encoded(joined(candidate), codec)
            if _reads_as(new, after, document):
                return new
    raise _unfaithful(name, change.value, document)


def _edited(
    change: HeaderChange, form: str, document: PostFile, lines: Sequence[EndedLine]
) -> Iterator[list[EndedLine]]:
    if not document.is_yaml:
        return edited_lines(change, form, document, lines)
    from wardblog.content.header.edit_yaml import edited_yaml  # late import: few have such headers

    return edited_yaml(change, form, document, lines)


def _reads_as(data: bytes, values: Mapping[str, tuple[str, ...]], before: PostFile) -> bool:
    try:
        document = _document(data)
    except CommandError:
        return False
    has_header = before.header and document.header
    old, new = (d.body if has_header else d.body.lstrip("\n") for d in (before, document))
    return _values(document) == values and old == new


def _encoded(text: str, codec: str) -> bytes:
    try:
        return text.encode(codec, "surrogatepass")
    except UnicodeEncodeError as error:
        raise _no_character(error, _NAMES.get(codec, "UTF-16")) from None


def _no_character(error: UnicodeEncodeError, encoding: str) -> CommandError:
    return CommandError(
        f'The character "{error.object[error.start]}" cannot be saved in this file, which is in '
        f"{encoding}",
        _SAVE_AS_UTF8,
    )


def _unfaithful(key: str, value: str, document: PostFile) -> CommandError:
    if not value:
        return CommandError(f'The line "{key}" cannot be removed here', "Remove it in your editor.")
    hint = "Write it in other words, or change the line in your editor."
    if document.is_fenced and not document.is_yaml:
        hint = "Remove the lines of dashes above and below the header lines, and try again."
    message = f'"{key}" cannot be "{value}" in this file: it would be read as something else'
    return CommandError(message, hint)
