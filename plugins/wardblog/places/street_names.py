"""Street names as people write them: short forms, apostrophes, accents and capitals all vary."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

from wardblog.model import Gazetteer, GazetteerEntry
from wardblog.support.late_regex import late_regex

# The short forms of words that come after a name; "St" is both Street and Saint, see `_SAME`.
SHORT_FORMS = {
    "alley": ("aly",),
    "approach": ("app", "appr"),
    "arcade": ("arc",),
    "avenue": ("av", "ave", "aven"),
    "bank": ("bnk",),
    "boulevard": ("blvd", "bvd", "boul"),
    "bridge": ("bdg", "brdg"),
    "broadway": ("bdwy", "bway"),
    "buildings": ("bldgs", "blds"),
    "circle": ("circ",),
    "circus": ("cir", "crcs"),
    "close": ("cl", "clo"),
    "common": ("cmn",),
    "corner": ("cnr",),
    "cottages": ("cotts", "cotgs"),
    "court": ("ct", "crt"),
    "courtyard": ("ctyd",),
    "crescent": ("cr", "cres", "cresc", "crest"),
    "drive": ("dr", "drv"),
    "east": ("e",),
    "embankment": ("emb", "embkmt"),
    "estate": ("est",),
    "gardens": ("gdns", "gdn", "grdns", "gds", "gards"),
    "gate": ("gte",),
    "green": ("gn", "grn"),
    "grove": ("gr", "gro", "grv"),
    "heights": ("hts",),
    "hill": ("hl",),
    "house": ("hse",),
    "junction": ("jct", "junc"),
    "lane": ("la", "ln"),
    "mansions": ("mans",),
    "market": ("mkt",),
    "mews": ("ms", "mws"),
    "mount": ("mt", "mnt"),
    "north": ("n", "nth"),
    "orchard": ("orch",),
    "parade": ("pde", "par"),
    "park": ("pk",),
    "passage": ("psge", "pass"),
    "path": ("pth",),
    "place": ("pl", "plc"),
    "promenade": ("prom",),
    "road": ("rd",),
    "south": ("s", "sth"),
    "square": ("sq",),
    "st": ("str",),
    "station": ("stn", "sta"),
    "terrace": ("ter", "terr", "tce", "trce"),
    "vale": ("vl",),
    "view": ("vw",),
    "villas": ("vil", "vills"),
    "walk": ("wk", "wlk"),
    "way": ("wy",),
    "west": ("w",),
    "yard": ("yd",),
}
# Those of words that come first: "Gt North Road", "Upr Tooting Road".
_SHORT_FIRST = {
    "great": ("gt", "grt"),
    "little": ("lt", "ltl", "lit"),
    "lower": ("lwr", "lr"),
    "mount": ("mt", "mnt"),
    "north": ("nth", "n"),
    "south": ("sth", "s"),
    "east": ("e",),
    "west": ("w",),
    "upper": ("upr", "up"),
}
# Words that mean the same anywhere. "St" may be Saint or Street, so both become "st".
_SAME = {"saint": "st", "street": "st", "doctor": "dr"} | dict(
    zip(
        ("1st", "2nd", "3rd", *(f"{n}th" for n in range(4, 13))),
        (
            *("first", "second", "third", "fourth", "fifth", "sixth"),
            *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
        ),
        strict=True,
    )
)
_LONG = {short: word for word, shorts in SHORT_FORMS.items() for short in shorts}
_LONG_FIRST = {short: word for word, shorts in _SHORT_FIRST.items() for short in shorts}
# What people and word processors write for an apostrophe.
APOSTROPHES = "'’‘ʼʻ`´′ʹ＇"
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "&": " and "}
    | dict.fromkeys(APOSTROPHES)
)
# "St James's Street", "St James' Street" and "St James Street" are the same to most people.
_POSSESSIVE_S = late_regex(rf"(?<=s)[{APOSTROPHES}]s\b")
_WORD = late_regex(r"[^\W_]+")

Key = TypeVar("Key", str, tuple[str, ...])


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words in small letters, without accents, apostrophes and other marks.

    Hyphens and slashes divide words, and `&` is "and".
    """
    folded = text.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded.replace("´", "'"))
        folded = "".join(c for c in apart if not unicodedata.combining(c))
    if any(mark in folded for mark in APOSTROPHES):
        folded = _POSSESSIVE_S.sub("", folded)
    return tuple(_WORD.findall(folded.translate(_PLAIN_LETTERS)))


def plain_street(name: str) -> tuple[str, ...]:
    """Return a key that is the same for all usual ways to write the name of a street.

    "The St. John's Rd", "saint johns road" and "St Johns Road" all give ("st", "johns", "road").
    Saint and Street share one word, since "St" means either. Empty if there is no letter or figure.
    """
    words = plain_words(name)
    if len(words) > 2 and words[0] == "the":
        words = words[1:]
    if not words:
        return ()
    first = words[0]
    if len(words) > 2 or (len(words) == 2 and len(first) > 1):
        first = _LONG_FIRST.get(first, first)
    rest = (_LONG.get(word, word) for word in words[1:])
    return tuple(_SAME.get(word, word) for word in (first, *rest))


class StreetIndex:
    """Finds the streets of a gazetteer by name. The tables are made when they are first needed."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._streets = gazetteer.streets

    def named(self, written: str) -> tuple[GazetteerEntry, ...]:
        """Return all streets that a written name can mean, in the order of the gazetteer.

        A name as the gazetteer spells it means only the streets of that spelling. Otherwise short
        forms, accents and apostrophes may differ, and last of all the spaces ("Fern Lea Road") and
        the article ("the Broadway").
        """
        exact = self._exact.get(" ".join(written.split()).casefold())
        if exact:
            return exact
        key = plain_street(written)
        if not key:
            return ()
        without = key[1:] if key[0] == "the" else key
        return (
            self._plain.get(key) or self._plain.get(without) or self._joined.get("".join(key), ())
        )

    @cached_property
    def _exact(self) -> dict[str, tuple[GazetteerEntry, ...]]:
        return grouped(self._streets, lambda street: street.name.casefold())

    @cached_property
    def _plain(self) -> dict[tuple[str, ...], tuple[GazetteerEntry, ...]]:
        return grouped(self._streets, lambda street: plain_street(street.name))

    @cached_property
    def _joined(self) -> dict[str, tuple[GazetteerEntry, ...]]:
        found: dict[str, tuple[GazetteerEntry, ...]] = {}
        for key, streets in self._plain.items():
            joined = "".join(key)
            found[joined] = (*found.get(joined, ()), *streets)
        return found


def grouped(
    entries: Iterable[GazetteerEntry], key_of: Callable[[GazetteerEntry], Key]
) -> dict[Key, tuple[GazetteerEntry, ...]]:
    """Return the entries by their keys, in the same order; those with an empty key are left out."""
    found: dict[Key, list[GazetteerEntry]] = {}
    for entry in entries:
        if key := key_of(entry):
            found.setdefault(key, []).append(entry)
    return {key: tuple(several) for key, several in found.items()}
