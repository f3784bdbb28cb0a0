"""Finds what the councillor noted about a person, which no report may have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.check.allowed import allowed_on
from wardblog.model import PersonalKind, Site, unpublished
from wardblog.office.diary import DiaryEntry
from wardblog.privacy import find_personal
from wardblog.privacy.names import find_persons
from wardblog.privacy.words import STREET_TYPES
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import POSTCODE
from wardblog.text.words import MONTHS

# A number and the names after it, one of which may be that of a kind of street.
_HOUSE = late_regex(r"\b\d{1,4}[A-Za-z]?,? ((?:[A-Z][\w’'-]*(?: |\b)){2,4})")
# "house 14", "number 14 in".
_NUMBERED = late_regex(
    r"\b(?:house|flat|apartment)s?(?: (?:number|no\.?))? \d"
    r"|\b(?:number|no\.?) ?\d{1,4}[a-z]? (?:in|on|of|at)\b",
    re.IGNORECASE,
)
# "14 eland road" at the beginning of a cell, or after one of these words.
_SMALL_HOUSE = late_regex(
    r"(?:^|\| |\b(?:at|from|of|outside|opposite|near|to|visit(?:ed)?) )\d{1,4}[a-z]?,?"
    r"((?: (?!(?:in|on|at|of|about|from|near|for|with|the|to)\b)[\w’'-]+){2,4})",
    re.IGNORECASE,
)
_LOWER = late_regex(r"(?<![\w’'-])[a-z]{2,}(?!\w|[’'-](?!s\b))")
_NO_NAME = "said"  # a given name as well
# "my neighbour Mary".
_RELATIVE = late_regex(
    r"\b(?:wife|husband|partner|son|daughter|mother|father|mum|dad|brother|sister|aunt|uncle|child"
    r"|grand(?:mother|father|son|daughter)|neighbour|friend|carer)\b,? [A-Z][a-z]+\b"
)


def what_entry_gives_away(site: Site, entry: DiaryEntry) -> str:
    """The kind of personal data in a row of the diary; "" if there is none.

    A postcode says where a venue is, but of what was said it says who said it.
    """
    if entry.names_somebody:
        return "somebody's name"
    if found := what_gives_away(site, " | ".join((entry.what, entry.where, entry.said))):
        return found
    return "a postcode" if POSTCODE.search(entry.said) else ""


def what_gives_away(site: Site, words: str) -> str:
    """The kind of personal data in a note, such as `a telephone number`; "" if there is none.

    A report-back never needs a resident's name, so any name counts but those of councillors.
    """
    public = allowed_on(site)
    streets = {entry.name.casefold() for entry in site.gazetteer.streets}
    if found := unpublished(find_personal(words), public):
        return found[0].kind.value
    if _has_house(words, streets):
        return PersonalKind.ADDRESS.value
    own = {part.casefold() for one in site.councillors for part in one.name.split()}
    if _RELATIVE.search(words) or any(
        not _is_part_of_one(name, words, streets) for name in _small_names(words, own)
    ):
        return "somebody's name"
    for person in find_persons(words, is_alone_enough=True):
        name = words[person.start : person.end]
        is_own = all(part.strip(".").casefold() in own for part in name.split())
        if not (person.is_public or is_own or _is_part_of_one(name, words, streets)):
            return "somebody's name"
    return ""


def _has_house(words: str, streets: set[str]) -> bool:
    """Whether there is the number of a house, most often with its street: "14 Eland Road"."""
    for match in (*_HOUSE.finditer(words), *_SMALL_HOUSE.finditer(words)):
        first, *others = match[1].title().split()
        if first not in MONTHS and not STREET_TYPES.isdisjoint(others):
            return True
    folded = words.casefold()
    return bool(_NUMBERED.search(words)) or any(
        re.search(rf"\b\d+[a-z]?,? {re.escape(street)}\b", folded)
        for street in streets
        if street in folded and street.partition(" ")[0].title() not in MONTHS
    )


def _small_names(words: str, own: set[str]) -> Iterator[str]:
    """Given names that are written in small letters."""
    for word in dict.fromkeys(_LOWER.findall(words)):
        if word != _NO_NAME and word not in own and find_persons(word.title(), True):
            yield word


def _is_part_of_one(name: str, words: str, streets: set[str]) -> bool:
    """Whether every place where the name is, is in the name of a street of the ward."""
    folded, wanted = words.casefold(), name.casefold()
    for street in streets:
        if wanted in street:
            folded = folded.replace(street, "")
    return wanted not in folded
