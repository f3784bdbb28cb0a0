"""The periods of the newsletter, a month or a week each, and the names of its issues."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta

from wardblog.support.late_regex import late_regex
from wardblog.text.words import long_date, month_year

# `2026-12`, or `2026-w49`; a further issue in the same period has a number.
NAME = late_regex(r"(\d{4})-(?:(\d{2})|w(\d{2}))(?:-(\d{1,3}))?")
# How far ahead an issue looks, by the period.
_AHEAD = {"month": timedelta(weeks=6), "week": timedelta(weeks=2)}


def period_of(every: str, day: date) -> str:
    """`2026-12`, or `2026-w49` in the numbering of ISO 8601, whose weeks begin on a Monday."""
    if every == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-w{week:02}"
    return f"{day.year}-{day.month:02}"


def period_before(every: str, day: date) -> str:
    """The period before the one that a day is in."""
    first = day - timedelta(days=day.weekday()) if every == "week" else day.replace(day=1)
    return period_of(every, first - timedelta(days=1))


def free_name(period: str, used: Container[str]) -> str:
    """The name of the next issue in a period: `2026-12`, or `2026-12-2` if that has been sent."""
    name, number = period, 1
    while name in used:
        number += 1
        name = f"{period}-{number}"
    return name


def words_for(every: str, day: date) -> str:
    """The period of a day, for a title: `November 2026`, or `week of 23 November 2026`."""
    if every == "week":
        return f"week of {long_date(day - timedelta(days=day.weekday()))}"
    return month_year(day.year, day.month)


def a_period_before(every: str, day: date) -> date:
    """The same day a week before, or a month before, or the last day of a shorter month."""
    if every == "week":
        return day - timedelta(days=7)
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def a_period_after(every: str, day: date) -> date:
    """The day of the next issue: a week later, or the same day of the next month, or its last."""
    if every == "week":
        return day + timedelta(days=7)
    first = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def looks_ahead_to(every: str, day: date) -> date:
    """The last day whose dates an issue of this day announces."""
    return day + _AHEAD[every]
