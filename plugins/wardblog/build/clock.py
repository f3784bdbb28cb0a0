"""The only clock: the time in the ward, which the build's environment can set."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from wardblog.content.header.fields import LONDON
from wardblog.problems import UsageError

# The last second of the year 9999, with which calendars end.
_LATEST = 253_402_300_799


def now() -> datetime:
    """The moment of `SOURCE_DATE_EPOCH` if it is set, as reproducible builds do, else now.

    Raises `UsageError` for anything but a whole number of seconds.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(LONDON)
    if not (epoch.isascii() and epoch.isdecimal() and len(epoch) <= 12 and int(epoch) <= _LATEST):
        raise UsageError(
            f"SOURCE_DATE_EPOCH={epoch[:20]} is no moment",
            "It counts the seconds since 1970. Take it out of the environment.",
        )
    return datetime.fromtimestamp(int(epoch), UTC).astimezone(LONDON)


def today() -> date:
    """The day of `now`."""
    return now().date()
