"""What two texts about one thing must agree on: references, dates, numbers, places and outcomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from typing import Any

from wardblog.office.listening.fact_patterns import (
    COUNTING,
    DATES,
    DISTRICT,
    MONEY,
    MONTH_NUMBERS,
    MONTHS_ALONE,
    NAMED_REFERENCE,
    NOISE,
    NTH,
    NUMBER,
    NUMBER_WORD,
    ORDINAL,
    OUTCOMES,
    PERCENT,
    POSTCODE,
    REFERENCES,
    ROAD_NUMBER,
    SCORE,
    SERIES,
    STREET,
    STREET_TYPES,
    TIMES,
    WEEKDAY,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# Words before a street's name that make it another street.
_PREFIXES = frozenset(
    ("upper", "lower", "great", "little", "north", "south", "east", "west", "old", "new", "st",
     "saint")
)  # fmt: skip
# Words that have a capital in headlines and are not part of a name.
_LEADING = frozenset(
    ("the", "in", "on", "at", "of", "for", "a", "an", "and", "from", "to", "near", "off", "along",
     "closes", "closed", "closure", "fire", "crash", "police", "update", "with", "by", "between",
     "burglary", "pothole", "potholes", "works", "roadworks", "resurfacing", "flood", "is")
)  # fmt: skip
_FIGURE = late_regex(r"\d")
# A month and a day, with the year, or 0 where none is given.
Day = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts in a text, each kind as a set; a text that says nothing of a kind has none of it.

    `references` are those of applications and the like, `districts` parts of postcodes such as
    SW11, `roads` numbers such as A3, `streets` names as written, in small letters, `series` what
    is one of several, such as "part 2", and `outcomes` what was decided or happened.
    """

    references: frozenset[str] = frozenset()
    dates: frozenset[Day] = frozenset()
    months: frozenset[int] = frozenset()
    weekdays: frozenset[str] = frozenset()
    times: frozenset[int] = frozenset()
    money: frozenset[str] = frozenset()
    percents: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    series: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    roads: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()

    @cached_property
    def given(self) -> Mapping[str, frozenset[Any]]:
        """The kinds of which there are any facts."""
        return {name: values for name in _KINDS if (values := getattr(self, name))}

    def contradicts(self, other: Facts) -> bool:
        """Whether each of two texts has a fact of one kind that the other does not have."""
        theirs = other.given
        for name, values in self.given.items():
            others = theirs.get(name)
            if others is not None and others != values and _differ(name, values, others):
                return True
        return False

    def joined(self, other: Facts) -> Facts:
        """The facts of both."""
        names = self.given.keys() | other.given.keys()
        return Facts(**{name: getattr(self, name) | getattr(other, name) for name in names})


_KINDS = tuple(one.name for one in fields(Facts))


def facts_in(text: str) -> Facts:
    """The facts in a plain text."""
    found: dict[str, set[object]] = {name: set() for name in _KINDS}
    _outcomes(text.lower(), found)
    rest = text
    if _FIGURE.search(text):
        rest = NOISE.sub(" ", text)
        for read in _READERS:
            rest = read(rest, found)
    _series(text, found)
    _streets(rest, found)
    rest = _months(rest, found).lower()
    for read in _READERS_OF_WORDS:
        rest = read(rest, found)
    given = {name: frozenset(values) for name, values in found.items() if values}
    return Facts(**given)  # type: ignore[arg-type]


def _differ(name: str, one: frozenset[Any], other: frozenset[Any]) -> bool:
    if name == "dates":
        return not (_days_within(one, other) or _days_within(other, one))
    if name == "streets":
        return not any(_is_same_street(a, b) for a in one for b in other)
    if name == "outcomes":
        return not one & other
    return not (one <= other or other <= one)


def _days_within(some: frozenset[Day], others: frozenset[Day]) -> bool:
    """Whether all of some days are among others; a missing year is any year."""
    return all(
        any(
            one[1:] == other[1:] and (one[0] == other[0] or 0 in (one[0], other[0]))
            for other in others
        )
        for one in some
    )


def _is_same_street(one: str, other: str) -> bool:
    """Whether a name is the other, or the end of it after words that only stand before it."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if longer[-len(shorter) :] != shorter:
        return False
    before = longer[: len(longer) - len(shorter)]
    return not before or before[-1] not in _PREFIXES


Found = dict[str, set[object]]


def _references(text: str, found: Found) -> str:
    for match in REFERENCES.finditer(text):
        found["references"].add(plain_reference(match[0]))
    text = REFERENCES.sub(" ", text)
    for match in NAMED_REFERENCE.finditer(text):
        found["references"].add(plain_reference(match["value"]))
    return NAMED_REFERENCE.sub(" ", text)


def plain_reference(written: str) -> str:
    """A reference in one form: `26/01234/FUL` and `2026/1234` are the same application."""
    parts = [part for part in written.upper().replace("-", "/").split("/") if part]
    figures = [part.lstrip("0") for part in parts if part.isdigit()]
    if len(figures) == 2 and parts[0].isdigit() and len(parts[0]) in (2, 4):
        return f"{figures[0][-2:]}/{figures[1]}"
    return "/".join(part.lstrip("0") for part in parts)


def _dates(text: str, found: Found) -> str:
    for pattern in DATES:
        for match in pattern.finditer(text):
            found["dates"].update(_days(match.groupdict()))
        text = pattern.sub(" ", text)
    return text


def _days(groups: Mapping[str, str | None]) -> Iterator[Day]:
    month = groups["month"] or ""
    number = int(month) if month.isdigit() else MONTH_NUMBERS[month[:3].casefold()]
    year = int(groups.get("year") or 0)
    year += 2000 if 0 < year < 100 else 0
    for name in ("day", "first", "second"):
        if day := groups.get(name):
            yield (year, number, int(day))


def _times(text: str, found: Found) -> str:
    found["times"].update(map(_minutes, TIMES.finditer(text)))
    return TIMES.sub(" ", text)


def _minutes(match: re.Match[str]) -> int:
    """A time of day in minutes after midnight."""
    if word := match["word"]:
        return 0 if word.casefold() == "midnight" else 720
    hour, half = int(match["hour"]), (match["half"] or "").casefold()
    if half:
        hour = hour % 12 + 12 * half.startswith("p")
    return hour * 60 + int(match["minute"] or match["minutes"] or 0)


def _postcodes(text: str, found: Found) -> str:
    for match in POSTCODE.finditer(text):
        found["postcodes"].add(f"{match[1]}{match[2]}".upper())
        found["districts"].add(match[1].upper())
    return POSTCODE.sub(" ", text)


def _streets(text: str, found: Found) -> None:
    for match in STREET.finditer(text):
        words = match[1].casefold().replace("’", "'").split()
        kind = match[2].casefold()
        while len(words) > 1 and words[0] in _LEADING:
            words.pop(0)
        if words and words[-1] not in _LEADING:
            found["streets"].add(" ".join((*words, STREET_TYPES.get(kind, kind))))


def _series(text: str, found: Found) -> None:
    for match in SERIES.finditer(text.lower()):
        found["series"].add(f"{match[1]} {COUNTING.get(match[2], match[2])}")


def _outcomes(text: str, found: Found) -> None:
    found["outcomes"].update(name for name, pattern in OUTCOMES if pattern.search(text))


def _amount(match: re.Match[str]) -> str:
    """A number in one form: `£1.2m` and `£1.2 million`, `1,500` and `1500`."""
    size = (match["size"] or "").casefold()[:1]
    number = float(match["amount"].replace(",", "")) * {"k": 1e3, "t": 1e3, "m": 1e6, "b": 1e9}.get(
        size, 1
    )
    return f"{number:g}" if number < 1e6 else f"{number:.0f}"


def _spoken(match: re.Match[str]) -> str:
    number = sum(int(COUNTING[match[name]]) for name in ("tens", "unit", "word") if match[name])
    return str(number * _SIZES[match["size"]])


_SIZES = {None: 1, "hundred": 100, "thousand": 1000, "million": 1_000_000}


_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def _each(
    name: str, pattern: re.Pattern[str], plain: Callable[[re.Match[str]], object]
) -> Callable[[str, Found], str]:
    """A reader that takes what a pattern matches out of a text, in one form."""

    def read(text: str, found: Found) -> str:
        found[name].update(map(plain, pattern.finditer(text)))
        return pattern.sub(" ", text)

    return read


_months = _each("months", MONTHS_ALONE, lambda match: MONTH_NUMBERS[match[1][:3].casefold()])
# What has figures, in this order, since a date has numbers in it.
_READERS: tuple[Callable[[str, Found], str], ...] = (
    _references,
    _dates,
    _times,
    _postcodes,
    _each("districts", DISTRICT, lambda match: match[0]),
    _each("roads", ROAD_NUMBER, lambda match: match[0]),
    _each("money", MONEY, _amount),
    _each("percents", PERCENT, lambda match: match[1]),
    _each("ordinals", NTH, lambda match: match[1]),
    _each("numbers", SCORE, lambda match: match[0].replace("–", "-")),
    _each("numbers", NUMBER, _amount),
)
# What is written in words, for a text in small letters.
_READERS_OF_WORDS: tuple[Callable[[str, Found], str], ...] = (
    _times,
    _each("weekdays", WEEKDAY, lambda match: match[1]),
    _each("ordinals", ORDINAL, lambda match: str(_ORDINALS.index(match[1]) + 1)),
    _each("numbers", NUMBER_WORD, _spoken),
)
