"""Finds people's e-mail addresses, including those disguised from robots ("jo at mail dot com")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.privacy.matches import TextMatch
from wardblog.privacy.names import given_names
from wardblog.privacy.words import word_set
from wardblog.support.late_regex import late_regex

_LOCAL = r"[^\W_](?:[\w.+'’-]{0,62}[\w+-])?"
_ADDRESS = late_regex(r"@ ?((?:[^\W_][\w-]{0,62}\.){1,6}[^\W\d_]{2,24})")
_BEFORE = late_regex(rf"({_LOCAL}) ?$")
_AT = r"(?: ?[\[({<] ?(?:at|@|at sign) ?[\])}>] ?| at |_at_)"
_DOT = r"(?: ?[\[({<] ?(?:dot|\.) ?[\])}>] ?| dot |\.)"
_HIDDEN_MARK = late_regex(
    r"[\[({<] ?(?:at|@|at sign) ?[\])}>]| dot |[\w.]_at_\w|[\d._]\w* at \w+\.\w", re.IGNORECASE
)
# How these marks are usually written; each has one of the characters in `_MARKS`.
_MARKS = "([{<_"
_SIGNS = (
    "(at)",
    "[at]",
    "{at}",
    "<at>",
    "(at ",
    "( at",
    "[ at",
    "(dot)",
    "[dot]",
    "(@)",
    "[@]",
    "{@}",
    "_at_",
)
# With plain " at " it is an address only for a mailbox name such as jo.b7 at a webmail provider.
_PLAIN_AT = late_regex(r"(?: at |_at_)[^\s\[\](){}<>]+", re.IGNORECASE)
_MAILBOX = late_regex(r"(?=[^a-z]*[a-z]).*[a-z0-9][._0-9]+", re.IGNORECASE)
_HIDDEN = late_regex(
    rf"{_AT}((?:[^\W_][\w-]{{0,62}}{_DOT}){{1,5}}[^\W\d_]{{2,24}})(?![\w-])", re.IGNORECASE
)
_FILES = ("png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "pdf", "md", "js", "css")
# The most common webmail providers, for a quick test.
_PROVIDERS = (
    "mail",
    "outlook",
    "live",
    "yahoo",
    "icloud",
    "aol",
    "btinternet",
    "sky",
    "me",
    "proton",
)
_FREE = late_regex(
    r"(?:^|\.)(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|icloud|me|mac|aol"
    r"|btinternet|btopenworld|talktalk|virginmedia|ntlworld|blueyonder|sky|tiscali|plusnet|ntl"
    r"|protonmail|proton|pm|fastmail|gmx|mail|zoho|tutanota|wp|onet|o2|interia|orange|freeserve"
    r"|yandex|web|t-online|libero|hey)\.[a-z.]{2,6}$"
)
# Words in the addresses of organisations; `_STEMS` also count inside longer words.
_OFFICE_WORDS = word_set("""
    info enquiries enquiry inquiries hello hi contact contactus mail email office admin post help
    support team news press media desk web webmaster postmaster noreply no-reply sales shop
    bookings booking events tickets box jobs careers hr accounts finance billing orders data
    dpo foi privacy legal clerk planning licensing council housing parking highways streetcare
    bins npt walks walking tree planting flood flooding food bank foodbank garden gardens choir
    waste recycling library libraries leisure sport electoral elections democracy register
    registrars customer customers service services customerservices complaints feedback comments
    surgery reception school hospital church parish friends group association residents committee
    secretary treasurer chair editor newsletter volunteer volunteering membership members general
    allotments archives benefits bluebadge building cemeteries business carers children cleansing
    communities community consultation counciltax cycling democratic enforcement environment
    environmentalhealth flytipping graffiti heritage highway hire hmo hub landlords leader licence
    lighting local mayor museum noise parks permits pest plan policy pools property rates refuse
    registry repairs roads rubbish safety schools scrutiny security social sports studio theatre
    traffic transport travel trees venue visitors wardens youth
    care police snt mailbox the at of and for git user name you example someone yourname
    """)
_STEMS = (
    "enquir", "inquir", "planning", "licens", "council", "library", "parking", "highway", "street",
    "customer", "complain", "democra", "election", "elector", "mailbox", "booking", "reception",
    "service", "boxoffice", "office", "support", "contact", "housing", "newsletter", "volunteer",
    "feedback", "comment", "residents", "neighbourhood", "community", "consult", "register",
    "admin", "school", "surgery", "webmaster", "recycl", "environment", "safeguard", "transport",
)  # fmt: skip
# Elected representatives, whose official addresses are public.
_ELECTED = ("cllr", "councillor", "mp", "mayor", "am", "ms", "msp")
_OFFICIAL = (
    ".gov.uk",
    "parliament.uk",
    ".gov.scot",
    ".gov.wales",
    "parliament.scot",
    "senedd.wales",
)


def find_emails(text: str) -> Iterator[TextMatch]:
    """Find people's e-mail addresses; the value of each is the address in lower case."""
    return (match for match in all_emails(text) if not is_organisation_address(match.value))


def all_emails(text: str) -> Iterator[TextMatch]:
    """Find all e-mail addresses, as `find_emails` does those of people."""
    if "@" in text:
        yield from _text_match(text, _ADDRESS)
    if _may_be_hidden(text):
        yield from _text_match(text, _HIDDEN)


def _may_be_hidden(text: str) -> bool:
    """A quick test before the slow pattern."""
    if not ("at" in text or "AT" in text or "At" in text or "@" in text):
        return False
    small = text.lower()
    is_marked = (
        (any(mark in small for mark in _MARKS) and any(sign in small for sign in _SIGNS))
        or " dot " in small
        or (" at " in small and _may_be_free(small))
    )
    return is_marked and bool(_HIDDEN_MARK.search(text))


def _may_be_free(small: str) -> bool:
    return any(f"{name}." in small for name in _PROVIDERS)


def _text_match(text: str, pattern: re.Pattern[str]) -> Iterator[TextMatch]:
    for at in pattern.finditer(text):
        local = _BEFORE.search(text, max(0, at.start() - 66), at.start())
        if local is None:
            continue
        domain = re.sub(r"[^\w-]+dot[^\w-]+", ".", at[1].lower())
        domain = re.sub(r"[\[\](){}<> ]", "", domain)
        value = f"{local[1]}@{domain}".lower().replace("’", "'")
        if _PLAIN_AT.fullmatch(at[0]) and not (
            _MAILBOX.match(local[1]) and _FREE.search(f".{domain}")
        ):
            continue
        if domain.rsplit(".", 1)[-1] not in _FILES:
            yield TextMatch(local.start(1), at.end(), value)


def is_organisation_address(address: str) -> bool:
    """Whether an address belongs to an organisation: planning@..., customer.services@..."""
    local, _, domain = address.partition("@")
    if _FREE.search(domain):
        return False
    words = [word for word in re.split(r"[._+\d-]+", local) if word]
    if any(word in _ELECTED for word in words) and domain.endswith(_OFFICIAL):
        return True
    if any(word.capitalize() in given_names() and word not in _OFFICE_WORDS for word in words):
        return False
    if all(word in _OFFICE_WORDS for word in words):
        return True
    return any(stem in word for word in words for stem in _STEMS) or "snt" in words
