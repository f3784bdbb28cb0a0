"""Reads the text in a picture's metadata, and whether there is a location."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

# CIPA DC-008 (EXIF 3.0): description, artist, copyright; what Windows adds is UTF-16.
_EXIF = (0x010E, 0x013B, 0x8298)
_WINDOWS = (0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F)
# In the EXIF of the camera: the user's comment, and the owner.
_DETAILS, _COMMENT, _OWNER = 0x8769, 0x9286, 0xA430
# The position: latitude and longitude.
_POSITION, _POSITION_PARTS = 0x8825, frozenset((2, 4))
_CHARSETS = {b"ASCII\0\0\0": "utf-8", b"UNICODE\0": "utf-16-le", b"\0" * 8: "utf-8"}
# IPTC IIM 4.2, record 2: title, keywords, by-line, headline, credit, source, copyright, contact,
# caption, writer.
_IPTC = (5, 25, 80, 105, 110, 115, 116, 118, 120, 122)
_XMP_TEXT = re.compile(rb">([^<>]+)<")
_XMP_VALUE = re.compile(
    rb"\b(?:dc|photoshop|tiff|xmpRights|Iptc4xmp\w+):\w+\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
# Limits; no caption is longer.
_MOST_BYTES, _MOST_TEXTS, _LONGEST = 1_000_000, 50, 2_000
_WORD = re.compile(r"[^\W\d_]{2}|\d{5}|@")


def metadata_texts(image: ImageFile) -> tuple[str, ...]:
    """Return each text once, without those that cannot identify anybody, such as single letters."""
    found: dict[str, None] = {}
    for source in (_exif, _details, _iptc, _xmp, _chunks):
        for text in _readable(source, image):
            clean = " ".join(text.replace("\0", " ").split())[:_LONGEST]
            if _WORD.search(clean) and len(found) < _MOST_TEXTS:
                found[clean] = None
    return tuple(found)


def is_located(image: ImageFile) -> bool:
    """Whether EXIF or XMP has a location; broken metadata counts as none."""
    try:
        position = image.getexif().get_ifd(_POSITION)
        return bool(_POSITION_PARTS & position.keys()) or b"GPSLatitude" in xmp_of(image)
    except Exception:  # noqa: BLE001 - broken metadata can make Pillow raise almost anything
        return False


def _readable(source: Callable[[ImageFile], Iterator[str]], image: ImageFile) -> list[str]:
    """Return the texts that can be read; broken metadata is not a fault of the picture."""
    found: list[str] = []
    try:
        found.extend(source(image))
    except Exception:  # noqa: BLE001 - broken metadata can make Pillow raise almost anything
        return found
    return found


def _exif(image: ImageFile) -> Iterator[str]:
    exif = image.getexif()
    yield from (_decoded(exif[tag]) for tag in _EXIF if tag in exif)
    for tag in _WINDOWS:
        if tag in exif:
            yield _decoded(exif[tag], "utf-16-le")


def _details(image: ImageFile) -> Iterator[str]:
    details = image.getexif().get_ifd(_DETAILS)
    if _OWNER in details:
        yield _decoded(details[_OWNER])
    comment = details.get(_COMMENT, b"")
    if isinstance(comment, bytes):
        yield _decoded(comment[8:], _CHARSETS.get(comment[:8], "latin-1"))
    else:
        yield str(comment)


def _iptc(image: ImageFile) -> Iterator[str]:
    if "photoshop" not in image.info:
        return
    # late import: see docs/architecture.md
    from PIL.IptcImagePlugin import getiptcinfo

    for (record, number), value in (getiptcinfo(image) or {}).items():
        if record == 2 and number in _IPTC:
            yield from map(_decoded, value if isinstance(value, list) else [value])


def _xmp(image: ImageFile) -> Iterator[str]:
    data = xmp_of(image)
    for found in _XMP_TEXT.finditer(data):
        yield unescape(_decoded(found[1]))
    for found in _XMP_VALUE.finditer(data):
        yield unescape(_decoded(found[1] or found[2]))


def xmp_of(image: ImageFile) -> bytes:
    """The XMP of a picture, up to a million bytes of it; "" if there is none."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return (packet.encode() if isinstance(packet, str) else bytes(packet))[:_MOST_BYTES]


def _chunks(image: ImageFile) -> Iterator[str]:
    """Comments of JPEG and GIF, and the texts of PNG."""
    yield _decoded(image.info.get("comment", b""))
    for name, text in getattr(image, "text", {}).items():
        if not name.startswith(("XML:", "Raw profile")):
            yield str(text)


def _decoded(value: Any, encoding: str = "utf-8") -> str:
    if not isinstance(value, bytes):
        return str(value)
    data = value[:_MOST_BYTES]
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")
