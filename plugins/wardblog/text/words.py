"""Writes dates, times, counts and progress in British English, whatever the computer's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from wardblog.model import Closure, Progress

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: date) -> str:
    """`20 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date, today: date) -> str:
    """`20 November`; with the year, if it is not this year."""
    return long_date(day) if day.year != today.year else f"{day.day} {MONTHS[day.month - 1]}"


def weekday_date(day: date) -> str:
    """`Saturday 5 December 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def days_between(first: date, last: date) -> str:
    """`7 to 9 December 2026`; of one day, its weekday as well."""
    if first == last:
        return weekday_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {long_date(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {long_date(last)}"
    return f"{long_date(first)} to {long_date(last)}"


def month_year(year: int, month: int) -> str:
    """`November 2026`."""
    return f"{MONTHS[month - 1]} {year}"


def clock(moment: datetime) -> str:
    """`6pm` or `6.30pm`, as GOV.UK writes times."""
    if moment.hour == 12 and moment.minute == 0:
        return "midday"
    hour = moment.hour % 12 or 12
    half = "am" if moment.hour < 12 else "pm"
    return f"{hour}.{moment.minute:02}{half}" if moment.minute else f"{hour}{half}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 post`, `2 posts`, `1,000 posts`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def sized(size: int) -> str:
    """`812 bytes`, `9 kB`, `1.4 MB`, in thousands."""
    if size < 1000:
        return counted(size, "byte")
    return f"{size / 1000:,.0f} kB" if size < 999_500 else f"{size / 1e6:,.1f} MB"


# What may come before and after a name.
_STYLES = frozenset(
    ("cllr", "councillor", "cllrs", "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor",
     "rev", "revd", "reverend", "sir", "dame", "lord", "lady", "baroness", "baron", "the", "hon",
     "jr", "jnr", "sr", "snr")
)  # fmt: skip


def initials(name: str) -> str:
    """The initials of a first and a last name: `RS` for `Cllr Robin van der Sample MBE`."""
    words = [word for word in name.split() if word[0].isalpha()]
    own = [w for w in words if w.strip(".,").casefold() not in _STYLES] or words
    # Letters after a name, such as MBE; a name that is all in capitals has none.
    while len(own) > 2 and own[-1].isupper() and not own[0].isupper():
        own.pop()
    return "".join(word[0].upper() for word in (own if len(own) < 2 else (own[0], own[-1])))


def in_sentence(name: str) -> str:
    """A name inside a sentence: `grit bins`; `HMOs`, `A3 noise` and `Lavender Hill` stay."""
    is_ordinary = name.replace("-", "").partition(" ")[0].isalpha() and name[1:].islower()
    return name[:1].lower() + name[1:] if is_ordinary else name


def sentence(text: str) -> str:
    """The text with a full stop, if it has no end of its own."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def degrees(value: float, places: int = 6) -> str:
    """`-0.15602`, never `-1e-05`."""
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def took(days: int) -> str:
    """`after 19 days`, `after 1 day`, `on the same day`."""
    return f"after {counted(days, 'day')}" if days else "on the same day"


def closure_sentence(closure: Closure, today: date) -> str:
    """`Fixed on 28 November, after 19 days`; what is not known is left out.

    What was not possible is never called fixed: `Closed on 28 November: this was not possible`.
    """
    on = f" on {short_date(closure.day, today)}" if closure.day else ""
    if closure.progress is not Progress.FIXED:
        return f"Closed{on}: this was not possible"
    if closure.days is None:
        return f"Fixed{on}"
    return f"Fixed{on}, {took(closure.days) if closure.days else 'the day it was reported'}"


_SINCE = {
    Progress.REPORTED: "Reported{again} on {day}",
    Progress.ACKNOWLEDGED: "Acknowledged{again} on {day}",
    Progress.IN_PROGRESS: "In progress{again} since {day}",
    Progress.FIXED: "Fixed in part on {day}",
    Progress.NOT_POSSIBLE: "Possible only in part, as of {day}",
}


def since_sentence(progress: Progress, day: date, today: date, is_again: bool = False) -> str:
    """`In progress since 3 November`; `is_again` if the matter had been closed before."""
    again = " again" if is_again else ""
    return _SINCE[progress].format(day=short_date(day, today), again=again)


def within(days: int) -> str:
    """`within 19 days`, `within 1 day`, `on the same day`."""
    return f"within {counted(days, 'day')}" if days else "on the same day"


def usually_fixed(days: int, cases: int) -> str:
    """`Usually fixed within 19 days (median of 7 reports)`."""
    return f"Usually fixed {within(days)} (median of {counted(cases, 'report')})"


def counts_of_reports(still_open: int, fixed: int, not_possible: int) -> list[str]:
    """`2 open reports`, `3 fixed`, `1 not possible`, without what is 0; or `all 4 fixed`."""
    if fixed > 1 and not still_open + not_possible:
        return [f"all {fixed:,} fixed"]
    found = [counted(still_open, "open report")] if still_open else []
    found += [f"{fixed:,} fixed"] if fixed else []
    return found + ([f"{not_possible:,} not possible"] if not_possible else [])


def open_for_comment(days: Sequence[date], today: date) -> str:
    """`1 open for comment until 5 December`, from the day of each deadline."""
    first = short_date(min(days), today)
    if len(set(days)) == 1:
        return f"{len(days):,} open for comment until {first}"
    return f"{len(days):,} open for comment, the first until {first}"


def deadlines_ahead(days: Sequence[date], today: date) -> str:
    """`1 deadline on 5 December`, from the day of each."""
    first = short_date(min(days), today)
    on = " on" if len(set(days)) == 1 else ", the first on"
    return f"{counted(len(days), 'deadline')}{on} {first}"
