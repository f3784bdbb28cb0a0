"""Looks at a file that somebody chose as a picture: what it is, what it holds, or why it cannot be.

The kind is that of its bytes; its name is only repeated in messages.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from wardblog.model import Picture
from wardblog.photos.fault_words import broken_words, raw_words, unsupported_words
from wardblog.photos.findings import FileFinding, findings_in
from wardblog.photos.inspect import inspect_picture, open_picture
from wardblog.photos.kinds import READABLE, START, kind_of
from wardblog.problems import CommandError

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

# Kinds that the editor takes: it writes all of them as others.
EDITABLE = READABLE | {"TIFF", "BMP"}
# Tags of TIFF (and DNG 1.7): raw files of cameras are TIFF with a small picture in front.
_DNG, _SUBFILE, _MEANING = 0xC612, 0x00FE, 0x0106
_REDUCED, _SENSOR = 1, (32803, 34892)
_CANON = b"CR\x02\0"
_SCREENSHOT = "Play it, take a picture of the screen, and choose that."
# Files that people take for pictures, by how they begin.
_OTHER_FILES = MappingProxyType(
    {
        b"%PDF-": (
            "is a PDF, not a picture",
            "Put it in content/files and link to it. To show a page, take a picture of the screen.",
        ),
        b"PK\x03\x04": (
            "is a document or an archive, not a picture",
            "Open it, save the picture that is in it by itself, and choose that.",
        ),
        b"\xd0\xcf\x11\xe0": (
            "is a document of an old Office program, not a picture",
            "Open it, save the picture that is in it by itself, and choose that.",
        ),
        b"\x1aE\xdf\xa3": ("is a video, not a picture", _SCREENSHOT),
    }
)
_FILM = ("is a video, not a picture", _SCREENSHOT)


class ReceivedPicture(NamedTuple):
    """A sound picture, what its file holds besides the pixels, and how many pages it has.

    Of several pages, as scanners write them, only the first is used.
    """

    picture: Picture
    findings: tuple[FileFinding, ...]
    pages: int


def receive_picture(name: str, data: bytes) -> ReceivedPicture:
    """Look at the bytes of a file. Raises `CommandError` if they are not a usable picture.

    `name` is that of the file, for the message.
    """
    if other := _other_file(name, data):
        raise _refused(other)
    picture = inspect_picture(data, EDITABLE)
    if picture.kind not in EDITABLE and (words := unsupported_words(name, picture.kind)):
        raise _refused(words)
    if words := broken_words(name, picture):
        raise _refused(words)
    with open_picture(picture.kind, data) as image:
        if picture.kind == "TIFF" and _is_raw(image, data):
            raise _refused(raw_words(name))
        pages = getattr(image, "n_frames", 1) if picture.kind == "TIFF" else 1
        if picture.kind == "PNG":
            image.load()  # its words may come after the pixels
        return ReceivedPicture(picture, findings_in(image, data, picture.kind), pages)


def _refused(words: tuple[str, str]) -> CommandError:
    message, hint = words
    return CommandError(f"{message[:1].upper()}{message[1:]}", hint)


def _other_file(name: str, data: bytes) -> tuple[str, str] | None:
    for start, (what, hint) in _OTHER_FILES.items():
        if data.startswith(start):
            return f'"{name}" {what}', hint
    if data[4:8] == b"ftyp" and not kind_of(data[:START]):
        return f'"{name}" {_FILM[0]}', _FILM[1]
    return None


def _is_raw(image: ImageFile, data: bytes) -> bool:
    """Whether a TIFF is what a camera's sensor saw, of which Pillow reads only a small copy."""
    tags = getattr(image, "tag_v2", {})
    return (
        _DNG in tags
        or tags.get(_SUBFILE, 0) == _REDUCED
        or tags.get(_MEANING) in _SENSOR
        or data[8:12] == _CANON
    )
