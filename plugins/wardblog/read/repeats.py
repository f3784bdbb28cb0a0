"""How people say that something comes again, made a rule of a calendar (RFC 5545, 3.3.10)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wardblog.read.report import Unreadable
from wardblog.words import MONTHS, WEEKDAYS

HOW_TO = (
    'A day is written "2026-12-01 18:00"; what comes again, "every Tuesday 18:00" or '
    '"first Saturday of the month 10:00 - 11:30".'
)
_DAYS = {name[:2].upper(): name.casefold() for name in WEEKDAYS}
_NUMBERS = {
    "first": 1, "second": 2, "other": 2, "two": 2, "third": 3, "three": 3, "fourth": 4, "four": 4,
    "fifth": 5, "last": -1,
}  # fmt: skip
# Words that change nothing. Those that take something away, such as "except", are not among them.
_FILLERS = frozenset(("the", "of", "in", "on", "at", "and", "a", "every", "each"))
_UNITS = {"month": "MONTHLY", "monthly": "MONTHLY", "week": "WEEKLY", "weekly": "WEEKLY"}
_SPAN = re.compile(r"\b([a-z]+) ?(?:to|until|through|-) ?([a-z]+)\b")
_SKIPPING = re.compile(r"\bevery (\w+) (week|month)s?\b")
# Further away than the fifth, a weekday is in no month.
_LAST_WEEK = 5
_LAST_DAY = 31


def parse_rule(written: str) -> str:
    """`first Saturday of the month` as `FREQ=MONTHLY;BYDAY=1SA`; raises `Unreadable`."""
    text = _SPAN.sub(_all_between, written.casefold())
    text = " ".join(re.findall(r"[a-z0-9]+", text)).replace("each", "every")
    every = 1
    if (skipping := _SKIPPING.search(text)) and (number := _number(skipping[1])):
        every = number
        text = f"{text[: skipping.start()]}{skipping[2]}{text[skipping.end() :]}"
    words = [word for word in text.split() if word not in _FILLERS]
    days = [day for word in words if (day := _day(word))]
    numbers = [number for word in words if (number := _number(word))]
    unit = next((_UNITS[word] for word in words if word in _UNITS), "")
    if "fortnight" in text:
        unit, every = "WEEKLY", 2
    is_known = all(
        _day(w) or _number(w) or w in _UNITS or w.startswith(("fortnight", "day", "daily"))
        for w in words
    )
    rule = _rule(days, numbers, unit, text) if is_known and every > 0 else ""
    if not rule:
        raise Unreadable(f'cannot tell when "{written.strip()}" is', HOW_TO)
    return rule if every == 1 else f"{rule};INTERVAL={every}"


def _rule(days: Sequence[str], numbers: Sequence[int], unit: str, text: str) -> str:
    if days and not numbers:
        return "" if unit == "MONTHLY" else f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    if days:
        is_skipping = text.startswith("every") and len(numbers) == 1 and numbers[0] in (2, 3)
        if unit == "WEEKLY" or (is_skipping and not unit):
            # Every second Saturday is one in a fortnight; every first one is monthly.
            if len(numbers) > 1 or numbers[0] < 2:
                return ""
            return f"FREQ=WEEKLY;BYDAY={','.join(days)};INTERVAL={numbers[0]}"
        if max(numbers) > _LAST_WEEK:
            return ""
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{n}{day}" for n in numbers for day in days)
    if numbers and unit == "MONTHLY" and max(numbers) <= _LAST_DAY:
        return "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, numbers))
    return "FREQ=DAILY" if text.split() in (["every", "day"], ["daily"]) else ""


def _all_between(span: re.Match[str]) -> str:
    """`monday to friday` with the days between; other spans as they are, and so unreadable."""
    first, last = _day(span[1]), _day(span[2])
    names = list(_DAYS)
    if not first or not last or names.index(first) >= names.index(last):
        return span[0].replace("-", " to ")
    return " ".join(_DAYS[day] for day in names[names.index(first) : names.index(last) + 1])


def _day(word: str) -> str:
    """`SA` for Saturday, Saturdays and Sat."""
    stem = word.removesuffix("s") if word.endswith("days") else word
    for short, name in _DAYS.items():
        if stem == name or (len(stem) in (3, 4, 5) and name.startswith(stem)):
            return short
    return ""


def _number(word: str) -> int:
    """`1` for first and 1st, `-1` for last, 0 for what is no number."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word)
    return int(match[1]) if match else 0


def without_months(months: Sequence[int]) -> str:
    """The part of a rule that leaves these months out."""
    kept = [str(n) for n in range(1, 13) if n not in months]
    if not kept:
        raise Unreadable("it is held in no month at all", "Take a month out of the exceptions.")
    return f";BYMONTH={','.join(kept)}" if months else ""


def month_number(word: str) -> int:
    """`8` for August and Aug, 0 for what is no month."""
    text = word.strip().casefold()
    names = [name.casefold() for name in MONTHS]
    found = [n for n, name in enumerate(names, 1) if len(text) >= 3 and name.startswith(text)]
    return found[0] if len(found) == 1 else 0
