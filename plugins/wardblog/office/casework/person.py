"""Finds a person in rows and texts, by a name, an e-mail address or a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardblog.office.casework.name_match import (
    TITLES,
    Certainty,
    has_last_name,
    may_have,
    name_in,
    name_words,
    over_cells,
)
from wardblog.problems import UsageError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# Between two figures of a number there may be up to three characters, but no end of a cell or list.
_NUMBER = late_regex(r"\d{1,3}(?:,\d{3}){2,}(?!\d)|\+?\(?\d(?:(?:[^\w,;|\"<>]|_){0,3}\d){5,}")
# How a spreadsheet writes a long number that it took for a quantity: its last figures are lost.
_DAMAGED_NUMBER = late_regex(r"\d[.,]\d+E\+\d{1,2}", re.IGNORECASE)
_ADDRESS = late_regex(r"[^\s<>,:\"()\[\]@]+@[^\s<>,:\"()\[\]@]*")
_FIGURES = late_regex(r"[+(]*\d(?:[\d\s().\-‐-―/_]*\d)?")
# What people write beside an address or a number.
_LABELS = frozenset(
    ("tel", "telephone", "phone", "mobile", "mob", "cell", "landline", "home", "work", "number",
     "no", "fax", "e", "mail", "email", "address", "mailto", "name", "whatsapp", "text")
)  # fmt: skip
_FEWEST_LETTERS, _FEWEST_FIGURES, _WHOLE_NUMBER, _MOST_FIGURES = 3, 6, 9, 15
_HOW_TO = (
    'Write a name, an e-mail address or a telephone number: FORGET="Jane Doe". With semicolons '
    'between them, several are looked for: FORGET="Jane Doe; jane@example.org".'
)


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
        if any(has_last_name(name, cell) for name in self.names for cell in free):
            best = max(best, Certainty.PERHAPS)
        words = [name_words(cell) for cell in free]
        return max((best, *(over_cells(name, words) for name in self.names)))

    def _without_words(self) -> PersonSought:
        """The same person without names of a single word."""
        return replace(self, names=tuple(name for name in self.names if len(name) > 1))

    def in_text(self, text: str) -> Certainty:
        """How sure it is that a text mentions the person."""
        if not text.strip():
            return Certainty.NOT
        found = [Certainty.NOT, *self._by_address(text), *self._by_number(text)]
        words = name_words(text) if self.names else ()
        found += [name_in(name, text, words) for name in self.names]
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
        if any(self._by_number(text)):
            return True
        words = frozenset(name_words(text)) if self.names else frozenset[str]()
        return any(may_have(name, words) for name in self.names)

    def may_be_damaged(self, cells: Sequence[str]) -> bool:
        """Whether a number is sought, and a spreadsheet may have damaged it in this row."""
        return bool(self.numbers) and any(map(_DAMAGED_NUMBER.search, cells))

    def _by_address(self, text: str) -> Iterator[Certainty]:
        plain = text.casefold()
        for address in self.addresses:
            before, after = r"(?<![^\W_])(?<![^\W_][._+'-])", r"(?![^\W_]|[-._][^\W_])"
            if re.search(f"{before}{re.escape(address)}{after}", plain):
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
    for part in re.split(r"[;\n]", written):
        addresses += [one.casefold().strip("'’‘`*_-.!?") for one in _ADDRESS.findall(part)]
        rest = _ADDRESS.sub(" ", part)
        numbers += [_national(re.sub(r"\D", "", one)) for one in _numbers_in(rest)]
        name = _name_of(_FIGURES.sub(" ", rest.replace("(0)", "")))
        names += [name] if name else []
    if not names and not addresses and not numbers:
        raise UsageError("FORGET does not say who is meant", _HOW_TO)
    _refuse_unclear(names, addresses, numbers)
    return PersonSought(names=tuple(names), addresses=tuple(addresses), numbers=tuple(numbers))


def _numbers_in(text: str) -> list[str]:
    return _FIGURES.findall(text.replace("(0)", ""))


def _name_of(text: str) -> tuple[str, ...]:
    """The name in what is left of a part: without titles, and with the first name first."""
    before, comma, after = (words.strip() for words in text.strip(" ,").partition(","))
    first, last = _own_words(after), _own_words(before)
    if "and" in (*first, *last) or (comma and len(first) > 1 and len(last) > 1):
        raise UsageError("FORGET seems to name several people at once", _HOW_TO)
    return (*first, *last)


def _own_words(text: str) -> tuple[str, ...]:
    """The words without titles and labels, unless there are no others."""
    words = tuple(word for word in name_words(text) if word not in _LABELS)
    return tuple(word for word in words if word not in TITLES) or words


def _refuse_unclear(
    names: Sequence[tuple[str, ...]], addresses: Sequence[str], numbers: Sequence[str]
) -> None:
    """Raise `UsageError` for what would be found everywhere, or nowhere."""
    if any(len(number) > _MOST_FIGURES for number in numbers):
        raise UsageError("A number that FORGET names is too long for a telephone number", _HOW_TO)
    is_short = (
        any(len("".join(name)) < _FEWEST_LETTERS for name in names)
        or any(len(address) < len("a@b.c") for address in addresses)
        or any(len(number) < _FEWEST_FIGURES for number in numbers)
    )
    if is_short:
        raise UsageError("What FORGET names is too short: it would be found everywhere", _HOW_TO)


def _national(figures: str) -> str:
    """The figures of a telephone number without the code of the country and the first 0."""
    for code in ("0044", "44"):
        if figures.startswith(code) and len(figures) > len(code) + _WHOLE_NUMBER - 1:
            figures = figures.removeprefix(code)
    return figures.removeprefix("0")
