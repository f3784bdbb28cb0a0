"""Makes the published versions of a picture, from its pixels alone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from wardblog.model import Picture
from wardblog.photos.colour_profiles import in_srgb, plain
from wardblog.photos.containers import parse_container
from wardblog.photos.inspect import LYING, open_picture, orientation_of
from wardblog.photos.kinds import CONVERTED
from wardblog.photos.versions import PictureVersion
from wardblog.support.late_dataclass import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image, Transpose

# What is hard to tell from better; a WebP of effort 4 takes twice as long as one of 2, once, and is
# a twentieth smaller, for every reader.
_JPEG: dict[str, Any] = {"quality": 82, "progressive": True, "optimize": True}
_WEBP: dict[str, Any] = {"quality": 80, "method": 4}
_EXACT: dict[str, Any] = {"lossless": True, "method": 4}
_COLOURS = 256
# To be increased whenever the same picture gives different bytes.
_EDITION = 1


class PictureChangedError(ValueError):
    """The bytes are not those that were inspected."""


@dataclass(frozen=True, slots=True)
class _Pixels:
    """A picture upright and at its full published size, with nothing else that it had.

    `table` is the same with its own table of colours, where it had one and is otherwise as it was.
    """

    image: Image
    kind: str
    had_table: bool
    table: Image | None


def recipe(picture: Picture, versions: tuple[PictureVersion, ...]) -> bytes:
    """Return what the versions depend on besides the picture's bytes, for the cache."""
    # late import: see docs/architecture.md
    from PIL import __version__

    if picture.kind == "HEIC":
        from pillow_heif import __version__ as of_heif

        __version__ = f"{__version__} {of_heif}"
    return repr((_EDITION, __version__, picture.frames, versions)).encode()


def make_versions(
    data: bytes, picture: Picture, versions: tuple[PictureVersion, ...]
) -> tuple[bytes, ...]:
    """Return the bytes of each version of a picture without fault.

    May raise any exception if the bytes are not those that were inspected.
    """
    first = versions[0]
    is_whole = (first.width, first.height) == (picture.width, picture.height)
    if picture.frames > 1:
        return (parse_container(picture.kind, data).stripped,)
    with open_picture(picture.kind, data) as image:
        pixels = _read_pixels(image, picture, (first.width, first.height))
    sizes = {pixels.image.size: pixels.image}
    made = []
    for version in versions:
        size = (version.width, version.height)
        if version.kind == "GIF" and is_whole:
            made.append(parse_container("GIF", data).stripped)
            continue
        if size not in sizes:
            sizes[size] = _resized(pixels.image, size)
        made.append(_encoded(pixels, sizes[size], version.kind))
    return tuple(made)


def _read_pixels(image: Image, picture: Picture, size: tuple[int, int]) -> _Pixels:
    """Read the pixels; of a JPEG no more than are needed."""
    if picture.kind != "JPEG":
        image.load()  # metadata may come after the pixels
    orientation = orientation_of(image)
    own, wanted = (picture.width, picture.height), size
    if orientation in LYING:
        own, wanted = (picture.height, picture.width), (size[1], size[0])
    if image.size != own:
        raise PictureChangedError
    image.draft(None, wanted)
    image.load()
    profile, had_table = image.info.get("icc_profile"), image.mode == "P"
    has_table = had_table and own == wanted and orientation == 1 and not profile
    pixels = upright(in_srgb(_resized(plain(image), wanted), profile), orientation)
    table = without_info(image, "transparency") if has_table else None
    kind = CONVERTED.get(picture.kind, picture.kind)
    return _Pixels(without_info(pixels), kind, had_table, table)


def _resized(image: Image, size: tuple[int, int]) -> Image:
    # late import: see docs/architecture.md
    from PIL.Image import Resampling

    return image if image.size == size else image.resize(size, Resampling.LANCZOS)


def upright(image: Image, orientation: int) -> Image:
    """Rotate a picture upright by its EXIF orientation."""
    way = upright_way(orientation)
    return image if way is None else image.transpose(way)


def upright_way(orientation: int) -> Transpose | None:
    """How a picture of this EXIF orientation (CIPA DC-008) becomes upright; None if it is."""
    # late import: see docs/architecture.md
    from PIL.Image import Transpose

    ways = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return ways.get(orientation)


def without_info(image: Image, *kept: str) -> Image:
    """Return the image without metadata that Pillow would otherwise write."""
    found = image.copy()
    found.info = {name: value for name, value in image.info.items() if name in kept}
    return found


def _encoded(pixels: _Pixels, image: Image, kind: str) -> bytes:
    if kind == "JPEG":
        return saved(_opaque(image), kind, _JPEG)
    if kind == "WebP":
        drawn = saved(image, kind, _WEBP)
        if pixels.kind == "JPEG":
            return drawn
        # Text and plain colours are smaller, and stay sharp, when encoded without loss.
        return min(saved(image, kind, _EXACT), drawn, key=len)
    if pixels.table is not None and image is pixels.image:
        image = pixels.table
    elif pixels.had_table and kind == "PNG":
        image = _with_table(image)
    return saved(image, kind, {"optimize": True})


def _opaque(image: Image) -> Image:
    """Replace transparency by white: a JPEG has none."""
    if image.mode != "RGBA":
        return image
    from PIL import Image as Pictures

    white = Pictures.new("RGBA", image.size, "white")
    return Pictures.alpha_composite(white, image).convert("RGB")


def _with_table(image: Image) -> Image:
    """Reduce a picture to a colour table, as the original had one."""
    from PIL.Image import Quantize

    way = Quantize.FASTOCTREE if image.mode == "RGBA" else Quantize.MEDIANCUT
    return image.quantize(_COLOURS, method=way)


def saved(image: Image, kind: str, options: dict[str, Any]) -> bytes:
    file = BytesIO()
    image.save(file, kind.upper(), **options)
    return file.getvalue()
