"""Finds the names of people in how a published reply is signed: "Jane Doe, Eland Road".

A name that is published by mistake cannot be taken back, so whatever may be a name counts as one,
unless it begins as descriptions do ("A resident of Eland Road").
"""

from __future__ import annotations

import re
import unicodedata

from wardblog.privacy.free_text import is_name_in_any_form
from wardblog.privacy.names import find_persons
from wardblog.privacy.words import ORGANISATIONS, word_set
from wardblog.support.late_regex import late_regex

# How descriptions begin, in English and Welsh.
_DESCRIBES = late_regex(
    r"(?:an?|the|one|two|three|four|five|six|several|some|many|most|another|somebody|someone|anon"
    r"|anonymous|people|name withheld|residents?|neighbours?|parents?|tenants?|pupils?|members?"
    r"|customers?|chair(?:man|woman|person)?|secretary|treasurer|head ?teacher|teacher|owners?"
    r"|shopkeepers?|managers?|volunteers?|cyclists?|drivers?|un|dau|dwy|tri|tair|rhai|y|yr|preswyl\w+|rhieni|rhiant|cymydog|cymdogion)\b",
    re.IGNORECASE,
)
# What is behind a name: a street, a role or a place.
_END = late_regex(r"\s*(?:[,;(\u2013\u2014/]|\s-\s|\s(?:of|from|in|on|at|near|who|for|o|ar|yn)\s)")
_WORD = late_regex(r"[^\W\d_][\w'’.-]*")
_LONGEST_NAME = 5
# Scripts without capitals, such as Arabic, show no difference between a name and a description.
_LONGEST_WITHOUT_CAPITALS = 2
_SMALL = word_set("van von de den der da dos del di bin ibn al el la le ap ab ferch y and & + a")
_ORGANISED = ORGANISATIONS | word_set("campaign friends residents neighbours shopkeepers action")
_PLURALS = late_regex(r"[Tt]he [A-Z]\w+s\b")
_TITLE = late_regex(
    r"(?:mrs?|ms|miss|mx|dr|rev(?:erend|d)?|prof(?:essor)?|sir|dame|lady|lord)\.?\s+", re.IGNORECASE
)


def names_in_signature(who: str) -> tuple[str, ...]:
    """The names, as written but with single spaces; those of councillors, who are public, not."""
    words = " ".join(who.split())
    found = [
        words[person.start : person.end]
        for person in find_persons(words, is_alone_enough=True)
        if not person.is_public and not _PLURALS.fullmatch(words[person.start : person.end])
    ]
    end = _END.search(words)
    begin = words[: end.start()] if end else words
    if not _may_be_name(begin):
        return tuple(found)
    if not found:
        return () if find_persons(words, is_alone_enough=True) else (begin,)
    # "Jane D." is "Jane" with more of the name than is known.
    is_longer = len(found) == 1 and begin.startswith(found[0])
    return (begin,) if is_longer else tuple(found)


def _may_be_name(words: str) -> bool:
    if not words or _DESCRIBES.match(words):
        return False
    parts = words.split()
    if not _ORGANISED.isdisjoint(part.casefold().strip(".'’") for part in parts):
        return False
    if is_name_in_any_form(words) or find_persons(words.title(), is_alone_enough=True):
        return True
    names = [part for part in parts if part not in _SMALL]
    if not names or len(parts) > _LONGEST_NAME or not all(map(_WORD.fullmatch, names)):
        return False
    if any(part[0].islower() for part in names):
        return False
    return all(part[0].isupper() for part in names) or len(parts) <= _LONGEST_WITHOUT_CAPITALS


def comparable_name(name: str) -> str:
    """A name without its title, accents, case and double spaces, to be compared with others."""
    plain = unicodedata.normalize("NFKD", _TITLE.sub("", " ".join(name.split()), count=1))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^\w'’-]+", " ", letters).replace("’", "'").split())
