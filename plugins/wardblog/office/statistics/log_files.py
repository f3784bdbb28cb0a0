"""Reads the bytes of log files, plain or compressed, in blocks of whole lines.

Nothing in a file makes this use much memory: a line that is too long is passed over.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, cast

from wardblog.office.statistics.gzip_stream import MAGIC, GzipStream

_BLOCK = 1 << 18
# No line of a log is as long as that; longer ones count as broken.
LONGEST_LINE = 1 << 16
# By so many lines a format is recognised, within so many bytes.
_ENOUGH, _LONGEST_START = 20, 1 << 23
# A file without a line end in so many bytes is not a log.
_NO_LOG = 1 << 26
# What comes in place of a line that is too long.
TOO_LONG = b"\0"
STANDARD_INPUT = Path("-")


class LogFile:
    """One file. After its lines were read, `fault` says what was wrong with it, if anything."""

    def __init__(self, path: Path) -> None:
        """Read the beginning, by which the format is recognised. Raises `OSError`."""
        self.path, self.fault = path, ""
        self._kept: IO[bytes] | None = None
        with ExitStack() as stack:
            stream = _open(path, stack)
            self.start = self._read(stream, LONGEST_LINE)
            while len(self.first_lines) < _ENOUGH and len(self.start) < _LONGEST_START:
                if not (more := self._read(stream, _BLOCK)):
                    break
                self.start += more
            if not path.is_file():  # a pipe can be read only once
                self._kept = stream
                stack.pop_all()
        if self.start:  # what is wrong further on is found when the lines are read
            self.fault = ""

    @property
    def first_lines(self) -> list[bytes]:
        """Those that are not too long."""
        return [line for line in self.start.split(b"\n") if len(line) <= LONGEST_LINE]

    def blocks(self) -> Iterator[list[bytes]]:
        """The lines, without their ends, in blocks of some thousands."""
        with ExitStack() as stack:
            if self._kept is not None:
                yield from self._lines(self.start, self._kept)
                return
            try:
                stream = _open(self.path, stack)
            except OSError as error:  # it was moved meanwhile
                self.fault = _cut_short(error)
            else:
                yield from self._lines(b"", stream)

    def _lines(self, block: bytes, stream: IO[bytes]) -> Iterator[list[bytes]]:
        """A last line without its end may be still being written: it is read as well."""
        rest, passed = b"", 0
        while block := block or self._read(stream, _BLOCK):
            head, end, tail = block.rpartition(b"\n")
            if end:
                lines = (rest + head).split(b"\n")
                if passed:
                    lines[0], passed = TOO_LONG, 0
                yield lines
                rest = tail
            elif passed or len(rest) + len(block) > LONGEST_LINE:
                passed, rest = passed + len(rest) + len(block), b""
            else:
                rest += block
            if passed > _NO_LOG:
                self.fault = "It has a line of more than 64 MB, so it is not a log."
                return
            block = b""
        if passed or rest:
            yield [TOO_LONG if passed else rest]

    def _read(self, stream: IO[bytes], size: int) -> bytes:
        try:
            return stream.read(size)
        except zlib.error:
            self.fault = "It is damaged or incomplete. What comes before the damage was counted."
        except OSError as error:
            self.fault = _cut_short(error)
        return b""


def _cut_short(error: OSError) -> str:
    return f"It cannot be read to its end: {error.strerror}. What comes before was counted."


def _open(path: Path, stack: ExitStack) -> IO[bytes]:
    """A file to read from its beginning, unpacked if it is compressed. Raises `OSError`."""
    is_piped = path == STANDARD_INPUT
    stream: Any = sys.stdin.buffer if is_piped else stack.enter_context(path.open("rb"))
    if stream.peek(2)[:2] == MAGIC:
        stream = GzipStream(stream)
    return cast("IO[bytes]", stream)
