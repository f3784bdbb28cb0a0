"""Finds homes of people who are not named: a house with its postcode, or "I live at" a house.

The sentence around an address tells a home from a public building, a planning application or works
in the street:

1. A word for a person who lives there makes it a home: "the tenant of", "I live at", "my flat".
2. Otherwise a word for an organisation, a public building, an event, planning, licensing, a sale or
   works makes it a place: "the surgery at", "outside", "rear extension". So does a capitalised name
   directly before it: "The Falcon, 2 St John's Hill".
3. An address on its own, as in a list of places, is a home only if the lines around it are those of
   a letter ("Dear ...", "my husband").
4. In any other sentence a house number with a full postcode is a home.

Without a postcode only rule 1 counts, and only if the words come directly before the house, or the
house is a flat. A range of houses (15-21) is not a home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from wardblog.privacy.addresses import FLAT, house_at
from wardblog.privacy.matches import Figures, TextMatch, after, before
from wardblog.privacy.triggers import DWELLERS
from wardblog.privacy.words import (
    ORGANISATIONS,
    RELATIVE,
    SOMEBODY,
    STREET_TYPES,
    word_set,
    words_of,
)
from wardblog.support.late_regex import late_regex

_INWARD = late_regex(r"\d[ABD-HJLNP-UW-Z]{2}(?![^\W_])", re.IGNORECASE)
_OUTWARD = late_regex(r"\b[A-Z]{1,2}\d[A-Z\d]? ?$", re.IGNORECASE)
_NUMBER = late_regex(r"\d{1,4}[A-Za-z]?(?:,| in| on)? ")
_BETWEEN = late_regex(r"(?:[^\W\d_][\w’'.-]*[,;]* +){1,8}")
_LONGEST = 70
# Words that are not part of a street's name.
_NOT_STREET = word_set(
    "in on at near outside for from by and or with homes flats houses trees bins"
)
_PERSON = late_regex(
    rf"\b(?:(?:{SOMEBODY})\b(?! (?:centre|center|club|group|service|team|room|health))"
    r"(?!['’]s? (?!home|house|flat|door|garden|roof|kitchen|bathroom|bedroom|address))"
    r"|(?:an?|the|one|our) (?:elderly |old |young |disabled |local |worried )?(?:resident"
    r"|constituent"
    r"|neighbour|occupier|owner|homeowner)\b"
    rf"|(?:my|his|her|their) (?:own |new |old |elderly |late )?(?:home|house|flat|address"
    rf"|bungalow|place"
    rf"|room|bedroom|door|garden|{RELATIVE})\b|our (?:own |new )?(?:home|house|flat|bungalow"
    rf"|{RELATIVE})\b"
    r"|(?:I|we|he|she|who|they) (?:still |now |have |has |’ve |'ve )?(?:lives?|lived|living"
    r"|am at|are at)\b"
    r"|lives (?:alone|at)|living at|bedroom|evicted)",
    re.IGNORECASE,
)
# Words for a quick test before `_PERSON`.
_OF_PEOPLE = (
    DWELLERS
    | word_set("my his her their our owner homeowner i we he she who they evicted")
    | {"bedroom"}
)
_DWELLS = late_regex(
    rf"(?:\b(?:lives?|living|staying|stays|resides?|residing) (?:\w+ )?(?:at|in)"
    rf"|\b(?:resident|constituent|neighbour|occupier|{SOMEBODY}) (?:of|at|in|from)"
    r"|\b(?:my|his|her|our|their) (?:\w+ )?(?:home|house|flat|address|bungalow)(?: is|:"
    r"|,)?(?: at)?)"
    r",? (?:no\.? |number )?$",
    re.IGNORECASE,
)
_DWELLS_BEHIND = late_regex(
    r",? (?:is )?(?:where (?:an?|the|our|my|his|her) [^.!?;\n]{0,40}?\b(?:lives?|living)\b"
    r"|(?:the )?home (?:of|to) (?:an?|my|his|her) (?!\w*\s?(?:business|charity|club|group)))"
)
_REFERENCE = late_regex(r"\b\d{2,4}/[A-Z]?\d{2,5}\b|\b\d{4}/\w+")
_PLACE = ORGANISATIONS | word_set("""
    public library libraries surgeries centre station stations polling premises shops store
    bookmaker
    barber barbers hairdresser bakery butcher takeaway depot site sites venue meet meeting meetings
    held drop-in exhibition event events workshop concert fair opens open opening opened closes
    closed hours appointments appointment vaccination vaccinations jab jabs clinic write letters
    comments donations donate collect collection-point bank foodbank army arms town civic
    headquarters
    sorting services childcare nursery playgroup crèche tickets stall stalls performs perform
    performance play show gallery community volunteers volunteer hire bookings reception staff prime
    minister's ministers embassy consulate memorial plaque museum listed building buildings school
    warm space hub advice caf cafe restaurant pub bar gp pharmacy chemist supermarket office offices
    application applications applicant applicants planning permission consent appeal appeals
    inspector enforcement extension extensions loft dormer basement basements conversion convert
    converted converting change use hmo licence licences license licensing alcohol development
    developments redevelopment developer developers demolition demolish demolished build built flats
    houses dwellings storey storeys hoarding scaffolding skip replacement tree trees felling fell
    lime
    oak plane crown notice notices refused approved granted proposal proposals proposed consultation
    becomes sale sold auction let planned plan plans erection retention outbuilding shed garage
    variation condition conditions certificate lawful prior approval objections object objection
    comment works roadworks works' resurfacing resurfaced gritting grit cabinet
    work starts start begins ends closure diversion
    outside opposite beside behind between corner junction adjacent pavement crossing
    pothole potholes lamp column kerb stop stops bus parking bay bays camera cameras mast hydrant
    mp mp's mps councillors
    councillor's developer's agent agents solicitors post collected
    """)
_NEAR = late_regex(
    r"\b(?:care|nursing|residential|retirement|rest|funeral|dogs|children['’]?s) homes?\b"
    r"|\bhostel\b|\brefuge\b|\bsheltered housing\b|\bnear(?:by)?\b(?! tears)"
    r"|\bclose to\b|\bacross from\b"
    r"|\b(?:I|we)(?: will|['’]ll) be (?:at|in)\b"
    r"|\b(?:see you|join (?:me|us)|come (?:to|along)|find (?:me|us)|drop in)\b",
    re.IGNORECASE,
)
_SPEAKS = late_regex(
    r"[,)]? (?:who\b|would like|wants?|ask(?:s|ed)|says|said|complain|writes|wrote|rang|phoned"
    r"|feels|reports|reported|thinks|needs|cannot|told|objects|objected|has (?:asked|no|complained)"
    r"|is worried)"
)
_NAMED = late_regex(
    r"(?:^|[:;–—(|] ?|\b(?:at|to|of|in|from|is|for) )"
    r"[A-Z][\w’'&.-]*(?:,? (?:of |the |and |& )?[A-Z][\w’'&.-]*){0,5}, $"
)
_ALONE = late_regex(r"[\s\W\d_]*(?:(?:re|at|address|no|number|london)\b[\s\W]*)*", re.IGNORECASE)
_LETTER = late_regex(
    rf"\b(?:dear \w|my (?:\w+ )?(?:{RELATIVE}|home|house|flat|road|street|neighbours?|landlord"
    rf"|door)\b"
    r"|our (?:home|house|flat|landlord)\b|I (?:live|have lived|am writing|write to"
    r"|have been a resident"
    r"|am disabled|am a resident)|we live|we have lived|sincerely|faithfully|regards)",
    re.IGNORECASE,
)
_WRITERS = word_set("dear my our i we sincerely faithfully regards")
_REACH = 250


def find_homes(text: str, figures: Figures, words: Set[str]) -> Iterator[TextMatch]:
    """Find the homes in a text; `words` are its words in lower case."""
    has_dwellers = not DWELLERS.isdisjoint(words)
    is_written = not _WRITERS.isdisjoint(words)
    position = 0
    for at, (start, end) in enumerate(figures):
        if start < position:
            continue
        home = None
        if end - start <= 2 and text[end : end + 1].isalpha() and _INWARD.match(text, end - 1):
            home = _with_postcode(text, figures, at, is_written)
        elif has_dwellers and end - start <= 4 and (start == 0 or text[start - 1] in " \n"):
            home = _where_somebody_lives(text, start)
        if home:
            position = home.end
            yield home


def _with_postcode(text: str, figures: Figures, at: int, is_written: bool) -> TextMatch | None:
    """Return the house whose address ends with the postcode at these digits, if it is a home."""
    end = figures[at][1]
    outward = _OUTWARD.search(text, max(0, end - 7), end - 1)
    if outward is None or (not is_written and _is_row(text, figures, at)):
        return None
    for first, last in reversed(figures[max(0, at - 4) : at]):
        if outward.start() - last > _LONGEST:
            return None
        if last <= outward.start() and _is_house(text, first, outward.start()):
            flat = FLAT.search(text, max(0, first - 60), first)
            first = flat.start() if flat else first
            stop = end + 2
            if not _is_home(text, first, stop, is_written):
                return None
            return TextMatch(first, stop, " ".join(text[first:stop].split()))
    return None


def _is_row(text: str, figures: Figures, at: int) -> bool:
    """Whether a line is just an address, like most rows of a list."""
    start, end = figures[at]
    first = text.rfind("\n", 0, start) + 1
    is_last = end + 2 >= len(text) or text[end + 2] == "\n"
    return is_last and any(begin == first for begin, _ in figures[max(0, at - 4) : at])


def _is_house(text: str, first: int, outward: int) -> bool:
    """Whether a house number starts here, with only its street and town before the postcode."""
    if first and (text[first - 1].isalnum() or text[first - 1] in "£$€#/.-–&"):
        return False
    number = _NUMBER.match(text, first)
    if number is None or not _BETWEEN.fullmatch(text, number.end(), outward):
        return False
    words = [word.strip(",;.") for word in text[number.end() : outward].split()]
    if any(word in _NOT_STREET for word in words):
        return False
    return all(w[:1].isupper() or w in ("of", "the", "upon", "y") for w in words) or any(
        word.capitalize() in STREET_TYPES for word in words
    )


def _is_home(text: str, start: int, end: int, is_written: bool) -> bool:
    """Apply the rules above; `is_written` is whether the text has a word such as "dear" or "I"."""
    left, right = before(text, start, 100), after(text, end, 100)
    is_alone = _ALONE.fullmatch(left.rpartition("|")[2]) and _ALONE.fullmatch(right.split("|")[0])
    # In a table the other cells of its row say whose it is.
    is_explained = not is_alone or "|" in left + right
    has_people = is_explained and not _OF_PEOPLE.isdisjoint(words_of(f"{left} {right}"))
    if has_people and (_PERSON.search(left) or _PERSON.search(right)):
        return True
    if not is_alone:
        return not _is_place(left, right)
    if not is_written:
        return False
    earlier, later = text[max(0, start - 150) : start], text[end : end + _REACH]
    if _names_a_place(earlier) or _names_a_place(later[:60]):
        return False
    return bool(_LETTER.search(earlier) or _LETTER.search(later))


def _is_place(left: str, right: str) -> bool:
    if _names_a_place(left) or _names_a_place(right):
        return True
    return bool(_NEAR.search(left) or (_NAMED.search(left) and not _SPEAKS.match(right)))


def _names_a_place(words: str) -> bool:
    return not _PLACE.isdisjoint(words_of(words)) or bool(_REFERENCE.search(words))


def _where_somebody_lives(text: str, start: int) -> TextMatch | None:
    """A house without a postcode, if the words before it say that somebody lives there."""
    end = house_at(text, start)
    if end is None:
        return None
    flat = FLAT.search(text, max(0, start - 60), start)
    first = flat.start() if flat else start
    left = before(text, first, 80)
    if (
        _DWELLS_BEHIND.match(text, end)
        or _DWELLS.search(left)
        or (flat and _PERSON.search(f"{left} | {after(text, end, 120)}"))
    ):
        return TextMatch(first, end, " ".join(text[first:end].split()))
    return None
