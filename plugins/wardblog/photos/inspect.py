"""Inspects a picture: its kind, size, faults, and the text and location in its metadata."""

from __future__ import annotations

import warnings
from collections.abc import Container, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from wardblog.model import Fault, Picture
from wardblog.photos.containers import TruncatedError, parse_container
from wardblog.photos.kinds import LARGEST, READABLE, START, kind_of
from wardblog.photos.metadata import is_located, metadata_texts

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

# A JPEG has a few passes; one with thousands would take hours to decode.
_MOST_PASSES = 200
_EIGHTH = 8
_ORIENTATION = 0x0112
# The orientations of EXIF that lie on their side.
LYING = (5, 6, 7, 8)


def inspect_picture(data: bytes, kinds: Container[str] = READABLE) -> Picture:
    """Inspect the bytes of a picture of these kinds; never raises, whatever they are."""
    kind = kind_of(data[:START])
    if not data:
        return Picture(kind="", fault=Fault.EMPTY)
    if kind not in kinds:
        return Picture(kind=kind)
    # late import: see docs/architecture.md
    from PIL.Image import DecompressionBombError

    try:
        frames = parse_container(kind, data).frames
        with open_picture(kind, data) as image:
            return _inspected(kind, data, image, frames)
    except (DecompressionBombError, MemoryError):
        fault = Fault.HUGE
    except TruncatedError:
        fault = Fault.CUT_OFF
    except Exception as error:  # noqa: BLE001 - a broken file can make Pillow raise almost anything
        fault = _fault_from_message(str(error).lower())
    return Picture(kind=kind, fault=fault)


def _fault_from_message(words: str) -> Fault:
    """Tell the fault by Pillow's message, since Pillow has no exception classes for them."""
    if "too large" in words or "decompression bomb" in words:
        return Fault.HUGE
    return Fault.CUT_OFF if "truncated" in words else Fault.DAMAGED


@contextmanager
def open_picture(kind: str, data: bytes) -> Iterator[ImageFile]:
    """Open a picture without decoding it; Pillow's warnings are ignored."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _open(kind, data) as image:
            yield image


def _open(kind: str, data: bytes) -> ImageFile:
    # late import: see docs/architecture.md
    if kind == "HEIC":
        from pillow_heif import HeifImageFile

        found: ImageFile = HeifImageFile(BytesIO(data))  # type: ignore[no-untyped-call] # and upright
        return found
    from PIL import Image

    return Image.open(BytesIO(data), formats=(kind.upper(),))


def orientation_of(image: Image) -> int:
    """Return the EXIF orientation, from 1 to 8; 1 if it cannot be read."""
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - a picture need not fail for what is beside it
        return 1
    return found if found in range(1, 9) else 1


def _inspected(kind: str, data: bytes, image: ImageFile, frames: int) -> Picture:
    width, height = image.size
    if width * height > LARGEST or (kind == "JPEG" and data.count(b"\xff\xda") > _MOST_PASSES):
        return Picture(kind=kind, width=width, height=height, fault=Fault.HUGE)
    # A truncated JPEG is detected at an eighth of its size as well.
    image.draft(None, (max(1, width // _EIGHTH), max(1, height // _EIGHTH)))
    image.load()
    if orientation_of(image) in LYING and frames == 1:
        width, height = height, width
    located = is_located(image)
    return Picture(
        kind=kind,
        width=width,
        height=height,
        frames=frames,
        texts=metadata_texts(image),
        is_located=located,
    )
