"""Finds a person in rows and texts, by a name, an e-mail address or a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from wardblog.places.street_names import plain_words
from wardblog.problems import UsageError
from wardblog.support.late_regex import late_regex

_POSSESSIVE = late_regex(r"(?<=\w)['’`´]s\b", re.IGNORECASE)
_CAPITAL = late_regex(r"\b[^\W\d_a-z][\w'’]*")
_NUMBER = late_regex(r"\+?\(?\d[\d\s().\-–/]{4,}\d")
# How a spreadsheet writes a long number that it took for a quantity: its last figures are lost.
_DAMAGED_NUMBER = late_regex(r"\d[.,]\d+E\+\d{1,2}", re.IGNORECASE)
_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "rev", "revd",
     "reverend", "sir", "dame", "lord", "lady", "cllr", "councillor")
)  # fmt: skip
# Words that may stand between the first and the last name.
_MIDDLE_NAMES = 2
_FEWEST_LETTERS, _FEWEST_FIGURES, _WHOLE_NUMBER = 3, 6, 9
_HOW_TO = (
    'Write a name, an e-mail address or a telephone number: FORGET="Jane Doe". With semicolons '
    'between them, several are looked for: FORGET="Jane Doe; jane@example.org".'
)


class Certainty(IntEnum):
    """How sure it is that a row or a line mentions the person."""

    NOT = 0
    PERHAPS = 1
    SURE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSought:
    """What is known of the person; each part stays out of every message."""

    names: tuple[tuple[str, ...], ...]
    addresses: tuple[str, ...]
    numbers: tuple[str, ...]

    def in_cells(self, fixed: Sequence[str], free: Sequence[str]) -> Certainty:
        """How sure it is that a row mentions the person.

        `fixed` are its cells that have no people in them, as a rule, such as the street: there a
        single word, such as the last name Hill, proves little. `free` are all others.
        """
        best = max(map(self.in_text, free), default=Certainty.NOT)
        for cell in fixed:
            found = self.in_text(cell)
            is_word = found and not self._without_words().in_text(cell)
            best = max(best, Certainty.PERHAPS if is_word else found)
        if any(map(self._has_last_name, free)):
            best = max(best, Certainty.PERHAPS)
        words = [name_words(cell) for cell in free]
        return max((best, *(_over_cells(name, words) for name in self.names)))

    def _has_last_name(self, cell: str) -> bool:
        """Whether a cell has a last name with its capital: "Doe rang again"."""
        words = {name_words(word) for word in _CAPITAL.findall(cell)}
        return any(name[-1:] in words for name in self.names)

    def _without_words(self) -> PersonSought:
        """The same person without names of a single word."""
        return replace(self, names=tuple(name for name in self.names if len(name) > 1))

    def in_text(self, text: str) -> Certainty:
        """How sure it is that a text mentions the person."""
        if not text.strip():
            return Certainty.NOT
        found = [Certainty.NOT, *self._by_address(text), *self._by_number(text)]
        words = name_words(text) if self.names else ()
        found += [_name_in(name, words) for name in self.names]
        return max(found)

    def lines_in(self, text: str) -> list[int]:
        """The lines of a text, counted from 1, that may mention the person; a name may go on."""
        if not self._may_be_in(text):
            return []
        lines = text.split("\n")
        found = []
        for number, line in enumerate(lines, 1):
            before = lines[number - 2] if number > 1 else ""
            is_here = self.in_text(line)
            if is_here or (self.in_text(f"{before}\n{line}") > self.in_text(before)):
                found.append(number)
        return found

    def _may_be_in(self, text: str) -> bool:
        """Whether it is worth the time to look at each line of a long text."""
        if any(address in text.casefold() for address in self.addresses):
            return True
        if self.numbers and any(map(self.in_text, filter(None, _NUMBER.findall(text)))):
            return True
        words = frozenset(name_words(text)) if self.names else frozenset[str]()
        return any(name[-1] in words or not words.isdisjoint(_joined(name)) for name in self.names)

    def may_be_damaged(self, cells: Sequence[str]) -> bool:
        """Whether a number is sought, and a spreadsheet may have damaged it in this row."""
        return bool(self.numbers) and any(map(_DAMAGED_NUMBER.search, cells))

    def _by_address(self, text: str) -> Iterator[Certainty]:
        plain = text.casefold()
        for address in self.addresses:
            if re.search(rf"(?<![\w.+'-]){re.escape(address)}(?![\w-]|\.\w)", plain):
                yield Certainty.SURE

    def _by_number(self, text: str) -> Iterator[Certainty]:
        if not self.numbers:
            return
        for match in _NUMBER.finditer(text):
            figures = re.sub(r"\D", "", match[0].replace("(0)", ""))
            for number in self.numbers:
                if number in figures and len(number) >= _WHOLE_NUMBER:
                    yield Certainty.SURE
                elif number in figures or (figures in number and len(figures) > _FEWEST_FIGURES):
                    yield Certainty.PERHAPS


def person_sought(written: str) -> PersonSought:
    """What FORGET names: parts with semicolons between them; raises `UsageError`."""
    names, addresses, numbers = list[tuple[str, ...]](), list[str](), list[str]()
    for part in filter(None, map(str.strip, written.split(";"))):
        figures = re.sub(r"\D", "", part.replace("(0)", ""))
        words = name_words(part)
        if "@" in part:
            addresses.append(part.casefold().strip("<>,. "))
        elif figures and not re.search(r"[^\W\d_]", part):
            numbers.append(_national(figures))
        else:
            own = tuple(word for word in words if word not in _TITLES)
            names.append(_first_name_first(part, own or words))
    if not names and not addresses and not numbers:
        raise UsageError("FORGET does not say whom", _HOW_TO)
    is_short = (
        any(len("".join(name)) < _FEWEST_LETTERS for name in names)
        or any(len(address) < len("a@b.c") for address in addresses)
        or any(len(number) < _FEWEST_FIGURES for number in numbers)
    )
    if is_short:
        raise UsageError("What FORGET names is too short: it would be found everywhere", _HOW_TO)
    return PersonSought(names=tuple(names), addresses=tuple(addresses), numbers=tuple(numbers))


def name_words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without accents, apostrophes and possessives."""
    return plain_words(_POSSESSIVE.sub("", text))


def _first_name_first(written: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of "Doe, Jane" as those of "Jane Doe"."""
    before, comma, after = written.partition(",")
    last = tuple(word for word in name_words(before) if word in words)
    first = tuple(word for word in name_words(after) if word in words)
    return (*first, *last) if comma and first and last else words


def _national(figures: str) -> str:
    """The figures of a telephone number without the code of the country and the first 0."""
    for code in ("0044", "44"):
        if figures.startswith(code) and len(figures) > len(code) + _WHOLE_NUMBER - 1:
            figures = figures.removeprefix(code)
    return figures.removeprefix("0")


def _name_in(name: tuple[str, ...], words: tuple[str, ...]) -> Certainty:
    """Whether the words have the name: in full, or only with an initial or a title."""
    if name[-1] not in words:
        is_joined = len(name) > 1 and not _joined(name).isdisjoint(words)
        return Certainty.PERHAPS if is_joined else Certainty.NOT
    if len(name) == 1:
        return Certainty.SURE
    if any(_follow(order, words) for order in (name, (name[-1], *name[:-1]))):
        return Certainty.SURE
    if set(name) <= set(words) or words == name[-1:]:
        return Certainty.PERHAPS
    return Certainty.PERHAPS if _is_shortened(name, words) else Certainty.NOT


def _joined(name: tuple[str, ...]) -> frozenset[str]:
    """The name as one word, as in e-mail addresses."""
    return frozenset(("".join(name), "".join((name[-1], *name[:-1]))))


def _follow(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the words of the name follow one another, with middle names between them."""
    for start, word in enumerate(words):
        if word != name[0]:
            continue
        at = start
        for part in name[1:]:
            reach = words[at + 1 : at + 2 + _MIDDLE_NAMES]
            if part not in reach:
                break
            at += 1 + reach.index(part)
        else:
            return True
    return False


def _is_shortened(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the last name has a title or the first initial beside it: "Mrs Doe", "J. Doe"."""
    initial = name[0][0]
    for at, word in enumerate(words):
        if word == name[-1]:
            before, after = words[max(at - 2, 0) : at], words[at + 1 : at + 2]
            if not _TITLES.isdisjoint(before) or initial in (*before, *after):
                return True
    return False


def _over_cells(name: tuple[str, ...], cells: Sequence[tuple[str, ...]]) -> Certainty:
    """Whether a row has the parts of the name in cells of their own, or somewhere at all."""
    own = {*name, *_TITLES}
    alone = {word for words in cells if own.issuperset(words) for word in words}
    if alone.issuperset(name):
        return Certainty.SURE
    everywhere = {word for words in cells for word in words}
    return Certainty.PERHAPS if everywhere.issuperset(name) else Certainty.NOT
