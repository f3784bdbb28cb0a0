"""The bytes of an XML file as a parser can read them, with the usual faults of exports repaired.

Only what can mean one thing is changed: control characters, bytes that are not UTF-8, a bare `&`,
and names such as `&nbsp;` that XML does not know. A file that declares entities of its own is
refused, since they could read other files or fill the memory.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from io import RawIOBase
from typing import BinaryIO

from wardblog.problems import CommandError
from wardblog.scaffold.old_blog.exports.left_out import LeftOut
from wardblog.support.late_regex import late_regex
from wardblog.text.words import counted

_CHUNK = 1 << 18
_DELETED = bytes(number for number in range(32) if number not in (9, 10, 11, 12, 13))
# A vertical tab or a form feed is a line end in a word processor.
_SPACED = bytes.maketrans(b"\x0b\x0c", b"  ")
_DECLARATION = late_regex(r"<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_BEFORE_ROOT = late_regex(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_NOT_XML = late_regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AMPERSAND = late_regex(
    r"&(?!(?:lt|gt|amp|quot|apos);)(?:#(\d{1,7});|#x([0-9a-fA-F]{1,6});|([A-Za-z]\w{1,31};))?"
)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
# What is looked for may be cut in two by the end of a chunk; none of it is longer.
_LONGEST = 48
_BEGINS = late_regex(r"[&<\]]")


class XmlBytes(RawIOBase):
    """A stream of UTF-8 for a parser; `left_out` hears what was repaired, when it has ended."""

    def __init__(self, stream: BinaryIO, shown: str, left_out: LeftOut) -> None:
        self._parts = self._repaired(stream)
        self._shown, self._left_out = shown, left_out
        self._ready = b""
        self._in_cdata = False
        self._controls = self._bytes = self._ampersands = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._ready:
            if (part := next(self._parts, None)) is None:
                return b""
            self._ready = part
        size = len(self._ready) if size < 0 else size
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def _repaired(self, stream: BinaryIO) -> Iterator[bytes]:
        kept = ""
        for text in self._texts(stream):
            text = kept + text
            cut = _BEGINS.search(text, max(len(text) - _LONGEST, 0))
            end = len(text[: cut.start()].rstrip("]")) if cut else len(text)
            kept = text[end:]
            yield self._encoded(self._without_ampersands(text[:end]))
        yield self._encoded(self._without_ampersands(kept))
        self._report()

    def _texts(self, stream: BinaryIO) -> Iterator[str]:
        """The text in pieces, from its first character, without the XML declaration's encoding."""
        data = stream.read(_CHUNK)
        encoding = self._encoding(data)
        decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
        is_wide = encoding.startswith("utf-16")
        text = decoder.decode(data if is_wide else self._without_controls(data))
        text = text.lstrip("\ufeff \t\r\n")
        self._refuse_declarations(text)
        yield re.sub(r"^<\?xml\b.*?\?>", "", text, count=1, flags=re.DOTALL)
        while data := stream.read(_CHUNK):
            yield decoder.decode(data if is_wide else self._without_controls(data))
        yield decoder.decode(b"", final=True)

    def _encoding(self, data: bytes) -> str:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        found = _DECLARATION.search(data[:400].decode("latin-1"))
        name = found[1] if found else "utf-8"
        try:
            b"<".decode(name, "replace")
        except LookupError:
            raise CommandError(
                f'{self._shown}:1: the encoding "{name}" is not known', "Save it again as UTF-8."
            ) from None
        # A file that can be searched for these letters is not in UTF-16, whatever it says.
        return "utf-8" if name.casefold().startswith(("utf-16", "utf16")) else name.casefold()

    def _without_controls(self, data: bytes) -> bytes:
        cleaned = data.translate(_SPACED, _DELETED)
        spaced = data.count(b"\x0b") + data.count(b"\x0c")
        self._controls += len(data) - len(cleaned) + spaced
        return cleaned

    def _refuse_declarations(self, text: str) -> None:
        start = _BEFORE_ROOT.match(text)
        root = text[start.end() :] if start else text
        if root[:9].upper() == "<!DOCTYPE" and "[" in root[: root.find(">") % len(root)]:
            raise CommandError(
                f"{self._shown}: this file declares entities, which no export of a blog does",
                "Export the blog again.",
            )

    def _without_ampersands(self, text: str) -> str:
        """The text with each `&` outside CDATA sections as XML wants it."""
        done, at = [], 0
        while at < len(text):
            mark = _CDATA_END if self._in_cdata else _CDATA
            found = text.find(mark, at)
            end = len(text) if found < 0 else found + len(mark)
            piece = text[at:end]
            if not self._in_cdata and "&" in piece:
                piece = _AMPERSAND.sub(self._reference, piece)
            done.append(piece)
            self._in_cdata ^= found >= 0
            at = end
        return "".join(done)

    def _reference(self, match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        if decimal or hexadecimal:
            number = int(decimal) if decimal else int(hexadecimal, 16)
            if number > 0x10FFFF or _NOT_XML.match(chr(number)):
                self._controls += 1
                return ""
            return match[0]
        if meant := html5.get(name or ""):
            return "".join(f"&#{ord(sign)};" for sign in meant)
        self._ampersands += 1
        return f"&amp;{match[0][1:]}"

    def _encoded(self, text: str) -> bytes:
        if "\ufffe" not in text and "\uffff" not in text:
            try:
                return text.encode()
            except UnicodeEncodeError:
                pass
        return _NOT_XML.sub(self._sign, text).encode()

    def _sign(self, match: re.Match[str]) -> str:
        """What a byte means that is not UTF-8: the character it is on Windows, if any."""
        number = ord(match[0])
        if 0xDC80 <= number <= 0xDCFF:
            self._bytes += 1
            return bytes((number - 0xDC00,)).decode("cp1252", "ignore")
        self._controls += 1
        return ""

    def _report(self) -> None:
        add = self._left_out.add
        add(f"invisible control character in {self._shown}",
            f"invisible control characters in {self._shown}", self._controls)  # fmt: skip
        if self._bytes:
            self._left_out.say(
                f"{self._shown} is not all saved as UTF-8: some of it was read as Windows-1252 "
                f"({counted(self._bytes, 'letter')})"
            )
        if self._ampersands:
            self._left_out.say(
                f"{self._shown} is not valid XML: a lone & was read as the character itself "
                f"({counted(self._ampersands, 'time')})"
            )
