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
    r"|customers?|un|dau|dwy|tri|tair|rhai|y|yr|preswyl\w+|rhieni|rhiant|cymydog|cymdogion)\b",
    re.IGNORECASE,
)
# What is behind a name: a street, a role or a place.
_END = late_regex(r"\s*(?:[,;(\u2013\u2014/]|\s-\s|\s(?:of|from|in|on|at|near|who|for|o|ar|yn)\s)")
_CAPITALISED = late_regex(r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*")
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
    if not found and not find_persons(words, is_alone_enough=True) and _may_be_name(begin):
        return (begin,)
    # "Jane D." is "Jane" with more of the name than is known.
    return tuple(
        begin if begin.startswith(name) and _may_be_name(begin) else name for name in found
    )


def _may_be_name(words: str) -> bool:
    if not words or _DESCRIBES.match(words):
        return False
    parts = words.split()
    if not _ORGANISED.isdisjoint(part.casefold().strip(".'’") for part in parts):
        return False
    if is_name_in_any_form(words) or find_persons(words.title(), is_alone_enough=True):
        return True
    capitals = [part for part in parts if part not in _SMALL]
    return len(parts) <= 5 and bool(capitals) and all(map(_CAPITALISED.fullmatch, capitals))


def comparable_name(name: str) -> str:
    """A name without its title, accents, case and double spaces, to be compared with others."""
    plain = unicodedata.normalize("NFKD", _TITLE.sub("", " ".join(name.split()), count=1))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^\w'’-]+", " ", letters).replace("’", "'").split())
