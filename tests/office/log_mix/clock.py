"""When people visit: by the hour of the day, the day of the week, and after news."""

from __future__ import annotations

from itertools import accumulate
from math import exp
from random import Random
from typing import Final

from .hits import DAY, DAYS, START
from .site import NEWSLETTER, PUBLISHED

# How many people visit in each hour from midnight, and on each day from Monday.
_HOURS: Final = (
    *(10, 5, 3, 2, 2, 5, 18, 42, 58, 60, 58, 57),
    *(66, 60, 54, 52, 55, 62, 70, 82, 92, 88, 62, 28),
)
_WEEKDAYS: Final = (1.0, 1.05, 1.0, 1.05, 0.9, 0.72, 0.85)


def _weight(hour: int) -> float:
    day = hour / 24
    news = sum(0.9 * exp(1.4 * (when - day)) for when in PUBLISHED if day >= when)
    return _HOURS[hour % 24] * _WEEKDAYS[hour // 24 % 7] * (1 + news)


_WEIGHTS: Final = tuple(accumulate(_weight(hour) for hour in range(24 * DAYS)))
_NUMBERS: Final = range(24 * DAYS)


def moment_of_people(chance: Random) -> float:
    """Return a time at which a person visits."""
    hour = chance.choices(_NUMBERS, cum_weights=_WEIGHTS)[0]
    return START + hour * 3600 + chance.random() * 3600


def moment_of_machines(chance: Random) -> float:
    """Return a time at which a machine visits: any."""
    return START + chance.random() * DAYS * DAY


def moment_after_newsletter(chance: Random) -> float:
    """Return when a person follows a link of the newsletter: soon, or by day."""
    time = NEWSLETTER + 60 + chance.expovariate(1 / (9 * 3600))
    hour = (time - START) / 3600 % 24
    return time + chance.uniform(6, 9) * 3600 if 0.5 < hour < 6 else time
