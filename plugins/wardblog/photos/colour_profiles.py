"""Converts pictures to sRGB with eight bits, with or without transparency."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# What can be scaled as it is.
_PLAIN = ("L", "RGB", "CMYK")
# A profile describes a screen or a printer, and none is longer than this.
_LARGEST_PROFILE = 4_000_000


def plain(image: Image) -> Image:
    """Convert a picture to a mode that can be scaled: L, RGB, CMYK or RGBA."""
    if image.mode[0] in "IF":  # 16 bits of grey, which `convert` would cut off at 255
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if "A" in image.mode or "a" in image.mode or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in _PLAIN:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def in_srgb(image: Image, profile: bytes | None) -> Image:
    """Convert a picture with a colour profile (ICC.1) to sRGB."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    opaque = image.convert("RGB") if alpha else image
    turned = _turned(opaque, profile) if profile and has_other_colours(profile) else None
    if turned is None:
        return image.convert("RGB") if image.mode == "CMYK" else image
    if alpha:
        turned.putalpha(alpha)
    return turned.convert("L") if image.mode == "L" else turned


def has_other_colours(profile: bytes | None) -> bool:
    """Whether a readable colour profile describes anything but sRGB."""
    # late import: see docs/architecture.md
    from PIL import ImageCms

    if not profile or len(profile) > _LARGEST_PROFILE:
        return False
    try:
        return "sRGB" not in ImageCms.getProfileDescription(BytesIO(profile))
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return False


def _turned(image: Image, profile: bytes) -> Image | None:
    """Convert to sRGB; None if the profile is not for this mode."""
    # late import: see docs/architecture.md
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        web = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, web, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None
