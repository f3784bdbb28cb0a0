"""Reads the raw objects of a PDF, whether or not a page shows them: strings, XMP, photographs.

The syntax is that of ISO 32000-1, 7.2 and 7.3. Objects of earlier versions of the document are
included, since programs append their changes to the file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from wardblog.content.inspection.findings import MOST_BYTES, TOO_LARGE, Findings, InspectionError
from wardblog.photos.inspect import inspect_picture
from wardblog.support.late_regex import late_regex

_OBJECT = late_regex(rb"\d\s+\d+\s+obj\b")
_END = late_regex(rb">>\s*stream\r?\n|\bendobj\b")
_LENGTH = late_regex(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_FILTER = late_regex(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_NAME = late_regex(rb"/(\w+)")
_FILES = late_regex(rb"/EF\s*(?:<<|\d)")
_SIGN = late_regex(rb"\\[\s\S]|[()]|<([0-9A-Fa-f\s]{8,})>")
_ESCAPE = late_regex(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b" ", b"f": b" ", b"\n": b"", b"\r": b"",
            b"\r\n": b""}  # fmt: skip
_TAG = late_regex(r"<[^<>]*>")
_BINARY = late_regex("[\x00-\x08\x0e-\x1f]")
# Longer strings are signatures or colour tables.
_LONGEST = 20_000
LOCATED = "has a photograph in it that says where it was taken"
_TAKE_OUT = "Remove the location from the photograph, and make the PDF again."


class Part(NamedTuple):
    """An object: its dictionary or value, and the bytes of its stream, if it has one."""

    head: bytes
    stream: bytes | None


class Objects:
    """Collects the text in the objects of a PDF; `files` counts the attached files."""

    def __init__(self, findings: Findings, is_locked: bool) -> None:
        self._findings, self._is_locked = findings, is_locked
        self._words: dict[str, None] = {}
        self.files = 0

    def inspect(self, data: bytes) -> None:
        """Inspect the objects; raises `InspectionError` for a photograph with a location."""
        for part in _parts(data):
            self._head(part.head)
            if part.stream is not None:
                self._stream(part.head, part.stream)
        self._findings.add("\n\n".join(self._words))

    def _head(self, head: bytes) -> None:
        self.files += len(_FILES.findall(head))
        if not self._is_locked:
            self._words.update(dict.fromkeys(_strings(head)))

    def _stream(self, head: bytes, stream: bytes) -> None:
        if b"/DCTDecode" in head and b"Exif\0\0" in stream[:70_000]:
            self._photograph(stream)
        if self._is_locked:
            return
        if b"/ObjStm" in head:
            self._head(_unpacked(head, stream))
        elif b"/Metadata" in head:
            self._packet(_unpacked(head, stream))

    def _photograph(self, stream: bytes) -> None:
        picture = inspect_picture(stream)
        if picture.is_located:
            raise InspectionError(LOCATED, _TAKE_OUT)
        self._findings.add("\n\n".join(picture.texts))

    def _packet(self, packet: bytes) -> None:
        is_wide = packet[:2] in (b"\xfe\xff", b"\xff\xfe")
        text = packet.decode("utf-16" if is_wide else "utf-8", "replace")
        if "GPSLatitude" in text:
            raise InspectionError(LOCATED, _TAKE_OUT)
        self._findings.add(unescape(_TAG.sub("\n", text)))


def _parts(data: bytes) -> Iterator[Part]:
    at = 0
    while begins := _OBJECT.search(data, at):
        end = _END.search(data, begins.end())
        if end is None:
            yield Part(data[begins.end() :], None)
            return
        head, at = data[begins.end() : end.start()], end.end()
        if not end[0].startswith(b">>"):
            yield Part(head, None)
            continue
        stop = _stream_end(data, head, at)
        yield Part(head, data[at:stop])
        at = stop


def _stream_end(data: bytes, head: bytes, start: int) -> int:
    length = _LENGTH.search(head)
    stop = start + int(length[1]) if length else -1
    if length and data[stop : stop + 20].lstrip().startswith(b"endstream"):
        return stop
    stop = data.find(b"endstream", start)
    return stop if stop >= 0 else len(data)


def _unpacked(head: bytes, stream: bytes) -> bytes:
    """Decompress a stream; raises `InspectionError` for an unusual filter."""
    used = _FILTER.search(head)
    names = _NAME.findall(used[1]) if used else []
    if not names:
        return stream
    if names not in ([b"FlateDecode"], [b"Fl"]):
        raise InspectionError("is packed in a way that cannot be inspected")
    unpack = zlib.decompressobj()
    try:
        unpacked = unpack.decompress(stream, MOST_BYTES)
    except zlib.error:
        return b""  # no other program can read it either
    if unpack.unconsumed_tail:
        raise InspectionError(TOO_LARGE)
    return unpacked


def _strings(head: bytes) -> Iterator[str]:
    depth = start = 0
    for sign in _SIGN.finditer(head):
        if sign[1] is not None:
            if not depth and len(sign[1]) < _LONGEST:
                yield from _words(bytes.fromhex(_even(sign[1].decode("ascii"))))
        elif sign[0] == b"(":
            depth, start = depth + 1, start if depth else sign.end()
        elif sign[0] == b")" and depth:
            depth -= 1
            if not depth and sign.start() - start < _LONGEST:
                yield from _words(_ESCAPE.sub(_sign, head[start : sign.start()]))


def _even(figures: str) -> str:
    figures = "".join(figures.split())
    return figures if len(figures) % 2 == 0 else f"{figures}0"


def _sign(escape: re.Match[bytes]) -> bytes:
    if escape[1]:
        return bytes((int(escape[1], 8) & 0xFF,))
    return _ESCAPES.get(escape[2], escape[2])


def _words(string: bytes) -> Iterator[str]:
    """Return a PDF string as text, if it is text."""
    if string.startswith((b"\xfe\xff", b"\xff\xfe")):
        text = string.decode("utf-16", "replace")
    elif string.startswith(b"\xef\xbb\xbf"):
        text = string[3:].decode("utf-8", "replace")
    else:
        text = string.decode("latin-1")
    if len(text) > 4 and not _BINARY.search(text):
        yield _TAG.sub(" ", text) if "<" in text else text
