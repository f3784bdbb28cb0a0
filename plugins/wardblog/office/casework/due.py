"""Working days: without weekends and the bank holidays of a nation."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta

from wardblog.problems import CommandError
from wardblog.support.extras import install_hint

_SATURDAY = 5


def due_after(day: date, working_days: int, nation: str) -> date:
    """The last of so many working days that follow a day.

    `nation` is ENG, WLS, SCT or NIR. Raises `CommandError` if the bank holidays are not installed.
    """
    holidays = bank_holidays(nation)
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, holidays)
    return day


def is_working_day(day: date, holidays: Container[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def bank_holidays(nation: str) -> Container[date]:
    """The bank holidays of a nation in all years; raises `CommandError`."""
    # late import: see docs/architecture.md
    try:
        from holidays import country_holidays
    except ImportError:
        raise CommandError(
            "The calendar of bank holidays is not installed", install_hint("casework")
        ) from None
    return country_holidays("GB", subdiv=nation)
