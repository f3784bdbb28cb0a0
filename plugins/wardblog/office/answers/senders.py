"""Recognises who has answered before, without keeping who it was."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

# How letters that are not English are written in a domain (RFC 5890), and how many there may be.
_CODED, _LONGEST_LABEL = "xn--", 63


class Senders:
    """Digests of addresses, with a key that is in memory only and ends with the process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def digest(self, address: str) -> bytes:
        """The same for all ways of writing one mailbox; 16 bytes."""
        name = normalised(address).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(name, key=self._key, digest_size=16).digest()


def normalised(address: str) -> str:
    """An address in small letters, without what follows a plus sign.

    With nearly all providers, `ann+news@example.org` arrives at `ann@example.org`.
    """
    local, at, domain = address.strip().rpartition("@")
    local = unicodedata.normalize("NFKC", local).casefold()
    return f"{local.partition('+')[0] or local}{at}{plain_domain(domain)}"


def plain_domain(domain: str) -> str:
    """A domain in small letters; those that are not English are the same if written as "xn--"."""
    name = unicodedata.normalize("NFKC", domain.strip(" <>\"'")).casefold()
    labels = name.replace("\u3002", ".").strip(".").split(".")
    return ".".join(map(_label, labels))


def _label(label: str) -> str:
    if not label.startswith(_CODED) or len(label) > _LONGEST_LABEL:
        return label
    try:
        words = label[len(_CODED) :].encode("ascii").decode("punycode")
    except ValueError:
        return label
    return unicodedata.normalize("NFKC", words).casefold()
