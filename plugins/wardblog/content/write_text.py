"""Writes the text of posts: lines that stay the same keep every byte, whatever the editor did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from wardblog.content.changed_lines import stretches
from wardblog.content.header.change import EndedLine, ended_lines, joined
from wardblog.content.header.front_matter import PostFile, split
from wardblog.content.header.recognise import is_blank
from wardblog.problems import CommandError
from wardblog.report import Report
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import encoding_of
from wardblog.text.decoding import text_of as text_as_read

# The line endings that every program takes for one.
_ORDINARY = ("\n", "\r\n", "\r")
# Half of a character (a lone surrogate): a byte or a code that is not text in the file's encoding.
_HALF = late_regex("[\ud800-\udfff]")


def text_of(data: bytes) -> str:
    """The text of a post below its header lines, without the blank lines before it.

    Each line ends with "\\n", as editors have them, whatever it ends with in the file. Raises
    `Refused` for a file that is not text, or whose header lines cannot be read.
    """
    document, lines = _split(data)
    return _plain(lines[_start(document, lines) :])


def with_text(data: bytes, text: str) -> bytes:
    """The bytes of a post with another text; the header lines keep every byte.

    Lines that are the same as before keep their endings, and new ones get that of the line above.
    The encoding stays, unless the new text has a character that it lacks: then the whole file
    becomes UTF-8. For the text that `text_of` gives, the result is `data` itself. Raises `Refused`
    as `text_of`.
    """
    return in_its_encoding(data, lambda plain: _with_text(plain, text))


def file_text_of(data: bytes) -> str:
    """The whole file as text, with "\\n" at the end of each line, also where it is not a post.

    Bytes that are not text in the file's encoding become lone surrogates, which `with_file_text`
    writes as the same bytes. Raises `Refused` for files that are not text at all.
    """
    return _plain(_lines_in(data))


def with_file_text(data: bytes, text: str) -> bytes:
    """The bytes of a file with another text, as `with_text` writes it, but for the whole file."""

    def change(plain: bytes) -> bytes:
        lines = _lines_in(plain)
        if shown(_plain(lines)) == shown(_normal(text)):
            return plain
        mark, _, errors = _codec(plain)
        return mark + _encoded(_joined(_replaced(lines, text, _usual_ending(lines))), errors)

    return in_its_encoding(data, change)


def in_its_encoding(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The bytes after a change that is made in UTF-8, in the encoding that they had before.

    They become UTF-8 where that encoding lacks a character, or would be taken for another one.
    """
    mark, codec, errors = _codec(data)
    if codec == "utf-8":
        return change(data)
    plain = data[len(mark) :].decode(codec, errors).encode("utf-8", "surrogatepass")
    new = change(plain)
    if new == plain:
        return data
    try:
        encoded = mark + new.decode("utf-8", "surrogatepass").encode(codec, errors)
    except UnicodeError:
        return new
    return encoded if encoding_of(encoded) == (mark, codec) else new


def _codec(data: bytes) -> tuple[bytes, str, str]:
    """The byte order mark of a file, its codec, and what to do with bytes that are not text."""
    mark, codec = encoding_of(data)
    # The few bytes that Windows-1252 lacks must not keep the others from being read.
    errors = "surrogateescape" if codec == "cp1252" and 0 not in data else "surrogatepass"
    try:
        data[len(mark) :].decode(codec, errors)
    except UnicodeDecodeError:
        if 0 in data:
            raise CommandError(
                "This file is not text, so it cannot be changed here",
                "Open it in the program that made it, and save it as plain text (UTF-8).",
            ) from None
        return b"", "utf-8", "surrogateescape"
    return mark, codec, errors


def _lines_in(data: bytes) -> list[EndedLine]:
    mark, codec, errors = _codec(data)
    return ended_lines(data[len(mark) :].decode(codec, errors))


def _encoded(text: str, errors: str) -> bytes:
    try:
        return text.encode("utf-8", errors)
    except UnicodeEncodeError:  # half a character, which the reader would leave out
        return text.encode("utf-8", "replace")


def _plain(lines: Sequence[EndedLine]) -> str:
    return "\n".join(line.text for line in lines)


def shown(text: str) -> str:
    """A text as a browser has it: two halves that belong together are one character."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def with_known_halves(data: bytes, text: str) -> str:
    """A text in which only those halves of characters are left that the file has as well."""
    if not _HALF.search(text := shown(text)):
        return text
    known = set(_HALF.findall(shown(file_text_of(data))))
    return _HALF.sub(lambda found: found[0] if found[0] in known else "\ufffd", text)


def is_recoded(old: bytes, new: bytes) -> bool:
    """Whether a file has another encoding than before, so that bytes differ in all its lines."""
    return bool(old) and _codec(old) != _codec(new)


def _normal(text: str) -> str:
    """A text of the editor, with "\\n" wherever the reader sees the end of a line."""
    return _plain(ended_lines(text))


def _split(data: bytes) -> tuple[PostFile, list[EndedLine]]:
    report = Report("")
    text = text_as_read(data, report)
    document = None if text is None else split(text, report)
    if document is None or not document.is_readable:
        first = report.problems[0]
        raise CommandError(f"The file cannot be changed: {first.message}", first.hint)
    return document, _lines_in(data)


def _start(document: PostFile, lines: Sequence[EndedLine]) -> int:
    """The index of the first line of the text; after the last line if there is no text."""
    start = document.body_line - 1
    while start < len(lines) and is_blank(lines[start].text):
        start += 1
    return start


def _with_text(data: bytes, text: str) -> bytes:
    document, lines = _split(data)
    start = _start(document, lines)
    if shown(_plain(lines[start:])) == shown(_normal(text)):
        return data
    usual = _usual_ending(lines)
    above, old = lines[:start], lines[start:]
    if not old:  # the text begins on the last line, if that is below the header lines and empty
        *above, last = lines
        if last.text or len(lines) < document.body_line:
            above.append(EndedLine(last.text, usual))
    new = _replaced(old, text, usual)
    touches_header = not document.is_fenced and len(above) <= document.header.stop
    if document.header and touches_header and [line.text for line in old[:1]] != [new[0].text]:
        above.append(EndedLine("", usual))
    mark, _, errors = _codec(data)
    return mark + _encoded(_joined([*above, *new]), errors)


def _replaced(old: Sequence[EndedLine], text: str, usual: str) -> list[EndedLine]:
    """The lines of another text; those that stay the same keep their endings."""
    texts = [line.text for line in ended_lines(text)]
    before, after = [shown(line.text) for line in old], [shown(words) for words in texts]
    new: list[EndedLine] = []
    for is_same, start, stop, first, last in stretches(before, after):
        if is_same:
            new += old[start:stop]
            continue
        for offset, words in enumerate(texts[first:last]):
            near = old[start + offset : stop][:1] or new[-1:]
            end = near[0].end if near and near[0].end in _ORDINARY else usual
            new.append(EndedLine(words, end))
    ended = [EndedLine(line.text, line.end or usual) for line in new[:-1]]
    return [*ended, EndedLine(new[-1].text, "")]


def _joined(lines: Sequence[EndedLine]) -> str:
    """The lines as one text, in which no two endings have become one."""
    apart = [
        EndedLine(line.text, "\r\n") if line.end == "\r" and after == EndedLine("", "\n") else line
        for line, after in pairwise(lines)
    ]
    return joined([*apart, *lines[-1:]])


def _usual_ending(lines: Sequence[EndedLine]) -> str:
    """The first ending of a file that any program takes for one."""
    return next((line.end for line in lines if line.end in _ORDINARY), "\n")
