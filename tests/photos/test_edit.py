"""What the editor makes of a picture: upright, cropped to the pixel, small, and silent."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from photos.telling import KINDS, WORD, drawn, exif, parts, saved, says_nothing, telling
from support import examples
from wardblog.photos.edit import KEPT, Edit, EditedPicture, edit_picture, preview_picture
from wardblog.photos.inspect import inspect_picture
from wardblog.photos.received import EDITABLE
from wardblog.photos.versions import MOST
from wardblog.problems import CommandError

RED, BLUE, LIME, WHITE = (255, 0, 0), (0, 0, 255), (0, 255, 0), (255, 255, 255)


def edited(
    data: bytes, turns: int = 0, crop: tuple[int, int, int, int] | None = None
) -> EditedPicture:
    found = inspect_picture(data, EDITABLE)
    assert found.fault is None
    return edit_picture(data, found, Edit(turns, crop))


def opened(result: EditedPicture) -> Image.Image:
    image = Image.open(BytesIO(result.data))
    image.load()
    assert image.size == (result.width, result.height)
    return image


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """The plain colours nearest to the corners, row by row."""
    small = image.convert("RGB")
    right, bottom = small.width - 4, small.height - 4
    return [nearest(small, at) for at in ((3, 3), (right, 3), (3, bottom), (right, bottom))]


def nearest(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)

    def distance(colour: tuple[int, ...]) -> int:
        return sum((a - b) ** 2 for a, b in zip(colour, pixel, strict=True))

    return min((RED, BLUE, LIME, WHITE), key=distance)


def noise(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    count = size[0] * size[1] * len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, size, Random(0).randbytes(count))  # noqa: S311 - the same each time


@pytest.mark.parametrize("turns", [0, 1])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_picture_is_in_the_file(kind: str, turns: int) -> None:
    data = telling(kind)
    result = edited(data, turns)
    assert says_nothing(result.data), parts(result.data)
    assert result.ending in (".jpg", ".png", ".webp")
    assert corners(opened(result)) == ([RED, BLUE, LIME, WHITE], [LIME, RED, WHITE, BLUE])[turns]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP"])
def test_the_check_of_these_tests_sees_what_is_in_a_file(kind: str) -> None:
    assert WORD.encode() in telling(kind)
    assert not says_nothing(telling(kind))


@pytest.mark.parametrize("kind", ["JPEG", "WebP"])
def test_a_file_that_needs_no_edit_keeps_its_pixels_to_the_bit(kind: str) -> None:
    data = telling(kind, noise())
    result = edited(data)
    assert opened(result).tobytes() == Image.open(BytesIO(data)).convert("RGB").tobytes()
    coded = [content for name, content in parts(result.data) if name in ("DA", "VP8 ", "VP8L")]
    assert coded
    assert all(one in data for one in coded)
    assert edited(result.data) == result


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 1}])
def test_every_form_of_jpeg_is_cleaned_without_loss(mode: str, options: dict[str, object]) -> None:
    data = saved(noise(mode=mode), "JPEG", quality=75, comment=WORD.encode(), **options)
    result = edited(data)
    assert says_nothing(result.data)
    assert opened(result).tobytes() == Image.open(BytesIO(data)).tobytes()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_png_keeps_every_pixel(mode: str) -> None:
    image = noise().convert(mode)
    image.putpixel((0, 0), image.getpixel((1, 1)))  # type: ignore[arg-type]
    result = opened(edited(saved(image, "PNG")))
    assert result.format == "PNG"
    assert result.convert("RGBA").tobytes() == image.convert("RGBA").tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_eight_orientations_come_out_upright(orientation: int, kind: str) -> None:
    if kind == "TIFF":
        data = saved(drawn(), "TIFF", tiffinfo={0x0112: orientation})
    else:
        data = telling(kind, orientation=orientation)
    expected = corners(ImageOps.exif_transpose(Image.open(BytesIO(data))))
    assert len(set(expected)) == 4
    assert corners(opened(edited(data))) == expected
    assert corners(opened(edited(data, 2))) == expected[::-1]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_heic_comes_out_upright(orientation: int) -> None:
    from pillow_heif import from_pillow

    file = BytesIO()
    from_pillow(drawn()).save(file, exif=exif(orientation), quality=95)
    plain = saved(drawn(), "PNG", exif=exif(orientation))
    expected = corners(ImageOps.exif_transpose(Image.open(BytesIO(plain))))
    assert corners(opened(edited(file.getvalue()))) == expected


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("orientation", [1, 6, 7])
def test_a_crop_is_exact_to_the_pixel_after_every_turn(turns: int, orientation: int) -> None:
    source = noise((61, 47))
    data = saved(source, "PNG", exif=exif(orientation))
    whole = ImageOps.exif_transpose(Image.open(BytesIO(data))).rotate(-90 * turns, expand=True)
    box = (3, 5, 30, 44)
    result = opened(edited(data, turns, box))
    assert result.convert("RGB").tobytes() == whole.crop(box).tobytes()


@pytest.mark.parametrize("size", [(4801, 3201), (9001, 300), (2400, 1800), (2401, 10)])
def test_a_large_picture_is_shrunk_to_what_the_site_can_use(size: tuple[int, int]) -> None:
    result = edited(saved(drawn(size=size), "JPEG"))
    image = opened(result)
    assert max(image.size) == KEPT >= MOST
    assert abs(image.width / image.height - size[0] / size[1]) < size[0] / size[1] / 100 + 5
    assert corners(image) == [RED, BLUE, LIME, WHITE]


@pytest.mark.long
@pytest.mark.parametrize("turns", [0, 1])
def test_a_part_of_a_large_photograph_is_the_right_part(turns: int) -> None:
    """A JPEG is decoded at a half or a quarter of its size, and the part is that all the same."""
    source = Image.new("RGB", (9600, 6400), "blue")
    source.paste("red", (1000, 600, 7000, 5000))
    whole = source.rotate(-90 * turns, expand=True)
    box = (1000, 600, 7000, 5000) if turns == 0 else (1400, 1000, 5800, 7000)
    image = opened(edited(saved(source, "JPEG"), turns, box))
    assert max(image.size) == KEPT
    assert set(corners(image)) == {RED}
    inside = image.getpixel((1, 1)), image.getpixel((image.width - 2, image.height - 2))
    assert all(pixel[2] < 60 for pixel in inside)  # type: ignore[index]
    assert whole.crop(box).getpixel((0, 0)) == RED


@pytest.mark.parametrize("size", [(1, 9000), (3, 7000), (9000, 1), (5, 60_000)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_very_thin_picture_is_whole(kind: str, size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, "blue")
    across, down = (size[0] // 2, size[1]) if size[0] > size[1] else (size[0], size[1] // 2)
    image.paste("red", (0, 0, across, down))
    result = opened(edited(saved(image, kind)))
    assert max(result.size) == KEPT
    assert result.convert("RGB").getpixel((0, 0))[0] > 200  # type: ignore[index]
    assert result.getpixel((result.width - 1, result.height - 1))[2] > 200  # type: ignore[index]


def test_a_part_that_is_small_enough_is_not_shrunk() -> None:
    source = noise((2600, 80))
    result = opened(edited(saved(source, "PNG"), 0, (10, 0, 2410, 80)))
    assert result.size == (2400, 80)
    assert result.format == "JPEG"


@pytest.mark.parametrize(
    "crop", [(0, 0, 65, 48), (-1, 0, 10, 10), (0, 0, 0, 10), (10, 10, 5, 20), (0, 0, 64, 49)]
)
def test_a_part_outside_the_picture_is_refused(crop: tuple[int, int, int, int]) -> None:
    with pytest.raises(CommandError, match="outside the picture"):
        edited(saved(drawn(), "PNG"), 0, crop)
    with pytest.raises(CommandError, match="outside the picture"):
        edited(saved(drawn(size=(48, 64)), "PNG"), 1, crop)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WebP"])
def test_a_moving_picture_keeps_moving_and_says_nothing(kind: str) -> None:
    frames = [drawn(), Image.new("RGB", (64, 48), "teal")]
    moving = {"save_all": True, "append_images": frames[1:], "duration": 300, "loop": 0}
    data = saved(frames[0], kind, **moving, exif=exif(), comment=WORD.encode())
    found = inspect_picture(data)
    result = edit_picture(data, found)
    assert WORD.encode() not in result.data
    assert Image.open(BytesIO(result.data)).n_frames == 2  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="moves"):
        edit_picture(data, found, Edit(1))
    assert corners(opened(preview_picture(data, found, 40))) == [RED, BLUE, LIME, WHITE]


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_inks_become_colours(kind: str) -> None:
    image = opened(edited(saved(drawn("CMYK"), kind)))
    assert image.mode == "RGB"
    assert corners(image) == [RED, BLUE, LIME, WHITE]


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_become_eight_of_the_same_brightness(kind: str) -> None:
    grey = Image.new("L", (64, 48), 64)
    grey.paste(192, (32, 0, 64, 48))
    deep = grey.convert("I").point(lambda value: value * 257).convert("I;16")
    image = opened(edited(saved(deep, kind)))
    assert image.mode == "L"
    assert (image.getpixel((3, 3)), image.getpixel((60, 3))) == (64, 192)


@pytest.mark.parametrize("kind", ["PNG", "WebP", "GIF", "TIFF", "AVIF"])
@pytest.mark.parametrize("width", [64, 3000])
def test_transparency_stays(kind: str, width: int) -> None:
    image = Image.new("RGBA", (width, 100), (255, 0, 0, 255))
    image.paste((0, 0, 0, 0), (0, 0, width // 2, 100))
    result = opened(edited(saved(image, kind), 2)).convert("RGBA")
    assert result.getpixel((result.width - 5, 5))[3] < 8  # type: ignore[index]
    red, green, blue, alpha = result.getpixel((5, 5))  # type: ignore[misc]
    assert min(red, alpha) > 245 > 20 > max(green, blue)


def wide_profile() -> bytes:
    """A profile like that of a telephone with more colours than the web: a purer red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for old, new in ((b"rXYZ", b"????"), (b"bXYZ", b"rXYZ"), (b"????", b"bXYZ")):
        profile = profile.replace(old, new)
    return profile.replace("sRGB".encode("utf-16-be"), "Wide".encode("utf-16-be"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "TIFF", "AVIF", "HEIC"])
def test_other_colour_spaces_are_converted_and_the_profile_goes(kind: str) -> None:
    if kind == "HEIC":
        from pillow_heif import from_pillow

        image, file = drawn(), BytesIO()
        image.info["icc_profile"] = wide_profile()
        from_pillow(image).save(file, quality=95)
        data = file.getvalue()
    else:
        data = saved(drawn(), kind, icc_profile=wide_profile())
    assert b"acsp" in data or kind == "PNG"  # which compresses it
    result = edited(data)
    assert corners(opened(result)) == [BLUE, RED, LIME, WHITE]
    assert says_nothing(result.data)


@pytest.mark.parametrize("kind", ["JPEG", "WebP", "PNG"])
def test_the_usual_profile_goes_without_a_loss(kind: str) -> None:
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(noise(), kind, icc_profile=usual)
    result = edited(data)
    assert opened(result).tobytes() == Image.open(BytesIO(data)).convert("RGB").tobytes()
    assert says_nothing(result.data)


@pytest.mark.long
@pytest.mark.parametrize(("quality", "size"), [(95, (1200, 800)), (95, (4000, 3000))])
def test_colours_stay_within_what_nobody_sees(quality: int, size: tuple[int, int]) -> None:
    up, around = Image.linear_gradient("L"), Image.radial_gradient("L")
    wheel = Image.merge("RGB", (up, around, up.rotate(90))).resize(size)
    data = saved(wheel, "JPEG", quality=quality)
    result = opened(edited(data, 1)).resize((64, 64), Image.Resampling.BOX)
    expected = wheel.rotate(-90, expand=True).resize((64, 64), Image.Resampling.BOX)
    for mine, its in zip(result.tobytes(), expected.tobytes(), strict=True):
        assert abs(mine - its) <= 6


@pytest.mark.parametrize(
    ("image", "ending"),
    [
        (drawn(size=(900, 700)), ".png"),
        (noise((900, 700)), ".jpg"),
        (noise((900, 700), "RGBA"), ".webp"),
    ],
)
def test_a_photograph_is_written_as_one_and_a_drawing_stays_sharp(
    image: Image.Image, ending: str
) -> None:
    for kind in ("PNG", "TIFF"):
        assert edited(saved(image, kind)).ending == ending


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_picture_gives_the_same_bytes(kind: str) -> None:
    data = telling(kind)
    assert edited(data, 1, (2, 2, 40, 50)) == edited(data, 1, (2, 2, 40, 50))


def test_a_preview_is_small_and_upright() -> None:
    data = telling("JPEG", drawn(size=(3000, 2000)), orientation=6)
    result = preview_picture(data, inspect_picture(data), 1000)
    assert (result.width, result.height) == (667, 1000)
    assert corners(opened(result)) == [LIME, RED, WHITE, BLUE]
    assert says_nothing(result.data)


SOURCES = {kind: telling(kind) for kind in KINDS}


@settings(max_examples=examples(150), deadline=None, derandomize=True, database=None)
@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 7)), max_size=8),
    st.integers(0, 3),
)
def test_broken_bytes_give_a_silent_picture_or_a_message(
    kind: str, flips: list[tuple[int, int]], turns: int
) -> None:
    data = bytearray(SOURCES[kind])
    for place, bit in flips:
        data[place % len(data)] ^= 1 << bit
    found = inspect_picture(bytes(data), EDITABLE)
    if found.fault is not None or found.kind not in EDITABLE:
        return
    try:
        result = edit_picture(bytes(data), found, Edit(turns if found.frames == 1 else 0))
    except CommandError:
        return
    assert says_nothing(result.data) or found.frames > 1
    assert max(result.width, result.height) <= KEPT or found.frames > 1
