"""The ward's and the issues' colours as rules of style, each made readable on light and dark."""

from __future__ import annotations

import colorsys

from wardblog.model import Site

LIGHT, DARK = "#ffffff", "#15181a"
# WCAG 2.2, 1.4.3 Contrast (Minimum) asks for 4.5; on dark, thin letters want more.
_WANTED = {LIGHT: 4.5, DARK: 6.0}


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


def readable(colour: str, background: str) -> str:
    """The colour itself, or the nearest in lightness that reads on `LIGHT` or `DARK`."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    step = -0.01 if luminance(background) > 0.5 else 0.01
    while contrast(colour, background) < _WANTED[background] and 0 <= lightness <= 1:
        lightness += step
        red, green, blue = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
        colour = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
    return colour


def issue_colours(site: Site) -> dict[str, str]:
    """Each issue's colour as it reads on white paper, by slug."""
    return {issue.slug: readable(issue.colour, LIGHT) for issue in site.issues}


def colour_rules(site: Site) -> str:
    """What the theme's style sheet is followed by."""
    named = [(":root", "accent", site.accent)]
    named += [(f".issue-{i.slug}", "issue", i.colour) for i in site.issues]
    light = [f"{where}{{--{what}:{readable(c, LIGHT)}}}" for where, what, c in named]
    dark = [f"{where}{{--{what}:{readable(c, DARK)}}}" for where, what, c in named]
    return "\n".join((*light, "@media screen and (prefers-color-scheme:dark){", *dark, "}", ""))
