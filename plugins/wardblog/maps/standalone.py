"""Writes a map picture as a file of its own, for feeds, e-mail and print, with its credits."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from functools import lru_cache
from html import escape

from wardblog.maps.names import NAME_SIZE
from wardblog.maps.picture import WIDTH, MapPicture
from wardblog.model.map_figure import MapFigure

# The custom properties of the theme's style sheet, on light paper.
LIGHT = {
    "paper": "#fffdf8", "tint": "#f4efe4", "soft": "#5b544b", "ink": "#211e1a", "land": "#e9efe9",
    "map-land": "#f5f1e8", "map-green": "#cfe4bd", "map-water": "#a5cfe6",
    "map-building": "#e2d8c9", "map-road": "#ffffff", "map-road-edge": "#c9bfae",
    "map-major": "#fbdc8c", "map-major-edge": "#cf9f46", "map-path": "#a8957a",
    "map-rail": "#8a8a8a", "map-name": "#47423a", "map-name-halo": "#fdfbf6",
}  # fmt: skip
_PAPER, _TINT, _SOFT = LIGHT["paper"], LIGHT["tint"], LIGHT["soft"]
_HALO = "stroke:#fdfbf6;stroke-linejoin:round;paint-order:stroke"
# The rules of the theme's style sheet for what is in a picture; sizes are in units.
_STYLE = f"""\
.map-dot{{fill:#5b544b;stroke:#fffdf8;stroke-width:3}}
.map-dots{{fill:none;stroke:#5b544b;stroke-width:12;stroke-linecap:round}}
.map-dots.map-closed{{stroke-linecap:square}}
.map-area{{fill:#5b544b;fill-opacity:.06;stroke:#5b544b;stroke-width:2}}
.map-way{{fill:none;stroke:#5b544b;stroke-width:3}}
.map-number{{fill:#fffdf8;font-weight:700;font-size:15px;text-anchor:middle}}
.map-number.on-area,.map-ink,.map-words{{fill:#211e1a}}
.on-area{{stroke-width:3.5;{_HALO}}}
.map-bar{{fill:none;stroke:#211e1a;stroke-width:2}}
.map-label{{fill:#211e1a;font-size:16px;font-weight:700;stroke-width:3.5;{_HALO}}}
"""
# Names and words are set at their own size, which marks are not.
_ENLARGED = """\
.map-name{fill:#47423a;font-size:SIZEpx;text-anchor:middle;stroke-width:HALOpx;stroke:#fdfbf6;stroke-linejoin:round;paint-order:stroke}
.map-of-green,.map-of-water{font-style:italic}
.map-words{font-size:WORDSpx}
"""
_OF_AN_ISSUE = """\
.map-dot.issue-SLUG{fill:COLOUR}
.map-dots.issue-SLUG,.map-way.issue-SLUG{stroke:COLOUR}
.map-area.issue-SLUG{fill:COLOUR;stroke:COLOUR}
.map-dot.map-gone.issue-SLUG{fill:#fffdf8;stroke:COLOUR;stroke-dasharray:5 4}
"""
LETTERS = "Open Sans, Liberation Sans, Arial, sans-serif"
_NOTE_SIZE, _NOTE_LINE, _NOTE_LETTERS = 13, 18, 112
_PROPERTY = re.compile(r"var\(--([\w-]+)\)")


def on_paper(body: str, enlarged: float = 1.0) -> str:
    """A picture's elements in the colours of light paper, its marks enlarged by a factor."""
    body = _PROPERTY.sub(lambda found: LIGHT[found[1]], body)
    mark = f'<g transform="scale({enlarged})">' if enlarged != 1 else "<g>"
    return body.replace('<g class="map-mark">', mark)


def style_of(figure: MapFigure, colours: Mapping[str, str], enlarged: float = 1.0) -> str:
    """The rules for the classes in a figure's picture; `colours` are the issues', by slug.

    Those that are not in it are left out, so that they may change without a change of the file.
    """
    shown = {dot.issue for dot in figure.dots}
    issues = (
        _OF_AN_ISSUE.replace("SLUG", slug).replace("COLOUR", colour)
        for slug, colour in colours.items()
        if slug in shown
    )
    names = _ENLARGED
    for word, size in (("SIZE", NAME_SIZE), ("HALO", 3.0), ("WORDS", 16.0)):
        names = names.replace(word, f"{size * enlarged:g}")
    return f"{_STYLE}{names}{''.join(issues)}"


def standalone(
    picture: MapPicture, figure: MapFigure, colours: Mapping[str, str], imprint: str
) -> bytes:
    """An SVG file (SVG 1.1, so that old programs read it) with credits and imprint at its foot."""
    lines = [line for note in (*figure.credits, imprint) for line in _lines(note)]
    height = picture.height + 12 + len(lines) * _NOTE_LINE
    written = "".join(
        f'<text x="12" y="{picture.height + (n + 1) * _NOTE_LINE:.0f}" font-size="{_NOTE_SIZE}" '
        f'fill="{_SOFT}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" '
        f'width="{WIDTH:.0f}" height="{height:.0f}" role="img" '
        f'font-family="{LETTERS}">'
        f"<title>{escape(picture.label)}</title><style>{style_of(figure, colours)}</style>"
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>'
        f'<rect width="{WIDTH:.0f}" height="{picture.height:.0f}" fill="{_TINT}"/>'
        f"{on_paper(picture.body)}"
        # Covering what extends beyond the map is simpler than clipping it.
        f'<rect y="{picture.height:.0f}" width="{WIDTH:.0f}" height="{height:.0f}" '
        f'fill="{_PAPER}"/>{written}</svg>\n'
    ).encode()


@lru_cache(maxsize=16)
def _lines(note: str) -> list[str]:
    """The lines of a note, which the pictures of a site share."""
    return textwrap.wrap(note, _NOTE_LETTERS)
