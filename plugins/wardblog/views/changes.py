"""What became of a list's places since the previous list: the same, moved, new or gone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardblog.model import METRES_PER_DEGREE, Dataset, Place, Point
from wardblog.model.map_figure import DotShape, PlaceChange

# Two surveys of one thing differ by some metres; further away it was moved.
_SAME_METRES = 20
# Further away than this, a thing of the same name is another one.
_FARTHEST_MOVE = 1000
# Names that so many places share ("Grit bin") tell nothing of which one moved.
_MOST_OF_A_NAME = 30


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changes` has one entry for each place of the list: None for what stayed as it was.

    `gone` are the places that the map does not show any more, with what became of them.
    """

    changes: tuple[PlaceChange | None, ...]
    gone: tuple[tuple[Place, PlaceChange], ...]
    shown: tuple[bool, ...]

    def count(self, mark: DotShape) -> int:
        if mark is DotShape.GONE:
            return len(self.gone)
        return sum(s and c is not None and c.mark is mark
                   for s, c in zip(self.shown, self.changes, strict=True))  # fmt: skip

    @property
    def same(self) -> int:
        return sum(s and c is None for s, c in zip(self.shown, self.changes, strict=True))

    @property
    def sentence(self) -> str:
        """`48 the same, 3 moved, 12 new, 2 gone`; what there is none of is left out.

        It is empty where neither list has a place that the map shows.
        """
        counts = [(self.same, "the same")]
        counts += [(self.count(m), m.value) for m in (DotShape.MOVED, DotShape.NEW, DotShape.GONE)]
        return ", ".join(f"{n:,} {words}" for n, words in counts if n)


def compare(dataset: Dataset) -> Comparison | None:
    """The list against its previous one; only places that the map shows are counted.

    Places are matched by identifier where both lists have it, else by name and distance.
    """
    previous = dataset.previous
    if previous is None:
        return None
    everywhere = dataset.show_all
    pairs = _pairs(previous.places, dataset.places)
    changes = tuple(
        _change(previous.places[pairs[n]], place) if n in pairs else PlaceChange(DotShape.NEW)
        for n, place in enumerate(dataset.places)
    )
    shown = tuple(everywhere or inside for inside in dataset.inside)
    became = {old: new for new, old in pairs.items()}
    gone = tuple(
        (place, end)
        for n, (place, inside) in enumerate(zip(previous.places, previous.inside, strict=True))
        if (everywhere or inside) and (end := _end(place, became.get(n), dataset, shown))
    )
    return Comparison(changes, gone, shown)


def _end(
    old: Place, number: int | None, dataset: Dataset, shown: tuple[bool, ...]
) -> PlaceChange | None:
    """What became of a place that was shown, if it is not shown any more."""
    if number is None:
        return PlaceChange(DotShape.GONE)
    if shown[number]:
        return None
    # The same thing just beyond the ward's line was surveyed anew, not taken away.
    change = _change(old, dataset.places[number])
    return PlaceChange(DotShape.GONE, change.metres) if change else None


def _change(old: Place, new: Place) -> PlaceChange | None:
    metres = old.point.metres_to(new.point)
    if metres <= _SAME_METRES:
        return None
    return PlaceChange(DotShape.MOVED, round(metres / 10) * 10, old.point)


def _pairs(old: tuple[Place, ...], new: tuple[Place, ...]) -> dict[int, int]:
    """Which place of the old list each of the new one is, by their numbers."""
    pairs = _by_identifier(old, new)
    for candidates in (_alike, _same_name_and_spot, _same_name, _same_spot):
        taken = set(pairs.values())
        left_old = {n: p for n, p in enumerate(old) if n not in taken}
        left_new = {n: p for n, p in enumerate(new) if n not in pairs}
        for _, a, b in sorted(candidates(left_old, left_new)):
            if b not in pairs and a not in taken:
                pairs[b] = a
                taken.add(a)
    return pairs


def _by_identifier(old: tuple[Place, ...], new: tuple[Place, ...]) -> dict[int, int]:
    """Pairs of one identifier, if each stands once in its list.

    Some exports number their rows anew each time. So a pair that lies apart is not believed where
    the new place stands, by name and spot, for another one of the old list; nor where the old one
    still stands, and the new one has another name.
    """
    before, after = _identified(old), _identified(new)
    pairs = {after[i]: before[i] for i in after if i in before}
    apart = {b: a for b, a in pairs.items() if old[a].point.metres_to(new[b].point) > _SAME_METRES}
    if not apart:
        return pairs
    every_old, every_new = dict(enumerate(old)), dict(enumerate(new))
    moved_old, moved_new = {a: old[a] for a in apart.values()}, {b: new[b] for b in apart}
    is_another = {b for _, _, b in _same_name_and_spot(every_old, moved_new)}
    still_stands = {a for _, a, _ in _same_name_and_spot(moved_old, every_new)}

    def is_doubted(b: int, a: int) -> bool:
        return b in is_another or (a in still_stands and _plain(old[a].name) != _plain(new[b].name))

    return {b: a for b, a in pairs.items() if b not in apart or not is_doubted(b, a)}


def _identified(places: tuple[Place, ...]) -> dict[str, int]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        if place.identifier:
            # Spreadsheets take zeros from the front, and put one behind: 007, 7 and 7.0 are one.
            plain = re.sub(r"^0+(?=\w)|\.0+$", "", place.identifier.casefold())
            found[plain].append(number)
    return {identifier: n[0] for identifier, n in found.items() if len(n) == 1}


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


# A way to find candidates: distance in metres, number in the old list, number in the new one.
Candidates = Iterator[tuple[float, int, int]]


def _alike(old: dict[int, Place], new: dict[int, Place]) -> Candidates:
    """Places of one name at the very same position, each of the one list with one of the other."""
    spots: dict[tuple[str, Point], list[int]] = defaultdict(list)
    for a, place in reversed(old.items()):
        spots[_plain(place.name), place.point].append(a)
    for b, place in new.items():
        if here := spots.get((_plain(place.name), place.point)):
            yield 0.0, here.pop(), b


def _same_name_and_spot(old: dict[int, Place], new: dict[int, Place]) -> Candidates:
    for metres, a, b in _near(old, new, _SAME_METRES):
        if _plain(old[a].name) == _plain(new[b].name):
            yield metres, a, b


def _same_name(old: dict[int, Place], new: dict[int, Place]) -> Candidates:
    before, after = _named(old.items()), _named(new.items())
    for name in before.keys() & after.keys():
        if max(len(before[name]), len(after[name])) > _MOST_OF_A_NAME:
            continue
        for a in before[name]:
            for b in after[name]:
                metres = old[a].point.metres_to(new[b].point)
                if metres <= _FARTHEST_MOVE:
                    yield metres, a, b


def _same_spot(old: dict[int, Place], new: dict[int, Place]) -> Candidates:
    """The same thing under another name."""
    yield from _near(old, new, _SAME_METRES / 2)


def _named(places: Iterable[tuple[int, Place]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, place in places:
        found[_plain(place.name)].append(number)
    return found


def _near(old: dict[int, Place], new: dict[int, Place], metres: float) -> Candidates:
    """All pairs at most so far apart, found by squares of a little more than that."""
    # Half a degree of longitude is never shorter here than half of one of latitude.
    step = 2.2 * metres / METRES_PER_DEGREE
    squares: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, place in old.items():
        squares[_square(place, step)].append(number)
    for b, place in new.items():
        row, column = _square(place, step)
        for square in ((row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)):
            for a in squares.get(square, [])[:_MOST_OF_A_NAME]:
                apart = old[a].point.metres_to(place.point)
                if apart <= metres:
                    yield apart, a, b


def _square(place: Place, step: float) -> tuple[int, int]:
    return int(place.point.latitude // step), int(place.point.longitude // step)
