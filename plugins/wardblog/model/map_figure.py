"""What a map shows: places as dots, and how they changed since the previous list."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from wardblog.model import Boundary, GazetteerEntry, MapSettings, Place, Point
from wardblog.support.late_dataclass import dataclass


class DotShape(Enum):
    """The shape of a dot, so that colour alone never carries the meaning; the value is its word."""

    OPEN = "open"
    CLOSED = "closed"
    NEW = "new"
    MOVED = "moved"
    GONE = "gone"

    @property
    def sign(self) -> str:
        """The shape as a character, for lists and for the key of a map."""
        return {"open": "●", "closed": "■", "new": "◆", "moved": "▲", "gone": "◌"}[self.value]


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """How a place changed since the previous list.

    `metres` is how far it moved from the point `before`; a place that is gone stays where it was.
    """

    mark: DotShape
    metres: int = 0
    before: Point | None = None

    @property
    def words(self) -> str:
        if self.mark is DotShape.MOVED:
            return f"moved {self.metres:,} m"
        if self.metres:
            return f"moved {self.metres:,} m, out of the ward"
        return str(self.mark.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A place as a map shows it; `streets` are those that the entry of a list names."""

    place: Place
    issue: str
    issue_name: str
    url: str
    when: str
    change: PlaceChange | None = None
    streets: tuple[GazetteerEntry, ...] = ()

    @property
    def mark(self) -> DotShape:
        if self.change:
            return self.change.mark
        progress = self.place.progress
        return DotShape.OPEN if progress is None or progress.is_open else DotShape.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFigure:
    """What a map shows; `address` is the folder of its page.

    `credits` are the attribution sentences that the licences of its data require, and
    `list_address` is the folder of the pages that list its places as text. `focus` are the corners
    of what it is about, which is shown with its surroundings instead of the whole ward.
    """

    address: str
    label: str
    dots: tuple[Dot, ...]
    boundary: Boundary | None
    settings: MapSettings
    credits: tuple[str, ...] = ()
    list_address: str = ""
    focus: tuple[Point, ...] = ()

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The shapes on the map with their meanings; () if all dots are open."""
        found = {dot.mark for dot in self.dots if not dot.place.precision.radius}
        if found <= {DotShape.OPEN}:
            return ()
        is_compared = bool(found & {DotShape.NEW, DotShape.MOVED, DotShape.GONE})
        words = {
            DotShape.OPEN: "open, or unchanged since the previous list" if is_compared else "open",
            DotShape.CLOSED: "fixed or not possible",
            DotShape.NEW: "new since the previous list",
            DotShape.MOVED: "moved; the small ring shows where it was",
            DotShape.GONE: "gone since the previous list",
        }
        return tuple((mark.sign, words[mark]) for mark in DotShape if mark in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A social card, the picture shown when a page is shared; `path` is its output file.

    Its size in pixels is the one that all large sites show uncropped.
    """

    WIDTH: ClassVar[int] = 1200
    HEIGHT: ClassVar[int] = 630

    path: str
    site_title: str
    title: str
    colour: str
    figure: MapFigure | None
    imprint: str
