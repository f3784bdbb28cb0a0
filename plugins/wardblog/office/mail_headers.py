"""Headers of messages as mail programs expect them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.header import Header
from email.policy import SMTP
from email.utils import parsedate_to_datetime

# Python breaks longer lines, and encodes what it cannot break; programs do not understand a
# List-Unsubscribe that is encoded (RFC 8058). A line may have 998 characters (RFC 5322, 2.1.1).
MAIL_POLICY = SMTP.clone(max_line_length=998)
_LONGEST_WORD = 75


def encoded_header(words: str, name: str) -> str:
    """The value of a header of this name, in words of at most 75 characters (RFC 2047, section 2).

    A message with `MAIL_POLICY` would make one long word, which some programs show as it is; and
    with shorter lines Python 3.11 writes parts of a long subject twice.
    """
    is_plain = words.isascii() and words.isprintable()
    charset = "us-ascii" if is_plain else "utf-8"
    return Header(words, charset, _LONGEST_WORD, header_name=name).encode(linesep="\r\n")


def received_time(received: Sequence[str], dates: Sequence[str]) -> datetime | None:
    """When our server took a message, as it wrote above all others; else the first date there is.

    `received` are the Received fields from the top, and `dates` are less reliable.
    """
    for words in (*(line.rpartition(";")[2] for line in received[:1]), *dates):
        try:
            moment = parsedate_to_datetime(words.strip())
        except (ValueError, OverflowError, TypeError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def without_comments(written: str) -> str | None:
    """The words of a field without comments and quoted strings, in which a sender has a say.

    None if a comment, a quotation or a backslash has no end, or if there is a quotation within a
    comment that would change where the comment ends: programs read these in different ways.
    """
    bare = _outside(written, has_quotations_within=False)
    return bare if bare == _outside(written, has_quotations_within=True) else None


def _outside(written: str, *, has_quotations_within: bool) -> str | None:
    kept: list[str] = []
    depth, is_quoted, is_escaped = 0, False, False
    for sign in written:
        if is_escaped:
            is_escaped = False
        elif sign == "\\" and (depth or is_quoted):
            is_escaped = True
        elif sign == '"' and (not depth or has_quotations_within):
            is_quoted = not is_quoted
        elif is_quoted:
            continue
        elif sign == "(":
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(sign)
    return None if depth or is_quoted or is_escaped else "".join(kept)
