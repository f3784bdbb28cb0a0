"""Recognises who has answered before, without keeping who it was."""

from __future__ import annotations

import hashlib
import secrets


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
    local, at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain.rstrip('.')}"
