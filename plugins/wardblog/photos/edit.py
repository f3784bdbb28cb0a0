"""Turns, crops and shrinks a picture, and leaves nothing in its file but what is seen.

The result is what the councillor keeps in the content folder; `make` makes what is published of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wardblog.model import Picture
from wardblog.photos.colour_profiles import has_other_colours, in_srgb, plain
from wardblog.photos.containers import parse_container, without_metadata
from wardblog.photos.inspect import inspect_picture, open_picture, orientation_of
from wardblog.photos.kinds import PUBLISHED
from wardblog.photos.make import saved, upright_way, without_info
from wardblog.photos.versions import MOST
from wardblog.problems import CommandError

if TYPE_CHECKING:
    from PIL.Image import Image, Transpose
    from PIL.ImageFile import ImageFile

# The longest side that is kept, in pixels: half as much again as is published, so that what the
# first compression loses is not seen in the second, smaller picture.
KEPT = MOST * 3 // 2
# A picture that was not shrunk is compressed less, since it is seen pixel for pixel.
_SHRUNK: dict[str, Any] = {"quality": 90, "progressive": True, "optimize": True}
_SAME_SIZE: dict[str, Any] = {**_SHRUNK, "quality": 95}
_WEBP: dict[str, Any] = {"quality": 92, "method": 4}
# A file without loss may have so many bytes, or be this much larger than one that is hardly worse.
_FEW_BYTES, _WORTH = 200_000, 2
# Kinds that have lost something already.
_LOSSY = ("JPEG", "HEIC", "AVIF")
_STILL = "Save it as it is, or choose a picture that does not move."

# Left, top, right and bottom, in pixels.
Box = tuple[int, int, int, int]


class Edit(NamedTuple):
    """What is done to a picture.

    `turns` are quarter turns to the right, from 0 to 3. `crop` is the part that stays, in pixels of
    the upright picture after these turns; None for the whole picture.
    """

    turns: int = 0
    crop: Box | None = None


# Nothing but what every picture needs.
WHOLE = Edit()


class EditedPicture(NamedTuple):
    """The bytes of a new file, the ending that its name needs, and its size in pixels."""

    data: bytes
    ending: str
    width: int
    height: int


class _Cut(NamedTuple):
    """What is taken of the turned picture, and the size that it gets."""

    box: Box
    size: tuple[int, int]

    @property
    def scale(self) -> float:
        """How much smaller it becomes: 1 for a picture that keeps its size."""
        return max(self.size) / max(self.box[2] - self.box[0], self.box[3] - self.box[1])


def edit_picture(
    data: bytes, picture: Picture, edit: Edit = WHOLE, most: int = KEPT
) -> EditedPicture:
    """Return a picture without fault upright, edited, and with `most` pixels on its longer side.

    A JPEG or WebP that needs none of this keeps its pixels to the bit. One that moves can only be
    kept as it is. Raises `CommandError` for an edit that is not possible.
    """
    if picture.frames > 1:
        if edit != WHOLE:
            raise CommandError("a picture that moves cannot be turned or cropped here", _STILL)
        kept = parse_container(picture.kind, data).stripped
        return _checked(_result(kept, picture.kind, (picture.width, picture.height)))
    cut = _cut(picture, edit, most)
    with open_picture(picture.kind, data) as image:
        if _needs_nothing(image, picture, edit, cut):
            kept = without_metadata(picture.kind, data)
            return _checked(_result(kept, picture.kind, cut.size))
        pixels = _pixels(image, picture, edit, cut)
    return _checked(_encoded(pixels, picture.kind, _SAME_SIZE if cut.scale == 1 else _SHRUNK))


def preview_picture(data: bytes, picture: Picture, most: int) -> EditedPicture:
    """Return a small copy for the editor, upright; of a picture that moves, its first frame."""
    still = picture._replace(frames=1)
    cut = _cut(still, WHOLE, most)
    with open_picture(picture.kind, data) as image:
        return _encoded(_pixels(image, still, WHOLE, cut), picture.kind, _SHRUNK)


def _cut(picture: Picture, edit: Edit, most: int) -> _Cut:
    turned = (picture.width, picture.height)
    if edit.turns % 2:
        turned = turned[::-1]
    box = edit.crop or (0, 0, *turned)
    left, top, right, bottom = box
    if not (0 <= left < right <= turned[0] and 0 <= top < bottom <= turned[1]):
        raise CommandError(
            "the part to keep is outside the picture", "Choose the part again, or keep the whole."
        )
    size = (right - left, bottom - top)
    longest = max(size)
    if longest > most:
        size = (max(1, round(size[0] * most / longest)), max(1, round(size[1] * most / longest)))
    return _Cut(box, size)


def _needs_nothing(image: ImageFile, picture: Picture, edit: Edit, cut: _Cut) -> bool:
    """Whether the pixels can stay as they are coded, and only the rest of the file goes."""
    return (
        picture.kind in ("JPEG", "WebP")
        and edit.turns == 0
        and cut == _Cut((0, 0, picture.width, picture.height), (picture.width, picture.height))
        and orientation_of(image) == 1
        and image.mode in ("L", "RGB", "RGBA")
        and not has_other_colours(image.info.get("icc_profile"))
    )


def _pixels(image: ImageFile, picture: Picture, edit: Edit, cut: _Cut) -> Image:
    """Read the pixels that are kept, in sRGB, without anything else; of a JPEG few others.

    The part is taken before it is turned: to turn the whole would take long, and much memory.
    """
    # late import: see docs/architecture.md
    from PIL.Image import Resampling

    if picture.kind != "JPEG":
        image.load()  # metadata may come after the pixels
    profile, ways = image.info.get("icc_profile"), _ways(orientation_of(image), edit.turns)
    box, size, whole = cut.box, cut.size, (picture.width, picture.height)
    if edit.turns % 2:
        whole = whole[::-1]
    for way in reversed(ways):
        box = _before(way, box, whole)
        if way in _lying():
            size, whole = size[::-1], whole[::-1]
    if cut.scale < 1:
        least = max(1, int(min(whole) * cut.scale))
        image.draft(None, (least, least))
    image.load()
    keeps_table = image.mode == "P" and cut.scale == 1 and not has_other_colours(profile)
    part = image if keeps_table else plain(image)
    if cut.scale < 1:
        reduced = round(max(whole) / max(image.size))
        left, top, right, bottom = (side / reduced for side in box)
        inside = (left, top, min(right, image.width), min(bottom, image.height))
        part = part.resize(size, Resampling.LANCZOS, box=inside)
    elif size != part.size:
        part = part.crop(box)
    for way in ways:
        part = part.transpose(way)
    if keeps_table:
        return without_info(part, "transparency")
    return without_info(in_srgb(part, profile))


def _ways(orientation: int, turns: int) -> list[Transpose]:
    """What is done to the pixels, in this order, to turn them upright and then as asked."""
    # late import: see docs/architecture.md
    from PIL.Image import Transpose

    to_the_right = (None, Transpose.ROTATE_270, Transpose.ROTATE_180, Transpose.ROTATE_90)
    return [way for way in (upright_way(orientation), to_the_right[turns]) if way is not None]


def _lying() -> tuple[Transpose, ...]:
    """The ways that exchange width and height."""
    # late import: see docs/architecture.md
    from PIL.Image import Transpose

    return (Transpose.ROTATE_90, Transpose.ROTATE_270, Transpose.TRANSPOSE, Transpose.TRANSVERSE)


def _before(way: Transpose, box: Box, size: tuple[int, int]) -> Box:
    """Where a part was before the whole was turned; `size` is that of the whole afterwards."""
    # late import: see docs/architecture.md
    from PIL.Image import Transpose

    left, top, right, bottom = box
    across, down = (size[0] - right, size[0] - left), (size[1] - bottom, size[1] - top)
    columns, rows = {
        Transpose.FLIP_LEFT_RIGHT: (across, (top, bottom)),
        Transpose.FLIP_TOP_BOTTOM: ((left, right), down),
        Transpose.ROTATE_180: (across, down),
        Transpose.ROTATE_90: (down, (left, right)),
        Transpose.ROTATE_270: ((top, bottom), across),
        Transpose.TRANSPOSE: ((top, bottom), (left, right)),
        Transpose.TRANSVERSE: (down, across),
    }[way]
    return columns[0], rows[0], columns[1], rows[1]


def _encoded(image: Image, kind: str, jpeg: dict[str, Any]) -> EditedPicture:
    """Write a picture in the kind that suits it, without loss where that is not much larger."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    is_clear = image.mode == "RGBA"
    if kind in _LOSSY and not is_clear:
        return _result(saved(image, "JPEG", jpeg), "JPEG", image.size)
    exact = saved(image, "PNG", {})
    if image.mode == "P" or len(exact) <= _FEW_BYTES:
        return _result(exact, "PNG", image.size)
    smaller = "WebP" if is_clear else "JPEG"
    drawn = saved(image, smaller, _WEBP if is_clear else jpeg)
    if len(exact) <= _WORTH * len(drawn):
        return _result(exact, "PNG", image.size)
    return _result(drawn, smaller, image.size)


def _result(data: bytes, kind: str, size: tuple[int, int]) -> EditedPicture:
    return EditedPicture(data, PUBLISHED[kind][0], *size)


def _checked(result: EditedPicture) -> EditedPicture:
    """Inspect what was made as if a stranger had sent it: it must be whole, and say nothing."""
    found = inspect_picture(result.data)
    is_silent = not found.texts and not found.is_located
    if found.fault or not is_silent or (found.width, found.height) != result[2:]:
        raise CommandError(
            "this picture could not be made ready for the site",
            "Open it in a photo program, save it as JPEG, and choose that file.",
        )
    return result
