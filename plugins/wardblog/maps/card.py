"""Draws social cards, the pictures shown when a page is shared, with map and imprint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from wardblog.maps.labels import TIERS
from wardblog.maps.picture import WIDTH, picture
from wardblog.maps.standalone import LETTERS, on_paper, style_of
from wardblog.model.map_figure import Card
from wardblog.support.late_dataclass import dataclass

if TYPE_CHECKING:
    from PIL import ImageFont

_EDGE, _BAR = 64, 20
_MAP_SIDE = 520
# Cards are shown small: their names are as large as on a phone.
_CARD_FACTOR = TIERS[0]
_INK, _SOFT = "#211e1a", "#5b544b"
_FONTS = Path(__file__).parent / "fonts"
_REGULAR, _BOLD = _FONTS / "OpenSans_400Regular.ttf", _FONTS / "OpenSans_700Bold.ttf"
# Scripts that the fonts do not have; a machine's own fonts are asked for these alone, so that
# all other cards are the same everywhere.
_OTHER_SCRIPTS = re.compile("[\u0600-\u1dff\u2e80-\ufaff\U00010000-\U000e0000]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """The area for a text, and the font sizes to try, the largest first."""

    x: float
    y: float
    width: float
    height: float
    sizes: tuple[int, ...]
    font: Path = _REGULAR
    from_below: bool = False

    @property
    def leading(self) -> float:
        """From one line to the next, as a share of the size."""
        return 1.15 if self.font == _BOLD else 1.3


def card_svg(card: Card, colours: Mapping[str, str]) -> str:
    """Return the card as SVG; `colours` are the issues' colours on white, by slug."""
    drawn, room = "", Card.WIDTH - _EDGE - _BAR - _EDGE
    if card.figure is not None:
        room -= _MAP_SIDE + _EDGE
        body = on_paper(picture(card.figure, is_card=True).body, enlarged=_CARD_FACTOR)
        side, left_of_map = _MAP_SIDE, Card.WIDTH - _MAP_SIDE
        # Covering what extends beyond the map is faster than clipping it.
        drawn = (
            f"<style>{style_of(card.figure, colours, _CARD_FACTOR)}</style>"
            f'<rect x="{left_of_map}" width="{side}" height="{side}" fill="#f3f5f4"/>'
            f'<g transform="translate({left_of_map} 0) scale({side / WIDTH})">{body}</g>'
            f'<rect width="{left_of_map}" height="{Card.HEIGHT}" fill="#fffdf8"/>'
            f'<rect y="{side}" width="{Card.WIDTH}" height="{Card.HEIGHT}" fill="#fffdf8"/>'
        )
    left = _BAR + _EDGE
    credit = " ".join(card.figure.credits) if card.figure else ""
    texts = (
        *_text(
            card.site_title, _SOFT, _Box(x=left, y=62, width=room, height=72, sizes=(28, 24, 20))
        ),
        *_text(
            card.title,
            _INK,
            _Box(x=left, y=150, width=room, height=300, sizes=(64, 54, 46, 38, 30, 24), font=_BOLD),
        ),
        *_text(
            card.imprint,
            _SOFT,
            _Box(x=left, y=594, width=room, height=110, sizes=(21, 19, 17, 14), from_below=True),
        ),
        *_text(
            credit,
            _SOFT,
            _Box(
                x=Card.WIDTH - _MAP_SIDE,
                y=_MAP_SIDE + 10,
                width=_MAP_SIDE - 24,
                height=96,
                sizes=(14, 12, 10, 8),
            ),
        ),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{Card.WIDTH}" height="{Card.HEIGHT}" '
        f'viewBox="0 0 {Card.WIDTH} {Card.HEIGHT}" font-family="{LETTERS}">'
        f'<rect width="100%" height="100%" fill="#fffdf8"/>'
        f"{drawn}"
        f'<rect width="{_BAR}" height="{Card.HEIGHT}" fill="{card.colour}"/>'
        f"{''.join(texts)}</svg>"
    )


def card_png(svg: str) -> bytes:
    """Render the card as PNG, which takes about a tenth of a second."""
    # late import: see docs/architecture.md
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=not _OTHER_SCRIPTS.search(svg),
            font_files=[str(_REGULAR), str(_BOLD)],
        )
    )


def icon_png(svg: str, size: int) -> bytes:
    """Render a square PNG of `size` pixels, for feed readers, which cannot show SVG."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size, skip_system_fonts=True)
    )


def _text(words: str, colour: str, box: _Box) -> Iterator[str]:
    """Set text in lines, as large as fits; what does not fit at the smallest size is cut."""
    size, lines = _fit(words, box)
    step = size * box.leading
    first = box.y - step * (len(lines) - 1) if box.from_below else box.y + size
    weight = ' font-weight="700"' if box.font == _BOLD else ""
    for number, line in enumerate(lines):
        yield (
            f'<text x="{box.x:.0f}" y="{first + number * step:.1f}" font-size="{size}" '
            f'fill="{colour}"{weight}>{escape(line)}</text>'
        )


def _fit(words: str, box: _Box) -> tuple[int, list[str]]:
    # late import: see docs/architecture.md
    from PIL import ImageFont

    lines: list[str] = []
    size, most = box.sizes[0], 1
    for size in box.sizes:
        lines = list(_lines(words, ImageFont.truetype(str(box.font), size), box.width))
        most = int(box.height / (size * box.leading))
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], lines[most - 1].rstrip(" ,.") + "…"]


def _lines(words: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    """Break text into lines of at most this width; a longer word is broken too."""
    line = ""
    for word in words.split():
        rest = word
        if line and font.getlength(f"{line} {word}") <= width:
            line = f"{line} {word}"
            continue
        if line:
            yield line
        while len(rest) > 1 and font.getlength(rest) > width:
            cut = next(n for n in range(len(rest) - 1, 0, -1)
                       if n == 1 or font.getlength(rest[:n]) <= width)  # fmt: skip
            yield rest[:cut]
            rest = rest[cut:]
        line = rest
    if line:
        yield line
