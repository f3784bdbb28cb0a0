"""Finds who is named in what is pasted, and whether it is an e-mail: people are asked first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from wardblog.check.allowed import allowed_on
from wardblog.model import PersonalData, PersonalKind, Site
from wardblog.privacy import find_personal
from wardblog.privacy.greetings import (
    Addressee,
    find_endings,
    find_greetings,
    find_mail_marks,
)
from wardblog.privacy.names import find_persons
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

IS_MAIL = "This looks like an e-mail. Ask before you publish what somebody wrote to you."
_MESSAGES: Mapping[PersonalKind, str] = {
    PersonalKind.EMAIL: "Ask its owner first, or remove it.",
    PersonalKind.PHONE: "Ask its owner first, or remove it.",
    PersonalKind.ADDRESS: "Name only the street, or remove it.",
    PersonalKind.NI: "Remove it.",
    PersonalKind.NHS: "Remove it.",
    PersonalKind.PLATE: "It identifies the owner of the car. Remove it.",
    PersonalKind.PRIVATE: "Remove it.",
    PersonalKind.LETTER: IS_MAIL,
}
_NAME = "Ask this person first, or remove the name."
_REFERENCE = "It identifies somebody's case. Remove it, unless everybody may know the case."
# A number by which a council or a company knows somebody's case; those of planning are public.
_NUMBER = late_regex(
    r"\b(?:(?:our|your|my|case|complaint|enquiry|claim|crime|customer|account|ticket|incident"
    r"|service request)[ \t]+)?"
    r"(?:ref(?:erence)?|case|complaint|enquiry|claim|crime|ticket|incident)"
    r"(?:[ \t]+(?:no\.?|number|id))?[.:#]?[ \t]*[:#]?[ \t]*"
    r"(?P<number>(?=[A-Z/_-]*\d)[A-Z\d][A-Z\d/_-]{3,30})\b",
    re.IGNORECASE,
)
_PUBLIC = late_regex(
    r"(?:planning|application|licen[cs]\w+|policy|tro)\W{0,3}(?:\w+\W{0,3}){0,1}$", re.I
)
_ADDRESS = late_regex(r"\]\([^()\s]*\)|\bhttps?://\S+")
_BETWEEN = r"[\s>*_\\|]+"
# How far below its line the words of a finding may begin, and how many of them are looked for.
_NEAR, _MOST_WORDS = 2000, 12
# How far before a reference something may say what it is of.
_BEFORE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMark:
    """Words in the Markdown that say something about a person.

    `line` is counted from 1; `column` from 0, and `length`, in UTF-16 units, as scripts count.
    `kind` says what it is ("a telephone number"), and `message` what to do.
    """

    line: int
    column: int
    length: int
    kind: str
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class PastedPeople:
    """Who is named, in the order of the text, and whether the text is an e-mail."""

    marks: tuple[PersonMark, ...]
    is_mail: bool


_Found = tuple[int, int, str, str]


def people_in(text: str, site: Site | None, is_mail: bool = False) -> PastedPeople:
    """Find the people in a Markdown text; those who are public on the site do not count.

    `is_mail` is whether it is known to be an e-mail.
    """
    ends = [end.start() for end in re.finditer("\n", text)]
    personal: Sequence[PersonalData] = find_personal(text)
    if site is not None:
        public = allowed_on(site)
        personal = [one for one in personal if one not in public]
    is_mail = is_mail or _is_mail(text, personal)
    found = [
        (*_place(text, one, ends), one.kind.value, _MESSAGES[one.kind])
        for one in personal
        if one.kind is not PersonalKind.LETTER
    ]
    found += _further(text, found, _references(text))
    found += _further(text, found, _names(text, site, is_mail))
    return PastedPeople(tuple(_mark(text, one, ends) for one in sorted(found)), is_mail)


def _is_mail(text: str, personal: Sequence[PersonalData]) -> bool:
    if any(one.kind is PersonalKind.LETTER for one in personal) or any(find_mail_marks(text)):
        return True
    greeted = {one.addressee for one in find_greetings(text)} - {Addressee.MANY}
    return Addressee.COUNCILLOR in greeted or (bool(greeted) and any(find_endings(text)))


def _place(text: str, one: PersonalData, ends: Sequence[int]) -> tuple[int, int]:
    """Where the words of a finding begin and end; failing that, its line."""
    begin = ends[one.line - 2] + 1 if one.line > 1 else 0
    parts = one.words.split()[:_MOST_WORDS]
    pattern = re.compile(_BETWEEN.join(map(re.escape, parts)))
    if parts and (match := pattern.search(text, begin, begin + _NEAR)):
        return match.span()
    end = ends[one.line - 1] if one.line <= len(ends) else len(text)
    return begin, max(end, begin)


def _further(text: str, found: Sequence[_Found], more: Iterator[_Found]) -> list[_Found]:
    """Those of `more` that are neither in the others nor in the address of a link."""
    taken = sorted([*(one[:2] for one in found), *(m.span() for m in _ADDRESS.finditer(text))])
    starts = [start for start, _ in taken]
    result = []
    for one in more:
        at = bisect_right(starts, one[1] - 1) - 1
        if at < 0 or taken[at][1] <= one[0]:
            result.append(one)
    return result


def _references(text: str) -> Iterator[_Found]:
    for match in _NUMBER.finditer(text):
        if not _PUBLIC.search(text, max(0, match.start() - _BEFORE), match.start()):
            yield match.start("number"), match.end("number"), "a reference number", _REFERENCE


def _names(text: str, site: Site | None, is_mail: bool) -> Iterator[_Found]:
    """Names; in an e-mail a given name is enough, as people sign with it."""
    public = {
        part for c in (site.councillors if site else ()) for part in (c.name, c.name.split()[0])
    }
    if site is not None:
        public |= {site.imprint.promoter, site.imprint.on_behalf_of}
    for person in find_persons(text, is_alone_enough=is_mail):
        words = " ".join(text[person.start : person.end].split())
        if not person.is_public and words not in public:
            yield person.start, person.end, "a name", _NAME


def _mark(text: str, found: _Found, ends: Sequence[int]) -> PersonMark:
    start, end, kind, message = found
    line = bisect_right(ends, start - 1) if start else 0
    begin = ends[line - 1] + 1 if line else 0
    words = text[start:end]
    return PersonMark(
        line=line + 1,
        column=_units(text[begin:start]),
        length=_units(words),
        kind=kind,
        words=" ".join(words.split()),
        message=message,
    )


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
