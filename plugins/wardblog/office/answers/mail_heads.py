"""The header fields of messages as they were received, from which answers are counted.

Nothing else of a message is looked at. Strangers write them, so anything may be in them.
"""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from contextlib import suppress
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header
from email.utils import getaddresses

from wardblog.office.mail_headers import received_time, without_comments
from wardblog.office.subscribers.mail import TELLING_HEADERS, ReceivedMail
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_CHECKS = "authentication-results"
FIELDS = frozenset((*TELLING_HEADERS, "from", "subject", "date", "list-unsubscribe", _CHECKS))
# Of the fields of one message, no more bytes than these are read; of one field no more characters.
MOST_BYTES = 30_000
_LONGEST_FIELD, _LONGEST_SUBJECT, _LONGEST_SENDER = 5_000, 1_000, 1_000
# What is written after checks that were cut; no field has it otherwise.
CUT = "\x00"
_CONTROLS = late_regex(r"[\x00-\x1f\x7f]+")
# An address in brackets, beside which there is no other: "Ann, X <ann@example.org>,".
_IN_BRACKETS = late_regex(r"[^<>@]*<([^\s<>,;:()\"]+@[^\s<>,;:()\"@]+)>[\s,;]*")
# "Ann <ann@example.org>", as nearly all programs write it.
_ONE_SENDER = late_regex(
    r"(?:\"[^\"\\<>]*\"|[^\"<>,;:()\\]*)<([^\s<>,;:()\"]+@[^\s<>,;:()\"@]+)>\s*"
)


@dataclass(frozen=True, slots=True)
class MailHead:
    """The fields of a message, and when our server received it, if that is known without them."""

    data: bytes
    received: datetime | None = None


def mail_of(head: MailHead) -> ReceivedMail:
    """The message to which the fields belong, without a text; never raises an exception."""
    headers = _headers(head.data)
    senders = headers.get("from", ())
    received = head.received or received_time(headers.get("received", ()), headers.get("date", ()))
    return ReceivedMail(
        uid=0,
        sender=_address(senders[0][:_LONGEST_SENDER]) if len(senders) == 1 else "",
        subject=decoded(next(iter(headers.get("subject", ())), "")),
        text="",
        message_id="",
        received=received or datetime.now(UTC),
        headers=headers,
        is_in_part=True,
    )


def _headers(data: bytes) -> dict[str, tuple[str, ...]]:
    """The values of each field in their order, by the name in small letters (RFC 5322, 2.2)."""
    found: dict[str, tuple[str, ...]] = {}
    parts = re.split(rb"\r?\n(?![ \t])", data[:MOST_BYTES])
    # The file and the server may have left out the rest as well.
    is_long = len(data) >= MOST_BYTES - 1
    for number, part in enumerate(parts, 1):
        name, colon, value = part.partition(b":")
        if colon:
            key = name.strip().lower().decode("ascii", "replace")
            words = _CONTROLS.sub(" ", value[:_LONGEST_FIELD].decode("utf-8", "replace")).strip()
            is_cut = len(value) > _LONGEST_FIELD or (is_long and number == len(parts))
            end = CUT if is_cut and key == _CHECKS else ""
            found[key] = (*found.get(key, ()), f"{words}{end}")
    return found


def decoded(subject: str) -> str:
    """A subject with its encoded words as text (RFC 2047); what cannot be decoded stays.

    Control characters become spaces, whether or not they were encoded.
    """
    subject = subject[:_LONGEST_SUBJECT]
    if "=?" in subject:
        with suppress(MessageError, Base64Error, ValueError):
            parts = decode_header(subject)
            subject = "".join(_text(words, charset) for words, charset in parts)
    return _CONTROLS.sub(" ", subject)


def _text(words: bytes | str, charset: str | None) -> str:
    if isinstance(words, str):
        return words
    try:
        return words.decode(charset or "ascii", "replace")
    except (LookupError, ValueError):
        return words.decode("latin-1")


def _address(written: str) -> str:
    """The only address in a From field, or ""."""
    if match := _ONE_SENDER.fullmatch(written):
        return match[1]
    if match := _IN_BRACKETS.fullmatch(without_comments(written) or ""):
        return match[1]
    try:
        found = [address for _, address in getaddresses([written])]
    except (ValueError, LookupError, RecursionError):
        return ""
    return found[0] if len(found) == 1 and "@" in found[0] else ""
