"""Unpacks a gzip file so that all that comes before some damage can be read."""

from __future__ import annotations

import zlib
from contextlib import suppress
from typing import IO

MAGIC = b"\x1f\x8b"
_BLOCK = 1 << 16
# What zlib calls a gzip header.
_WITH_HEADER = 16 + zlib.MAX_WBITS


class GzipStream:
    """The contents of a gzip file of one or several members; rubbish after them is passed over."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._member = zlib.decompressobj(_WITH_HEADER)
        self._waiting = b""  # not unpacked yet
        self._fault: Exception | None = None
        self._is_over = False

    def read(self, size: int) -> bytes:
        """Some bytes, at most `size`; none at the end.

        Where it is damaged or cut off, raises `zlib.error`, once all before that has been read.
        """
        while not self._is_over:
            if self._fault:
                raise self._fault
            if self._member.eof:
                self._next_member()
                continue
            self._waiting = self._waiting or self._packed.read(_BLOCK)
            at_end = not self._waiting
            found = self._unpack(size)
            if found:
                return found
            if at_end:
                self._fault = zlib.error("cut off")
        return b""

    def _unpack(self, size: int) -> bytes:
        before = self._member.copy()
        try:
            found = self._member.decompress(self._waiting, size)
        except zlib.error as error:
            self._fault = error
            return _before_damage(before, self._waiting)
        self._waiting = self._member.unconsumed_tail or self._member.unused_data
        return found

    def _next_member(self) -> None:
        rest = self._waiting.lstrip(b"\0")
        while len(rest) < len(MAGIC) and (more := self._packed.read(_BLOCK)):
            rest = (rest + more).lstrip(b"\0")
        self._is_over = not rest.startswith(MAGIC)
        self._waiting, self._member = rest, zlib.decompressobj(_WITH_HEADER)


def _before_damage(member: zlib._Decompress, packed: bytes) -> bytes:
    """What can be unpacked of this, byte by byte: with more at once, all of it would be lost."""
    found = bytearray()
    with suppress(zlib.error):
        for at in range(len(packed)):
            found += member.decompress(packed[at : at + 1])
    return bytes(found)
