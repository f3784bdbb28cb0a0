"""Reads the times in logs, which are the most expensive part of a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

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

    Raises `ValueError` for what is not a time.
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
    if len(written) != 23:
        raise ValueError("no time")
    return _apache_day(written[:11], written[-5:]) + _since_midnight(written[12:14], written[15:17])


@lru_cache(maxsize=100)
def _apache_day(day: bytes, zone: bytes) -> int:
    """The midnight with which a day begins in a time zone."""
    month = _MONTHS.get(day[3:6])
    if month is None or zone[:1] not in b"+-" or not zone[1:].isdigit():
        raise ValueError("no day")
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    local = timezone(-offset if zone[:1] == b"-" else offset)
    return int(datetime(int(day[7:]), month, int(day[:2]), tzinfo=local).timestamp())


def iso_minute(written: bytes) -> int:
    """The minute of `2026-11-22\\t09:15`, which is universal time."""
    return _iso_day(written[:10]) + _since_midnight(written[11:13], written[14:16])


@lru_cache(maxsize=100)
def _iso_day(day: bytes) -> int:
    moment = datetime(int(day[:4]), int(day[5:7]), int(day[8:]), tzinfo=UTC)
    return int(moment.timestamp())


def _since_midnight(hours: bytes, minutes: bytes) -> int:
    hour, minute = int(hours), int(minutes)
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError("no time of day")
    return hour * 3_600 + minute * 60
