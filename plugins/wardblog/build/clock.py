"""The only clock: the time in the ward, which the build's environment can set."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from wardblog.problems import Refused
from wardblog.read.fields import LONDON


def today() -> date:
    """The day of `now`."""
    return now().date()


def now() -> datetime:
    """The moment of `SOURCE_DATE_EPOCH` if it is set, as reproducible builds do, else this one.

    Raises `Refused` for a number that is none.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(LONDON)
        except (OverflowError, OSError, ValueError):
            raise Refused(
                f"SOURCE_DATE_EPOCH={epoch[:20]} is no moment",
                "It counts the seconds since 1970. Take it out of the environment.",
            ) from None
    return datetime.now(LONDON)
