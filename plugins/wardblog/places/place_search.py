"""Finds streets, places and postcodes by a part of a name, or by a name with a mistake in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from wardblog.model import Gazetteer, GazetteerEntry
from wardblog.places.street_names import plain_street
from wardblog.support.late_regex import late_regex

FoundKind = Literal["street", "place", "postcode"]
# The beginning of a postcode, at least its letters and a figure, without the space.
_CODE = late_regex(r"^[A-Z]{1,2}\d[A-Z\d]?(?:\d[A-Z]{0,2})?$")
# Shorter words match too much when a letter may be wrong.
_LEAST_LETTERS = 4
# One letter of so many may be wrong.
_LETTERS_PER_ERROR = 4
_MOST_ERRORS = 3


class FoundName(NamedTuple):
    """An entry of the gazetteer; `is_guess` is whether its name differs from what was typed."""

    kind: FoundKind
    entry: GazetteerEntry
    is_guess: bool = False


class _Row(NamedTuple):
    """An entry by its plain name, with a space between two words; `letters` has a bit for each."""

    key: str
    letters: int
    kind: FoundKind
    entry: GazetteerEntry


class PlaceSearch:
    """Searches a gazetteer while somebody types. The tables are made when first needed."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def find(self, words: str, most: int = 8) -> tuple[FoundName, ...]:
        """Return the entries that may be meant, the likeliest first.

        Names that begin with the words come first, then those with a word that does, then streets
        that are named among the words ("12 Eland Road"). Only if there are none of these, names
        with wrong letters are guessed.
        """
        if codes := self._codes(words):
            return tuple(FoundName("postcode", entry) for entry in codes[:most])
        key = " ".join(plain_street(words))
        if not key:
            return ()
        ranked = sorted(self._ranked(key), key=lambda pair: (pair[0], len(pair[1].key)))
        if ranked:
            return tuple(FoundName(row.kind, row.entry) for _, row in ranked[:most])
        near = sorted(self._near(key), key=lambda pair: (pair[0], len(pair[1].key)))
        return tuple(FoundName(row.kind, row.entry, True) for _, row in near[:most])

    def _codes(self, words: str) -> list[GazetteerEntry]:
        """The postcodes that begin with what was typed; all of one district would be no help."""
        code = "".join(words.split()).upper()
        if not _CODE.match(code):
            return []
        return [entry for plain, entry in self._postcodes if plain.startswith(code)]

    def _ranked(self, key: str) -> Iterator[tuple[int, _Row]]:
        begins, inside = f" {key}", f" {key} "
        for row in self._rows:
            if row.key == key:
                yield 0, row
            elif row.key.startswith(key):
                yield 1, row
            elif begins in row.key:
                yield 2, row
            elif len(row.key) < len(key) and " " in row.key and f" {row.key} " in inside:
                yield 3, row

    def _near(self, key: str) -> Iterator[tuple[int, _Row]]:
        """Names with a few wrong letters; the last words may be missing."""
        if len(key) < _LEAST_LETTERS:
            return
        # late import: see docs/architecture.md
        from jellyfish import damerau_levenshtein_distance as edit_distance

        most = min(_MOST_ERRORS, max(1, len(key) // _LETTERS_PER_ERROR))
        letters = _letters(key)
        for row in self._rows:
            # A letter that the name does not have is wrong: this spares most of the comparisons.
            strange = (letters & ~row.letters).bit_count()
            if strange > most:
                continue
            if (
                abs(len(row.key) - len(key)) <= most
                and (wrong := edit_distance(key, row.key)) <= most
            ):
                yield wrong, row
            elif strange <= 1 and any(
                edit_distance(key, row.key[: len(key) + more]) <= 1 for more in (0, 1)
            ):
                yield most + 1, row

    @cached_property
    def _rows(self) -> tuple[_Row, ...]:
        streets = self._of("street", self._gazetteer.streets)
        return (*streets, *self._of("place", self._gazetteer.places))

    @staticmethod
    def _of(kind: FoundKind, entries: Iterable[GazetteerEntry]) -> Iterator[_Row]:
        for entry in entries:
            if key := " ".join(plain_street(entry.name)):
                yield _Row(key, _letters(key), kind, entry)

    @cached_property
    def _postcodes(self) -> tuple[tuple[str, GazetteerEntry], ...]:
        return tuple((entry.name.replace(" ", ""), entry) for entry in self._gazetteer.postcodes)


def _letters(key: str) -> int:
    """A bit for each letter in a text; those of other alphabets share bits."""
    letters = 0
    for letter in set(key):
        letters |= 1 << (ord(letter) % 64)
    return letters
