"""Corrects key words with one letter missing, doubled, swapped or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from wardblog.support.late_regex import late_regex

# Long words of the topics. A short one with a wrong letter is too often another word.
_WORDS = """
    roadworks pothole potholes resurfacing resurfaced pavement pavements crossing temporary
    carriageway reinstatement trenches tarmac diversion closure barriers
    flytipping flytipped flytippers tipping dumped dumping mattress mattresses rubbish abandoned
    furniture rubble freezer wardrobe
    planning planners application applications permission extension conversion development
    objection objections objected consultation committee enforcement inspector retrospective
    conservation demolition demolish basement
    fouling labrador gritting gritters gritted
    parking cyclists speeding burglary stabbing robbery licensing landlord
    flooding flooded streetlight streetlights graffiti playground recycling collection library
    hospital pollution
"""
# Words that are right, although they are one letter from a key word.
_RIGHT = """
    barrier burglar burglars clamping committed committer cyclist duping freeze gritter panning
    paring planer planers planing planking planner planters planting playgroup playgroups potholed
    resurface resurfaces robber seeding sending spending stabling stubbing tabbing trenched
"""
_LONG = late_regex(r"[a-z]{6,}")


class Spelling:
    """Corrects the key words of the topics."""

    def __init__(self) -> None:
        words = _WORDS.split()
        wrong = {form: word for word in words for form in _mistyped(word)}
        self._right = {form: wrong[form] for form in wrong.keys() - {*_RIGHT.split(), *words}}

    def corrected(self, text: str) -> str:
        """A text in small letters with its key words as they should be."""
        for form in self._right.keys() & set(_LONG.findall(text)):
            text = re.sub(rf"\b{form}\b", self._right[form], text)
        return text


def _mistyped(word: str) -> Iterator[str]:
    """The word with one letter missing, doubled, swapped with the next, or wrong."""
    for at, letter in enumerate(word):
        before, after = word[:at], word[at + 1 :]
        yield before + after
        yield before + letter + letter + after
        if after:
            yield before + after[0] + letter + after[1:]
        # The first letter is seldom wrong, and makes another word too easily.
        if at and len(word) > 7:
            yield from (before + other + after for other in ascii_lowercase)
