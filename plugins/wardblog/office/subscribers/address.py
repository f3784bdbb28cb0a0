"""Reads e-mail addresses, and refuses what could become another header or another recipient."""

from __future__ import annotations

import re

from wardblog.report import ParseError
from wardblog.support.late_regex import late_regex

# RFC 5321, 4.5.3.1, counted in bytes.
_MOST_LOCAL, _MOST = 64, 254
# An atom of RFC 5322, 3.2.3. None begins with a sign that a spreadsheet reads as a formula.
_LOCAL = late_regex(r"[A-Za-z0-9_](?:[\w!#$%&'*+/=?^`{|}~-]|\.(?![.@]))*(?<!\.)", re.ASCII)
_DOMAIN = late_regex(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_FORM = "It has the form name@example.org."


def parse_address(written: str) -> str:
    """Return an address with its domain in small letters and in ASCII (RFC 5891).

    The part before the @ stays as it is. Raises `ParseError`, without quoting the address.
    """
    local, at, domain = written.strip(" \t").rpartition("@")
    if not at:
        raise ParseError("this is not an e-mail address", _FORM)
    if not local.isascii():
        raise ParseError(
            "an e-mail address with such letters before the @ cannot be used",
            "Most mail servers refuse it. Ask for another address.",
        )
    plain = _in_ascii(domain)
    if not (_LOCAL.fullmatch(local) and plain and _DOMAIN.fullmatch(plain)):
        raise ParseError("this is not an e-mail address", _FORM)
    if len(local) > _MOST_LOCAL or len(local) + 1 + len(plain) > _MOST:
        raise ParseError("this e-mail address is too long", _FORM)
    return f"{local}@{plain}"


def _in_ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def address_key(address: str) -> str:
    """What two ways of writing one address have in common.

    Nearly all providers ignore the difference between capital and small letters.
    """
    return address.casefold()
