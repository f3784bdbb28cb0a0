"""Finds people's names in text by a title, a known given name, or initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from wardblog.privacy.words import ORGANISATIONS, STREET_TYPES, SURNAME_TOO, word_set
from wardblog.support.late_regex import late_regex

_CAPITAL = r"[A-Z\u00c0-\u00de\u0100-\u017f]"
_NAME = rf"{_CAPITAL}[\w’'-]*\w"
_WORD = late_regex(rf"{_NAME}|{_CAPITAL}\b\.?")
_TITLES = word_set(
    "Mr Mrs Ms Miss Mx Dr Rev Revd Reverend Sir Dame Lady Lord Prof Professor Cllr Councillor "
    "MR MRS MS MISS DR"
)
_PUBLIC = frozenset(("Cllr", "Councillor"))
# What may come between the parts of one name.
_WITHIN = late_regex(r"\.? (?:(?:van|von|de|den|der|da|dos|bin|ibn|al|el|la|le|ap|ab|y) ){0,2}")
_JOINED = late_regex(r"\.? (?:and|&|\+) ")
_PLURAL = late_regex(r"['’]s?$")
# Given names that are also words, months or places: alone they are not a name.
_ALSO_WORDS = word_set("""
    Amber April Ash Aurora Autumn Bill Brooklyn Carol Charity Charlotte Chelsea China Christian
    Clement Comfort Constance Courtney Daisy Dale Dawn Dean Devon Dick Dot Ebony Ed Eve Faith Fay
    Flora Florence Frank Gene George Georgia Glen Grace Grant Green Guy Hazel Heather Holly Hope
    Imam Iris Israel Ivy Jack Jade Jan Jasmine Jay Jo Jordan Joy Julian June Justice Justin Kay
    Kent Kit Lee Les Lily Lin Luna Margate Maria Mark Martin Mary Max May Melody Mercedes Mercy
    Miles Min Ming Mo Mona Nan Nelson Norm Norman Olive Orlando Pat Patience Pearl Penny Peter
    Pierce Piers Pool Poppy Primrose Prudence Ram Ray Red Reg Rich Rob Robin Rod Roman Rose
    Rosemary Ross Roy Ruby Sal Sandy Shirley Sid Sky Sol Stone Stu Sue Summer Sunny Taylor Trinity
    Una Urban Van Veronica Victor Victoria Violet Virginia Wallace Ward Wells Will Wing Wood Yang
    Yard Yong Mason Logan Ellis Precious Destiny Scarlett
    """)
# Shops, charities and buildings that are named like people.
_BRANDS = frozenset(
    ("John Lewis", "William Hill", "Marie Curie", "Sue Ryder", "Ted Baker", "Robert Dyas",
     "Harvey Nichols", "Paul Smith", "Thomas Cook", "Jack Wills", "Fred Perry", "Jack Daniel",
     "Tommy Hilfiger", "Calvin Klein", "Laura Ashley", "Martin Luther", "Christian Aid",
     "Victoria Line", "Victoria Wine", "Will Young", "Mark Warner", "Justice Secretary",
     "Alan Turing", "George Cross", "Victoria Cross", "James Bond", "Harry Potter", "Robin Hood",
     "Charlotte Despard", "Jack Russell", "Gordon Ramsay", "Jo Malone", "Max Mara",
     "Israel Palestine", "Harley Davidson",
     "Virginia Water", "Victoria Coach", "Bill Payments", "Grant Thornton")
)  # fmt: skip
_NOT_BEFORE = late_regex(r"(?:\b(?:[Tt]he|St|SS|Saint|HMS|Sts)\.? |@|/)$")
_AT_HOUSE = late_regex(r"(?:\d[A-Za-z]?|\b(?:in|on|at|of|off|along|from|outside|near|to)) $")
_FAMILY = late_regex(
    rf"\b[Tt]he ({_NAME}) (?:family|household|sisters|brothers)\b"
    rf"|\b[Tt]he ({_CAPITAL}[a-z]{{2,}}s)['’]?(?= (?:at|of|who)\b| \()"
)
_SURNAME_FIRST = late_regex(rf"\b({_NAME}), (Mrs?|Ms|Miss|Dr)\b\.?(?: {_CAPITAL}\b\.?){{0,3}}")


class Person(NamedTuple):
    """A name between two offsets; `is_public` is whether it is a councillor's."""

    start: int
    end: int
    is_public: bool = False


@cache
def given_names() -> frozenset[str]:
    """Return the given names in use in the United Kingdom, capitalised."""
    text = Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def is_given_name(word: str) -> bool:
    """Whether a word is a given name, with its accents or without them."""
    if word.isascii():
        return word in given_names()
    # late import: see docs/architecture.md
    from unidecode import unidecode

    return word in given_names() or unidecode(word) in given_names()


def find_persons(text: str, is_alone_enough: bool = False) -> list[Person]:
    """Find the people named in a text, in order.

    With `is_alone_enough` a given name without a surname counts as well.
    """
    words = list(_WORD.finditer(text))
    matches = [*_families(text), *_named(text, words, is_alone_enough)]
    return sorted(matches)


def is_person_name(text: str) -> bool:
    """Whether a whole text is the name of a person."""
    if text.rpartition(" ")[2] in STREET_TYPES and text.split(" ")[0] not in _TITLES:
        return False  # Robert Street is a street more often than a man
    matches = find_persons(text)
    return bool(matches) and (matches[0].start, matches[-1].end) == (0, len(text))


def _families(text: str) -> Iterator[Person]:
    for match in _FAMILY.finditer(text):
        name = match[1] or match[2]
        if name not in STREET_TYPES and name.lower() not in ORGANISATIONS:
            yield Person(match.start(), match.end())
    for match in _SURNAME_FIRST.finditer(text):
        yield Person(match.start(), match.end())


def _named(text: str, words: list[re.Match[str]], is_alone_enough: bool) -> Iterator[Person]:
    index = 0
    while index < len(words):
        may_begin = _may_begin(words[index][0])
        last = _last_of(text, words, index, is_alone_enough) if may_begin else None
        if not may_begin:
            index += 1
            continue
        if last is None:
            index = _without_brand(words, index)
            continue
        first = words[index]
        end = last_end = words[last].end()
        if possessive := _PLURAL.search(text[first.start() : end]):
            last_end = end - len(possessive[0])
        yield Person(first.start(), last_end, first[0] in _PUBLIC)
        index = last + 1


def _may_begin(word: str) -> bool:
    """Whether a name can begin with this word: most that begin with a capital cannot."""
    if word in _TITLES or is_given_name(word):
        return True
    if len(word) <= 2:
        return _is_initial(word) and word not in ("A", "I", "O")
    return word.endswith(("'s", "’s")) and is_given_name(word[:-2])


def _without_brand(words: list[re.Match[str]], index: int) -> int:
    """Return the index to continue at: "Lewis" in "John Lewis" is not a name either."""
    two = " ".join(_PLURAL.sub("", word[0]) for word in words[index : index + 2])
    return index + (2 if two in _BRANDS else 1)


def _last_of(
    text: str, words: list[re.Match[str]], index: int, is_alone_enough: bool
) -> int | None:
    """Return the index of the last word of the name that starts at `index`, or None."""
    first = words[index]
    if _NOT_BEFORE.search(text, max(0, first.start() - 10), first.start()):
        return None
    run = _run(text, words, index)
    plain = [_PLURAL.sub("", words[n][0]) for n in run]
    if first[0] in _TITLES:
        return None if _is_place(text, words, run, plain, 1) else _titled(run, plain)
    if _is_initial(plain[0]):
        return None if _is_place(text, words, run, plain, 1) else _with_initials(words, run, plain)
    if not is_given_name(plain[0]) or f"{plain[0]} {''.join(plain[1:2])}" in _BRANDS:
        return None
    names = [n for n, word in zip(run, plain, strict=True) if len(word) > 2]
    if len(names) > 1 and not _is_place(text, words, run, plain, 2):
        return run[-1] if len(run) <= 4 else run[3]
    is_alone = len(run) == 1 and is_alone_enough and plain[0] not in _ALSO_WORDS
    return run[0] if is_alone and not _organisation_follows(text, words[run[0]]) else None


def _titled(run: list[int], plain: list[str]) -> int | None:
    """A title, perhaps with initials, and at least one name."""
    return run[min(len(run) - 1, 4)] if any(len(word) > 2 for word in plain[1:]) else None


def _with_initials(words: list[re.Match[str]], run: list[int], plain: list[str]) -> int | None:
    """An initial and a surname; "A", "I" and "O" count only with a full stop."""
    if not words[run[0]][0].endswith(".") and plain[0] in ("A", "I", "O"):
        return None
    at = next((n for n, word in enumerate(plain) if not _is_initial(word)), None)
    if at is None or at > 3 or len(plain[at]) < 3 or plain[at].isupper():
        return None
    return run[at]


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _run(text: str, words: list[re.Match[str]], index: int) -> list[int]:
    """Return the indexes of consecutive words with nothing between them that ends a name."""
    run = [index]
    while run[-1] + 1 < len(words):
        last, following = words[run[-1]], words[run[-1] + 1]
        between = text[last.end() : following.start()]
        is_title = last[0] in _TITLES and (
            _JOINED.fullmatch(between) is not None and following[0] in _TITLES
        )
        is_initials = _is_initial(last[0]) and between in ("", " ", ". ")
        if last[0].endswith(("'s", "’s")) and not is_title:
            break
        is_stopped = between.startswith(".") and last[0] not in _TITLES and not is_initials
        if is_stopped or not (is_title or is_initials or _WITHIN.fullmatch(between)):
            break
        run.append(run[-1] + 1)
    return run


def _is_place(
    text: str, words: list[re.Match[str]], run: list[int], plain: list[str], from_: int
) -> bool:
    """Whether the words, or those after them, name a street or an organisation."""
    for at, word in enumerate(plain[1:], 1):
        is_last_name = at == len(plain) - 1 and at == from_ - 1 + (from_ == 1)
        if word.lower() in ORGANISATIONS:
            return True
        if word in STREET_TYPES and not (word in SURNAME_TOO and is_last_name):
            return True
        if word in SURNAME_TOO and from_ == 2:
            start = words[run[0]].start()
            if _AT_HOUSE.search(text, max(0, start - 12), start):
                return True
    return _organisation_follows(text, words[run[-1]])


def _organisation_follows(text: str, last: re.Match[str]) -> bool:
    """Whether it goes on like "Dr Patel's surgery", "Thomas Wall nursery", "Elsley's & Sons"."""
    tail = text[last.end() : last.end() + 40]
    following = re.match(r"(?:['’]s?)? (?:& |and )?([^\W\d_]+)", tail)
    if following is None:
        return False
    word = following[1]
    return word.lower() in ORGANISATIONS or word in ("Sons", "Co") or word in STREET_TYPES
