"""The bytes of a request, as long as they come in good time and are not too many."""

from __future__ import annotations

import io
import socket
import time

# How long a browser may take for a request, in seconds, and how many bytes its lines may have.
PATIENCE = 15.0
MOST_BYTES = 32_768


class RequestStream(io.RawIOBase):
    """What comes from a browser; `expect` begins the time and the count for another request.

    The time is that of the whole request: a trickle of single bytes does not prolong it.
    """

    def __init__(self, connection: socket.socket, patience: float, most: int = MOST_BYTES) -> None:
        self._connection, self._timeout, self._most = connection, patience, most
        self.expect()

    def expect(self) -> None:
        self._end = time.monotonic() + self._timeout
        self._left = self._most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Raises `TimeoutError` for a request that takes too long or is too long."""
        rest = self._end - time.monotonic()
        if rest <= 0 or self._left <= 0:
            raise TimeoutError
        self._connection.settimeout(rest)
        count = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._connection.settimeout(self._timeout)  # for what is sent
        self._left -= count
        return count
