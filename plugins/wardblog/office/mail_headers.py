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
