"""Headers of messages as mail programs expect them."""

from __future__ import annotations

from email.header import Header
from email.policy import SMTP

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
