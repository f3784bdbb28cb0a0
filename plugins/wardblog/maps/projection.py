"""Projects degrees onto a flat picture: a ward is small enough for one scale in each direction."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from wardblog.model import METRES_PER_DEGREE, BaseMap, Boundary, Point
from wardblog.model.base_map import BaseLayer
from wardblog.model.map_figure import MapFigure
from wardblog.support.late_dataclass import dataclass

# How much is shown around what a map is about, in metres.
_SURROUNDINGS = 300


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box in WGS84 degrees."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, points: Iterable[Point], margin: float) -> Bounds:
        """The smallest box that holds the points, and a margin in metres on each side."""
        found = list(points)
        latitudes, longitudes = [p.latitude for p in found], [p.longitude for p in found]
        up = margin / METRES_PER_DEGREE
        across = up / math.cos(math.radians(latitudes[0]))
        return cls(
            min(latitudes) - up, min(longitudes) - across, max(latitudes) + up,
            max(longitudes) + across,
        )  # fmt: skip

    @classmethod
    def of_outline(cls, boundary: Boundary) -> Bounds:
        """A ward, with a little of what is around it."""
        return cls.around((p for ring in boundary.rings for p in ring.points), 40)


def bounds_of(figure: MapFigure) -> Bounds:
    """What a figure shows: what it is about, the ward and its places, or else its places."""
    if figure.focus:
        return Bounds.around(figure.focus, _SURROUNDINGS)
    boxes: list[Bounds] = []
    if figure.boundary:
        # The circle about a place may go beyond the picture: most maps then show the same ground.
        boxes.append(Bounds.of_outline(figure.boundary))
    points: dict[int, list[Point]] = {}
    for dot in figure.dots:
        # Without an outline a few dots would lie on the edge of a sheet that shows nothing else.
        margin = 40 if figure.boundary else dot.place.precision.radius + 250
        points.setdefault(margin, []).append(dot.place.point)
        if dot.change and dot.change.before:
            points[margin].append(dot.change.before)
    boxes += [Bounds.around(found, margin) for margin, found in points.items()]
    return Bounds(
        min(b.south for b in boxes),
        min(b.west for b in boxes),
        max(b.north for b in boxes),
        max(b.east for b in boxes),
    )


# Room for the dots on the edge of what is shown, in a picture's units.
_EDGE = 18.0


@dataclass(frozen=True, slots=True)
class MapSheet:
    """A picture's own units: `width` across, `height` down, `scale` units in a metre."""

    bounds: Bounds
    width: float
    height: float
    scale: float

    @classmethod
    def fit(cls, bounds: Bounds, width: float, lowest: float, highest: float) -> MapSheet:
        """A sheet of this width, as high as the bounds ask for between two limits."""
        middle = math.cos(math.radians((bounds.south + bounds.north) / 2))
        across = (bounds.east - bounds.west) * middle * METRES_PER_DEGREE
        down = (bounds.north - bounds.south) * METRES_PER_DEGREE
        height = min(max(width * down / across, lowest), highest)
        scale = min((width - 2 * _EDGE) / across, (height - 2 * _EDGE) / down)
        return cls(bounds, width, height, scale)

    @property
    def frame(self) -> Bounds:
        """All that is on the sheet, also beside the bounds."""
        bounds = self.bounds
        north, east = (bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2
        up = self.height / 2 / self.scale / METRES_PER_DEGREE
        across = self.width / 2 / self.scale / METRES_PER_DEGREE / math.cos(math.radians(north))
        return Bounds(north - up, east - across, north + up, east + across)

    def place(self, point: Point) -> tuple[float, float]:
        """Units from the left and from the top, the bounds in the middle of the sheet."""
        return self.place_degrees(point.latitude, point.longitude)

    def place_degrees(self, latitude: float, longitude: float) -> tuple[float, float]:
        """The same for a latitude and a longitude."""
        bounds = self.bounds
        middle = (bounds.south + bounds.north) / 2
        east = (longitude - (bounds.west + bounds.east) / 2) * math.cos(math.radians(middle))
        metres = METRES_PER_DEGREE * self.scale
        return self.width / 2 + east * metres, self.height / 2 - (latitude - middle) * metres


@lru_cache(maxsize=4)
def layers_on(base: BaseMap, sheet: MapSheet) -> tuple[BaseLayer, ...]:
    """The layers of a base map, each with only the lines whose box meets the sheet."""
    frame = sheet.frame
    return tuple(
        replace(
            layer,
            lines=tuple(
                line
                for line, box in zip(layer.lines, boxes, strict=True)
                if box.south <= frame.north
                and box.north >= frame.south
                and box.west <= frame.east
                and box.east >= frame.west
            ),
        )
        for layer, boxes in zip(base.layers, _boxes(base), strict=True)
    )


@lru_cache(maxsize=2)
def _boxes(base: BaseMap) -> tuple[list[Bounds], ...]:
    """The box of each line; with them, a map of one street does not look at the whole ward."""
    return tuple([_box(line.points) for line in layer.lines] for layer in base.layers)


def _box(points: Sequence[tuple[float, float]]) -> Bounds:
    latitudes, longitudes = [p[0] for p in points], [p[1] for p in points]
    return Bounds(min(latitudes), min(longitudes), max(latitudes), max(longitudes))
