"""Reads the dates that people and spreadsheets write."""

from __future__ import annotations

import re
from datetime import date, timedelta

from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december")  # fmt: skip
# A time after a day, as spreadsheets add it.
_TIME = late_regex(
    r"(?:[T ,]+| at )\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|Z|[+-]\d\d:?\d\d)?$", 2
)
_ISO = late_regex(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_FIGURES = late_regex(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_WEEKDAY = late_regex(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,. ]+", re.IGNORECASE)
_SPOKEN = late_regex(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?:of )?([a-z]+)[-/., ]*(\d{4}|\d{2})", re.IGNORECASE
)
_AMERICAN = late_regex(r"([a-z]+)[-. ]*(\d{1,2})(?:st|nd|rd|th)?[, ]+(\d{4})", re.IGNORECASE)
_SERIAL = late_regex(r"(\d{5})(?:[.,]\d+)?")
_NO_YEAR = late_regex(
    r"\d{1,2}(?:st|nd|rd|th)?[-/. ]*(?:[a-z]{3,9}|[/.-]\s*\d{1,2})", re.IGNORECASE
)
# Day 0 of spreadsheets, and the years in which a date can be.
_DAY_0 = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_NOTHING = frozenset(("", "-", "–", "—", "n/a", "na", "none", "tbc", "tba", "?", "0", "00/01/1900"))
_HOW_TO = "Write it as 2026-11-29 or 29/11/2026."


def parse_day_cell(written: str) -> date | None:
    """The day of "2026-11-29", "29/11/26", "3 Nov 2026", "Tue 3rd November 2026" or "46329".

    The last is how spreadsheets count days. None if the cell says that there is none. Raises
    `ParseError`, which does not repeat more than a date's worth of what was written.
    """
    words = " ".join(written.split())
    if words.casefold() in _NOTHING:
        return None
    if set(words) == {"#"}:
        raise ParseError(
            "the spreadsheet saved # signs instead of a date",
            "The column is too narrow: make it wider, and save the file again.",
        )
    words = _WEEKDAY.sub("", _TIME.sub("", words).strip(), count=1)
    year, month, day = _parts(words)
    try:
        found = date(year, month, day)
    except ValueError:
        raise _impossible(month, day) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ParseError(f"the year {found.year} cannot be right", _HOW_TO)
    return found


def _parts(words: str) -> tuple[int, int, int]:
    """Year, month and day, not yet checked; raises `ParseError`."""
    if match := _ISO.fullmatch(words):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _FIGURES.fullmatch(words):
        return _year(match[3]), int(match[2]), int(match[1])
    if (match := _SPOKEN.fullmatch(words)) and (month := _month(match[2])):
        return _year(match[3]), month, int(match[1])
    if (match := _AMERICAN.fullmatch(words)) and (month := _month(match[1])):
        return int(match[3]), month, int(match[2])
    if match := _SERIAL.fullmatch(words):
        found = _DAY_0 + timedelta(days=int(match[1]))
        return found.year, found.month, found.day
    if _NO_YEAR.fullmatch(words):
        raise ParseError("this date has no year", _HOW_TO)
    raise ParseError("this is not a date", _HOW_TO)


def _year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def _month(word: str) -> int:
    """The number of a month, or 0."""
    plain = word.casefold()
    if plain == "sept":
        return 9
    if plain in _FULL:
        return _FULL.index(plain) + 1
    return _MONTHS.index(plain) + 1 if plain in _MONTHS else 0


def _impossible(month: int, day: int) -> ParseError:
    if month > 12 >= day:
        return ParseError(
            f"there is no month {month}",
            "Dates are read as day, month, year. If your spreadsheet writes the month first, check "
            "every date in this file, and write them as 2026-11-29.",
        )
    return ParseError("there is no such day", _HOW_TO)
