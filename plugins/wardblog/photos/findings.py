"""Says what a picture file holds besides its pixels, so that people know what is removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from wardblog.photos.containers import without_metadata
from wardblog.photos.kinds import PUBLISHED
from wardblog.photos.metadata import is_located, metadata_texts, xmp_of

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

# Tags of EXIF 3.0 (CIPA DC-008): the camera's maker, model, serial numbers and lens; times; the
# folder of the camera's own details, and Pillow's number for that of its small copy.
_DEVICE = frozenset((0x010F, 0x0110, 0x0131, 0x927C, 0xA431, 0xA433, 0xA434, 0xA435, 0xC614))
_TIME = frozenset((0x0132, 0x9003, 0x9004))
_DETAILS, _SMALL_COPY = 0x8769, -1
# The same in XMP, by the names of its properties.
_XMP_DEVICE = (b"tiff:Make", b"tiff:Model", b"CreatorTool", b"aux:SerialNumber", b"aux:Lens")
_XMP_TIME = (b"CreateDate", b"ModifyDate", b"DateTimeOriginal", b"DateCreated")
_XMP_FILM = (b"MotionPhoto", b"MicroVideo")
_XMP_COPY = (b"xmp:Thumbnails", b"hdrgm:Version", b"GDepth:", b"GContainer", b"HDRGainMap")
# What HEIC keeps beside the picture, as its reader names it.
_BESIDE = ("thumbnails", "depth_images", "aux")
_FEWEST_BYTES = 32


class FileFinding(Enum):
    """What a file holds besides its pixels."""

    PLACE = "where it was taken"
    TIME = "when it was taken or changed"
    DEVICE = "which camera, phone or program it comes from"
    WORDS = "names or other words"
    COPY = "another copy of the picture"
    FILM = "a short video"
    OTHER = "other details"


def findings_in(image: ImageFile, data: bytes, kind: str) -> tuple[FileFinding, ...]:
    """What was found in the bytes of an open, sound picture, in the order of `FileFinding`.

    Broken metadata counts as other details; it never raises.
    """
    found = set(_found(image, data))
    try:
        bare = without_metadata(kind, data) if kind in PUBLISHED else b""
    except ValueError:
        bare = data
    if bare and not found and len(data) - len(bare) > _FEWEST_BYTES:
        found.add(FileFinding.OTHER)
    return tuple(one for one in FileFinding if one in found)


def _found(image: ImageFile, data: bytes) -> Iterator[FileFinding]:
    if is_located(image):
        yield FileFinding.PLACE
    if metadata_texts(image):
        yield FileFinding.WORDS
    try:
        yield from _of_exif(image)
        yield from _of_xmp(xmp_of(image))
        if any(image.info.get(name) for name in _BESIDE) or _further_pictures(image):
            yield FileFinding.COPY
    except Exception:  # noqa: BLE001 - broken metadata can make Pillow raise almost anything
        yield FileFinding.OTHER
    if image.format in ("JPEG", "MPO") and b"ftypmp4" in data:
        yield FileFinding.FILM


def _of_exif(image: ImageFile) -> Iterator[FileFinding]:
    exif = image.getexif()
    tags: Mapping[Any, Any] = {**exif, **exif.get_ifd(_DETAILS)}
    for known, finding in ((_DEVICE, FileFinding.DEVICE), (_TIME, FileFinding.TIME)):
        if known & tags.keys():
            yield finding
    if exif.get_ifd(_SMALL_COPY):
        yield FileFinding.COPY


def _of_xmp(xmp: bytes) -> Iterator[FileFinding]:
    named = (
        (_XMP_DEVICE, FileFinding.DEVICE),
        (_XMP_TIME, FileFinding.TIME),
        (_XMP_FILM, FileFinding.FILM),
        (_XMP_COPY, FileFinding.COPY),
    )
    for names, finding in named:
        if any(name in xmp for name in names):
            yield finding


def _further_pictures(image: ImageFile) -> bool:
    """Whether there is another picture in the file, as cameras add a larger or a smaller one."""
    return image.format in ("MPO", "HEIF") and getattr(image, "n_frames", 1) > 1
