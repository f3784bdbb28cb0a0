"""A made-up ward as GeoJSON: bent streets in blocks, terraces, parks, a river and a railway."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator

SOUTH, WEST = 51.455, -0.175
_UP, _ACROSS = 1 / 111_320, 1 / (111_320 * math.cos(math.radians(51.46)))
_FIRST = [
    "Elm",
    "Oak",
    "Ash",
    "Fir",
    "Yew",
    "Bay",
    "Lime",
    "Rowan",
    "Hazel",
    "Alder",
    "Mill",
    "King",
    "Queen",
    "Castle",
    "Abbey",
    "Park",
    "Hill",
    "Station",
    "Church",
    "Victoria",
]
_LAST = [
    "Road",
    "Street",
    "Lane",
    "Avenue",
    "Grove",
    "Terrace",
    "Close",
    "Gardens",
    "Rise",
    "Crescent",
    "Walk",
    "Place",
    "View",
    "Mews",
    "Way",
    "Drive",
    "Hill",
    "Row",
    "Park",
    "Square",
    "Yard",
    "Bank",
    "End",
    "Gate",
    "Green",
]
# The corners of a park, as shares of a block.
_PARK = ((0.1, 0.1), (0.9, 0.1), (0.95, 0.5), (0.9, 0.9), (0.1, 0.9))

Line = list[tuple[float, float]]


def degrees(line: Line) -> list[list[float]]:
    """Metres from the south-western corner to longitude and latitude."""
    return [[round(WEST + x * _ACROSS, 7), round(SOUTH + y * _UP, 7)] for x, y in line]


def bent(x: float, y: float) -> tuple[float, float]:
    """A regular place moved a little, so that streets curve and no block is like another."""
    return (
        x + 45 * math.sin(y / 310) + 18 * math.sin(x / 90 + y / 140),
        y + 55 * math.sin(x / 350) + 14 * math.cos(x / 110 - y / 95),
    )


def feature(kind: str, shape: str, positions: object, name: str = "") -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, **({"name": name} if name else {})},
        "geometry": {"type": shape, "coordinates": positions},
    }


def streets(count: int, side: float) -> Iterator[tuple[str, str, Line]]:
    """Kind, name and line in metres: each street is a stretch between two cross streets."""
    across = math.ceil(math.sqrt(count / 2))
    gap = side / across
    names = [f"{one} {other}" for other in _LAST for one in _FIRST]
    number = 0
    for n in range(across):
        for m in range(across):
            for turn in (False, True):
                if number == count:
                    return
                # Every sixth line is one main road, which keeps its name from end to end.
                line = m if turn else n
                is_major = line % 6 == 3
                name = f"Great {names[line]}" if is_major else names[number % len(names)]
                start, steps = (n if turn else m) * gap, 6
                points = [
                    bent(line * gap, start + gap * k / steps)
                    if turn
                    else bent(start + gap * k / steps, line * gap)
                    for k in range(steps + 1)
                ]
                yield "road-major" if is_major else "road", name, points
                number += 1


def terraces(roads: list[Line], count: int, chance: random.Random) -> Iterator[Line]:
    """The outlines of houses on both sides of streets, some with a part at the back."""
    made = 0
    while True:
        for road in roads:
            (x, y), (a, b) = road[1], road[-2]
            length = math.dist((x, y), (a, b))
            along, aside = (
                ((a - x) / length, (b - y) / length),
                ((y - b) / length, (a - x) / length),
            )
            for side in (1, -1):
                at = chance.uniform(0, 3)
                for _ in range(math.ceil(count / len(roads) / 2)):
                    wide, deep = chance.uniform(5, 12), chance.uniform(8, 12)
                    near, far = side * 9, side * (9 + deep)
                    box = [(at, near), (at + wide, near), (at + wide, far)]
                    if chance.random() < 0.4:
                        box += [(at + wide * 0.6, far), (at + wide * 0.6, far + side * 4),
                                (at, far + side * 4)]  # fmt: skip
                    else:
                        box.append((at, far))
                    yield [(x + u * along[0] + v * aside[0], y + u * along[1] + v * aside[1])
                           for u, v in box]  # fmt: skip
                    made += 1
                    if made == count:
                        return
                    at += wide + (0 if chance.random() < 0.7 else chance.uniform(2, 6))


def made_ward(roads: int = 500, buildings: int = 4000, side: float = 1800.0) -> str:
    """A base map of so many streets and buildings on a square of `side` metres, as GeoJSON."""
    chance = random.Random(1)  # noqa: S311 - the same in every run, not a secret
    lines = list(streets(roads, side))
    found = [feature(kind, "LineString", degrees(line), name) for kind, name, line in lines]
    gap = side / math.ceil(math.sqrt(roads / 2))
    for n in range(8):
        corner = (chance.randrange(1, 14) * gap, chance.randrange(1, 14) * gap)
        ring = [bent(corner[0] + u * gap, corner[1] + v * gap) for u, v in _PARK]
        found.append(feature("green", "Polygon", [degrees([*ring, ring[0]])], f"{_FIRST[n]} Park"))
    river = [bent(x, 0.3 * side + 80 * math.sin(x / 200)) for x in range(-100, int(side) + 100, 40)]
    found.append(feature("water", "LineString", degrees(river), "River Elm"))
    rail = [bent(x, 0.62 * side + x * 0.1) for x in range(-100, int(side) + 100, 60)]
    found.append(feature("rail", "LineString", degrees(rail)))
    houses = terraces([line for _, _, line in lines], buildings, chance)
    found += (feature("building", "Polygon", [degrees([*house, house[0]])]) for house in houses)
    return json.dumps({"type": "FeatureCollection", "attribution": "Made up.", "features": found})


def outline(side: float = 1800.0) -> str:
    """The ward's boundary: most of the square, with two corners cut off."""
    ring = [(60, 60), (side * 0.8, 90), (side - 70, side * 0.35), (side - 90, side - 60),
            (side * 0.3, side - 90), (80, side * 0.7)]  # fmt: skip
    positions = degrees([*ring, ring[0]])
    return json.dumps({"type": "Feature", "properties": {"name": "Made", "attribution": "Made up."},
                       "geometry": {"type": "Polygon", "coordinates": [positions]}})  # fmt: skip
