"""Places, the ward's boundary, and the progress of reports."""

from __future__ import annotations

import math
from datetime import date
from enum import Enum
from typing import NamedTuple

from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import parts_of

# Metres in a degree of latitude; over a ward the ellipsoid changes this by less than 1%.
METRES_PER_DEGREE = 111_320
# Every ward is elected again within four years, if need be within a new outline.
_LONGEST_TERM = 4


class Precision(Enum):
    """How exactly a place is published; the value is the word that a councillor writes."""

    EXACT = "exact"
    STREET = "street"
    AREA = "area"

    @property
    def radius(self) -> int:
        """Radius in metres of the circle that is shown for the place; 0 for an exact point."""
        return 0 if self is Precision.EXACT else 100 if self is Precision.STREET else 500


class Progress(Enum):
    """How far a report has got; the value is the word that a councillor writes."""

    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in progress"
    FIXED = "fixed"
    NOT_POSSIBLE = "not possible"

    @property
    def sign(self) -> str:
        """A symbol shown with the word, so that meaning never depends on colour alone."""
        return {
            "reported": "○",
            "acknowledged": "◔",
            "in progress": "◐",
            "fixed": "✓",
            "not possible": "✕",
        }[self.value]

    @property
    def is_open(self) -> bool:
        return self not in (Progress.FIXED, Progress.NOT_POSSIBLE)


@dataclass(frozen=True, slots=True)
class Point:
    """A position in WGS84 degrees, latitude first, as already rounded for publication."""

    latitude: float
    longitude: float

    def metres_to(self, other: Point) -> float:
        """The distance on a flat ward: true to 1% within tens of kilometres."""
        across = (self.longitude - other.longitude) * math.cos(math.radians(self.latitude))
        return METRES_PER_DEGREE * math.hypot(self.latitude - other.latitude, across)


class ListEntry(NamedTuple):
    """An entry of a council's list: the slug of the data set, and its index in `Dataset.places`."""

    dataset: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as it is published.

    `street` is the slug of the street by whose name it was given, and `entry` the entry of a list
    that a post refers to, if the maps show that entry. `about` is what a list says about it, and
    `link` the address of its own page elsewhere; most lists have neither.
    """

    name: str
    point: Point
    precision: Precision = Precision.EXACT
    progress: Progress | None = None
    identifier: str = ""
    street: str = ""
    entry: ListEntry | None = None
    about: str = ""
    link: str = ""

    @property
    def link_host(self) -> str:
        return parts_of(self.link).netloc


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed line of points; the first and the last are the same."""

    points: tuple[Point, ...]


def is_out_of_date(year: int | None, today: date) -> bool:
    """Whether there has been an election since that year, for which outlines may have changed."""
    return year is not None and today.year - year > _LONGEST_TERM


@dataclass(frozen=True, slots=True)
class Boundary:
    """The outline of the ward: outer rings and holes, drawn with the even-odd rule.

    `year` is the one that its file gives, or None.
    """

    rings: tuple[Ring, ...]
    attribution: str = ""
    year: int | None = None
