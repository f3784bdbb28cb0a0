"""Extracts personal data from links: who a `mailto:` or `tel:` reaches, and filled-in forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from wardblog.support.late_regex import late_regex
from wardblog.support.urls import split_url

# Schemes and web services that contact a person.
_REACHED = late_regex(r"(?:mailto|tel|sms|smsto|callto|facetime|sip|sips|xmpp|im):", re.IGNORECASE)
_CHAT = late_regex(
    r"https?://(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=|t\.me/\+?|signal\.me/#p/)\+?(\d{8,15})",
    re.IGNORECASE,
)
_NUMBER = late_regex(r"[+(]?\d[\d ()+./-]{7,}")
# A mobile number as links contain it, without the plus sign before the country code.
_ABROAD = late_regex(r"447\d{9}")
_CALLED = late_regex(r"(?<![^/;=])\+\d{9,15}(?![^/;])")
_SEPARATORS = late_regex(r"[-_+.~,]+")
_MOST_DECODED = 3
_URL = late_regex(r"(?:[Hh][Tt]{2}[Pp][Ss]?:/|[Ff][Tt][Pp]:/|mailto:|tel:|sms:|www\.)[^\s<>\"'|]+")
_SIGNS = ("://", "www.", "mailto:", "tel:", "sms:")


def words_of_address(address: str) -> Iterator[str]:
    """Return the parts of a link to search for personal data: the recipient and the query.

    The path is not searched, except for a telephone number.
    """
    if not ("@" in address or "%" in address or "?" in address or ":" in address):
        return
    if chat := _CHAT.match(address.strip()):
        yield f"tel: +{chat[1]}"
        return
    parts = split_url(address)
    if parts is None:
        yield decoded(address)
        return
    if _REACHED.match(address.strip()):
        yield decoded(parts.path)
    elif "@" in parts.netloc:
        yield parts.netloc
    if parts.netloc:
        yield from _CALLED.findall(decoded(parts.path))
    filled = [part for pair in parse_qsl(parts.query, keep_blank_values=True) for part in pair]
    for value in (*filled, parts.fragment.replace("+", " ")):
        words = decoded(value)
        if _ABROAD.fullmatch(words):
            words = f"+{words}"
        if "@" in words or " " in words or _NUMBER.fullmatch(words):
            yield words


def words_of_path(path: str) -> str:
    """Return the words of a file name or path, with spaces for the separators."""
    plain = decoded(path)
    return f"{plain} | {_SEPARATORS.sub(' ', plain.replace('/', ' | '))}"


def expand_links(text: str) -> str:
    """Replace each link in plain text by the parts of it to search for personal data."""
    if not any(sign in text for sign in _SIGNS):
        return text
    return _URL.sub(lambda found: f" {' '.join(words_of_address(found[0]))} ", text)


def decoded(address: str) -> str:
    """Return a link without percent-encoding, even if it was encoded several times."""
    for _ in range(_MOST_DECODED):
        if "%" not in address:
            break
        address = unquote(address)
    return address
