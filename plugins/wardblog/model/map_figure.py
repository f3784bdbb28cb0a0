"""What a map shows, whatever it is drawn with: places as dots, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from wardblog.model import Boundary, MapSettings, Place, Point


class DotShape(Enum):
    """How a dot is shaped, so that colour never carries the meaning alone; the value is a word."""

    OPEN = "open"
    CLOSED = "closed"
    NEW = "new"
    MOVED = "moved"
    GONE = "gone"

    @property
    def sign(self) -> str:
        """The shape as a letter, for lists and for the key of a map."""
        return {"open": "●", "closed": "■", "new": "◆", "moved": "▲", "gone": "◌"}[self.value]


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """What became of a place since the previous list.

    `metres` is how far it moved, from the place `before`; a place that is gone stands where it
    was.
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
    """A place as a map shows it."""

    place: Place
    issue: str
    issue_name: str
    url: str
    when: str
    change: PlaceChange | None = None

    @property
    def mark(self) -> DotShape:
        if self.change:
            return self.change.mark
        progress = self.place.progress
        return DotShape.OPEN if progress is None or progress.is_open else DotShape.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFigure:
    """What a map shows; `address` is the folder of the page that it stands on.

    `credits` are the sentences that the licences of its data ask for, and `list_address` is the
    folder of the pages on which its places stand as text.
    """

    address: str
    label: str
    dots: tuple[Dot, ...]
    boundary: Boundary | None
    settings: MapSettings
    credits: tuple[str, ...] = ()
    list_address: str = ""

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The shapes on the map and what they mean; none where all are of the plain one."""
        found = {dot.mark for dot in self.dots if not dot.place.precision.radius}
        if found <= {DotShape.OPEN}:
            return ()
        is_compared = bool(found & {DotShape.NEW, DotShape.MOVED, DotShape.GONE})
        words = {
            DotShape.OPEN: "open, or as it was" if is_compared else "open",
            DotShape.CLOSED: "fixed or not possible",
            DotShape.NEW: "new since the previous list",
            DotShape.MOVED: "moved there from the small ring",
            DotShape.GONE: "gone since the previous list",
        }
        return tuple((mark.sign, words[mark]) for mark in DotShape if mark in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A picture that stands for a page when its address is shared; `path` is where it will be.

    Its size in pixels is the one that all large sites show whole.
    """

    WIDTH: ClassVar[int] = 1200
    HEIGHT: ClassVar[int] = 630

    path: str
    site_title: str
    title: str
    colour: str
    figure: MapFigure | None
    imprint: str
