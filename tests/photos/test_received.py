"""A file that somebody chose as a picture: what it says, and why some cannot be used."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from photos.telling import KINDS, chunk, drawn, saved, telling
from wardblog.photos.findings import FileFinding
from wardblog.photos.received import receive_picture
from wardblog.problems import CommandError

EXIF = (FileFinding.PLACE, FileFinding.TIME, FileFinding.DEVICE, FileFinding.WORDS)
EXPECTED = {
    "JPEG": (*EXIF, FileFinding.COPY, FileFinding.FILM),
    "MPO": (*EXIF, FileFinding.COPY),
    "PNG": (*EXIF, FileFinding.COPY),
    "WebP": (*EXIF, FileFinding.COPY),
    "GIF": (FileFinding.WORDS,),
    "TIFF": (*EXIF, FileFinding.COPY),
    "BMP": (),
    "HEIC": (*EXIF, FileFinding.COPY),
    "AVIF": EXIF,
}


def zipped(name: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, "words")
    return file.getvalue()


def refusal(name: str, data: bytes) -> tuple[str, str]:
    with pytest.raises(CommandError) as error:
        receive_picture(name, data)
    return str(error.value), error.value.hint


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_file_says_is_found(kind: str) -> None:
    received = receive_picture("a picture", telling(kind))
    expected = EXPECTED[kind]
    if kind in ("TIFF", "MPO"):  # what is of use differs with the order of the directories
        assert set(EXIF) <= set(received.findings)
    else:
        assert received.findings == expected
    assert received.pages == (2 if kind == "TIFF" else 1)
    assert (received.picture.width, received.picture.height) == (64, 48)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "GIF", "TIFF", "BMP"])
def test_nothing_is_found_in_a_picture_that_says_nothing(kind: str) -> None:
    assert receive_picture("a picture", saved(drawn(), kind)).findings == ()


def test_details_that_nobody_has_a_word_for_are_found_too() -> None:
    data = saved(drawn(), "PNG")
    more = data[:-12] + chunk(b"maNd", bytes(100)) + data[-12:]
    assert receive_picture("a.png", more).findings == (FileFinding.OTHER,)
    assert receive_picture("a.png", data + bytes(100)).findings == (FileFinding.OTHER,)


@pytest.mark.parametrize("name", ["a.png", "a.pdf", "no ending", "a.svg", ""])
def test_the_name_does_not_matter(name: str) -> None:
    assert receive_picture(name, telling("JPEG")).picture.kind == "JPEG"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"words", "is not a picture"),
        (b"%PDF-1.7 ...", "is a PDF, not a picture"),
        (zipped("word/document.xml"), "is a document or an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office program"),
        (b"\0\0\0\x18ftypmp42" + bytes(600), "is a video"),
        (b"\x1aE\xdf\xa3" + bytes(600), "is a video"),
        (b"<!doctype html><title>A page</title>", "is a web page"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "is a JPEG 2000 picture"),
        (b"8BPS" + bytes(100), "is a Photoshop picture"),
        (b"FUJIFILMCCD-RAW" + bytes(100), "is a raw camera picture"),
        (telling("JPEG")[:1500], "is damaged|is incomplete"),
        (telling("PNG")[:200], "is incomplete"),
        (telling("HEIC")[:400], "is damaged|is incomplete"),
        (telling("TIFF")[:300], "is damaged|is incomplete"),
        (telling("BMP")[:300], "is damaged|is incomplete"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_way_on(data: bytes, words: str) -> None:
    message, hint = refusal("it.jpg", data)
    assert any(one in message for one in words.split("|"))
    assert '"it.jpg"' in message
    assert hint.endswith(".")


@pytest.mark.parametrize("tags", [{0xC612: b"\1\4\0\0"}, {0x00FE: 1}, {0x00FE: 1, 0x010F: "Nikon"}])
def test_a_raw_file_is_not_taken_for_the_small_picture_in_it(tags: dict[int, object]) -> None:
    data = saved(drawn(), "TIFF", tiffinfo=tags)
    assert "raw camera picture" in refusal("a.tif", data)[0]


BOMBS = (
    "many pixels", "long words", "a long profile", "a large GIF", "many passes", "a large TIFF",
    "a large BMP",
)  # fmt: skip


@cache
def bombs() -> dict[str, bytes]:
    header = struct.pack(">IIBBBBB", 400_000, 400_000, 8, 2, 0, 0, 0)
    end = chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    small, packed = saved(Image.new("RGB", (3, 2)), "PNG"), zlib.compress(bytes(80_000_000), 9)
    large = (60_000).to_bytes(4, "little")
    tiff = bytearray(saved(drawn(), "TIFF"))
    at = struct.unpack_from("<I", tiff, 4)[0]
    for n in range(struct.unpack_from("<H", tiff, at)[0]):
        if struct.unpack_from("<H", tiff, at + 2 + 12 * n)[0] in (0x0100, 0x0101):
            struct.pack_into("<HII", tiff, at + 4 + 12 * n, 4, 1, 60_000)
    bmp = saved(drawn(), "BMP")
    return {
        "many pixels": small[:8] + chunk(b"IHDR", header) + end,
        "long words": small[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + small[33:],
        "a long profile": small[:33] + chunk(b"iCCP", b"Screen\0\0" + packed) + small[33:],
        "a large GIF": b"GIF89a" + struct.pack("<HH", 65535, 65535) + saved(drawn(), "GIF")[10:],
        "many passes": saved(Image.new("L", (8, 8)), "JPEG") + b"\xff\xda" * 300,
        "a large TIFF": bytes(tiff),
        "a large BMP": bmp[:18] + large + large + bmp[26:],
    }


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_would_fill_the_memory_is_refused(name: str) -> None:
    message, hint = refusal("bomb", bombs()[name])
    assert "too large to be opened safely" in message
    assert "1600 pixels" in hint
