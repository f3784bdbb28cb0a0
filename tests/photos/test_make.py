"""The published versions: upright, in their true colours, of the promised size, and silent."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageOps

from photos.test_inspect import COLOURS, noise, saved
from wardblog.photos import PictureVersion, versions_of
from wardblog.photos.inspect import inspect_picture
from wardblog.photos.make import make_versions


def made(data: bytes, file: str = "images/x.jpg") -> dict[PictureVersion, Image.Image]:
    """Each version, opened; each is the size that it says, and nothing but pixels."""
    found = inspect_picture(data)
    assert found.fault is None
    versions = versions_of(file, found)
    images: dict[PictureVersion, Image.Image] = {}
    for version, content in zip(versions, make_versions(data, found, versions), strict=True):
        image = Image.open(BytesIO(content))
        image.load()
        assert image.size == (version.width, version.height)
        assert image.format == version.kind.upper()
        assert not image.getexif()
        assert not set(image.info) & {"exif", "xmp", "icc_profile", "comment", "photoshop"}
        images[version] = image
    return images


def corners(image: Image.Image) -> list[str]:
    """The nearest plain colours in the four corners, from the left above on, row by row."""
    names = {"red": (255, 0, 0), "blue": (0, 0, 255), "lime": (0, 255, 0), "white": (255,) * 3}
    small = image.convert("RGB").resize((4, 4), Image.Resampling.BOX)

    def name(pixel: tuple[int, ...]) -> str:
        return min(
            names, key=lambda n: sum((a - b) ** 2 for a, b in zip(names[n], pixel, strict=True))
        )

    return [name(small.getpixel(at)) for at in ((0, 0), (3, 0), (0, 3), (3, 3))]  # type: ignore[arg-type]


def four_colours(width: int = 1000, height: int = 600) -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("blue", (width // 2, 0, width, height // 2))
    image.paste("lime", (0, height // 2, width // 2, height))
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_version_is_upright(orientation: int, kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(four_colours(500, 300), kind, exif=exif)
    expected = corners(ImageOps.exif_transpose(Image.open(BytesIO(data))))
    assert len(set(expected)) == 4
    for image in made(data).values():
        assert corners(image) == expected


@pytest.mark.parametrize(
    ("size", "paths"),
    [
        ((4000, 3000), ["x.jpg 1600x1200", "x.jpg.800.jpg 800x600", "x.jpg.400.jpg 400x300",
                        "x.jpg.240.jpg 240x180"]),
        ((1200, 4000), ["x.jpg 480x1600", "x.jpg.400.jpg 400x1333", "x.jpg.240.jpg 240x800"]),
        ((500, 300), ["x.jpg 500x300", "x.jpg.400.jpg 400x240", "x.jpg.240.jpg 240x144"]),
        ((400, 300), ["x.jpg 400x300", "x.jpg.240.jpg 240x180"]),
        ((240, 300), ["x.jpg 240x300"]),
        ((1, 5000), ["x.jpg 1x1600"]),
    ],
)  # fmt: skip
def test_only_smaller_versions_are_made(size: tuple[int, int], paths: list[str]) -> None:
    found = made(saved(Image.new("RGB", size, "teal"), "JPEG"), "x.jpg")
    told = [f"{v.path} {v.width}x{v.height}" for v in found]
    assert told[: len(paths)] == paths
    webp = ["x.jpg.webp", "x.jpg.800.webp", "x.jpg.400.webp", "x.jpg.240.webp"]
    assert [v.path for v in found][len(paths) :] == [webp[0], *webp[5 - len(paths) :]]


@pytest.mark.long
def test_the_same_picture_gives_the_same_bytes() -> None:
    for kind in ("JPEG", "PNG", "GIF", "WEBP"):
        data = saved(four_colours(1700, 300).effect_spread(9), kind)
        found = inspect_picture(data)
        versions = versions_of("x", found)
        assert make_versions(data, found, versions) == make_versions(data, found, versions)


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_the_colours_of_a_jpeg_stay(mode: str) -> None:
    image = four_colours().convert(mode)
    for found in made(saved(image, "JPEG", quality=95)).values():
        assert found.mode in ("RGB", "L")
        if mode != "L":
            assert corners(found) == ["red", "blue", "lime", "white"]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("width", [300, 2000])
def test_the_brightness_of_a_png_stays(mode: str, width: int) -> None:
    grey = Image.new("L", (width, 200), 64)
    grey.paste(192, (width // 2, 0, width, 200))
    if mode == "I;16":
        image = grey.convert("I").point(lambda value: value * 257).convert("I;16")
    elif mode == "1":
        image = grey.point(lambda value: 255 * (value > 100)).convert("1")
    else:
        image = grey.convert(mode)
    expected = (0, 255) if mode == "1" else (64, 192)
    for found in made(saved(image, "PNG"), "x.png").values():
        whole = found.convert("L")
        sides = whole.getpixel((2, 5)), whole.getpixel((whole.width - 3, 5))
        assert all(abs(a - b) < 4 for a, b in zip(sides, expected, strict=True)), found  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("width", [300, 2000])
def test_transparency_is_kept(kind: str, width: int) -> None:
    image = Image.new("RGBA", (width, 200), (255, 0, 0, 255))
    image.paste((0, 0, 0, 0), (0, 0, width // 2, 200))
    for found in made(saved(image, kind), "x").values():
        whole = found.convert("RGBA")
        assert whole.getpixel((5, 5))[3] < 8  # type: ignore[index]
        red, green, blue, alpha = whole.getpixel((whole.width - 5, 5))  # type: ignore[misc]
        assert min(red, alpha) > 250
        assert max(green, blue) < 5


def test_a_transparent_palette_colour_stays_transparent_and_exact() -> None:
    image = four_colours(300, 200).quantize(4)
    data = saved(image, "PNG", transparency=image.getpixel((0, 0)))
    own = next(iter(made(data, "x.png").values()))
    assert own.mode == "P"
    assert own.convert("RGBA").tobytes() == Image.open(BytesIO(data)).convert("RGBA").tobytes()


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA"])
def test_a_colour_profile_is_applied(mode: str) -> None:
    # A profile that swaps red and blue cannot be overlooked.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for old, new in ((b"rXYZ", b"????"), (b"bXYZ", b"rXYZ"), (b"????", b"bXYZ")):
        profile = profile.replace(old, new)
    profile = profile.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))
    data = saved(four_colours().convert(mode), "PNG", icc_profile=profile)
    for found in made(data, "x.png").values():
        if mode != "L":
            assert corners(found) == ["blue", "red", "lime", "white"]


def test_an_invalid_colour_profile_is_ignored() -> None:
    for profile in (b"nonsense" * 40, bytes(5_000_000)):
        data = saved(four_colours(), "WEBP", icc_profile=profile)
        for found in made(data, "x.webp").values():
            assert corners(found) == ["red", "blue", "lime", "white"]


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_an_animation_keeps_moving_and_loses_its_metadata(kind: str) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Robin Sample"
    images = [Image.new("RGB", (1700, 30), colour) for colour in COLOURS]
    options = {"comment": b"Robin Sample"} if kind == "GIF" else {"exif": exif}
    data = saved(
        images[0], kind, save_all=True, append_images=images[1:], duration=300, loop=0, **options
    )
    assert b"Robin" in data
    found = inspect_picture(data)
    (content,) = make_versions(data, found, versions_of("x", found))
    assert b"Robin" not in content
    image = Image.open(BytesIO(content))
    assert image.n_frames == 3  # type: ignore[attr-defined]
    assert image.info["loop"] == 0
    for frame, original in enumerate(images):
        image.seek(frame)
        image.load()
        assert image.info["duration"] == 300
        found_colour = image.convert("RGB").getpixel((5, 5))
        colour = original.getpixel((5, 5))
        assert sum(abs(a - b) for a, b in zip(found_colour, colour, strict=True)) < 20  # type: ignore[arg-type, misc]


def test_data_after_a_picture_is_not_published() -> None:
    """Programs that crop a picture have left the rest behind it (CVE-2023-21036)."""
    for kind in ("GIF", "PNG", "WEBP"):
        data = noise(kind, 3) + b"the part that was cut away"
        found = inspect_picture(data)
        (content,) = make_versions(data, found, versions_of("x", found))
        assert b"cut away" not in content
