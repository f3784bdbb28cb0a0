"""Decides which files a picture is published as: its own size, smaller ones, and WebP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wardblog.model import Picture
from wardblog.photos.kinds import CONVERTED, PUBLISHED, published_path

# The longest side of a published picture, and the widths of its smaller versions, in pixels. The
# smallest is for portraits and small pictures in lists.
MOST = 1600
WIDTHS = (800, 400, 240)


class PictureVersion(NamedTuple):
    """A published file of a picture, with its size in pixels."""

    path: str
    kind: str
    width: int
    height: int


def versions_of(file: str, picture: Picture) -> tuple[PictureVersion, ...]:
    """The versions of a picture of the content folder: its own, then of each kind the widest first.

    What browsers cannot show comes as JPEG instead of its own.

    One that moves has no other: each of its frames would have to be made again.
    """
    kind = CONVERTED.get(picture.kind, picture.kind)
    if picture.frames > 1:
        return (PictureVersion(file, picture.kind, picture.width, picture.height),)
    sizes = tuple(_sizes(picture.width, picture.height))
    # A still GIF is rare; smaller versions of it are WebP only.
    first = published_path(file).removeprefix(file)
    own = _named(file, first, kind, sizes[:1] if kind == "GIF" else sizes)
    more = () if kind == "WebP" else _named(file, ".webp", "WebP", sizes)
    return (*own, *more)


def _sizes(width: int, height: int) -> Iterator[tuple[int, int]]:
    most = max(width, height)
    if most > MOST:
        width, height = (max(1, round(side * MOST / most)) for side in (width, height))
    yield width, height
    for narrow in WIDTHS:
        if narrow < width:
            yield narrow, max(1, round(height * narrow / width))


def _named(
    file: str, first: str, kind: str, sizes: tuple[tuple[int, int], ...]
) -> Iterator[PictureVersion]:
    ending = PUBLISHED[kind][0]
    for n, (width, height) in enumerate(sizes):
        yield PictureVersion(
            f"{file}.{width}{ending}" if n else f"{file}{first}", kind, width, height
        )
