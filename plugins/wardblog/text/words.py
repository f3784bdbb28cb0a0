"""Writes dates, times and counts in British English, whatever the computer's language."""

from __future__ import annotations

from datetime import date, datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: date) -> str:
    """`20 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


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


# What may come before and behind a name.
_STYLES = frozenset(
    ("cllr", "councillor", "cllrs", "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor",
     "rev", "revd", "reverend", "sir", "dame", "lord", "lady", "baroness", "baron", "the", "hon",
     "jr", "jnr", "sr", "snr")
)  # fmt: skip


def initials(name: str) -> str:
    """The initials of a first and a last name: `RS` for `Cllr Robin van der Sample MBE`."""
    words = [word for word in name.split() if word[0].isalpha()]
    own = [w for w in words if w.strip(".,").casefold() not in _STYLES] or words
    # Letters behind a name, such as MBE; a name that is all in capitals has none.
    while len(own) > 2 and own[-1].isupper() and not own[0].isupper():
        own.pop()
    return "".join(word[0].upper() for word in (own if len(own) < 2 else (own[0], own[-1])))


def sentence(text: str) -> str:
    """The text with a full stop, if it has no end of its own."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def degrees(value: float, places: int = 6) -> str:
    """`-0.15602`, never `-1e-05`."""
    return f"{value:.{places}f}".rstrip("0").rstrip(".")
