"""Find dates as people write them in a sentence: 12 November, 12th Nov, 12/11/2026, 2026-11-12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.words import MONTHS, WEEKDAYS

_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in MONTHS)
_MONTH = _MONTH.replace("Sep(?:tember)?", "Sept?(?:ember)?")
_DAY = "|".join(f"{name}|{name[:3]}" for name in WEEKDAYS) + "|Tues|Weds|Thur|Thurs"
_DATE = late_regex(
    rf"(?:\b(?P<weekday>{_DAY})\.?,? +(?:the +)?)?"
    r"(?:"
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: +of)? +(?P<m1>{_MONTH})\b\.?"
    r"(?:,? +(?P<y1>\d{4})\b)?"
    rf"|\b(?P<m2>{_MONTH})\.? +(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:\d|\.\d|[ap]m)"
    r"(?:,? +(?P<y2>\d{4})\b)?"
    r"|(?<![\d/.-])(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})(?![\d/-])"
    r"|(?<![\d/.-])(?P<d4>\d{1,2})(?P<sign>[/.])(?P<m4>\d{1,2})(?P=sign)"
    r"(?P<y4>\d{4}|\d{2})(?![\d/-])"
    r")"
)
_MONTHS = tuple(name[:3] for name in MONTHS)
_HALF_A_YEAR = 183


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in a sentence, with the position of its words; `weekday` is 0 for Monday."""

    day: date
    has_year: bool
    weekday: int | None
    start: int
    end: int
    words: str


def dates_in(sentence: str, about: date) -> Iterator[DateMention]:
    """Every date; one without a year gets the year that brings it nearest to the date `about`."""
    for match in _DATE.finditer(sentence):
        year, month, number = _parts(match)
        weekday = weekday_of(match["weekday"] or "")
        day = _day(year, month, number) if year else _nearest(month, number, about)
        if day is not None:
            yield DateMention(
                day=day,
                has_year=bool(year),
                weekday=weekday,
                start=match.start(),
                end=match.end(),
                words=match[0].rstrip("."),
            )


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    for n in "1234":
        if match[f"d{n}"]:
            written = match[f"y{n}"]
            year = int(written) if written else 0
            month = match[f"m{n}"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
            return year + 2000 if 0 < year < 100 else year, number, int(match[f"d{n}"])
    return 0, 0, 0


def weekday_of(word: str) -> int | None:
    names = [name[:3] for name in WEEKDAYS]
    return names.index(word[:3]) if word[:3] in names else None


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _nearest(month: int, number: int, about: date) -> date | None:
    days = [_day(about.year + more, month, number) for more in (-1, 0, 1)]
    near = [day for day in days if day and abs((day - about).days) <= _HALF_A_YEAR]
    return min(near, key=lambda day: abs((day - about).days), default=None)
