"""Finds greetings and endings of letters, and text that only mail programs write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from wardblog.privacy.names import find_persons, is_given_name
from wardblog.privacy.words import KIN, ORGANISATIONS, word_set
from wardblog.support.late_regex import late_regex

# What may come before the first word of a line: marks of a quotation, bold type or a table.
_LINE = r"^[ \t>*_|#\"“'‘]*"
_GREETING = late_regex(
    rf"{_LINE}(?P<word>dear|hi(?:ya)?|hello|hey|annwyl|helo|good\s(?:morning|afternoon|evening)"
    r"|to(?=\swhom\sit\smay))[ \t]+(?P<who>[^\n,:;!?–—]{1,70})(?P<stop>[,:;!?–—]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_COUNCILLOR = late_regex(r"\b(?:councillors?|cllrs?|(?:g|c)ynghorydd)\b", re.IGNORECASE)
_ONLY_COUNCILLOR = late_regex(
    r"(?:ward |local |my |our )?(?:councillors?|cllrs?|gynghorydd)\W*", re.IGNORECASE
)
_FORMAL_ADDRESS = late_regex(
    r"(?:sirs?\b|madam|whom it may|mr|mrs|ms|miss|mx|dr|prof|professor|rev|revd|father|dame|lord"
    r"|lady|mayor|minister|secretary|leader|chief|editor|officer|inspector|commissioner|both)\b",
    re.IGNORECASE,
)
_TO_MANY = word_set("""
    residents resident neighbours neighbour neighbors neighbor all friends friend everyone everybody
    colleagues team voters voter constituents supporters supporter subscribers readers reader
    parents
    members visitors users drivers families people householder householders folks pawb drigolion
    tenants leaseholders customers customer occupier world again there
    """)
_NAME = (
    r"(?:\(?(?:Mrs?|Ms|Miss|Mx|Dr|Rev|Revd|Prof|Sir|Dame|Cllrs?|Councillors?)\.?\)? )?"
    r"[A-Z\u00c0-\u00de][\w’'.-]*(?: (?:[A-Z\u00c0-\u00de][\w’'.-]*|de|van|von|bin|al|and|&)){0,6}"
)
_ENDING = late_regex(
    rf"(?:{_LINE}|(?<=[.!?…\"”’)])[ \t]+)"
    r"(?P<phrase>(?i:(?:with )?(?:kind|kindest|best|warm|warmest|many)? ?regards"
    r"|(?:with )?(?:all )?"
    r"(?:best|good|warm|kind) wishes|all (?:the|my) best|best|yours(?: (?:sincerely|faithfully"
    r"|truly|ever"
    r"|respectfully|etc))?|sincerely|faithfully|respectfully|(?:with )?(?:many|kind"
    r"|grateful) thanks"
    r"|thanks(?: again| in advance| so much)?|thank you(?: in advance| so much| very much)?"
    r"|cheers|love"
    r"|cofion(?: (?:cynnes|gorau))?|yn gywir|(?:llawer o )?ddiolch|diolch))\b"
    r"(?P<gap>[ \t]*[,.!–—-]?[*_]*[ \t]*(?:\n[ \t>*_|]*){0,4})"
    rf"(?P<name>{_NAME}(?=[ \t]*(?:[,.(|\n*_<]|$))|(?<=\n)[a-z]+(?: [a-z]+)?(?=[ \t]*(?:\n|$)))?",
    re.MULTILINE,
)
_FORMAL_ENDING = late_regex(
    r"regards|wishes|yours|sincerely|faithfully|respectfully|cofion|gywir|\bbest$", re.IGNORECASE
)
_BLANK_TO_FILL = late_regex(
    r"[\[<({_] ?(?:your|full|name|insert|add|signed)|your (?:full )?name|name and address|_{3,}"
    r"|\.{4,}",
    re.IGNORECASE,
)
# A letter signed with an office is official, not private.
_OFFICES = word_set("""
    head director officer manager council department team mp ms am cabinet chair chairman chairwoman
    chairperson secretary inspector sergeant pc pcso constable superintendent commissioner clerk
    editor
    minister leader mayor executive engineer surveyor headteacher principal vicar rector coordinator
    co-ordinator plc ltd university association chief councillor councillors cllr cllrs service
    services trustee society governor planner warden treasurer convenor spokesperson spokesman
    assistant adviser advisor consultant trust charity friends group school church
    """)
_TITLE = late_regex(
    r"^(?:\(?(?:Mrs?|Ms|Miss|Mx|Dr|Rev|Revd|Prof|Sir|Dame|Cllrs?|Councillors?)\.?\)? )+",
    re.IGNORECASE,
)
_JOINED = late_regex(r" (?:and|&) ")
_ALONE = late_regex(rf"\n[ \t>*_|]*(?P<name>{_NAME})[ \t.*_]*$")
_MACHINE = late_regex(
    rf"{_LINE}-{{2,}}\s?(?:original|forwarded)\smessage|{_LINE}begin\sforwarded\smessage"
    r"|(?:^|(?<=[.!?\s>*_]))sent (?:from|via|with|using) (?:my |a |the )?(?:i-?phone|i-?pad"
    r"|phone|mobile"
    r"|tablet|samsung|galaxy|huawei|xiaomi|android|blackberry|outlook|yahoo|gmail|mail for"
    r"|proton|aol"
    r"|sky yahoo|bt mail|windows|workspace)"
    rf"|{_LINE}get outlook for|anfonwyd o fy",
    re.IGNORECASE | re.MULTILINE,
)
_IN_A_LINE = late_regex(
    r"\bFrom: ?(?P<name>[^\n:]{2,80}?) (?:Sent|Date): ?[^\n]{4,60}? (?:To|Subject): ?",
    re.IGNORECASE,
)
_WROTE = late_regex(
    rf"{_LINE}(?:on|ar) (?P<who>[^\n]{{6,150}}?)[ \t]*(?:\n[ \t>]*)?(?:wrote"
    rf"|ysgrifennodd):[ \t*_]*$",
    re.IGNORECASE | re.MULTILINE,
)
_WHEN = late_regex(r"\b(?:19|20)\d\d\b|\b\d\d?[./-]\d\d?[./-]\d\d|\d:\d\d")
_HEADER = late_regex(
    rf"{_LINE}-?[ \t]*(?P<key>from|sent|to|subject|date|cc|bcc|reply-to|oddi wrth)[*_]*:[*_]*[ \t]*"
    r"(?P<value>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_HOURS = late_regex(
    r"[\d£]|the\b|now\b|a\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE
)
_REQUEST = late_regex(
    r"\bI(?:’ve|'ve| have)? (?:live|lived) (?:in|at|on|opposite|next|with|here)\b"
    r"|\b(?:I am|I’m|I'm) (?:a |an )?(?:resident|tenant|pensioner|mother|father|carer|widow"
    r"|disabled"
    r"|constituent|leaseholder|single)\b"
    rf"|\b(?:my|our) (?:{KIN}|flat|house|home|street|road|door|bin|bins)\b"
    r"|\b(?:as|you are) (?:my|our) (?:ward )?councillor|\byour (?:help|constituents?|surgery"
    r"|ward)\b"
    r"|\b(?:please )?(?:can|could|would) you\b|\bI(?: would|’d|'d) be (?:very )?grateful"
    r"|\blook(?:ing)? forward to (?:hearing|your)|\bI (?:wish|want|would like) to (?:object"
    r"|complain)"
    r"|\bI (?:strongly )?object\b|\bI am writing to (?:you|ask|complain|object|express)",
    re.IGNORECASE,
)


class Addressee(Enum):
    """Who a greeting is for."""

    MANY = auto()
    COUNCILLOR = auto()
    OFFICE = auto()
    PERSON = auto()


class Greeting(NamedTuple):
    """A line such as "Dear Robin,"; `is_named` is whether it contains a name."""

    start: int
    end: int
    addressee: Addressee
    is_named: bool


class Ending(NamedTuple):
    """Words such as "Kind regards, Jane Doe".

    `name` is empty if no person is named, `is_full` is whether it has a surname, and `is_blank`
    whether there is a placeholder such as "[your name]".
    """

    start: int
    end: int
    name: str
    is_formal: bool
    is_full: bool
    is_blank: bool


class MailMark(NamedTuple):
    """Text that a mail program wrote; `begins` is whether a message starts there."""

    start: int
    end: int
    name: str
    begins: bool


def find_greetings(text: str) -> Iterator[Greeting]:
    """Find the greetings in a text."""
    for match in _GREETING.finditer(text):
        who = match["who"].strip(" *_\"'”’.")
        addressee = _addressee(match["word"].casefold(), who)
        if addressee:
            start = match.start("word")
            yield Greeting(start, match.end("who"), addressee, not _ONLY_COUNCILLOR.fullmatch(who))


def _addressee(word: str, who: str) -> Addressee | None:
    words = who.split()
    small = [w.strip("'’").casefold() for w in words]
    if not words or not _TO_MANY.isdisjoint(small[:6]):
        return Addressee.MANY if words else None
    if _COUNCILLOR.search(" ".join(words[:3])):
        return Addressee.COUNCILLOR
    if _FORMAL_ADDRESS.match(who):
        return Addressee.OFFICE
    is_name = is_given_name(words[0].capitalize())
    if is_name and (words[0][0].isupper() or len(words) == 1):
        return Addressee.PERSON
    is_dear = word in ("dear", "annwyl")
    return Addressee.PERSON if is_dear and words[0][0].isupper() and len(words) <= 5 else None


def find_endings(text: str) -> Iterator[Ending]:
    """Find the endings in a text, formal or not."""
    for match in _ENDING.finditer(text):
        gap, written = match["gap"], match["name"] or ""
        is_apart = "\n" in gap or gap.strip(" \t") != ""
        rest = text[match.end("phrase") : match.end("phrase") + 80]
        is_blank = bool(_BLANK_TO_FILL.search(rest.split("\n\n\n")[0]))
        if not is_blank and not (is_apart and (written or "\n" in gap or not rest.strip(" ,.!*_"))):
            continue
        name = _signer(written, text[match.end() : match.end() + 110]) if is_apart else None
        if name is None:
            continue
        is_full = any(" " in one.strip() for one in _JOINED.split(written))
        phrase = match["phrase"]
        formal = bool(_FORMAL_ENDING.search(phrase))
        end = match.end("name") if written else match.end("phrase")
        yield Ending(
            start=match.start("phrase"),
            end=end,
            name=name,
            is_formal=formal,
            is_full=is_full,
            is_blank=is_blank,
        )


def _signer(written: str, following: str) -> str | None:
    """Return the name without its title, "" if there is none; None for an organisation."""
    words = [word.strip(".,").casefold() for word in written.split()]
    if not ORGANISATIONS.isdisjoint(words) or (words and words[0] in ("the", "your", "our")):
        return None
    if any(word in ("cllr", "cllrs", "councillor", "councillors") for word in words):
        return None
    block = following.split("\n\n")[0] if written else ""
    if not _OFFICES.isdisjoint(re.findall(r"[\w-]+", block.casefold())):
        return None
    if written and written[0].islower():
        return written.title() if is_given_name(words[0].capitalize()) else ""
    return _TITLE.sub("", written).rstrip(".")


def name_below(text: str) -> str:
    """Return the name on the last line of a text, as below a short e-mail, or ""."""
    match = _ALONE.search(text.rstrip(), max(0, len(text.rstrip()) - 80))
    return _TITLE.sub("", match["name"]) if match and find_persons(match["name"], True) else ""


def find_mail_marks(text: str) -> Iterator[MailMark]:
    """Find text that only a mail program writes."""
    for match in _MACHINE.finditer(text):
        yield MailMark(match.start(), match.end(), "", "message" in match[0].casefold())
    for match in _IN_A_LINE.finditer(text):
        yield MailMark(match.start(), match.end(), _sender(match["name"]), True)
    yield from _headers(text)
    yield from _quoted(text)


def _quoted(text: str) -> Iterator[MailMark]:
    for match in _WROTE.finditer(text):
        who = match["who"]
        named = find_persons(who, True)
        if _WHEN.search(who) and (named or "@" in who):
            name = who[named[-1].start : named[-1].end] if named else ""
            yield MailMark(match.start("who") - 3, match.end(), name, True)


def _headers(text: str) -> Iterator[MailMark]:
    """Find the header lines of e-mails: From or To, with Subject, Sent or an e-mail address."""
    lines: list[re.Match[str]] = []
    for match in (*_HEADER.finditer(text), None):
        if match and (not lines or text.count("\n", lines[-1].end(), match.start()) <= 2):
            lines.append(match)
            continue
        if mark := _block(lines):
            yield mark
        lines = [match] if match else []


def _block(lines: list[re.Match[str]]) -> MailMark | None:
    values = {line["key"].casefold(): line["value"].strip(" *_<>") for line in lines}
    sender = values.get("from", values.get("oddi wrth", ""))
    people = [who for who in (sender, values.get("to", "")) if who and not _HOURS.match(who)]
    is_mail = not values.keys().isdisjoint(("subject", "sent", "cc", "bcc", "reply-to"))
    if not sender and not _TO_MANY.isdisjoint(re.findall(r"\w+", values.get("to", "").casefold())):
        return None  # a notice to all residents
    if people and (is_mail or any("@" in who for who in people)):
        return MailMark(lines[0].start("key"), lines[-1].end(), _sender(sender), True)
    return None


def _sender(value: str) -> str:
    return _TITLE.sub("", re.split(r"[<(\[]|\S+@", value)[0].strip(" *_\"'"))


def find_requests(text: str) -> Iterator[tuple[int, int]]:
    """Find phrases that residents write to their councillor."""
    for match in _REQUEST.finditer(text):
        yield match.span()
