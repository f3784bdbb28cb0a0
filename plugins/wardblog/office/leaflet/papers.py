"""The sizes of paper, and how roomy or dense a leaflet on each can be."""

from __future__ import annotations

from wardblog.support.late_dataclass import dataclass

# How far colour goes over the edge of the paper, so that no white line is left when it is cut.
BLEED = 3.0
FOLD = "fold"
A5_WIDTH = 148.0
LEAFLET_SIZES = ("A5", "A4", FOLD)
POSTER_SIZES = ("A4", "A3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How large things are: `body` in points, everything else in millimetres.

    `picture` is the width of a picture beside its text, or the height of one above it, which is as
    wide as the column; it depends on `is_above`. `map` is the height of the map.
    """

    body: float
    picture: float
    is_above: bool
    map: float
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A page in millimetres, with the levels to try, the roomiest first.

    `sides` are how many sides a leaflet on it can have. `few` is how many of the levels are good
    enough to leave the back of the paper empty.
    """

    name: str
    width: float
    height: float
    margin: float
    columns: int
    sides: tuple[int, ...]
    levels: tuple[Level, ...]
    few: int = 0

    @property
    def words(self) -> str:
        return "a folded A4" if self.name == FOLD else self.name

    @property
    def inner(self) -> float:
        return self.width - 2 * self.margin


def _beside(*rows: tuple[float, float, float, float]) -> tuple[Level, ...]:
    return tuple(Level(body=b, picture=p, is_above=False, map=m, gap=g) for b, p, m, g in rows)


def _above(*rows: tuple[float, float, float, float]) -> tuple[Level, ...]:
    return tuple(Level(body=b, picture=p, is_above=True, map=m, gap=g) for b, p, m, g in rows)


_A5_LEVELS = (
    *_above((13, 72, 60, 8), (12.5, 62, 58, 7)),
    *_beside((13, 60, 58, 8), (12.5, 56, 58, 7), (12, 52, 56, 6), (11.5, 48, 54, 6),
             (11, 44, 52, 5), (11, 38, 50, 5), (10.5, 34, 46, 4), (10.5, 30, 42, 4),
             (10, 26, 38, 3.5), (10, 22, 34, 2.5), (10, 18, 32, 2)),
)  # fmt: skip
_A4_LEVELS = (
    *_above((14, 92, 84, 10), (13.5, 82, 82, 10), (13, 72, 80, 10), (12.5, 64, 76, 9),
            (12, 56, 72, 8), (11.5, 48, 66, 7),
            (11, 42, 60, 6), (11, 36, 54, 6), (11, 30, 52, 5)),
    *_beside((12, 40, 56, 6), (11.5, 38, 54, 6), (11, 36, 52, 5), (10.5, 34, 50, 5),
             (10, 28, 44, 4)),
)  # fmt: skip
_ALONE = _beside((17, 92, 90, 9), (15, 84, 86, 9), (13.5, 76, 80, 8), (12, 66, 76, 7),
                 (11, 56, 66, 6))  # fmt: skip
_POSTER_LEVELS = _above(
    (20, 90, 100, 14), (18, 80, 86, 12), (16, 70, 72, 9), (14, 60, 60, 7), (12, 60, 50, 5)
)

_PAPERS = {
    "A5": Paper(
        name="A5", width=A5_WIDTH, height=210, margin=10, columns=1, sides=(1, 2),
        levels=_A5_LEVELS, few=8,
    ),
    "A4": Paper(
        name="A4", width=210, height=297, margin=14, columns=2, sides=(1, 2), levels=_A4_LEVELS,
        few=12,
    ),
    FOLD: Paper(
        name=FOLD, width=A5_WIDTH + 0.5, height=210, margin=10, columns=1, sides=(4,),
        levels=_A5_LEVELS,
    ),
}  # fmt: skip
# A single post would leave the second column of A4 empty.
_A4_ALONE = Paper(
    name="A4", width=210, height=297, margin=16, columns=1, sides=(1, 2), levels=_ALONE, few=3
)


def leaflet_paper(size: str, posts: int) -> Paper:
    """The paper of one of `LEAFLET_SIZES` for a number of posts."""
    return _A4_ALONE if size == "A4" and posts == 1 else _PAPERS[size]


def poster_paper(size: str) -> Paper:
    """The paper of one of `POSTER_SIZES`; everything on A3 is larger by the same factor."""
    factor = 2**0.5 if size == "A3" else 1.0
    levels = tuple(
        Level(
            body=one.body * factor,
            picture=one.picture * factor,
            is_above=True,
            map=one.map * factor,
            gap=one.gap * factor,
        )
        for one in _POSTER_LEVELS
    )
    return Paper(
        name=size,
        width=297 if size == "A3" else 210,
        height=420 if size == "A3" else 297,
        margin=16 * factor,
        columns=1,
        sides=(1,),
        levels=levels,
    )


def size_named(written: str, sizes: tuple[str, ...]) -> str | None:
    """The size that somebody wrote, in any case; None if it is not one of these."""
    return next((size for size in sizes if size.casefold() == written.strip().casefold()), None)
