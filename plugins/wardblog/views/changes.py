"""Compares a council's list with its previous one: places are the same, moved, new or gone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from wardblog.model import METRES_PER_DEGREE, Dataset, Place, Point
from wardblog.model.map_figure import DotShape, PlaceChange
from wardblog.support.late_dataclass import dataclass

# Two surveys of the same thing differ by a few metres; a larger distance means that it moved.
_SAME_METRES = 20
# Beyond this distance, a place with the same name is a different place.
_FARTHEST_MOVE = 1000
# If more places than this share a name ("Grit bin"), the name does not show which one moved.
_MOST_OF_A_NAME = 30


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changes` has one entry for each place of the list: None if it has not changed.

    `gone` are the places that the map no longer shows, each with its change. `shown` says which
    places of the list the map shows.
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
        """`48 the same, 3 moved, 12 new, 2 gone`, without any count that is 0.

        It is empty if neither list has a place that the map shows.
        """
        counts = [(self.same, "the same")]
        counts += [(self.count(m), m.value) for m in (DotShape.MOVED, DotShape.NEW, DotShape.GONE)]
        return ", ".join(f"{n:,} {words}" for n, words in counts if n)


def compare(dataset: Dataset) -> Comparison | None:
    """Compare a list with its previous one, counting only the places that the map shows.

    Places are matched by identifier if both lists have one, otherwise by name and distance.
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
    """The change of a place that the map used to show; None if the map still shows it."""
    if number is None:
        return PlaceChange(DotShape.GONE)
    if shown[number]:
        return None
    # A place that is now just outside the ward was surveyed again, not removed.
    change = _change(old, dataset.places[number])
    return PlaceChange(DotShape.GONE, change.metres) if change else None


def _change(old: Place, new: Place) -> PlaceChange | None:
    metres = old.point.metres_to(new.point)
    if metres <= _SAME_METRES:
        return None
    return PlaceChange(DotShape.MOVED, round(metres / 10) * 10, old.point)


def _pairs(old: tuple[Place, ...], new: tuple[Place, ...]) -> dict[int, int]:
    """The index in the old list of each place in the new list that matches one."""
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
    """Pairs with the same identifier, if it occurs only once in each list.

    Some exports renumber their rows every time. So two places that are far apart are not a pair if
    the new one has the name and position of a different old place, or if the old one is still in
    the new list and their names differ.
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
            # Spreadsheets drop leading zeros and add decimals: 007, 7 and 7.0 are the same.
            plain = re.sub(r"^0+(?=\w)|\.0+$", "", place.identifier.casefold())
            found[plain].append(number)
    return {identifier: n[0] for identifier, n in found.items() if len(n) == 1}


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


# Possible pairs: the distance in metres, the index in the old list and that in the new list.
Candidates = Iterator[tuple[float, int, int]]


def _alike(old: dict[int, Place], new: dict[int, Place]) -> Candidates:
    """Places with the same name at exactly the same position; each place is used only once."""
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
    """Places at the same position, whatever their names: they may have been renamed."""
    yield from _near(old, new, _SAME_METRES / 2)


def _named(places: Iterable[tuple[int, Place]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, place in places:
        found[_plain(place.name)].append(number)
    return found


def _near(old: dict[int, Place], new: dict[int, Place], metres: float) -> Candidates:
    """All pairs within this distance of each other, found with a grid of larger squares."""
    # In the United Kingdom a degree of longitude is at least half as long as one of latitude.
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
