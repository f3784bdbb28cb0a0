"""Takes fingerprints of files, so that a later run can tell whether a file has changed."""

from __future__ import annotations

import hashlib
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from wardblog.content.files import Signature, on_disk

# The coarsest file-system clock (FAT) has steps of two seconds: a younger file may change again
# without a change of its signature.
_YOUNG_NS = 2_100_000_000


class FileFingerprint(NamedTuple):
    """A file's signature and digest; `is_settled` is whether the signature alone can be trusted."""

    signature: Signature
    is_settled: bool
    digest: bytes


def fingerprint_of(path: Path, signature: Signature) -> FileFingerprint:
    """Read a file and return its fingerprint; raises `OSError`."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=16)).digest()
    return FileFingerprint(signature, is_settled(signature), digest)


def is_settled(signature: Signature) -> bool:
    return max(signature[1], signature[2]) < time.time_ns() - _YOUNG_NS


def unchanged_fingerprint(
    before: FileFingerprint, content: Path, file: str, signature: Signature
) -> FileFingerprint | None:
    """Return the current fingerprint if the file's bytes are the same as before, else None."""
    if before.signature == signature and before.is_settled:
        return before
    if before.signature[0] != signature[0]:
        return None
    try:
        now = fingerprint_of(on_disk(content, file), signature)
    except OSError:
        return None
    return now if now.digest == before.digest else None
