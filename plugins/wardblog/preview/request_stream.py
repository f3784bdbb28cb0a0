"""The bytes of a request, limited in time and size."""

from __future__ import annotations

import io
import socket
import time

# How long a browser may take for a request, in seconds, and how many bytes its lines may have.
TIMEOUT = 15.0
MOST_BYTES = 32_768


class RequestStream(io.RawIOBase):
    """What a browser sends; `start_request` restarts the time and the count.

    The time limit is for the whole request, so sending single bytes slowly does not extend it.
    """

    def __init__(self, connection: socket.socket, timeout: float, most: int = MOST_BYTES) -> None:
        self._connection, self._timeout, self._most = connection, timeout, most
        self.start_request()

    def start_request(self) -> None:
        self._end = time.monotonic() + self._timeout
        self._left = self._most

    def allow(self, length: int, seconds: float) -> None:
        """Accept a body of this many bytes, which may take some more seconds."""
        self._left += length
        self._end += seconds

    def end_within(self, length: int, seconds: float) -> None:
        """Accept a body of this many bytes, but only for some seconds from now."""
        self._left += length
        self._end = min(self._end, time.monotonic() + seconds)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Raises `TimeoutError` for a request that takes too long or is too long."""
        rest = self._end - time.monotonic()
        if rest <= 0 or self._left <= 0:
            raise TimeoutError
        self._connection.settimeout(rest)
        count = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._connection.settimeout(self._timeout)  # for the response
        self._left -= count
        return count
