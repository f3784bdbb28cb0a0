"""Writes a map picture as a file of its own, for feeds, e-mail and print, with its credits."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from html import escape

from wardblog.maps.picture import WIDTH, MapPicture
from wardblog.model.map_figure import MapFigure

# The rules of the theme's style sheet for what is in a picture, on light paper.
_PAPER, _TINT, _SOFT = "#ffffff", "#f3f5f4", "#51585d"
_STYLE = """\
.map-ward{fill:#e9efe9;stroke:#51585d;stroke-width:2}
.map-edge{fill:none;stroke:#51585d;stroke-width:2}
.map-dot{fill:#51585d;stroke:#ffffff;stroke-width:3}
.map-dots{fill:none;stroke:#51585d;stroke-width:12;stroke-linecap:round}
.map-dots.map-closed{stroke-linecap:square}
.map-area{fill:#51585d;fill-opacity:.2;stroke:#51585d;stroke-width:2}
.map-way{fill:none;stroke:#51585d;stroke-width:3}
.map-number{fill:#ffffff;font-weight:700;font-size:15px;text-anchor:middle}
.map-number.several{fill:#1b1e20;stroke:#ffffff;stroke-width:4;stroke-linejoin:round;\
paint-order:stroke}
.map-number.on-area,.map-ink,.map-words{fill:#1b1e20}
.map-bar{fill:none;stroke:#1b1e20;stroke-width:2}
.map-words{font-size:16px}
.map-streets{fill:none;stroke:#ffffff;stroke-width:5;stroke-linejoin:round}
.map-street{fill:#51585d;font-size:14px;text-anchor:middle;stroke:#e9efe9;stroke-width:3;\
paint-order:stroke}
"""
_OF_AN_ISSUE = """\
.map-dot.issue-SLUG{fill:COLOUR}
.map-dots.issue-SLUG,.map-way.issue-SLUG{stroke:COLOUR}
.map-area.issue-SLUG{fill:COLOUR;stroke:COLOUR}
.map-dot.map-gone.issue-SLUG{fill:#ffffff;stroke:COLOUR;stroke-dasharray:5 4}
"""
LETTERS = "Open Sans, Liberation Sans, Arial, sans-serif"
_NOTE_SIZE, _NOTE_LINE, _NOTE_LETTERS = 13, 18, 112


def style_of(figure: MapFigure, colours: Mapping[str, str]) -> str:
    """The rules for the classes in a figure's picture; `colours` are the issues', by slug.

    Those that are not in it are left out, so that they may change without a change of the file.
    """
    shown = {dot.issue for dot in figure.dots}
    issues = (
        _OF_AN_ISSUE.replace("SLUG", slug).replace("COLOUR", colour)
        for slug, colour in colours.items()
        if slug in shown
    )
    return _STYLE + "".join(issues)


def standalone(
    picture: MapPicture, figure: MapFigure, colours: Mapping[str, str], imprint: str
) -> bytes:
    """An SVG file (SVG 1.1, so that old programs read it) with credits and imprint at its foot."""
    lines = [
        line for note in (*figure.credits, imprint) for line in textwrap.wrap(note, _NOTE_LETTERS)
    ]
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
        f"{picture.body}{written}</svg>\n"
    ).encode()
