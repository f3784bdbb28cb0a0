"""The search for canaries finds them in every disguise, and nothing where there is none."""

from __future__ import annotations

import base64
import gzip
import io
import quopri
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from office.canary import Canary, tags_below, tags_in
from support import ROOT

JANE = Canary("jn")
TEXT = f"A note about {JANE.name}, and more. ".encode()


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", data)
    return file.getvalue()


def in_sqlite(data: bytes, folder: Path) -> bytes:
    """In the middle of a value that takes several pages."""
    connection = sqlite3.connect(folder / "x.db")
    connection.execute("CREATE TABLE item (data BLOB)")
    for length in range(3000, 5000, 25):
        connection.execute("INSERT INTO item VALUES (?)", (b"x" * length + data + b"y" * 9000,))
    connection.commit()
    connection.close()
    return (folder / "x.db").read_bytes()


DISGUISES: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "in capitals": bytes.upper,
    "percent-encoded": lambda t: quote(t, safe="").encode(),
    "every letter percent-encoded": lambda t: "".join(f"%{b:02X}" for b in t).encode(),
    "as numbered entities": lambda t: "".join(f"&#{b};" for b in t).encode(),
    "as JSON escapes": lambda t: "".join(f"\\u{b:04x}" for b in t).encode(),
    "in UTF-16": lambda t: t.decode().encode("utf-16"),
    "in UTF-16, the other way": lambda t: t.decode().encode("utf-16-be"),
    "in base64": base64.b64encode,
    "in base64, one letter later": lambda t: base64.b64encode(b"." + t),
    "in base64, two letters later": lambda t: base64.b64encode(b".." + t),
    "in base64 for mail": lambda t: base64.encodebytes(b"line " * 9 + t),
    "quoted-printable": lambda t: quopri.encodestring(b"long " * 12 + t),
    "every letter quoted-printable": lambda t: "".join(f"={b:02X}" for b in t).encode(),
    "in hexadecimal digits": lambda t: t.hex().encode(),
    "folded as in a calendar": lambda t: t.replace(b"Quor", b"Quor\r\n "),
    "with soft hyphens": lambda t: t.replace(b"Quor", b"Quor\xc2\xad"),
    "in gzip": gzip.compress,
    "in zlib, as git has it": zlib.compress,
    "in brotli": lambda t: brotli.compress(t * 40),
    "in a zip": zipped,
    "in a gzip in a zip": lambda t: zipped(gzip.compress(t)),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_canary_is_found(disguise: str) -> None:
    assert tags_in(DISGUISES[disguise](TEXT)) & {"jn", "?"}
    assert tags_in(DISGUISES[disguise](TEXT.replace(b"Quorvex", b"Somebod"))) == set()


def test_a_canary_is_found_in_a_database(tmp_path: Path) -> None:
    assert tags_in(in_sqlite(TEXT, tmp_path)) >= {"jn"}


@pytest.mark.parametrize("number", ["07700 900712", "07700900712", "+44 7700 900712"])
def test_a_telephone_number_is_found(number: str) -> None:
    assert tags_in(f"Ring {number}.".encode()) == {"phone"}
    assert tags_in(f"Ring {number.replace('9007', '9001')}.".encode()) == set()


def test_every_part_of_a_canary_is_found(tmp_path: Path) -> None:
    for part in (JANE.name, JANE.email, JANE.address):
        assert tags_in(part.encode()) == {"jn"}
    assert tags_in(JANE.phone.encode()) == {"phone"}
    (tmp_path / JANE.name).mkdir()
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/one.txt").write_bytes(TEXT)
    assert tags_below(tmp_path, tmp_path / "kept") == {JANE.name: {"jn"}}
    assert tags_below(tmp_path) == {JANE.name: {"jn"}, "kept/one.txt": {"jn"}}


def test_the_sample_has_no_canary() -> None:
    assert tags_below(ROOT / "content") == {}
