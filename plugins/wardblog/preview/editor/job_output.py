"""Reads what a command writes, as it comes, and finds its messages in it."""

from __future__ import annotations

import os
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, TypeAlias

from wardblog.support import channel
from wardblog.support.channel import Message, read_message
from wardblog.support.visible import escape_controls

# Bytes of the output by stream, 0 or 1; no bytes are the end of it. None is a request to stop.
Parts: TypeAlias = "SimpleQueue[tuple[int, bytes] | None]"
_CHUNK = 65_536


def read_stream(parts: Parts, number: int, stream: IO[bytes]) -> None:
    """Read a stream to its end, and hand over what it brings."""
    with stream, suppress(OSError, ValueError):
        while part := os.read(stream.fileno(), _CHUNK):
            parts.put((number, part))
    parts.put((number, b""))


class OutputLines:
    """The messages in what the two streams of a process bring."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._begun = [b"", b""]

    def read(self, number: int, data: bytes) -> list[Message]:
        """The messages that are complete; the end of a stream, no data, completes the last."""
        *whole, self._begun[number] = (self._begun[number] + data).split(b"\n")
        if not data and self._begun[number]:
            whole.append(self._begun[number])
        return [self._message(number, line.decode("utf-8", "replace")) for line in whole]

    def _message(self, number: int, line: str) -> Message:
        found = read_message(line, self._word) if number == 0 else None
        kind = channel.ERROR if number else channel.SAY
        return found or Message(kind, escape_controls(line.rstrip("\r")))
