"""Recognises what a message asks for: to join, to stop, or to confirm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from enum import Enum, auto

from wardblog.model.newsletter import JOIN, STOP
from wardblog.office.subscribers.address import address_key, parse_address
from wardblog.office.subscribers.mail import (
    ReceivedMail,
    is_automatic_reply,
    is_bounce,
    is_bulk,
    is_from_a_list,
)
from wardblog.office.subscribers.subscriber import TOKEN_LENGTH
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_TOKEN = late_regex(rf"(?<![a-z]){'[a-z]'}{{{TOKEN_LENGTH}}}(?![a-z])")
# "Re:" in several languages, and "Re[2]:".
_REPLY = late_regex(r"(?:(?:re|aw|antw|sv|ynt|odp|vs|rif|rép|ateb)(?:\[\d+\])?\s*:\s*)+", re.I)
_FORWARD = late_regex(r"(?:fwd?|wg|tr|ymlaen)\s*:", re.I)
# Where the message begins that is being answered.
_QUOTATION = late_regex(
    r"[>|]|-{2,}\s*(?:original|forwarded) message|_{8,}|(?:from|von|de|oddi wrth)\s*:\s*\S"
    r"|(?:on|am|le|ar)\s.{4,200}(?:wrote|schrieb|écrit|ysgrifennodd)\s*:?$",
    re.I,
)
_BEGINNING = late_regex(
    r"(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^,.!]{0,40}[,.!]?\s+)?"
    r"(?:(?:please|pls|kindly|can you|could you|would you|i(?: would|'d) like to|i want to)\s+)*"
)
_ENDING = late_regex(r"(?:\s+(?:please|pls|now|thanks?|thank you|many thanks|cheers))*")
_SHORT_STOPS = ("stop", "unsubscribe", "stop newsletter", "please unsubscribe me", "remove me",
          "unsubscribe me", "stop the newsletters", "stop emails", "stop the emails", "stop mails",
          "stop these emails", "stop emailing me", "stop sending", "stop sending me this",
          "stop sending me emails", "take me off", "take me off the list", "take me off your list",
          "opt out", "opt me out")  # fmt: skip
# What is written before a subject, as by the mail server of a company.
_LABEL = late_regex(r"(?:\s*\[[^\]]{1,30}\])+\s*")
# What may follow our words in a subject.
_LONGEST_AFTER = 40
# In an answer, none of these agrees.
_DOUBT = late_regex(
    r"\b(?:no|not|never|nor|\w+n't|stop|unsubscribe|delete|remove|away|holiday|leave|office|who|why"
    r"|spam|mistake|wrong|error|cancel|against|refuse|complain\w*)\b|\?"
)
_MOST_WORDS = 20
_NO = ("no", "no thanks", "no thank you")
# Words of a message that a person had better read.
_PERHAPS = late_regex(r"\b(?:unsubscribe|newsletters?)\b")
_LINES, _LONGEST_LINE = 12, 120


class RequestKind(Enum):
    """What a message asks for. `UNCLEAR` mentions the newsletter, but does not use our words."""

    JOIN = auto()
    STOP = auto()
    ANSWER = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRequest:
    """A request, and who made it.

    `tokens` are the words that may be tokens. `in_full` is whether our words were used, and not
    only a word such as "stop".
    """

    kind: RequestKind
    address: str
    tokens: frozenset[str]
    mail: ReceivedMail
    in_full: bool = True


def request_in(mail: ReceivedMail, own: Collection[str]) -> MailRequest | None:
    """What a message asks for; None for other mail, and for what no person wrote.

    `own` has the keys of our own addresses.
    """
    try:
        address = parse_address(mail.sender)
    except ParseError:
        return None
    if address_key(address) in own or is_from_a_list(mail) or is_bounce(mail):
        return None
    if is_automatic_reply(mail):
        return None
    kind = _kind(mail)
    is_by_subject = kind is RequestKind.STOP and _is_subject(mail)
    # A mail program that asks for its reader, as List-Unsubscribe lets it, may say so.
    by_program = is_bulk(mail)
    if kind is None or (by_program and not is_by_subject):
        return None
    return MailRequest(
        kind=kind,
        address=address,
        tokens=_tokens(mail),
        mail=mail,
        in_full=any(_says(line, (STOP, JOIN)) for line in _spoken(mail)),
    )


def _kind(mail: ReceivedMail) -> RequestKind | None:
    spoken = _spoken(mail)
    if _is_subject(mail) or any(_says(line, (STOP, *_SHORT_STOPS)) for line in spoken):
        return RequestKind.STOP
    tokens = _tokens(mail)
    if tokens and next(_own_lines(mail.text), "") in _NO:
        return RequestKind.STOP
    if any(_says(line, (JOIN,)) for line in spoken):
        return RequestKind.JOIN
    if tokens and not mail.is_in_part and _agrees(mail):
        return RequestKind.ANSWER
    if tokens or mail.is_in_part:
        return RequestKind.UNCLEAR
    return RequestKind.UNCLEAR if any(map(_PERHAPS.search, spoken)) else None


def _spoken(mail: ReceivedMail) -> list[str]:
    """The subject, unless it is that of a forwarded message, and the sender's first lines."""
    lines = [*_own_lines(mail.text)]
    subject = mail.subject.strip()
    if _FORWARD.match(subject):
        return lines
    return [_plain(_REPLY.sub("", subject, count=1)), *lines]


def _is_subject(mail: ReceivedMail) -> bool:
    """Whether the subject begins with our words to stop; a name may follow them."""
    subject = _plain(_REPLY.sub("", _LABEL.sub("", mail.subject.strip(), count=1), count=1))
    rest = subject.removeprefix(_plain(STOP))
    return rest != subject and not rest[:1].isalnum() and len(rest) <= _LONGEST_AFTER


def _agrees(mail: ReceivedMail) -> bool:
    """Whether an answer only confirms: it is short, and no word of it speaks against it."""
    words = " ".join(_own_lines(mail.text))
    return len(words.split()) <= _MOST_WORDS and not _DOUBT.search(words)


def _own_lines(text: str) -> Iterator[str]:
    """The first lines that the sender wrote, without those that are quoted."""
    number = 0
    for line in text.splitlines():
        words = line.strip()
        if _QUOTATION.match(words):
            return
        if words and number < _LINES:
            number += 1
            yield _plain(words[: _LONGEST_LINE + 1])


def _plain(words: str) -> str:
    """Words in small letters with single spaces, and no punctuation around them."""
    text = unicodedata.normalize("NFKC", words).casefold().replace("’", "'")
    return " ".join(text.split()).strip(" .!,;:\"'“”‘<>()[]*_-")


def _says(line: str, phrases: Collection[str]) -> bool:
    """Whether a line is one of the phrases, perhaps with a greeting and "please"."""
    if len(line) > _LONGEST_LINE:
        return False
    beginning = _BEGINNING.match(line)
    rest = line[beginning.end() :] if beginning else line
    for phrase in map(_plain, phrases):
        for spoken in (rest, line):
            if spoken.startswith(phrase) and _ENDING.fullmatch(
                re.sub(r"[,.!]", " ", spoken[len(phrase) :]).rstrip()
            ):
                return True
    return False


def _tokens(mail: ReceivedMail) -> frozenset[str]:
    return frozenset(_TOKEN.findall(f"{mail.subject}\n{mail.text}".casefold()))
