"""Parses GIF, PNG and WebP into blocks, to count frames and to remove metadata.

Animations are never decoded and encoded again: only blocks that are needed to draw are copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# https://www.w3.org/TR/png-3/#11Chunks, without text, time, EXIF and profiles, which may name a
# person or a machine.
_PNG = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"bKGD", b"pHYs",
     b"acTL", b"fcTL", b"fdAT")
)  # fmt: skip
# https://developers.google.com/speed/webp/docs/riff_container
_WEBP = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"))
# In the flags of VP8X: there is a profile, there is EXIF, there is XMP.
_SAYS_MORE = 0x20 | 0x08 | 0x04
# How often a GIF is shown again; https://www.vurdalakov.net/misc/gif/netscape-looping-application-extension
_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")

# Segments of a JPEG that are needed to draw it: frames, tables, scans and restarts.
_JPEG = frozenset(bytes((n,)) for n in (*range(0xC0, 0xC8), *range(0xC9, 0xD0), *range(0xDA, 0xDE)))
# What Adobe says about the colours; and JFIF 1.2, square pixels, without a small copy.
_ADOBE, _ADOBE_LENGTH = b"Adobe", 12
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"
_END = b"\xff\xd9"
# The end of the coded pixels: a marker that is neither a zero after 255 nor a restart.
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


class TruncatedError(ValueError):
    """The file ends before the picture does."""


class ContainerParts(NamedTuple):
    """The number of frames, and the file without what is not needed to draw them."""

    frames: int
    stripped: bytes


class _Bytes:
    """Reads bytes in order; raises `TruncatedError` if there are too few."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def is_over(self) -> bool:
        return self._at >= len(self._data)

    def take(self, count: int) -> bytes:
        found = self._data[self._at : self._at + count]
        if len(found) < count:
            raise TruncatedError
        self._at += count
        return found

    def take_until(self, pattern: re.Pattern[bytes]) -> bytes:
        """Return all that is before a match; the rest if there is none."""
        found = pattern.search(self._data, self._at)
        return self.take((found.start() if found else len(self._data)) - self._at)

    def number(self, count: int) -> tuple[bytes, int]:
        """Return bytes, and their value as a little-endian number."""
        found = self.take(count)
        return found, int.from_bytes(found, "little")

    def blocks(self) -> bytes:
        """Return GIF sub-blocks of up to 255 bytes, up to an empty one."""
        found: list[bytes] = []
        while not found or found[-1] != b"\0":
            length = self.take(1)
            found.append(length + self.take(length[0]))
        return b"".join(found)


def parse_container(kind: str, data: bytes) -> ContainerParts:
    """Parse a GIF, PNG or WebP; other kinds count as one frame. Raises `TruncatedError`."""
    if kind == "GIF":
        parts = list(_gif(_Bytes(data)))
        return ContainerParts(sum(part[:1] == b"," for part in parts), b"".join(parts))
    if kind == "PNG":
        chunks = list(_png(_Bytes(data)))
        control = next((c for c in chunks if c[4:8] == b"acTL"), b"")
        return ContainerParts(
            max(1, int.from_bytes(control[8:12], "big")), data[:8] + b"".join(chunks)
        )
    if kind == "WebP":
        chunks = list(_webp(_Bytes(data)))
        body = b"WEBP" + b"".join(chunks)
        frames = sum(chunk[:4] == b"ANMF" for chunk in chunks)
        return ContainerParts(max(1, frames), b"RIFF" + len(body).to_bytes(4, "little") + body)
    return ContainerParts(1, b"")


def without_metadata(kind: str, data: bytes) -> bytes:
    """Return a picture that browsers can show, without the metadata that is not needed to draw it.

    A JPEG keeps its colour information and loses all comments. Raises `TruncatedError`.
    """
    return b"".join(_jpeg(_Bytes(data))) if kind == "JPEG" else parse_container(kind, data).stripped


def _jpeg(data: _Bytes) -> Iterator[bytes]:
    """https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B; nothing after the end is copied.

    A second picture after the first, such as that of a stereo camera, is left out as well.
    """
    yield data.take(2)
    while (sign := data.take(1)) == b"\xff":
        while (marker := data.take(1)) == b"\xff":
            continue
        if marker == _END[1:]:
            break
        length = data.take(2)
        content = data.take(max(0, int.from_bytes(length, "big") - 2))
        if marker in _JPEG:
            yield sign + marker + length + content
        elif marker == b"\xe0" and content.startswith(b"JFIF\0"):
            yield _JFIF
        elif marker == b"\xee" and content.startswith(_ADOBE) and len(content) == _ADOBE_LENGTH:
            yield sign + marker + length + content
        if marker == b"\xda":
            yield data.take_until(_MARKER)
            if data.is_over:  # browsers draw it all the same
                break
    yield _END


def _gif(data: _Bytes) -> Iterator[bytes]:
    """https://www.w3.org/Graphics/GIF/spec-gif89a.txt"""
    yield data.take(6)
    screen = data.take(7)
    yield screen + data.take(_colours(screen[4]))
    # Browsers do not show anything after the last valid frame either.
    while not data.is_over and (sign := data.take(1)) in b",!\0":
        if sign == b",":
            frame = data.take(9)
            yield sign + frame + data.take(_colours(frame[8])) + data.take(1) + data.blocks()
        elif sign == b"!":
            label = data.take(1)
            blocks = data.blocks()
            if label == b"\xf9" or (label == b"\xff" and blocks.startswith(_LOOPS)):
                yield sign + label + blocks
    yield b";"


def _colours(flags: int) -> int:
    """Return the size of a colour table in bytes."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _png(data: _Bytes) -> Iterator[bytes]:
    data.take(8)
    name = b""
    while name != b"IEND":
        length, name = data.take(4), data.take(4)
        chunk = length + name + data.take(int.from_bytes(length, "big") + 4)
        if name in _PNG:
            yield chunk


def _webp(data: _Bytes) -> Iterator[bytes]:
    _, size = data.take(4), data.number(4)[1]
    inside = _Bytes(data.take(size))
    inside.take(4)
    while not inside.is_over:
        name, (length, size) = inside.take(4), inside.number(4)
        content = inside.take(size)
        padding = b"" if size % 2 == 0 or inside.is_over else inside.take(1)
        if name == b"VP8X" and content:
            content = bytes((content[0] & ~_SAYS_MORE, *content[1:]))
        if name in _WEBP:
            yield name + length + content + padding
