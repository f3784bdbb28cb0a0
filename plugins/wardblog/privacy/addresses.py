"""Finds home addresses: a house number or full postcode that the sentence links to a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.privacy.matches import Figures, TextMatch, after, before
from wardblog.privacy.names import Person, find_persons
from wardblog.privacy.words import ORGANISATIONS, STREET_TYPES, word_set
from wardblog.support.late_regex import late_regex

_CAPITAL = r"[A-Z\u00c0-\u00de]"
_TYPES = "|".join(sorted(STREET_TYPES, key=len, reverse=True))
_HOUSES = r"\d{1,4}[A-Za-z]?(?:(?: ?[-–/&] ?| and | to )\d{1,4}[A-Za-z]?)?"
_RANGE = late_regex(r"\d+[A-Za-z]?(?: ?[-–/&] ?| and | to )\d")
_STREET = (
    rf"(?:[Tt]he )?{_CAPITAL}[\w’'.-]* (?:(?:{_CAPITAL}[\w’'.-]*|of|the|upon|y) ){{0,4}}?"
    rf"(?:{_TYPES})\b(?! ?['’])"
)
# "Mrs Smithson at number 12", in a post about her street. "At number 10" is the prime minister.
_AT_NUMBER = late_regex(
    rf"\b(?:Mrs?|Ms|Miss)\.? {_CAPITAL}[\w’'-]+(?: {_CAPITAL}[\w’'-]+)?,? [(–-]? ?"
    r"(?:(?:at|from|of|in|who lives at|lives at) )?(?:number|no\.?|nr\.?|house) ?$",
    re.IGNORECASE,
)
# The last letters of "number", "no.", "nr" and "house".
_ENDS_OF_NUMBER = ("r", "R", "o", "O", "e", "E", ".")
_NO_HOUSE = late_regex(r" (?:on|in|of|bus|route)\b|\.\d|/")
_COMPASS = r"(?: (?:North|South|East|West|Side|Approach|Lower|Upper)\b){0,2}"
_HOUSE = late_regex(
    rf"{_HOUSES}(?:,| in| on)? "
    rf"(?:{_STREET}|(?:The )?(?:Broadway|Parade|Broadwalk|Strand)\b){_COMPASS}"
)
# A street without a word such as "Road", where the words before it show that it is one.
_LOOSE = late_regex(rf"{_HOUSES},? (?:The )?({_CAPITAL}[\w’'-]+)(?: {_CAPITAL}[\w’'-]+)?")
_LIVES = late_regex(
    r"\b(?:of|(?:lives?|living|lived|home|resident) (?:at|in)|home is) (?:no\.? |number )?$"
)
_MONTHS = late_regex(
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
)
FLAT = late_regex(
    rf"\b(?:flat|apartment|apt|unit|room)\.? ?\w{{1,4}},? (?:(?:{_CAPITAL}[\w’'-]+ ){{1,3}}?"
    r"(?:House|Court|Lodge|Mansions|Tower|Point|Heights|Buildings|Estate),? )?$",
    re.IGNORECASE,
)
_POSTCODE_END = late_regex(r"\d[ABD-HJLNP-UW-Z]{2}(?![^\W_])", re.IGNORECASE)
_POSTCODE_START = late_regex(r"\b[A-Z]{1,2}\d[A-Z\d]? ?$", re.IGNORECASE)
_REST = late_regex(
    rf"(?:,? {_CAPITAL}[\w’'-]+){{0,3}},? [A-Z]{{1,2}}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}\b"
)
_STREET_FIRST = late_regex(
    rf"\b(?:{_CAPITAL}[\w’'.-]* ){{1,4}}(?:{_TYPES}),? (?:at )?(?:number|no\.?|nr\.?) ?$"
)
# Words that may come between a person's name and that person's address.
_LINKS = word_set("""
    of at in on from to who whose where live lives living lived resides residing resident
    home house flat address addresses is was are were has have had been being he she they his her
    their s and the a an aged now still both also late formerly previously moved mr mrs ms family
    wife husband née nee no number our neighbour years old for since over apartment apt room
    opposite postcode tel says stays staying owns owner rents tenant writes writing wrote rang
    calls rings signed both again always only
    front back door doorstep garden fence hedge tree gate step drive kitchen bathroom bedroom
    basement loft extension ceiling roof wall window windows
    """)
_DWELLS = late_regex(r"\b(?:lives?|lived|living|resid(?:es?|ing))\b")
# A name that is not in the list of given names, but of somebody who lives somewhere.
_TWO_NAMES = late_regex(rf"\b{_CAPITAL}[a-z]+ {_CAPITAL}[a-z]+(?=.*\bliv(?:es?|ed|ing)\b)")
# The place where somebody was on a day is not a home.
_WAS_AT = late_regex(r",? (?:was|were|will be|is|are) (?:at|in|outside|on)\b(?! home)[^\d]*$")
# Data protection covers the living: somebody born before 1910 or who died before 1950 is history.
_HISTORY = late_regex(
    r"\b(?:born|baptised)\b[^.!?\n]{0,30}?\b1(?:[0-8]\d\d|90\d)\b"
    r"|\b(?:killed|died|fell|buried|murdered|executed)\b[^.!?\n]{0,40}?"
    r"\b1(?:[0-8]\d\d|9[0-4]\d)\b"
    r"|\(1[0-8]\d\d ?[-–] ?1[0-9]\d\d\)"
)
_NEW_SENTENCE = late_regex(r"[.!?] +(?!(?i:address|home|he|she|they|lives|his|her)\b)|;")
_WORDS = late_regex(r"[^\W\d_]+|\d+")
_BEFORE_PERSON = late_regex(
    r"(?: [–—-] |,?;? ?)(?:where|(?:which )?is (?:the )?(?:home|house|flat) of"
    r"|(?:the )?(?:home|house) of"
    r"|(?:which )?belongs to|owned by|occupied by|home to|lives?|lived"
    r"|[^.!?\n]{0,40}\b(?:ask|asking) for)?"
    r" ?[(,:–—|-]* ?"
)
_AT_THE_BEGINNING = late_regex(
    r"^[\W_]*(?:(?:at|from|in|no|number)\.? )*(?:number |no\.? )?$", re.IGNORECASE
)
_NEAREST, _FARTHEST = 70, 90


def find_addresses(text: str, figures: Figures) -> Iterator[TextMatch]:
    """Find the addresses of named people; the value of each is the address without the name."""
    last: TextMatch | None = None
    for one in figures:
        place = _place(text, *one)
        is_new = place is not None and (last is None or place[0] >= last.end)
        address = _linked_to_person(text, *place) if place and is_new else None
        address = address or _at_number(text, *one)
        if address is None:
            continue
        if last and address.start < last.end:  # a flat, followed by the number of its house
            last = last._replace(end=address.end)
            continue
        if last:
            yield last
        last = address
    if last:
        yield last


def _at_number(text: str, start: int, end: int) -> TextMatch | None:
    """A house number without a street, after a name with a title: "Mrs Khan at number 12"."""
    if end - start > 3 or text[start:end] == "10" or not _may_be_numbered(text, start):
        return None
    if _NO_HOUSE.match(text, end):
        return None
    left = before(text, start)
    person = _AT_NUMBER.search(left)
    if person is None or not left[person.start()].isupper():
        return None
    first = start - len(left) + person.start()
    return TextMatch(first, end, text[first:end])


def _may_be_numbered(text: str, start: int) -> bool:
    """Whether the words before a number can end with "number", "no.", "nr" or "house"."""
    return text[max(0, start - 3) : start].rstrip(" \n").endswith(_ENDS_OF_NUMBER)


def _place(text: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """Return the offsets of the house or postcode with these digits; True for a postcode."""
    if end - start > 4:
        return None
    inward = _POSTCODE_END.match(text, end - 1)
    outward = _POSTCODE_START.search(text, max(0, end - 7), end - 1) if inward else None
    if inward and outward:
        return outward.start(), inward.end(), True
    if not _is_free(text, start):
        return None
    if house := _HOUSE.match(text, start):
        return start, house.end(), False
    if _may_be_numbered(text, start):
        before_it = _STREET_FIRST.search(text, max(0, start - 60), start)
        if before_it:
            return before_it.start(), end, False
    loose = _LOOSE.match(text, start)
    if loose and not _MONTHS.match(loose[1]) and _LIVES.search(text, max(0, start - 20), start):
        return start, loose.end(), False
    return None


def house_at(text: str, start: int) -> int | None:
    """Return where an address such as "14 Eland Road" that starts here ends; None for a range."""
    house = _HOUSE.match(text, start) if _is_free(text, start) else None
    return house.end() if house and not _RANGE.match(house[0]) else None


def _is_free(text: str, start: int) -> bool:
    """Whether a number starts here, rather than being part of a longer one."""
    if start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "£$€#"):
        return start < 2 or not (text[start - 1] in ".,/:-–" and text[start - 2].isalnum())
    return False


def _linked_to_person(text: str, start: int, end: int, is_postcode: bool) -> TextMatch | None:
    flat = FLAT.search(text, max(0, start - 60), start) if not is_postcode else None
    first = flat.start() if flat else start
    rest = None if is_postcode else _REST.match(text, end)
    end = rest.end() if rest else end
    left = before(text, first)
    offset = first - len(left)
    named = find_persons(left, True) if len(left) > 2 else []
    if not named and _DWELLS.search(left):
        named = [Person(*pair.span()) for pair in _TWO_NAMES.finditer(left)]
    if named and _links(named[-1], left, is_postcode) and not _is_long_ago(text, start, end):
        return TextMatch(offset + named[-1].start, end, text[first:end])
    if is_postcode:
        return None
    person = None if _is_long_ago(text, start, end) else _person_after(left, text, end)
    return TextMatch(first, person.end, text[first:end]) if person else None


def _is_long_ago(text: str, start: int, end: int) -> bool:
    """Whether the sentence is about somebody who died long ago."""
    return bool(_HISTORY.search(f"{before(text, start)}{text[start:end]}{after(text, end)}"))


def _links(person: Person, left: str, is_postcode: bool) -> bool:
    """Whether the words between a name and an address say that the person lives there."""
    between = left[person.end :]
    if len(between) > (_FARTHEST if is_postcode else _NEAREST) or _NEW_SENTENCE.search(between):
        return False
    if _DWELLS.search(between):
        return True
    if is_postcode and _WAS_AT.match(between):
        return False
    words = _WORDS.findall(between)
    if words and words[-1] == "and":
        return False
    if any(word.lower() in ORGANISATIONS and word.lower() != "court" for word in words):
        return False
    small = {word.lower() for word in words}
    if person.is_public and small & {"at", "in", "on"} and not small & {"lives", "home"}:
        return False
    return all(
        word.lower() in _LINKS
        or (word.isdigit() and len(word) <= 4)
        or (is_postcode and (word[0].isupper() or len(word) == 1))
        for word in words
    )


def _person_after(left: str, text: str, end: int) -> Person | None:
    """Return the person that the words after an address name: "1 Elm Road, where Jo lives"."""
    right = after(text, end, 110)
    where = _BEFORE_PERSON.match(right)
    if where is None or not where[0].strip():
        return None
    named = find_persons(right[: where.end() + 45])
    if not named or named[0].start != where.end() or named[0].is_public:
        return None
    is_plain = where[0].strip() in (",", "-", "–", "|")
    if is_plain and not _AT_THE_BEGINNING.match(left):
        return None
    return Person(end + named[0].start, end + named[0].end)
