"""A look at a picture: what it is, how large, whether it is whole, and what it says of itself."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from wardblog.model import Fault, Picture
from wardblog.photos.containers import TruncatedError, parse_container
from wardblog.photos.kinds import LARGEST, READABLE, START, kind_of
from wardblog.photos.texts import is_located, metadata_texts

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

# A JPEG is drawn in a few passes; one of thousands keeps a computer busy for hours.
_MOST_PASSES = 200
_EIGHTH = 8
_ORIENTATION = 0x0112
# The orientations of EXIF that lie on their side.
LYING = (5, 6, 7, 8)


def inspect_picture(data: bytes) -> Picture:
    """Looks at the bytes of a file; nothing in them makes this raise."""
    kind = kind_of(data[:START])
    if not data:
        return Picture(kind="", fault=Fault.EMPTY)
    if kind not in READABLE:
        return Picture(kind=kind)
    # late import: see docs/architecture.md
    from PIL.Image import DecompressionBombError

    try:
        frames = parse_container(kind, data).frames
        with opened(kind, data) as image:
            return _looked(kind, data, image, frames)
    except (DecompressionBombError, MemoryError):
        fault = Fault.HUGE
    except TruncatedError:
        fault = Fault.CUT_OFF
    except Exception as error:  # noqa: BLE001 - a broken file can make Pillow raise almost anything
        fault = _fault_from_message(str(error).lower())
    return Picture(kind=kind, fault=fault)


def _fault_from_message(words: str) -> Fault:
    """What Pillow means, which has no classes for it."""
    if "too large" in words or "decompression bomb" in words:
        return Fault.HUGE
    return Fault.CUT_OFF if "truncated" in words else Fault.DAMAGED


@contextmanager
def opened(kind: str, data: bytes) -> Iterator[ImageFile]:
    """The picture with its first bytes read; what Pillow warns of is decided elsewhere."""
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
    """The orientation that EXIF gives to a picture, from 1 to 8; 1 where it cannot be read."""
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - a picture need not fail for what stands beside it
        return 1
    return found if found in range(1, 9) else 1


def _looked(kind: str, data: bytes, image: ImageFile, frames: int) -> Picture:
    width, height = image.size
    if width * height > LARGEST or (kind == "JPEG" and data.count(b"\xff\xda") > _MOST_PASSES):
        return Picture(kind=kind, width=width, height=height, fault=Fault.HUGE)
    # At an eighth of its size a JPEG that is cut off is told as well.
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
