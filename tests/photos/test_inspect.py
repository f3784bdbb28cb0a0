"""A look at pictures that are whole, broken, hostile, or full of words."""

from __future__ import annotations

import struct
import time
import zlib
from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from support import examples
from wardblog.model import Fault, Picture
from wardblog.photos import PUBLISHED, versions_of
from wardblog.photos.inspect import inspect_picture
from wardblog.photos.make import make_versions

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
COLOURS = ("teal", "navy", "olive")


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def noise(kind: str, frames: int = 1, mode: str = "RGB") -> bytes:
    grey = Random(0).randbytes(40 * 30)  # noqa: S311 - the same picture each time
    first = Image.frombytes("L", (40, 30), grey).convert(mode)
    if frames == 1:
        return saved(first, kind)
    more = [Image.new("RGB", (40, 30), COLOURS[n % 3]) for n in range(frames - 1)]
    return saved(first, kind, save_all=True, append_images=more, duration=200, loop=0)


def chunk(name: bytes, data: bytes) -> bytes:
    whole = name + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


@pytest.mark.parametrize("frames", [1, 3])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_truncated_picture_is_detected_wherever_it_ends(kind: str, frames: int) -> None:
    data = noise(kind, 1 if kind == "JPEG" else frames)
    assert inspect_picture(data).fault is None
    for cut in (1, 2, 3, 10, len(data) // 2, len(data) - 40):
        # A GIF is whole without the sign that ends it.
        expected = None if (kind, cut) == ("GIF", 1) else Fault.CUT_OFF
        assert inspect_picture(data[:-cut]).fault is expected, cut


SOURCES = {
    (kind, frames): noise(kind, frames, "L" if kind == "JPEG" else "RGB")
    for kind in FORMATS
    for frames in ((1,) if kind == "JPEG" else (1, 3))
}


@settings(max_examples=examples(300), deadline=None, derandomize=True, database=None)
@given(
    st.sampled_from(sorted(SOURCES)),
    st.integers(0, 100_000),
    st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 7)), max_size=12),
)
def test_broken_bytes_give_a_fault_or_a_picture(
    source: tuple[str, int], cut: int, flips: list[tuple[int, int]]
) -> None:
    data = bytearray(SOURCES[source])
    for place, bit in flips:
        data[place % len(data)] ^= 1 << bit
    if cut % 3 == 0:
        del data[cut % len(data) :]
    begun = time.process_time()
    found = inspect_picture(bytes(data))
    if found.fault is None and found.kind in PUBLISHED:
        versions = versions_of("images/x", found)
        assert len(make_versions(bytes(data), found, versions)) == len(versions)
    assert time.process_time() - begun < 2


def test_a_bomb_is_not_unpacked() -> None:
    header = struct.pack(">IIBBBBB", 400_000, 400_000, 8, 2, 0, 0, 0)
    end = chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    small = saved(Image.new("RGB", (3, 2)), "PNG")
    packed = zlib.compress(bytes(80_000_000), 9)
    bombs = (
        small[:8] + chunk(b"IHDR", header) + end,
        small[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + small[33:],
        small[:33] + chunk(b"iCCP", b"Screen\0\0" + packed) + small[33:],
        b"GIF89a" + struct.pack("<HH", 65535, 65535) + noise("GIF")[10:],
        saved(Image.new("L", (8, 8)), "JPEG") + b"\xff\xda" * 300,
    )
    for bomb in bombs:
        begun = time.process_time()
        assert inspect_picture(bomb).fault is Fault.HUGE
        assert time.process_time() - begun < 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_width_and_height_are_those_of_the_upright_picture(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(Image.new("RGB", (40, 30)), "JPEG", exif=exif)
    found = inspect_picture(data)
    assert (found.width, found.height) == ((30, 40) if orientation > 4 else (40, 30))


def test_animations_are_told_apart_from_still_pictures() -> None:
    assert [inspect_picture(noise(kind, 3)).frames for kind in ("GIF", "PNG", "WEBP")] == [3, 3, 3]
    assert [inspect_picture(noise(kind)).frames for kind in FORMATS] == [1, 1, 1, 1]


def test_the_metadata_of_a_photograph_is_returned_for_the_checks() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "Mrs Example's front door", "R. Sample", "(c) Agency"
    exif[0x9C9C] = "Windows words".encode("utf-16-le")
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + "Ring at 14 Sample Street".encode("utf-16-le")
    exif.get_ifd(0x8769)[0xA430] = "Robin Owner"
    xmp = b'<x:xmpmeta><rdf:li>Ann &amp; Bob</rdf:li><a photoshop:Credit="News Desk"/></x:xmpmeta>'
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(
        ">I", 5 + 12
    ) + b"\x1c\x02\x78\0\x0cCaption here\0"  # fmt: skip
    data = saved(Image.new("RGB", (8, 8)), "JPEG", exif=exif, comment=b"A comment", xmp=xmp)
    data = data[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + data[2:]
    assert set(inspect_picture(data).texts) == {
        "Mrs Example's front door", "R. Sample", "(c) Agency", "Windows words",
        "Ring at 14 Sample Street", "Robin Owner", "Ann & Bob", "News Desk", "A comment",
        "Caption here",
    }  # fmt: skip


def test_the_metadata_of_other_pictures_is_returned_too() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Robin Sample")
    words.add_itxt("Title", "Ünser Haus", zip=True)
    image = Image.new("RGB", (8, 8))
    assert inspect_picture(saved(image, "PNG", pnginfo=words)).texts == (
        "Robin Sample",
        "Ünser Haus",
    )
    assert inspect_picture(saved(image, "GIF", comment=b"By Robin")).texts == ("By Robin",)
    exif = Image.Exif()
    exif[0x013B] = "Robin Sample"
    assert inspect_picture(saved(image, "WEBP", exif=exif)).texts == ("Robin Sample",)


def test_broken_metadata_does_not_make_a_picture_unusable() -> None:
    data = saved(Image.new("RGB", (8, 8)), "JPEG")
    for broken in (b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0" + bytes(range(200))):
        segment = b"\xff\xe1" + struct.pack(">H", len(broken) + 2) + broken
        assert inspect_picture(data[:2] + segment + data[2:]) == Picture(
            kind="JPEG", width=8, height=8
        )
