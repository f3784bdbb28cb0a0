"""What an address says of people, rather than of where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

# Schemes that reach a person, and services that do so over the web.
_REACHED = re.compile(r"(?:mailto|tel|sms|smsto|callto|facetime|sip|sips|xmpp|im):", re.IGNORECASE)
_CHAT = re.compile(
    r"https?://(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=|t\.me/\+?|signal\.me/#p/)\+?(\d{8,15})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+(]?\d[\d ()+./-]{7,}")
# A mobile number as links have it, without the plus sign before the country.
_ABROAD = re.compile(r"447\d{9}")
_CALLED = re.compile(r"(?<![^/;=])\+\d{9,15}(?![^/;])")
_SEPARATORS = re.compile(r"[-_+.~,]+")
_MOST_DECODED = 3
_URL = re.compile(r"(?:[Hh][Tt]{2}[Pp][Ss]?:/|[Ff][Tt][Pp]:/|mailto:|tel:|sms:|www\.)[^\s<>\"'|]+")
_SIGNS = ("://", "www.", "mailto:", "tel:", "sms:")


def words_of_address(address: str) -> Iterator[str]:
    """What of an address is looked at as words: whom it reaches, and what was filled in.

    Its path is the name of a page, whatever it looks like, but for a number to call.
    """
    if not ("@" in address or "%" in address or "?" in address or ":" in address):
        return
    if chat := _CHAT.match(address.strip()):
        yield f"tel: +{chat[1]}"
        return
    try:
        parts = urlsplit(address.strip())
    except ValueError:
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
    """The words of a file's name or an old address, with spaces for what separates them."""
    plain = decoded(path)
    return f"{plain} | {_SEPARATORS.sub(' ', plain.replace('/', ' | '))}"


def expand_links(text: str) -> str:
    """Plain words in which each address is replaced by what it says of people."""
    if not any(sign in text for sign in _SIGNS):
        return text
    return _URL.sub(lambda found: f" {' '.join(words_of_address(found[0]))} ", text)


def decoded(address: str) -> str:
    """The address without its percent signs, however often it was encoded."""
    for _ in range(_MOST_DECODED):
        if "%" not in address:
            break
        address = unquote(address)
    return address
