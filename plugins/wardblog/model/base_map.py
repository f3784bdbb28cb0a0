"""The base map: the roads, greens, water and buildings that are drawn below the places.

The file that pages fetch is JSON:

    {"perDegree": 400000, "layers": [{"kind": "road", "area": false, "names": ["", "Eland Road"],
     "name": [0, 1], "size": [2, 3], "lat": [...], "lon": [...]}, ...]}

The layers are in the order of `BaseKind`, from the bottom to the top; of one kind the areas come
first. `area` is whether the lines are rings to be filled, all at once, with the non-zero rule; a
ring does not repeat its first position. `size` has the number of positions of each line. `name`
has the index in `names` of each line's name, and is empty if `names` has only one, which is then
that of all. `lat` and `lon` hold the positions of all lines of the layer, one after the other, as
whole numbers in WGS84: the first is degrees times `perDegree`, each other the difference from the
one before, also from the last of one line to the first of the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from itertools import accumulate, pairwise

from wardblog.support.late_dataclass import dataclass

# A quarter of a metre, and less to the east: with steps of a metre houses would look crooked.
_UNITS_IN_A_DEGREE = 400_000
# A list of names in the file; inside of a name there is no quotation mark without a backslash.
_NAMES = re.compile(rb'"names":(\[(?:"(?:[^"\\]|\\.)*",?)*\])')


class BaseKind(Enum):
    """What is drawn, from the bottom to the top; the value is the word in the councillor's file."""

    GREEN = "green"
    WATER = "water"
    BUILDING = "building"
    RAIL = "rail"
    PATH = "path"
    ROAD = "road"
    ROAD_MAJOR = "road-major"


@dataclass(frozen=True, slots=True)
class BaseLine:
    """A line or the ring of an area: points of latitude and longitude in WGS84 degrees.

    Rings do not repeat their first point. Outer rings run anticlockwise and holes clockwise, so
    that all rings of a layer can be filled at once, with the non-zero rule.
    """

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseLayer:
    """All lines, or all areas, of one kind."""

    kind: BaseKind
    is_area: bool
    lines: tuple[BaseLine, ...]


@dataclass(frozen=True, slots=True)
class BaseMap:
    """The base map as the file that pages fetch, with the credit that its licence asks for.

    It stays coded until somebody draws it: most builds do not.
    """

    coded: bytes
    attribution: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names on it, read without the positions."""
        return tuple(name for names in _NAMES.findall(self.coded) for name in json.loads(names))

    @property
    def layers(self) -> tuple[BaseLayer, ...]:
        """The layers from the bottom to the top."""
        return _decoded(self.coded)


def encode(layers: Iterable[BaseLayer]) -> bytes:
    """Return the layers as JSON, column by column, each position as the step from the last."""
    data = {"perDegree": _UNITS_IN_A_DEGREE, "layers": [_columns(layer) for layer in layers]}
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def _columns(layer: BaseLayer) -> dict[str, object]:
    names = list(dict.fromkeys(line.name for line in layer.lines))
    numbers = {name: number for number, name in enumerate(names)}
    points = [point for line in layer.lines for point in line.points]
    return {
        "kind": layer.kind.value,
        "area": layer.is_area,
        "names": names,
        "name": [numbers[line.name] for line in layer.lines] if len(names) > 1 else [],
        "size": [len(line.points) for line in layer.lines],
        "lat": _steps([latitude for latitude, _ in points]),
        "lon": _steps([longitude for _, longitude in points]),
    }


def _steps(degrees: Sequence[float]) -> list[int]:
    units = [0, *(round(value * _UNITS_IN_A_DEGREE) for value in degrees)]
    return [other - one for one, other in pairwise(units)]


@lru_cache(maxsize=2)
def _decoded(coded: bytes) -> tuple[BaseLayer, ...]:
    data = json.loads(coded)
    return tuple(_layer(columns, data["perDegree"]) for columns in data["layers"])


def _layer(columns: dict[str, list[int]], units: int) -> BaseLayer:
    points = list(
        zip(
            (value / units for value in accumulate(columns["lat"])),
            (value / units for value in accumulate(columns["lon"])),
            strict=True,
        )
    )
    names, numbers = [str(name) for name in columns["names"]], columns["name"]
    lines, start = [], 0
    for number, size in enumerate(columns["size"]):
        name = names[numbers[number] if numbers else 0]
        lines.append(BaseLine(name, tuple(points[start : start + size])))
        start += size
    return BaseLayer(
        kind=BaseKind(columns["kind"]), is_area=bool(columns["area"]), lines=tuple(lines)
    )
