"""A made-up ward of any size, which looks like a part of a town; the same each time."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count, islice, product
from random import Random
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from wardblog.sources.map_rows import LocalMetres, MapRow, NamedPlace
from wardblog.sources.ward_files import base_map, gazetteer

# A quarter has parallel streets between main roads; sizes in metres.
STREETS_A_QUARTER, WIDTH, SPACING = 7, 300, 46
MIDDLE = (-0.16, 51.46)
FIRST = (
    "Acorn", "Alder", "Amber", "Apple", "Baker", "Barley", "Beech", "Birch", "Bramble", "Brook",
    "Cedar", "Cherry", "Clover", "Cooper", "Copper", "Dairy", "Elder", "Elm", "Fern", "Finch",
    "Forge", "Fuller", "Garden", "Granary", "Hazel", "Heron", "Holly", "Ivy", "Juniper", "Kite",
    "Lark", "Laurel", "Linden", "Maple", "Mason", "Meadow", "Mill", "Oak", "Orchard", "Poplar",
    "Quarry", "Rowan", "Saddler", "Sorrel", "Tanner", "Thatcher", "Walnut", "Weaver", "Willow",
)  # fmt: skip
SECOND = (
    "Road", "Street", "Avenue", "Lane", "Close", "Gardens", "Grove", "Terrace", "Crescent", "Place",
    "Way", "Drive", "Mews", "Rise",
)  # fmt: skip


class MadeWard(NamedTuple):
    """The three files of a ward, as text: two of GeoJSON, and the gazetteer as CSV."""

    outline: str
    base_map: str
    gazetteer: str


@cache
def made_ward(streets: int = 500, buildings: int = 4000) -> MadeWard:
    """Make a ward with exactly so many named streets and buildings on its base map."""
    rows, outline, plane = _rows(streets, buildings)
    area = plane.to_degrees(outline)
    in_degrees = [MapRow(row.kind, row.name, plane.to_degrees(row.shape)) for row in rows]
    feature = {
        "type": "Feature",
        "properties": {"WD25CD": "E05099999", "WD25NM": "Made-up"},
        "geometry": shapely.geometry.mapping(area),
    }
    return MadeWard(
        json.dumps({"type": "FeatureCollection", "features": [feature]}),
        base_map(in_degrees, area, "Made up").decode(),
        gazetteer(_places(in_degrees), in_degrees, area).decode(),
    )


def _rows(streets: int, buildings: int) -> tuple[list[MapRow], BaseGeometry, LocalMetres]:
    """The rows and the outline, in metres."""
    # One quarter in twelve is a park; the main roads around the quarters are named as well.
    across = max(2, round(math.sqrt(streets / STREETS_A_QUARTER * 12 / 11)))
    down = math.ceil(streets / STREETS_A_QUARTER * 12 / 11 / across) + 1
    height = STREETS_A_QUARTER * SPACING
    size = (across * WIDTH, down * height)
    plane = LocalMetres(shapely.Point(*MIDDLE))
    random, names = Random(7), _names()  # noqa: S311 - the same each time
    river = _bent(shapely.LineString([(-300, size[1] * 0.3), (size[0] + 300, size[1] * 0.55)]))
    tracks = shapely.LineString([(size[0] * 0.2, -300), (size[0] * 0.7, size[1] + 300)])
    rows = [
        MapRow("water", "River Made", river),
        MapRow("water", "", river.buffer(14)),
        *(MapRow("rail", "", _bent(tracks.offset_curve(side))) for side in (2, -2)),
        *(MapRow(kind, next(names), _bent(line)) for kind, line in _main_roads(across, down, size)),
    ]
    quarters = [
        shapely.box(x * WIDTH, y * height, (x + 1) * WIDTH, (y + 1) * height)
        for y, x in product(range(down), range(across))
    ]
    parks, built = quarters[5::12], [q for i, q in enumerate(quarters) if i % 12 != 5]
    for number, park in enumerate(parks, 1):
        rows.append(MapRow("green", f"Made Park {number}", _bent(park.buffer(-12))))
        west, south, east, north = park.bounds
        rows.append(MapRow("path", "", _bent(shapely.LineString([(west, south), (east, north)]))))
    named = sum(row.kind in ("road", "road-major") for row in rows)
    ways = list(islice(_streets(built), streets - named))
    rows += [MapRow("road", next(names), _bent(line)) for line in ways]
    keep_off = shapely.union_all([river.buffer(20), _bent(tracks).buffer(14)])
    length = 2 * sum(way.length for way in ways) / (buildings * 1.25)
    houses = [house for house in _houses(ways, length, random) if not keep_off.intersects(house)]
    assert len(houses) >= buildings, "too few streets for so many buildings"
    rows += [MapRow("building", "", house) for house in random.sample(houses, buildings)]
    return rows, _bent(shapely.box(0, 0, *size)), plane


def _main_roads(
    across: int, down: int, size: tuple[float, float]
) -> Iterator[tuple[str, BaseGeometry]]:
    for x in range(across + 1):
        line = shapely.LineString([(x * WIDTH, 0), (x * WIDTH, size[1])])
        yield "road-major" if x == across // 2 else "road", line
    for y in range(0, down + 1, 2):
        height = y * STREETS_A_QUARTER * SPACING
        line = shapely.LineString([(0, height), (size[0], height)])
        yield "road-major" if y == 2 * (down // 4) else "road", line


def _streets(quarters: Sequence[BaseGeometry]) -> Iterator[shapely.LineString]:
    """Streets from one side of each quarter to the other; the last quarters may stay empty."""
    for number in range(STREETS_A_QUARTER):
        for quarter in quarters:
            west, south, east, _ = quarter.bounds
            height = south + (number + 0.5) * SPACING
            yield shapely.LineString([(west, height), (east, height)])


def _houses(
    ways: Sequence[shapely.LineString], length: float, random: Random
) -> Iterator[BaseGeometry]:
    """Terraces on both sides of each street, with an extension at the back of each."""
    for way, side in product(ways, (1, -1)):
        x, end = way.coords[0][0] + 10, way.coords[1][0] - 10
        front = way.coords[0][1] + side * 7
        while x < end:
            broad = min(length * random.uniform(0.5, 1.3), end - x)
            if broad < 6:
                break
            deep, split = random.uniform(8, 10), random.uniform(0.4, 0.7)
            corners = [
                (x, front), (x + broad, front), (x + broad, front + side * deep),
                (x + broad * split, front + side * deep),
                (x + broad * split, front + side * (deep + 3)), (x, front + side * (deep + 3)),
            ]  # fmt: skip
            yield _bent(shapely.Polygon(corners), fine=False)
            x += broad + random.uniform(2, 5)


def _bent(shape: BaseGeometry, fine: bool = True) -> BaseGeometry:
    """Bend everything alike, since no town is a grid."""
    shape = shapely.segmentize(shape, 25) if fine else shape

    def bend(pairs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = pairs[:, 0], pairs[:, 1]
        right = 45 * np.sin(y / 310) + 12 * np.sin(x / 97)
        up = 60 * np.sin(x / 390) + 9 * np.sin((x + y) / 83)
        return np.column_stack((x + right, y + up))

    return shapely.transform(shape, bend)


def _names() -> Iterator[str]:
    yield from (f"{first} {second}" for second, first in product(SECOND, FIRST))
    for number in count(2):
        yield from (f"{first} {second} {number}" for second, first in product(SECOND, FIRST))


def _places(rows: Sequence[MapRow]) -> list[NamedPlace]:
    """A postcode for each street, and the parks."""
    places = []
    for number, row in enumerate(row for row in rows if row.kind in ("road", "green") and row.name):
        middle = row.shape.representative_point()
        if row.kind == "green":
            places.append(NamedPlace("place", row.name, middle.y, middle.x))
        else:
            letters = "ABDEFGHJLNPQRSTUWXYZ"
            code = f"{number // 400}{letters[number // 20 % 20]}{letters[number % 20]}"
            places.append(NamedPlace("postcode", f"SW99 {code}", middle.y, middle.x))
    return places
