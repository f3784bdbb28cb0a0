"""What became of a list's places since the list before: the same, moved, new or gone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardblog.figures import Change, Mark
from wardblog.model import METRES_PER_DEGREE, Dataset, Place

# Two surveys of one thing differ by some metres; further away it was moved.
_SAME_METRES = 20
# Further away than this, a thing of the same name is another one.
_FARTHEST_MOVE = 1000
# Names that so many places share ("Grit bin") tell nothing of which one moved.
_MOST_OF_A_NAME = 30
# From so many places on, identifiers that nearly all belong to other things were given anew.
_ENOUGH_TO_DOUBT = 10


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changes` has one entry for each place of the list: None for what stayed as it was."""

    changes: tuple[Change | None, ...]
    gone: tuple[Place, ...]
    shown: tuple[bool, ...]

    def count(self, mark: Mark) -> int:
        if mark is Mark.GONE:
            return len(self.gone)
        return sum(s and c is not None and c.mark is mark
                   for s, c in zip(self.shown, self.changes, strict=True))  # fmt: skip

    @property
    def same(self) -> int:
        return sum(s and c is None for s, c in zip(self.shown, self.changes, strict=True))

    @property
    def sentence(self) -> str:
        """`48 the same, 3 moved, 12 new, 2 gone`; what there is none of is left out."""
        counts = [(self.same, "the same")]
        counts += [(self.count(m), m.value) for m in (Mark.MOVED, Mark.NEW, Mark.GONE)]
        return ", ".join(f"{n:,} {words}" for n, words in counts if n) or "nothing in either list"


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
        _change(previous.places[pairs[n]], place) if n in pairs else Change(Mark.NEW)
        for n, place in enumerate(dataset.places)
    )
    shown = tuple(everywhere or inside for inside in dataset.inside)
    still_shown = {old for new, old in pairs.items() if shown[new]}
    gone = tuple(
        place
        for n, (place, inside) in enumerate(zip(previous.places, previous.inside, strict=True))
        if (everywhere or inside) and n not in still_shown
    )
    return Comparison(changes, gone, shown)


def _change(old: Place, new: Place) -> Change | None:
    metres = old.point.metres_to(new.point)
    if metres <= _SAME_METRES:
        return None
    return Change(Mark.MOVED, round(metres / 10) * 10, old.point)


def _pairs(old: tuple[Place, ...], new: tuple[Place, ...]) -> dict[int, int]:
    """Which place of the old list each of the new one is, by their numbers."""
    pairs = _by_identifier(old, new)
    for candidates in (_same_name_and_spot, _same_name, _same_spot):
        taken = set(pairs.values())
        left_old = {n: p for n, p in enumerate(old) if n not in taken}
        left_new = {n: p for n, p in enumerate(new) if n not in pairs}
        for _, a, b in sorted(candidates(left_old, left_new)):
            if b not in pairs and a not in taken:
                pairs[b] = a
                taken.add(a)
    return pairs


def _by_identifier(old: tuple[Place, ...], new: tuple[Place, ...]) -> dict[int, int]:
    """Pairs of one identifier, if each stands once in its list."""
    before, after = _identified(old), _identified(new)
    pairs = {after[i]: before[i] for i in after if i in before}
    strangers = sum(
        _plain(old[a].name) != _plain(new[b].name)
        and old[a].point.metres_to(new[b].point) > _SAME_METRES
        for b, a in pairs.items()
    )
    was_renumbered = len(pairs) >= _ENOUGH_TO_DOUBT and strangers > len(pairs) * 0.6
    return {} if was_renumbered else pairs


def _identified(places: tuple[Place, ...]) -> dict[str, int]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        if place.identifier:
            found[place.identifier.casefold()].append(number)
    return {identifier: n[0] for identifier, n in found.items() if len(n) == 1}


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


# A way to find candidates: distance in metres, number in the old list, number in the new one.
Candidates = Iterator[tuple[float, int, int]]


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
