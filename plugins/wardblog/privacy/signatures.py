"""Finds the names of people in how a published reply is signed: "Jane Doe, Eland Road".

A name that is published by mistake cannot be taken back, so whatever may be a name counts as one,
unless it begins as descriptions do ("A resident of Eland Road").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from wardblog.privacy.free_text import is_name_in_any_form
from wardblog.privacy.names import find_persons
from wardblog.privacy.words import ORGANISATIONS, STREET_TYPES, word_set
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE

# How descriptions begin that are not names, in English, Welsh and languages without capitals.
_DESCRIBES = late_regex(
    r"(?:the|one|two|three|four|five|six|several|some|many|most|another|somebody|someone|anon"
    r"|anonymous|people|name withheld|rhai|preswyl\w+)\b"
    r"|(?:أحد|إحدى|احد|ساكن|ساكنة|مقيم|مقيمة|جار|جارة|مواطن|مواطنة|والد|والدة"
    r"|ایک|رہائشی|پڑوسی|یک|একজন|ਇੱਕ|एक|એક|ஒரு)(?=\s|$)"
    r"|(?:一[位名个個]|居民|邻居|鄰居)",
    re.IGNORECASE,
)
_ARTICLES = word_set("a an un dau dwy tri tair y yr")
# Who people are to others, without trades that are also surnames, such as Baker.
_ROLES = word_set("""
    resident neighbour parent tenant leaseholder homeowner householder pensioner carer student pupil
    commuter shopkeeper volunteer cyclist pedestrian motorist driver passenger customer visitor
    newcomer mother father mum mummy mam dad daddy grandparent grandmother grandfather granny
    grandma grandad nan aunt uncle daughter son couple family teacher headteacher head governor
    teenager child adult worker employee employer owner landlord landlady publican manager
    director chair chairman chairwoman chairperson secretary treasurer member trustee organiser
    coordinator vicar priest minister rector curate imam rabbi doctor gp nurse midwife paramedic
    pharmacist dentist optician vet physiotherapist mechanic electrician plumber builder
    decorator postman postwoman postie librarian architect engineer lawyer solicitor
    accountant journalist artist musician writer childminder nanny firefighter scientist retailer
    trader hairdresser florist grocer newsagent cleaner caretaker businesswoman
    businessman runner jogger swimmer allotmenteer renter lodger voter taxpayer londoner
    listener user supporter objector signatory petitioner friend regular local rhiant rhieni cymydog
    cymdogion pennaeth ficer meddyg athrawes siopwr perchennog
    """)
_QUALITIES = word_set("""
    retired local young old older elderly former new long-time longtime lifelong working single
    proud concerned worried regular daily keen busy tired happy deputy assistant vice senior junior
    primary school street shop business house home flat dog bus taxi night shift first second
    wheelchair youth football parish ward community
    """)
# A description may end with these; no surname is like them.
_PLAIN_ROLES = word_set("resident neighbour parent tenant leaseholder homeowner pensioner commuter "
    "pupil voter shopkeeper")  # fmt: skip
_HANDLE = late_regex(r"@\w|\w_\w|[^\W\d_]{3,}\d+$")
# What follows a name: a street, a role or a place.
_END = late_regex(r"\s*(?:[,;(\u2013\u2014/]|\s-\s|\s(?:of|from|in|on|at|near|who|for|o|ar|yn)\s)")
_WORD = late_regex(r"[^\W\d_][\w'’.-]*")
_LONGEST_NAME = 5
# Scripts without capitals, such as Arabic, show no difference between a name and a description.
_LONGEST_WITHOUT_CAPITALS = 2
_SMALL = word_set("van von de den der da dos del di bin ibn al el la le ap ab ferch y and & + a")
_ORGANISED = ORGANISATIONS | word_set(
    "campaign friends residents neighbours shopkeepers action traders tesco sainsbury's asda lidl "
    "aldi waitrose co-op coop greggs starbucks ikea tfl nhs rspca"
)
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
    is_longer = len(found) == 1 and (
        begin.startswith(found[0]) or (_has_article(begin.split()) and begin.endswith(found[0]))
    )
    return (begin,) if is_longer else tuple(found)


def _may_be_name(words: str) -> bool:
    parts = words.split()
    if not words or _DESCRIBES.match(words) or _is_description(parts):
        return False
    if _HANDLE.search(words) and not ANY_POSTCODE.search(words):
        return True
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


def _has_article(parts: Sequence[str]) -> bool:
    return len(parts) > 1 and parts[0].casefold() in _ARTICLES


def _is_description(parts: Sequence[str]) -> bool:
    """Whether it says who somebody is, such as "Retired nurse", "A Battersea resident"."""
    rest = parts[1:] if _has_article(parts) else parts
    if rest != parts and any(part[0].islower() and part not in _SMALL for part in rest):
        return True
    words = [part.casefold().strip(".,'’") for part in rest]
    is_role = [word in _ROLES or word.removesuffix("s") in _ROLES for word in words]
    if words[-1].removesuffix("s") in _PLAIN_ROLES or (is_role[0] and rest[-1] in STREET_TYPES):
        return True
    known = (
        role or word in _QUALITIES or word in _SMALL
        for role, word in zip(is_role, words, strict=True)
    )
    return any(is_role) and all(known)


def comparable_name(name: str) -> str:
    """A name without its title, accents, case and double spaces, to be compared with others."""
    plain = unicodedata.normalize("NFKD", _TITLE.sub("", " ".join(name.split()), count=1))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^\w'’-]+", " ", letters).replace("’", "'").split())
