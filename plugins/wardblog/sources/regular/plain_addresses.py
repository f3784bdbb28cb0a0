"""Keeps of an address what looks like one: numbers, buildings, streets and the name of the place.

Whatever else a council writes there, such as an owner or who has the key, is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from wardblog.model import Site
from wardblog.privacy.words import ORGANISATIONS, STREET_TYPES, word_set
from wardblog.support.late_regex import late_regex

# Instead of an address of which nothing can be kept.
NOT_SHOWN = "Address not shown"
_PARTS = late_regex(r"[,;()\[\]:|]| [-–—] ")
_NUMBER = late_regex(r"(?:no\.?)?\d[\w/&-]*\.?|[a-z]|[ivx]+", re.IGNORECASE)
_ENDS = frozenset(word.casefold() for word in (*STREET_TYPES, *ORGANISATIONS)) | word_set("""
    allotments annexe apartment apartments arcade arch arches barn block bungalow centre central
    cemetery depot docks esplanade flat flats floor garage garages hotel island land maisonette
    nursery parcel parade plot playground power precinct promenade pub room schools site shop shops
    stables store stores studio substation sub-station suite unit units wing broadway avenue
    fflat ffordd heol stryd tŷ ty maes llys
    """)
# Words that may be in an address, but name no place by themselves.
_WITHIN = word_set("""
    and & to of at the on in rear front side adjacent adj. adj next opposite opp. opp between behind
    above below off junction corner north south east west upper lower ground first second third
    fourth basement former formerly part no. nos. nos land's record street old new
    """)
_MOST_WORDS = 2


def plain_address(address: str, site: Site) -> str:
    """The address without what is not one; `NOT_SHOWN` if nothing is left."""
    places = _places(site)
    parts = [" ".join(_kept(part.split(), places)) for part in _PARTS.split(address)]
    kept = [part for part in dict.fromkeys(parts) if part]
    is_enough = any(_names_a_place(part, places) for part in kept)
    return ", ".join(kept) if is_enough else NOT_SHOWN


def _places(site: Site) -> Set[str]:
    """The names in small letters that are those of streets and places here."""
    entries = (one.name for one in (*site.gazetteer.streets, *site.gazetteer.places))
    named = (*entries, site.ward.name, site.ward.council, "London", "Greater London")
    return frozenset(name.casefold() for name in named if name)


def _names_a_place(part: str, places: Set[str]) -> bool:
    words = part.casefold().split()
    return part.casefold() in places or any(word.strip(".") in _ENDS for word in words)


def _kept(words: list[str], places: Set[str]) -> Iterator[str]:
    """The words of one part that belong to an address."""
    if " ".join(words).casefold() in places:
        yield from words
        return
    waiting: list[str] = []
    within: list[str] = []
    for word in words:
        plain = word.casefold()
        if plain.strip(".") in _ENDS:
            if (named := _named(waiting, plain, places)) is not None:
                yield from (*within, *named, word)
            waiting, within = [], []
        elif _NUMBER.fullmatch(plain) and not waiting:
            yield from (*within, word)
            within = []
        elif _NUMBER.fullmatch(plain) and plain[:1].isdigit():
            yield word
            waiting, within = [], []
        elif plain in _WITHIN and not waiting:
            within.append(word)
        else:
            waiting.append(word)


def _named(words: list[str], end: str, places: Set[str]) -> list[str] | None:
    """What comes before the word for a street or building, if it can be its name."""
    for start in range(len(words)):
        if " ".join((*words[start:], end)).casefold() in places:
            return words[start:]
    return words if len(words) <= _MOST_WORDS else None
