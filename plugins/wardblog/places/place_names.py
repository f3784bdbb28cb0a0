"""What a name means in the gazetteer, and how to choose between several streets of one name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Protocol

from wardblog.model import Boundary, Gazetteer, GazetteerEntry, NameMeaning, Point
from wardblog.places.street_names import StreetIndex, grouped, plain_street, plain_words
from wardblog.problems import nearest
from wardblog.text.postcodes import plain_postcode

_DIRECTIONS = ("north", "north-east", "east", "south-east", "south", "south-west", "west",
               "north-west")  # fmt: skip
_MOST_GUESSES, _MOST_WORDS = 3, 5


class Names(Protocol):
    """What finds names and postcodes."""

    def meaning(self, written: str) -> NameMeaning: ...
    def postcode(self, written: str) -> GazetteerEntry | None: ...


class PlaceNames:
    """Finds what is named in a gazetteer. All tables are made when they are first needed.

    `home` are names for where the ward is, such as its council: "Eland Road, Leeds" in Leeds.
    """

    def __init__(
        self, gazetteer: Gazetteer, boundary: Boundary | None, home: Iterable[str] = ()
    ) -> None:
        self._home = frozenset(word for name in home for word in plain_words(name))
        self._gazetteer = gazetteer
        self._boundary = boundary
        self._streets = StreetIndex(gazetteer)

    @property
    def has_any(self) -> bool:
        return bool(self._gazetteer.streets or self._gazetteer.places)

    @property
    def has_postcodes(self) -> bool:
        return bool(self._gazetteer.postcodes)

    def meaning(self, written: str) -> NameMeaning:
        entries = self._streets.named(written) or self._places.get(plain_street(written), ())
        if not entries and "," in written:
            head, _, tail = written.rpartition(",")
            after = plain_words(tail)
            if after and self._home.issuperset(after):
                return self.meaning(head)
        return NameMeaning(entries, self._choices(entries) if len(entries) > 1 else ())

    def postcode(self, written: str) -> GazetteerEntry | None:
        return self._postcodes.get(plain_postcode(written))

    @cached_property
    def middle(self) -> Point | None:
        """The middle of the ward, or of its streets if the outline is unknown, in WGS84."""
        if self._boundary:
            return middle_of([p for ring in self._boundary.rings for p in ring.points])
        return middle_of([street.point for street in self._gazetteer.streets])

    def guesses(self, written: str) -> tuple[str, ...]:
        """Return up to three names that may have been meant.

        They have a typing mistake less, another word at their end ("Eland Street"), or one more, or
        are streets that it contains ("Corner of Eland Road and Dorothy Road").
        """
        key = plain_street(written)
        if not key:
            return ()
        if inside := self._streets_in(written.replace(",", " ").split()):
            return inside
        names = {plain_street(e.name): e.name
                 for e in (*self._gazetteer.places, *self._gazetteer.streets)}  # fmt: skip
        joined = {" ".join(words): name for words, name in names.items()}
        if near := nearest(" ".join(key), joined):
            return (joined[near],)
        others = [n for k, n in names.items() if k[:-1] == key or (key[1:] and k[:-1] == key[:-1])]
        return tuple(sorted(others)[:_MOST_GUESSES])

    def _streets_in(self, words: Sequence[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for size in range(min(len(words), _MOST_WORDS), 1, -1):
            for start in range(len(words) - size + 1):
                for street in self._streets.named(" ".join(words[start : start + size])):
                    found.setdefault(street.name)
        return tuple(found)[:_MOST_GUESSES]

    def _choices(self, entries: Sequence[GazetteerEntry]) -> tuple[str, ...]:
        """The nearest postcode, place or direction of each, or its position if none is its own."""
        kinds: tuple[Callable[[GazetteerEntry], str], ...] = (
            lambda entry: _nearest_name(entry, self._gazetteer.postcodes),
            lambda entry: _nearest_name(entry, self._unmistakable_places),
            lambda entry: direction_of(entry, entries),
        )
        for kind in kinds:
            found = tuple(map(kind, entries))
            if all(choose(entries, f, self) is e for f, e in zip(found, entries, strict=True)):
                return found
        return tuple(f"{entry.latitude:.4f}, {entry.longitude:.4f}" for entry in entries)

    @cached_property
    def _unmistakable_places(self) -> tuple[GazetteerEntry, ...]:
        return tuple(several[0] for several in self._places.values() if len(several) == 1)

    @cached_property
    def _places(self) -> dict[tuple[str, ...], tuple[GazetteerEntry, ...]]:
        return grouped(self._gazetteer.places, lambda place: plain_street(place.name))

    @cached_property
    def _postcodes(self) -> dict[str, GazetteerEntry]:
        return {postcode.name: postcode for postcode in self._gazetteer.postcodes}


def choose(entries: Sequence[GazetteerEntry], written: str, names: Names) -> GazetteerEntry | None:
    """Return the one that a postcode, another name or a direction chooses; None if none does."""
    towards = [e for e in entries if direction_of(e, entries) == " ".join(written.split()).lower()]
    if towards:
        return towards[0] if len(towards) == 1 else None
    target = names.postcode(written)
    if target is None:
        others = names.meaning(written).entries
        target = others[0] if len(others) == 1 else None
    if target is None:
        return None
    return min(entries, key=lambda entry: entry.point.metres_to(target.point))


def middle_of(points: Sequence[Point]) -> Point | None:
    """Return the mean of some points; None if there is none."""
    if not points:
        return None
    latitude = sum(point.latitude for point in points) / len(points)
    return Point(latitude, sum(point.longitude for point in points) / len(points))


def direction_of(entry: GazetteerEntry, entries: Sequence[GazetteerEntry]) -> str:
    """Return where one of several is, seen from the middle between them: "north", "south-west"."""
    middle = middle_of([other.point for other in entries])
    if middle is None or middle == entry.point:
        return ""
    across = (entry.longitude - middle.longitude) * math.cos(math.radians(middle.latitude))
    turn = math.degrees(math.atan2(across, entry.latitude - middle.latitude))
    return _DIRECTIONS[round(turn / 45) % 8]


def _nearest_name(entry: GazetteerEntry, others: Iterable[GazetteerEntry]) -> str:
    near = min(others, key=lambda other: entry.point.metres_to(other.point), default=None)
    return near.name if near else ""
