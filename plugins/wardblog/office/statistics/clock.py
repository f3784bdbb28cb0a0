"""Reads the times in logs, which are the most expensive part of a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

# The seconds of a minute as they are written; a leap second is that before it.
SECONDS = {b"%02d" % second: min(second, 59) for second in range(61)}
_MONTHS = {
    name: number
    for number, name in enumerate(
        (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
         b"Dec"), 1,
    )
}  # fmt: skip
# More than a day of minutes need not be remembered.
_MOST = 2_000


class Minutes(dict[bytes, int]):
    """The beginning of each minute in seconds since 1970, by what the log says.

    Raises `ValueError` for what is no time.
    """

    def __init__(self, read: Callable[[bytes], int]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, written: bytes) -> int:
        if len(self) > _MOST:
            self.clear()
        self[written] = found = self._read(written)
        return found


def apache_minute(written: bytes) -> int:
    """The minute of `22/Nov/2026:09:15 +0100`."""
    zone = written[-5:]
    if len(written) != 23 or zone[:1] not in b"+-" or not zone[1:].isdigit():
        raise ValueError("no time")
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    month = _MONTHS.get(written[3:6])
    if month is None:
        raise ValueError("no month")
    moment = datetime(
        int(written[7:11]), month, int(written[:2]), int(written[12:14]), int(written[15:17]),
        tzinfo=timezone(-offset if zone[:1] == b"-" else offset),
    )  # fmt: skip
    return int(moment.timestamp())


def iso_minute(written: bytes) -> int:
    """The minute of `2026-11-22\\t09:15`, which is universal time."""
    moment = datetime(
        int(written[:4]), int(written[5:7]), int(written[8:10]), int(written[11:13]),
        int(written[14:16]), tzinfo=UTC,
    )  # fmt: skip
    return int(moment.timestamp())
