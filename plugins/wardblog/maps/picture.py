"""Draws a map as a still SVG picture, for print and for readers without scripts."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from wardblog.maps.dots import number
from wardblog.maps.ground import ground
from wardblog.maps.labels import Circle, Rooms, along
from wardblog.maps.marks import marks
from wardblog.maps.names import beside_marks, names_on, written
from wardblog.maps.projection import Bounds, MapSheet, bounds_of
from wardblog.model import BaseMap, Boundary
from wardblog.model.map_figure import MapFigure
from wardblog.support.late_dataclass import dataclass

WIDTH = 800.0
_LOWEST, _HIGHEST = 360.0, 640.0
_ROUND_METRES = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPicture:
    """The content of an `svg` element, coloured by classes and custom properties, with its height.

    The `ground` is the same in all pictures of a sheet; what is above it is not.
    """

    label: str
    ground: str
    above: str
    height: float

    @property
    def body(self) -> str:
        return self.ground + self.above

    def inline(self, ground_url: str = "") -> str:
        """Return the element for a page, whose style sheet defines the classes.

        `ground_url` is the address of the file with the ground; without it, the ground is here.
        """
        shown = f'<use href="{escape(ground_url)}#ground"/>' if ground_url else self.ground
        return (
            f'<svg class="map-picture" viewBox="0 0 {WIDTH:.0f} {self.height:.0f}" role="img" '
            f'aria-label="{escape(self.label)}">{shown}{self.above}</svg>'
        )


def sheet_of(bounds: Bounds) -> MapSheet:
    """The sheet of a map that is wider than high."""
    return MapSheet.fit(bounds, WIDTH, _LOWEST, _HIGHEST)


def shared_ground(base: BaseMap, boundary: Boundary) -> bytes:
    """The ground of all maps that show the whole ward and nothing beyond it, as a file."""
    sheet = ward_sheet(boundary)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {sheet.height:.0f}">'
        f'<g id="ground">{ground(base, boundary, sheet, is_card=False)}</g></svg>\n'
    ).encode()


def ward_sheet(boundary: Boundary) -> MapSheet:
    return sheet_of(Bounds.of_outline(boundary))


def picture(figure: MapFigure, *, is_card: bool = False) -> MapPicture:
    """Draw a map that is wider than high; for a card, square and with a few large names."""
    bounds = bounds_of(figure)
    sheet = MapSheet.fit(bounds, WIDTH, WIDTH, WIDTH) if is_card else sheet_of(bounds)
    base = figure.settings.base
    rooms = _rooms(sheet).copy()
    below, above = marks(figure.dots, sheet, rooms, is_card=is_card)
    names = beside_marks(names_on(base, figure.boundary, sheet), rooms) if base else ()
    if is_card:
        names = (one for one in names if one[0] == 0)
    return MapPicture(
        label=figure.label,
        ground=ground(base, figure.boundary, sheet, is_card=is_card),
        above=f"{below}{written(names)}{above}{_north()}{_scale_bar(sheet)[0]}",
        height=sheet.height,
    )


@lru_cache(maxsize=4)
def _rooms(sheet: MapSheet) -> Rooms:
    """The room on a sheet beside the north arrow and the scale bar."""
    rooms = Rooms(sheet.width, sheet.height)
    rooms.take(_Corner(772, 40, 0, 36))
    rooms.take(_Corner(16, sheet.height - 18, _scale_bar(sheet)[1], 18))
    return rooms


@dataclass(frozen=True, slots=True)
class _Corner:
    """What the north arrow or the scale bar covers, at most."""

    x: float
    y: float
    width: float
    size: float

    def circles(self, factor: float) -> list[Circle]:
        width = self.width + 4 * self.size * factor if self.width else 1.0
        return list(along(((self.x, self.y), (self.x + width, self.y)), width, self.size * factor))


def _north() -> str:
    return (
        '<g transform="translate(772 40)"><g class="map-mark">'
        '<path class="map-ink" d="M0-18l7 22l-7-5l-7 5Z"/>'
        '<path class="map-bar" d="M-5 22V10L5 22V10"/></g></g>'
    )


def _scale_bar(sheet: MapSheet) -> tuple[str, float]:
    """A bar of a round length, at most a quarter of the picture, and its length in units."""
    fitting = [m for m in _ROUND_METRES if m * sheet.scale <= WIDTH / 4]
    metres = fitting[-1] if fitting else _ROUND_METRES[0]
    words = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    y, end = sheet.height - 16, 16 + metres * sheet.scale
    svg = (
        f'<path class="map-bar" d="M16 {number(y - 6)}V{number(y)}H{number(end)}V{number(y - 6)}"/>'
        f'<text class="map-words" x="{number(end + 8)}" y="{number(y)}">{words}</text>'
    )
    return svg, metres * sheet.scale
