"""How sure it is that a text has a person's name, however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import pairwise

from wardblog.places.street_names import APOSTROPHES, SHORT_FORMS, plain_words
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_POSSESSIVE = late_regex(r"(?<=\w)['’`´]s\b", re.IGNORECASE)
_TOKEN = late_regex(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
# What may come between two words of one name: in "jane.doe" as well, not between sentences.
_WITHIN = late_regex(r"[\s,\-‐-―_]*|\.")
TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "rev", "revd",
     "reverend", "sir", "dame", "lord", "lady", "cllr", "councillor")
)  # fmt: skip
# A name before one of these, or that ends in one, may be that of a street or a building.
_PLACES = frozenset((*SHORT_FORMS, *(short for forms in SHORT_FORMS.values() for short in forms)))
_MORE_PLACES = frozenset(("street", "rise", "row", "field", "fields", "wood", "school", "farm"))
# Words after which a last name in small letters is the common word: "a doe", "in may".
_ARTICLES = frozenset(("a", "an", "the", "in"))
# Words that may come between the first and the last name.
_MIDDLE_NAMES = 2
# A name of so many words may be written in fewer: "De La Cruz" as "DeLaCruz".
_MOST_PARTS = 3
# In more words, as of a whole file, it does not matter how sure it is.
_LONGEST_CELL = 2_000
_FOLDED = late_regex(r"(?<=[a-z])([aou])e(?=[a-z])")


class Certainty(IntEnum):
    """How sure it is that a row or a line mentions the person."""

    NOT = 0
    PERHAPS = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text; `gap` is what comes before it."""

    plain: str
    is_capital: bool
    is_owner: bool
    gap: str


def name_words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without accents, apostrophes and possessives."""
    return plain_words(_POSSESSIVE.sub("", text))


def name_in(name: tuple[str, ...], text: str, words: tuple[str, ...]) -> Certainty:
    """Whether a text, with its `words`, has the name: in full, or only like it."""
    if any(_follow(order, words) for order in _orders(name)):
        is_sure = len(words) <= _LONGEST_CELL and _is_surely_in(name, text)
        return Certainty.SURE if is_sure else Certainty.PERHAPS
    is_perhaps = (
        (name[-1] in words and (set(name) <= set(words) or words == name[-1:]))
        or any(_is_shortened(one, words) or _follow(one, words) for one in _shorter(name))
        or _is_like(name, words)
    )
    return Certainty.PERHAPS if is_perhaps else Certainty.NOT


def may_have(name: tuple[str, ...], words: frozenset[str]) -> bool:
    """A quick test on the words of a long text; it has no false negatives."""
    if not words.isdisjoint(name[-1:] + name[1:]):
        return True
    plain, turned = ("".join(order) for order in _orders(tuple(map(_folded, name))))
    return any(plain.endswith(word) or word == turned for word in map(_folded, words))


def has_last_name(name: tuple[str, ...], text: str) -> bool:
    """Whether a cell has the last name: "Doe rang again", but no doe in the park."""
    words, before = _words_of(text), ""
    for word in words:
        if word.plain == name[-1] and (word.is_capital or before not in _ARTICLES):
            return True
        before = word.plain
    folded = tuple(_folded(word.plain) for word in words)
    return name[-1] not in {word.plain for word in words} and any(
        last in _regrouped(folded, last) for _, last in _splits(name)
    )


def over_cells(name: tuple[str, ...], cells: Sequence[tuple[str, ...]]) -> Certainty:
    """Whether a row has the parts of the name in cells of their own, or somewhere at all."""
    own = {*name, *TITLES}
    alone = [set(words) if own.issuperset(words) else set[str]() for words in cells]
    beside = [one | other for one, other in pairwise(alone)]
    if len(name) > 1 and any(pair.issuperset(name) for pair in beside):
        return Certainty.PERHAPS if _is_place(name[-1]) else Certainty.SURE
    everywhere = {word for words in cells for word in words}
    return Certainty.PERHAPS if everywhere.issuperset(name) else Certainty.NOT


def _orders(name: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of the name, and with the last name first."""
    return (name, (name[-1], *name[:-1]))


def _shorter(name: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The first name with each other one: "Jane Smith-Jones" may be "Jane Smith"."""
    return tuple((name[0], one) for one in name[1:] if one == name[-1] or len(one) > _MOST_PARTS)


def _is_place(word: str) -> bool:
    return word in _PLACES or word in _MORE_PLACES


def _words_of(text: str) -> list[_Word]:
    """The words of a text, with what says whether they are a name."""
    found, end = list[_Word](), 0
    is_loud = text.isupper()
    text = unicodedata.normalize("NFC", text)
    for token in _TOKEN.finditer(text):
        written = _POSSESSIVE.sub("", token[0])
        gap = text[end : token.start()]
        for plain in plain_words(written):
            is_capital = written[0].isupper() and not is_loud
            found.append(_Word(plain, is_capital, written != token[0], gap))
            gap = ""
        end = token.end()
    return found


def _is_surely_in(name: tuple[str, ...], text: str) -> bool:
    """Whether the name is there as names are written: with capitals, and of no street."""
    words = _words_of(text)
    if len(name) == 1:
        return any(
            before.plain in TITLES and word.plain == name[0] for before, word in pairwise(words)
        )
    return any(_is_name(name, words, run) for order in _orders(name) for run in _runs(order, words))


def _runs(name: tuple[str, ...], words: Sequence[_Word]) -> Iterator[range]:
    """Where the words of the name follow one another, with middle names between them."""
    plain = [word.plain for word in words]
    for start, word in enumerate(plain):
        end = _end_of(name, plain, start) if word == name[0] else 0
        if end:
            yield range(start, end)


def _end_of(name: tuple[str, ...], words: Sequence[str], start: int) -> int:
    """Where the name that begins at `start` ends; 0 if it is not there."""
    at = start
    for part in name[1:]:
        reach = words[at + 1 : at + 2 + _MIDDLE_NAMES]
        if part not in reach:
            return 0
        at += 1 + reach.index(part)
    return at + 1


def _follow(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(word == name[0] and _end_of(name, words, start) for start, word in enumerate(words))


def _is_name(name: tuple[str, ...], words: Sequence[_Word], run: range) -> bool:
    """Whether these words of a text, in which the name is, are written as a name."""
    own, after = words[run.start : run.stop], words[run.stop : run.stop + 1]
    is_titled = run.start > 0 and words[run.start - 1].plain in TITLES
    is_street = after and _is_place(after[0].plain) and after[0].gap.isspace()
    if (_is_place(name[-1]) or is_street) and not is_titled and not own[-1].is_owner:
        return False
    is_all = {*name, *TITLES}.issuperset(word.plain for word in words)
    is_address = all(word.gap in (".", "_", "-") for word in own[1:])
    is_capital = all(word.is_capital or word.plain in name[1:-1] for word in own)
    return (is_all or is_address or is_capital) and all(
        _WITHIN.fullmatch(word.gap) or (len(before.plain) == 1 and word.gap.strip() == ".")
        for before, word in pairwise(own)
    )


def _is_shortened(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the last name has a title or the first initial beside it: "Mrs Doe", "J. Doe"."""
    initial = name[0][0]
    for at, word in enumerate(words):
        if word == name[-1]:
            before, after = words[max(at - 2, 0) : at], words[at + 1 : at + 2]
            if not TITLES.isdisjoint(before) or initial in (*before, *after):
                return True
    return False


def _is_like(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the name is there with other spaces or letters: "O Brien", "DeSouza", "Mueller"."""
    folded = tuple(map(_folded, words))
    if not {"".join(order) for order in _orders(tuple(map(_folded, name)))}.isdisjoint(folded):
        return True  # as in e-mail addresses
    for first, last in _splits(name):
        text = _regrouped(folded, last)
        if last in text and ({*first, last} <= set(text) or text == (last,)):
            return True
        if first and _is_shortened((*first, last), text):
            return True
    return False


def _splits(name: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The first names and the last name: the latter is the last word, or several as one."""
    own = tuple(map(_folded, name))
    yield own[:-1], own[-1]
    for parts in range(2, min(len(own), _MOST_PARTS + 1)):
        yield own[:-parts], "".join(own[-parts:])


def _regrouped(words: tuple[str, ...], last: str) -> tuple[str, ...]:
    """The words, with those that make up the last name as one."""
    found, at = list[str](), 0
    while at < len(words):
        size = next(
            (n for n in range(2, _MOST_PARTS + 1) if "".join(words[at : at + n]) == last), 1
        )
        found.append("".join(words[at : at + size]))
        at += size
    return tuple(found)


def _folded(word: str) -> str:
    """A word as it is without the e of German umlauts: "mueller" is "muller"."""
    return _FOLDED.sub(r"\1", word)
