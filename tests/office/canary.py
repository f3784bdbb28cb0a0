"""Canaries: people who do not exist, and who must be found wherever they are hidden.

Every canary has the stem in its name, its e-mail address and its street, and a tag that says where
it was planted. Only the stem is searched for, in every form in which a file may hold it.
"""

from __future__ import annotations

import base64
import gzip
import io
import re
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote_to_bytes

import brotli

STEM = "Quorvex"
# Of the numbers that Ofcom keeps for drama: no other test and no sample uses these.
_PHONE = re.compile(rb"(?:\+44|0044|0)\D{0,3}7700\D{0,3}9007\d\d")
_TAG = re.compile(rb"quorvex([a-z]{2}|)")
# So often is what was unpacked unpacked again.
_DEEPEST = 4
_LONGEST = 40_000_000


@dataclass(frozen=True)
class Canary:
    """One invented person; `tag` is two small letters."""

    tag: str

    @property
    def name(self) -> str:
        return f"Ottoline {STEM}{self.tag}"

    @property
    def email(self) -> str:
        return f"ottoline.{STEM.lower()}{self.tag}@example.net"

    @property
    def phone(self) -> str:
        number = (ord(self.tag[0]) * 26 + ord(self.tag[1])) % 100
        return f"07700 9007{number:02}"

    @property
    def address(self) -> str:
        return f"7 {STEM}{self.tag} Villas"

    @property
    def surname(self) -> str:
        """Like the name of a firm: no list of names has it, so nothing but an allow-list helps."""
        return f"{STEM}{self.tag}"

    @property
    def words(self) -> str:
        """All of the person in one line without a comma."""
        return f"{self.name} of {self.address} {self.email} {self.phone}"

    def in_fields(self, *names: str) -> dict[str, str]:
        """What each of some fields about people would hold, by what it is called."""
        kinds = {"mail": self.email, "tel": self.phone, "phone": self.phone,
                 "address": self.address, "comment": f"{self.name} thinks so"}  # fmt: skip
        return {
            name: next((v for k, v in kinds.items() if k in name.casefold()), self.surname)
            for name in names
        }


def _three_ways(word: str) -> set[bytes]:
    """The base64 of a word at each of the three places where it can begin."""
    found = set()
    for before in range(3):
        packed = base64.b64encode(b"\0" * before + word.encode() + b"\0\0")
        # Of six bits each; the letters at the ends also depend on what stands beside the word.
        found.add(packed[-(-before * 8 // 6) : (before + len(word)) * 8 // 6])
    return found


_WRITTEN = {word for form in (STEM, STEM.lower(), STEM.upper()) for word in _three_ways(form)}
_WIDE = tuple(STEM.lower().encode(codec) for codec in ("utf-16-le", "utf-16-be", "utf-32-le"))
_HEX = tuple(form.encode().hex().encode() for form in (STEM, STEM.lower(), STEM.upper()))
_BETWEEN = re.compile(rb"=\r?\n|\r?\n[ \t]|\xc2\xad|\xe2\x80[\x8b-\x8d]|<wbr>|&shy;|\\\r?\n")


def tags_in(data: bytes) -> set[str]:
    """The tags of the canaries in some bytes, or `?` for one whose tag cannot be read."""
    return {tag for blob in unpacked(data) for tag in _tags_in_blob(blob)}


def _tags_in_blob(blob: bytes) -> Iterator[str]:
    for text in _readings(blob):
        low = text.lower()
        if b"quorvex" in low:
            yield from (match[1].decode() or "?" for match in _TAG.finditer(low))
        if b"7700" in low and _PHONE.search(low):
            yield "phone"
    low = blob.lower()
    tight = re.sub(rb"\s+", b"", blob)
    if (
        any(wide in low for wide in _WIDE)
        or any(digits in low for digits in _HEX)
        or any(written in tight for written in _WRITTEN)
    ):
        yield "?"


def _readings(blob: bytes) -> Iterator[bytes]:
    """The bytes as they are, and as those read them who undo what protects a text on its way."""
    yield blob
    if joined := _BETWEEN.sub(b"", blob):
        yield joined
    if b"%" in blob:
        yield unquote_to_bytes(blob)
    if b"&#" in blob:
        yield unescape(blob.decode("utf-8", "replace")).encode()
    if b"\\u00" in blob.lower():
        yield re.sub(rb"\\u00([0-9a-fA-F]{2})", lambda m: bytes([int(m[1], 16)]), blob)
    if b"=5" in blob or b"=7" in blob:
        yield re.sub(rb"=([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), blob)


def unpacked(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes, and what is packed in them: gzip, zlib, brotli, zip, SQLite and PDF."""
    yield data
    if depth < _DEEPEST:
        for inner in _opened(data):
            yield from unpacked(inner, depth + 1)


def _opened(data: bytes) -> Iterator[bytes]:
    if data[:2] == b"\x1f\x8b":
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(data)
    elif data[:4] == b"PK\x03\x04":
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    elif data[:16] == b"SQLite format 3\0":
        yield from _in_sqlite(data)
    elif data[:5] == b"%PDF-":
        yield from _in_pdf(data)
    elif data[:1] == b"\x78":
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data, _LONGEST)
    elif data and not data[:64].isascii():
        with suppress(brotli.error):
            yield brotli.decompress(data)


def _in_sqlite(data: bytes) -> Iterator[bytes]:
    """Each value of each table, in one piece."""
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(data)
        file.flush()
        connection = sqlite3.connect(f"file:{file.name}?mode=ro&immutable=1", uri=True)
        try:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            for (name,) in names.fetchall():
                for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - its own
                    yield from (v if isinstance(v, bytes) else str(v).encode() for v in row)
        except sqlite3.DatabaseError:
            pass
        finally:
            connection.close()


def _in_pdf(data: bytes) -> Iterator[bytes]:
    """What it says, and each of its streams."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        yield str(document.get_metadata_dict()).encode()
        for page in document:
            yield page.get_textpage().get_text_bounded().encode()
    finally:
        document.close()
    for match in re.finditer(rb"stream\r?\n", data):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[match.end() :], _LONGEST)


def tags_below(folder: Path, *without: Path) -> dict[str, set[str]]:
    """Where canaries are below a folder: the tags by the file. Names of files count as well.

    What is below one of `without` is left out.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or any(path.is_relative_to(one) for one in without):
            continue
        name = path.relative_to(folder).as_posix()
        tags = tags_in(name.encode())
        if path.is_file():
            tags |= tags_in(path.read_bytes())
        if tags:
            found[name] = tags
    return found
