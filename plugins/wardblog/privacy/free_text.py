"""Tells names of places, names of people, and free-text notes in the cells of a list apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wardblog.privacy.names import find_persons, given_names, is_person_name
from wardblog.privacy.words import ORGANISATIONS, STREET_TYPES, word_set
from wardblog.support.late_regex import late_regex

# The most words that a name of a place has.
_LONGEST_NAME = 16
# The start of a new sentence, but not after "St." or "Opp.".
_NEW_SENTENCE = late_regex(
    r"[.!?](?<!\bSt.)(?<!\bRd.)(?<!\bAve.)(?<!\bOpp.)(?<!\bNr.)(?<!\bJct.)(?<!\bJn.)(?<!\bAdj.)"
    r"(?<!\bCnr.)(?<!\bSq.)(?<!\bLn.)(?<!\bDr.)(?<!\bMr.)(?<!\bMrs.)(?<!\bMs.)(?<!\bNo.)"
    r"(?<!\b[A-Z].)\s+[A-Z\"“‘(]",
    re.IGNORECASE,
)
# Words in sentences about people, but not in names or addresses. In lower case: "Our Lady" is a
# church.
_ABOUT_PEOPLE = late_regex(
    r"\b(?:my|me|our|he|she|his|hers?|him|they|their|them|you|your|who|whose|woman|man|lady"
    r"|gentleman|boys?|girls?|mother|father|mum|dad|wife|husband|daughter|family|neighbours?"
    r"|elderly|vulnerable|dementia|please|asked|asks|says|said|told|keeps?|because|lives?|lived"
    r"|living|complain\w*|beware|shout\w*|screams?|barks?|drunk|permission)\b"
)
# Words that occur in any sentence.
_SENTENCE = late_regex(
    r"\b(?:am|are|was|were|has|have|had|been|being|will|would|can|cannot|could|should|ask|since"
    r"|when|always|never|again|does|did|do|not|but|if|this|there|we|us|that|which|is|it|its|lets?"
    r"|left(?! (?:hand|side|of|turn))|wants?|needs?|went|came|got|saw|seen|heard|found|residents?"
    r"|tenants?|owners?|disabled|report(?:ed|s)|collect(?:ed)?|call(?:ed|s)?|ring(?! road)|rang"
    r"|phone(?! (?:box|kiosk|mast|shop)))\b"
)
_OPENING = late_regex(
    r"^\s*(?:Please|There|This|She|He|They|We|My|It|It[’']s|I|I[’'](?:m|ve)|Someone|Somebody"
    r"|Beware|(?:(?:Old|Young|Elderly|Drunk) )?"
    r"(?:[Ww]oman|[Mm]an|[Ll]ady|[Mm]en|[Bb]oys?|[Gg]irls?|Youths?"
    r"|Kids)) [a-z]|\bI\b [a-z]",
    re.MULTILINE,
)
_ABOUT_A_HOUSE = late_regex(
    r"^\s*(?:Keys?|Code|Dog|Caller|Customer|Resident|Neighbour|Tenant|Owner)\b", re.MULTILINE
)
_OWNED = late_regex(r"\b[A-Z][a-z]+[’']s (?:house|home|flat|garden|door|dog|car|drive|gate|wall)\b")
_CONTRACTED = late_regex(r"\b[A-Za-z]+(?:n['’]t|['’](?:re|ve|ll|d|m))\b")
_TITLED = late_regex(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|MR|MRS|MS|MISS|DR)\b\.?(?: (?:and|&) \w+\.?)? ")
_TITLE = late_regex(r"\b(?:Mr|Mrs|Ms|Miss|Mx|MR|MRS|MS|MISS)\b")
_COMPANY = late_regex(
    r"\b(?:ltd|limited|llp|plc|lettings?|properties|homes|estates|holdings|investments|& sons?"
    r"|& co|company|co)\b\.?$",
    re.IGNORECASE,
)
# Notes about who has the key or needs the bin, in a column that should hold names.
_KEYS = late_regex(
    r"\bkeys? (?:is|are|with|from|at|held|kept|in|under)\b|\bha(?:s|ve) (?:the |a )?keys?\b",
    re.IGNORECASE,
)
_CONDITION = late_regex(
    r"\bwheelchair users?\b|\b(?:blind|deaf|disabled|frail|housebound|sick|elderly) (?:child"
    r"|couple|daughter|father|gentleman|husband|lady|man|mother|neighbour|person|resident|son|tenant|wife|woman)\b"
    r"|\b(?:boy|child|daughter|father|girl|husband|lady|man|mother|person|resident|son|tenant|wife"
    r"|woman) with (?:adhd|asthma|autism|cancer|dementia|epilepsy|(?:a )?learning|(?:a )?stroke)\b",
    re.IGNORECASE,
)
_FAMILY = late_regex(r"\b[Tt]he [A-Z][a-z]+ (?:family|Family|household)\b(?! \w)")
_OF_SENTENCES = (_ABOUT_PEOPLE, _OPENING, _OWNED, _KEYS, _FAMILY, _CONDITION)
_CONDITIONS = ("wheelchair", "blind", "deaf", "disabled", "frail", "housebound", "sick", "elderly",
               "with ")  # fmt: skip
# Phrases that are followed by a person.
_MEETS = late_regex(
    r"^\W*(?:(?:please )?ask for|contact|see|speak to|call|ring|phone|att?n|fao|c/o)\b[:.]?\s+"
    r"|\b(?:adopted|owned|managed|held|run|kept|looked after|maintained|requested|reported|filled"
    r"|cleared) by\s+|\bfamily of\s+|\b(?:bay|bin|space|ramp|salt|grit) for\s+",
    re.IGNORECASE,
)
_AT_A_NUMBER = late_regex(
    r"(?<!\bSt )\b([A-Z][a-z]+) (?:at|from) (?:the )?(?:(?:no|number|flat|house)\b\.? ?)?\d+[a-z]?$"
)
_NUMBERED = late_regex(r"\b(?:no|number|flat)\b\.? ?\d", re.IGNORECASE)
# A match of `_MEETS` contains one of these, in lower case.
_MEETING = (
    "ask for", "contact", "see ", "speak to", "call ", "ring ", "phone ", "attn", "att ", "fao",
    "c/o", "ed by", "run by", "held by", "kept by", "after by", "family of", "bay for", "bin for",
    "space for", "ramp for", "salt for", "grit for",
)  # fmt: skip
_MISTER = ("mr", "ms", "miss", "mx")
_PAIR = late_regex(r" (?:&|and) ")
_SURNAME_FIRST = late_regex(r"[A-Z][\w'’-]+, [A-Z][a-z]+(?: [A-Z]\.?)?")
# Words that end the names of places and are not surnames; "Percy Park" may well be a man.
_BUILT = word_set("""
    allotments apartments arena barbers butchers cathedral cemetery centre center courts crematorium
    deli flats foods gardens grill ground grounds hairdressers heights home kitchen lido mansions
    minster nursery palace pavilion pier pitch pitches playground playgrounds recreation reserve
    residence residences restaurant stadium takeaway tandoori toilets towers windmill wing
    """)
_PLACES = frozenset(
    word.casefold()
    for words in (ORGANISATIONS, STREET_TYPES, _BUILT, ("park", "gate", "hill", "house", "station"))
    for word in words
)
_SHOP = late_regex(r"[’']s$|s[’']$")
_FIGURE = late_regex(r"\d")
_LONGEST_PERSON = 60
# A house number and street, perhaps with a flat.
_HOUSE = late_regex(
    r"(?:^|,\s*)(?:(?:flat|unit|room|apartment) \w+,?\s*)?\d{1,4}[a-z]?(?:\s*[-/]\s*\d+[a-z]?)?"
    r",?\s+[a-z][\w'’.-]*(?: [\w'’.-]+){0,4}",
    re.IGNORECASE,
)


def reads_as_text(cell: str) -> bool:
    """Whether a cell is a note that somebody wrote, rather than the name of a place."""
    return is_sentence(cell) or bool(
        len(cell.split()) > 2
        and (_SENTENCE.search(cell) or _ABOUT_A_HOUSE.search(cell) or names_a_person(cell))
    )


def is_sentence(cell: str) -> bool:
    """Whether a cell is a sentence; a name or address with a person's name in it is not."""
    words = cell.split()
    return (
        len(words) > _LONGEST_NAME
        or bool(_NEW_SENTENCE.search(cell) or _CONTRACTED.search(cell))
        or (len(words) > 2 and any(pattern.search(cell) for pattern in _OF_SENTENCES))
    )


def may_have_sentences(cells: Iterable[str]) -> bool:
    """A quick test whether any of many cells may be a sentence; it has no false negatives."""
    cells = list(cells)
    text = "\n".join(cells)
    return (
        any(pattern.search(text) for pattern in (_NEW_SENTENCE, _CONTRACTED, *_OF_SENTENCES[:-1]))
        or (_has(text.casefold(), _CONDITIONS) and bool(_CONDITION.search(text)))
        or (max(cell.count(" ") for cell in cells) >= _LONGEST_NAME if cells else False)
    )


def is_name_in_any_form(cell: str) -> bool:
    """Whether a whole cell is a person's name, in any case, surname first or last."""
    if len(cell) > _LONGEST_PERSON or _FIGURE.search(cell):
        return False
    text = " ".join(cell.split())
    if text.isupper() or text.islower():
        text = text.title()
    if text.rpartition(" ")[2].casefold() in _BUILT or _SHOP.search(text):
        return False
    if _TITLED.match(text) and len(text.split()) < 7 and names_a_person(text):
        return True
    if is_person_name(text):
        return True
    surname, _, rest = text.replace(",", "").partition(" ")
    is_turned = text.count(",") == 1 if "," in text else " " not in rest
    return is_turned and bool(rest) and is_person_name(f"{rest} {surname.title()}")


def names_a_person(cell: str) -> bool:
    """Whether a cell names a person other than a councillor."""
    return any(not person.is_public for person in find_persons(cell))


def is_titled_name(cell: str) -> bool:
    """Whether a cell is a person's name that begins with Mr, Mrs or the like."""
    return bool(_TITLED.match(" ".join(cell.split()))) and is_name_in_any_form(cell)


def has_titled_name(cell: str) -> bool:
    """Whether a cell names somebody with Mr, Mrs or the like."""
    found = find_persons(cell) if _TITLE.search(cell) else ()
    return any(not p.is_public and _TITLED.match(cell[p.start : p.end]) for p in found)


def is_note_about_person(cell: str) -> bool:
    """Whether a cell is a note about a person: "Key with Jo", "Ask for Jo at 4"."""
    plain = cell.casefold()
    if _has(plain, _MEETING) and (met := _MEETS.search(cell)) and _meets(cell[met.end() :]):
        return True
    numbered = _AT_A_NUMBER.search(cell) if _has(plain, (" at ", " from ")) else None
    if numbered and is_given_name(numbered[1]):
        return True
    named = cell.title() if cell.islower() else cell
    if _has(plain, _MISTER) and _TITLE.search(named) and has_titled_name(named):
        return not _TITLED.match(named) or bool(_NUMBERED.search(cell))
    if plain.count(",") == 1 and _SURNAME_FIRST.fullmatch(cell):
        return is_name_in_any_form(cell)
    pair = _PAIR.split(cell) if _has(plain, (" & ", " and ")) else ()
    return len(pair) == 2 and all(" " in one and is_name_in_any_form(one) for one in pair)


def _has(plain: str, signs: Iterable[str]) -> bool:
    return any(sign in plain for sign in signs)


def _meets(rest: str) -> bool:
    """Whether the words after "ask for" or the like begin with a person."""
    words = re.split(r"[,;()]| at | on | in | and ", rest, maxsplit=1)[0].split()
    if not words or not _PLACES.isdisjoint(word.casefold() for word in words):
        return False
    return is_given_name(words[0]) or is_name_in_any_form(" ".join(words))


def is_given_name(cell: str) -> bool:
    return cell.title() in given_names()


def is_company(cell: str) -> bool:
    return bool(_COMPANY.search(cell.rstrip(". ")))


def has_house_address(cells: Iterable[str]) -> bool:
    """Whether any of these cells is an address with a house number."""
    return any(_HOUSE.match(cell) for cell in cells)
