"""Decodes text files in the encodings that councillors use, and removes control characters."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from html import unescape
from pathlib import Path

from wardblog.report import ParseError, Report
from wardblog.support.late_regex import late_regex
from wardblog.support.private_files import ordinary_bytes

# Characters that XML 1.0 forbids or discourages (https://www.w3.org/TR/xml/#charsets), since feeds
# and sitemaps are XML; and U+FFFD, which replaces a lost character.
_NOT_XML = late_regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
# Marks that nobody sees, or that turn the direction of what follows (UAX #9, 2.1 to 2.5).
_UNSEEN = late_regex("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_REFERENCE = late_regex(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")


def refuse_other_formats(data: bytes, remedy: str) -> None:
    """Raise `ParseError` for a file that is not text, such as a PDF."""
    for start, kind in _FORMATS:
        if data.startswith(start):
            raise ParseError(f"this is {kind}, despite its name", remedy)
    start = data[:1000]
    # A single zero byte is just a control character; UTF-16 text has one in every letter.
    if start.count(0) * 10 > len(start) and not _utf16_of(data):
        raise ParseError("this is not a text file", remedy)


def decode_utf8(data: bytes) -> str:
    """Decode UTF-8 with or without a byte order mark; line ends become `\\n`.

    Raises `ParseError` with the line of the first invalid byte.
    """
    data = data.removeprefix(BOM_UTF8)
    try:
        # Lone surrogates, which some programs write, are removed later, with a warning.
        text = data.decode(errors="surrogatepass")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ParseError("this file is not saved as UTF-8 text", _SAVE_AGAIN, line) from None
    return _plain_ends(text)


def _plain_ends(text: str) -> str:
    """Return the text with every line end as `\\n`, including those copied from word processors."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else text.replace("\u2028", "\n").replace("\u2029", "\n")


def _utf16_of(data: bytes) -> str:
    """Return the codec of UTF-16 text, with or without a byte order mark; "" for other text."""
    if data.startswith(_UTF16):
        return "utf-16"
    even, odd = data[:1000:2].count(0), data[1:1000:2].count(0)
    half = len(data[:1000]) // 2
    if min(even, odd) * 10 <= half < max(even, odd) * 2:
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """The byte order mark and the codec with which a file's text is read; "utf-8" if it is empty.

    The rest of the file may still not be text in that encoding.
    """
    if encoding := _utf16_of(data):
        if encoding != "utf-16":
            return b"", encoding
        return data[:2], "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"
    mark = data[:3] if data.startswith(BOM_UTF8) else b""
    try:
        data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        return b"", "cp1252"
    return mark, "utf-8"


def _decode(data: bytes, report: Report) -> str:
    """Decode UTF-8 or, with a message, UTF-16 or Windows-1252; raises `ParseError`."""
    if encoding := _utf16_of(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise ParseError(
                "this file is damaged: only part of it is UTF-16 text", _SAVE_AGAIN
            ) from None
        report.note(None, "this file is saved as UTF-16 and was read as such", _SAVE_AGAIN)
        return _repaired(_plain_ends(text), report)
    try:
        return _repaired(decode_utf8(data), report)
    except ParseError:
        try:
            text = _plain_ends(data.decode("cp1252"))
        except UnicodeDecodeError:
            text = ""
        if not text:
            raise
    text = _repaired(text, Report(""))
    odd_words = (
        (number, word)
        for number, line in enumerate(text.split("\n"), 1)
        for word in re.split(r"[ \t]+", line)
        if not word.isascii()
    )
    line, word = next(odd_words, (None, ""))
    report.warn(
        line,
        f'this file is not saved as UTF-8 and was read as Windows-1252: "{word[:40]}"',
        "Check that this is right. " + _SAVE_AGAIN,
    )
    return text


def _repaired(text: str, report: Report) -> str:
    """Return the text with its encoding repaired, if it was saved in the wrong one."""
    if text.isascii():
        return text
    # late import: see docs/architecture.md
    from wardblog.text.mojibake import repair_mojibake

    return repair_mojibake(text, report)


def decode_table(data: bytes) -> str:
    """Decode a spreadsheet: UTF-8 or UTF-16, with or without a byte order mark, or Windows-1252."""
    if encoding := _utf16_of(data):
        return data.decode(encoding, errors="replace")
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


_SAVE_AGAIN = "Open the file in your editor and save it again with the encoding UTF-8."
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# First bytes of files from word processors and spreadsheet programs.
_FORMATS = (
    (b"PK\x03\x04", "a word processor or spreadsheet file"),
    (b"\xd0\xcf\x11\xe0", "a word processor or spreadsheet file"),
    (b"{\\rtf", "a word processor file (RTF)"),
    (b"%PDF", "a PDF"),
)
_AS_TEXT = "Save it as plain text, with the encoding UTF-8."


_ENTITY = late_regex(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def without_entities(words: str) -> str:
    """Decode HTML entities such as `&amp;` or `&#163;` in plain text, once.

    For text that is shown as it is; check it for harmful code only afterwards.
    """
    if "&" not in words or ";" not in words:
        return words
    plain = _ENTITY.sub(lambda entity: unescape(entity[0]), words)
    return words if plain == words else clean(re.sub("[\\s\u00a0]+", " ", plain)).strip()


def clean(text: str) -> str:
    """Return the text without characters that XML forbids, and without references to them."""
    return _NOT_XML.sub("", _REFERENCE.sub(_kept, text) if "&#" in text else text)


def clean_name(text: str) -> str:
    """Return a name in one line, without marks that are not seen or that turn its direction."""
    return " ".join(_UNSEEN.sub("", clean(text)).split())


def _kept(reference: re.Match[str]) -> str:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    is_shown = 0x80 <= number < 0xA0  # HTML takes these as Windows-1252
    if is_shown or (number <= 0x10FFFF and not _NOT_XML.match(chr(number))):
        return reference[0]
    return ""


def without_controls(text: str, report: Report, first_line: int = 1) -> str:
    """Return the text without characters that XML forbids; reports each line that had one."""
    cleaned = clean(text)
    if cleaned == text:
        return text
    for offset, line in enumerate(text.split("\n")):
        if clean(line) != line:
            report.warn(first_line + offset, _left_out(line), _RETYPE)
    return cleaned


def _left_out(line: str) -> str:
    if found := _NOT_XML.search(line):
        kind = (
            "a character that another program could not convert"
            if found[0] == "\ufffd"
            else ("an invisible control character")
        )
        return f"{kind} (U+{ord(found[0]):04X}) was left out"
    found = next(m for m in _REFERENCE.finditer(line) if not _kept(m))
    return f'"{found[0]}", which is not a character that can be shown, was left out'


_RETYPE = "It was probably copied with other text; delete it and type the words again."


def read_utf8(path: Path, report: Report) -> str | None:
    """Return a file's text, or None with the problem reported."""
    try:
        data = ordinary_bytes(path)
    except OSError as error:
        report.stop(None, f"this file cannot be read: {error.strerror}")
        return None
    return text_of(data, report)


def text_of(data: bytes, report: Report) -> str | None:
    """The text of a file's bytes, or None with the problem reported."""
    try:
        refuse_other_formats(data, _AS_TEXT)
        text = _decode(data, report)
    except ParseError as error:
        report.parse_error(error)
        return None
    return without_controls(text, report)
