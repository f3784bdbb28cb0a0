"""Words such as "every second Thursday" turned into calendar rules (RFC 5545, 3.3.10)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex
from wardblog.text.words import MONTHS, WEEKDAYS

HOW_TO = (
    'Write a day as "2026-12-01 18:00", and a repeating event as "every Tuesday 18:00" or '
    '"first Saturday of the month 10:00 - 11:30".'
)
_DAYS = {name[:2].upper(): name.casefold() for name in WEEKDAYS}
_NUMBERS = {
    "first": 1, "second": 2, "other": 2, "alternate": 2, "two": 2, "third": 3, "three": 3,
    "fourth": 4, "four": 4, "fifth": 5, "last": -1,
}  # fmt: skip
# Words that change nothing; "except" and the like do change something.
_FILLERS = frozenset((",", "the", "of", "in", "on", "at", "and", "a", "every", "each"))
_UNITS = {
    "month": "M", "monthly": "M", "week": "W", "weekly": "W", "fortnight": "F", "fortnightly": "F",
    "day": "Y", "daily": "Y",
}  # fmt: skip
_SPAN = late_regex(r"\b([a-z]+) ?(?:to|until|through|-) ?([a-z]+)\b")
_SKIPPING = late_regex(r"\bevery (\w+) (week|month)s?\b")
# No month has a sixth Monday.
_LAST_WEEK = 5
_LAST_DAY = 31


def parse_rule(written: str) -> str:
    """`first Saturday of the month` as `FREQ=MONTHLY;BYDAY=1SA`; raises `ParseError`."""
    text = _SPAN.sub(_all_between, written.casefold())
    text = " ".join(re.findall(r"[a-z0-9]+|,", text)).replace("each", "every")
    every = 1
    if (skipping := _SKIPPING.search(text)) and (number := _number(skipping[1], plain=True)):
        every = number
        text = f"{text[: skipping.start()]}{skipping[2]}{text[skipping.end() :]}"
    words = [word for word in text.split() if word not in _FILLERS]
    # One letter for each word: a day, number, month, week or fortnight.
    kinds = "".join(map(_kind, words))
    days = [_day(word) for word in words if _kind(word) == "D"]
    numbers = [_number(word) for word in words if _kind(word) == "N"]
    rule = "" if _has_pair(text) else _rule(kinds, days, numbers, text.startswith("every"))
    if not rule or every < 1 or ("INTERVAL" in rule and every > 1):
        raise ParseError(f'cannot work out when "{written.strip()}" is', HOW_TO)
    return rule if every == 1 else f"{rule};INTERVAL={every}"


def _kind(word: str) -> str:
    """A letter for the kind of a word; `?` for one that is not understood."""
    if _day(word):
        return "D"
    if _number(word):
        return "N"
    if word in _UNITS:
        return _UNITS[word]
    return "?"


def _has_pair(text: str) -> bool:
    """Whether two numbers are together, as in "second last", which means neither of the two."""
    words = text.split()
    return any(_number(a) and _number(b) for a, b in pairwise(words))


def _rule(kinds: str, days: Sequence[str], numbers: Sequence[int], is_every: bool) -> str:
    """The rule, or "" if the words are not one; numbers count only before the days, or alone."""
    names = ",".join(days)
    if re.fullmatch("W?D+W?", kinds):
        return f"FREQ=WEEKLY;BYDAY={names}"
    if re.fullmatch("FD+|D+F", kinds):
        return f"FREQ=WEEKLY;BYDAY={names};INTERVAL=2"
    if is_every and re.fullmatch("ND+", kinds) and numbers[0] in (2, 3):
        # Every second Saturday is one in a fortnight; every first one is monthly.
        return f"FREQ=WEEKLY;BYDAY={names};INTERVAL={numbers[0]}"
    if re.fullmatch("M?N+D+|N+D+M", kinds) and max(numbers) <= _LAST_WEEK:
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{n}{day}" for n in numbers for day in days)
    if re.fullmatch("N+Y?M|MN+Y?", kinds) and max(numbers) <= _LAST_DAY:
        return "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, numbers))
    return "FREQ=DAILY" if kinds == "Y" else ""


def _all_between(span: re.Match[str]) -> str:
    """`monday to friday` with the days between; other spans unchanged, so they are unreadable."""
    first, last = _day(span[1]), _day(span[2])
    names = list(_DAYS)
    if not first or not last or names.index(first) >= names.index(last):
        return span[0].replace("-", " to ")
    return " ".join(_DAYS[day] for day in names[names.index(first) : names.index(last) + 1])


def _day(word: str) -> str:
    """`SA` for Saturday, Saturdays and Sat."""
    stem = word.removesuffix("s") if word.endswith("s") and word not in ("tues", "thurs") else word
    for short, name in _DAYS.items():
        if stem == name or (len(stem) in (3, 4, 5) and name.startswith(stem)):
            return short
    return ""


def _number(word: str, plain: bool = False) -> int:
    """1 for first and 1st, -1 for last, 0 if it is not a number; `plain` accepts "2" as well."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    match = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", word)
    return int(match[1]) if match and (match[2] or plain) else 0


def without_months(months: Sequence[int]) -> str:
    """The part of a rule that excludes these months."""
    held = [str(n) for n in range(1, 13) if n not in months]
    if not held:
        raise ParseError("the exceptions leave no month", "Remove a month from the exceptions.")
    return f";BYMONTH={','.join(held)}" if months else ""


def month_number(word: str) -> int:
    """8 for August and Aug, 0 if it is not a month."""
    text = word.strip().casefold()
    names = [name.casefold() for name in MONTHS]
    matches = [n for n, name in enumerate(names, 1) if len(text) >= 3 and name.startswith(text)]
    return matches[0] if len(matches) == 1 else 0
