"""Finds what the councillor noted about a person, which no report may have."""

from __future__ import annotations

from wardblog.check.allowed import allowed_on
from wardblog.model import PersonalKind, Site, unpublished
from wardblog.office.diary import DiaryEntry
from wardblog.privacy import find_personal
from wardblog.privacy.names import find_persons
from wardblog.privacy.words import STREET_TYPES
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import POSTCODE
from wardblog.text.words import MONTHS

# A number and the names behind it, one of which may be that of a kind of street.
_HOUSE = late_regex(r"\b\d{1,4}[A-Za-z]?,? ((?:[A-Z][\w’'-]*(?: |\b)){2,4})")


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
    if found := unpublished(find_personal(words), public):
        return found[0].kind.value
    if _has_house(words):
        return PersonalKind.ADDRESS.value
    own = {part.casefold() for one in site.councillors for part in one.name.split()}
    streets = {entry.name.casefold() for entry in site.gazetteer.streets}
    for person in find_persons(words, is_alone_enough=True):
        name = words[person.start : person.end]
        is_own = all(part.strip(".").casefold() in own for part in name.split())
        if not (person.is_public or is_own or _is_part_of_one(name, words, streets)):
            return "somebody's name"
    return ""


def _has_house(words: str) -> bool:
    """Whether there is the number of a house with its street: "14 Eland Road"."""
    for match in _HOUSE.finditer(words):
        first, *others = match[1].split()
        if first not in MONTHS and not STREET_TYPES.isdisjoint(others):
            return True
    return False


def _is_part_of_one(name: str, words: str, streets: set[str]) -> bool:
    """Whether every place where the name is, is in the name of a street of the ward."""
    folded, wanted = words.casefold(), name.casefold()
    for street in streets:
        if wanted in street:
            folded = folded.replace(street, "")
    return wanted not in folded
