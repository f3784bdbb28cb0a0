"""Calculates the contrast of colours, and the nearest one that is readable."""

from __future__ import annotations

from functools import lru_cache

# The tinted boxes of the theme, in light and in dark: what reads there reads on its paper as well.
LIGHT, DARK = "#f4efe4", "#25221d"
# WCAG 2.2, 1.4.3 Contrast (Minimum) asks for 4.5; on dark, thin letters want more.
WANTED = {LIGHT: 4.5, DARK: 6.0}
# For issues that choose none: dark enough to read on light paper, and told apart by most.
COLOURS = ("#8a5a00", "#1d4f91", "#7a1f5c", "#1d5f3a", "#9c2b1f", "#4a4a8a", "#0b6470")
# Halvings after which two lightnesses give the same colour: each channel has 256 steps.
_HALVINGS = 16


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance from 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_readable(colour: str, background: str) -> bool:
    """Whether it reads on `LIGHT` or `DARK`."""
    return contrast(colour, background) >= WANTED[background]


@lru_cache(maxsize=256)
def readable(colour: str, background: str) -> str:
    """The colour itself, or the nearest in lightness that reads on `LIGHT` or `DARK`.

    Hue and saturation stay as they are (HSL). Along its lightness a colour only gets lighter, so
    halving finds the first that passes, or the last.
    """
    if is_readable(colour, background):
        return colour
    # late import: see docs/architecture.md
    from colorsys import rgb_to_hls

    hue, near, saturation = rgb_to_hls(*_channels(colour))
    far = 0.0 if luminance(background) > 0.5 else 1.0
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        if is_readable(_hex(hue, middle, saturation), background):
            far = middle
        else:
            near = middle
    return _hex(hue, far, saturation)


def _hex(hue: float, lightness: float, saturation: float) -> str:
    # late import: see docs/architecture.md
    from colorsys import hls_to_rgb

    return "#" + "".join(f"{round(c * 255):02x}" for c in hls_to_rgb(hue, lightness, saturation))


def nearest_colour(colour: str, choices: tuple[str, ...]) -> str:
    """The one of these that looks most like it, by the distance of red, green and blue."""

    def distance(other: str) -> float:
        pairs = zip(_channels(colour), _channels(other), strict=True)
        return sum((a - b) ** 2 for a, b in pairs)

    return min(choices, key=distance)
