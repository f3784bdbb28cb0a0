"""The only clock: today's date in the ward, which the build's environment can set."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from wardblog.read.fields import LONDON


def today() -> date:
    """The day of `SOURCE_DATE_EPOCH` if it is set, as reproducible builds do, else today.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(LONDON).date()
    return datetime.now(LONDON).date()
