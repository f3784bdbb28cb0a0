"""Inspects text files of any encoding, in pieces, so that large ones need little memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from wardblog.content.inspection.findings import FileToInspect, Findings, InspectionError
from wardblog.content.inspection.people import People, delimiter_of, rows_of_csv, rows_of_json
from wardblog.support.late_regex import late_regex

_PIECE, _OVERLAP = 1_000_000, 400
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = late_regex("[\x00-\x08\x0e-\x1f]")
_JSON_SIGN = late_regex(r"\\u([0-9a-fA-F]{4})")
_CSS_SIGN = late_regex(r"\\([0-9a-fA-F]{1,6})[ \t\r\n\f]?")
_RTF_SIGN = late_regex(r"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6}) ?\??|\\(?:par|line|row|cell|tab)\b ?")
_RTF_WORD = late_regex(r"\\[a-zA-Z]+-?\d* ?|\\\*")
# Embedded files, and photographs with their metadata.
_RTF_INSIDE = late_regex(r"\\(?:objdata|bin\d+)\b|45786966\s?0000", re.IGNORECASE)
_BRACE = late_regex(r"[{}]")
_BREAK = late_regex(r"\r?\n")
_FOLD = late_regex(r"\r?\n[ \t]")


def _json(text: str) -> str:
    return _JSON_SIGN.sub(lambda sign: chr(int(sign[1], 16)), text) if "\\u" in text else text


def _css(text: str) -> str:
    return _CSS_SIGN.sub(lambda sign: chr(min(int(sign[1], 16), 0xFFFD)), text)


def _rtf(text: str) -> str:
    """Return the text of an RTF file, without formatting.

    A single brace may be inside a word; two closing ones end something else, such as a title.
    """

    def shown(sign: re.Match[str]) -> str:
        if sign[1]:
            return bytes.fromhex(sign[1]).decode("cp1252", "replace")
        return chr(int(sign[2]) % 0x10000) if sign[2] else "\n"

    words = _RTF_WORD.sub("", _RTF_SIGN.sub(shown, _BREAK.sub("", text)))
    return _BRACE.sub("", words.replace("}}", " "))


def _folded(text: str) -> str:
    return _FOLD.sub("", text)


# For each kind of file, what undoes its escapes.
_READ: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {".css": _css, ".ics": _folded, ".json": _json, ".geojson": _json, ".topojson": _json,
     ".rtf": _rtf}
)  # fmt: skip
TEXTS = frozenset(
    (".csv", ".tsv", ".txt", ".text", ".json", ".geojson", ".topojson", ".ics", ".vtt", ".srt",
     ".yaml", ".yml", ".log", ".rtf", ".css", ".tex", ".bib", ".rst", ".jsonl", ".ndjson", ".prj",
     ".cpg", ".po")
)  # fmt: skip

_TABLES = frozenset((".csv", ".tsv", ".json", ".geojson"))


def inspect_text(source: FileToInspect, findings: Findings) -> None:
    """Inspect a text file; raises `InspectionError` if it is not text."""
    read = _READ.get(source.ending)
    table = _Table(source.ending) if source.ending in _TABLES else None
    for text, line, start in _pieces(source):
        if table is not None:
            table.add(text[start:])
        if source.ending == ".rtf" and _RTF_INSIDE.search(text):
            raise InspectionError(
                "contains another file, which cannot be inspected", "Save it as PDF."
            )
        findings.add(read(text) if read is not None else text, line)
    if table is not None:
        findings.add_table(table.people())


class _Table:
    """The rows of a table that is read in pieces; an incomplete row waits for its rest."""

    def __init__(self, ending: str) -> None:
        self._is_json, self._delimiter = ending not in (".csv", ".tsv"), ""
        self._waiting: list[str] = []
        self._people = People()

    def add(self, text: str) -> None:
        end = 0 if self._is_json else text.rfind("\n") + 1
        self._waiting.append(text[:end] if end else text)
        if end:
            self._read()
            self._waiting.append(text[end:])

    def people(self) -> People:
        self._read()
        return self._people

    def _read(self) -> None:
        text = "".join(self._waiting)
        self._waiting.clear()
        self._delimiter = self._delimiter or delimiter_of(text)
        for row in rows_of_json(text) if self._is_json else rows_of_csv(text, self._delimiter):
            self._people.add(row)


def _pieces(source: FileToInspect) -> Iterator[tuple[str, int, int]]:
    """The text in overlapping pieces, each with its first line number and the overlap's length."""
    before, line, carried = "", 1, b""
    source.file.seek(0)
    start = source.file.read(_PIECE)
    encoding = _encoding(start)
    decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
    data = start
    while data:
        more = source.file.read(_PIECE)
        if decoder is not None:
            text = decoder.decode(data, not more)
        else:
            data, carried = _cut(carried + data, bool(more))
            text = _decoded(data)
        if _NO_TEXT.search(text):
            raise InspectionError("is not a text file, although its name says so")
        piece = before + text
        yield piece, line, len(before)
        overlap = piece[-_OVERLAP:]
        line += piece.count("\n") - overlap.count("\n")
        before, data = overlap, more


def _encoding(start: bytes) -> str:
    """Return the encoding by a byte order mark or by zero bytes at every other place, else ""."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    sample = start[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 > len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _cut(data: bytes, has_more: bool) -> tuple[bytes, bytes]:
    """Split the data after its last whole line, or else after its last whole character."""
    at = data.rfind(b"\n") + 1 if has_more else len(data)
    if at:
        return data[:at], data[at:]
    at = len(data)
    while at and data[at - 1] & 0xC0 == 0x80 and len(data) - at < 3:
        at -= 1
    return data[: max(at - 1, 0)], data[max(at - 1, 0) :]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
