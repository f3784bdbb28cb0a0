"""Writes the `Places` line for a pin on the map, each read back before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from wardblog.model import Place, Point, Precision, Site
from wardblog.places.coordinates import rounded_to_precision
from wardblog.places.names_on_map import NamesOnMap
from wardblog.places.street_names import plain_street
from wardblog.preview.editor.place_reader import PlaceReader, PostLines, problem_of
from wardblog.problems import Problem
from wardblog.report import ParseError
from wardblog.support.late_dataclass import dataclass

# A position to a metre: a pin on a map says no more.
_DECIMALS, _METRES = 5, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePin:
    """Where a pin is, and what it is called.

    `where` is what it was found by, as it is written after a bar: a street, a postcode, or an
    entry of a list. It is empty for a pin that was put on the map.
    """

    point: Point
    name: str
    where: str = ""
    progress: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to show a spot to residents.

    `value` is for the `Places` line and `precision` for the `Precision` line, which is "" if the
    post needs none; `place` is what the reader makes of them. `problems` are those that the guard
    would find, or if there is no such way, why.
    """

    choice: Precision
    value: str = ""
    precision: str = ""
    place: Place | None = None
    problems: tuple[Problem, ...] = ()


class PlaceLines:
    """Writes the places of posts on a site."""

    def __init__(self, site: Site) -> None:
        self.reader = PlaceReader(site)

    @cached_property
    def names(self) -> NamesOnMap:
        return NamesOnMap(self.reader.site.map.base, self.reader.site.gazetteer)

    def ways(self, spot: PlacePin, post: PostLines) -> tuple[Way, ...]:
        """Return the ways to show a spot in a post, from the most exact.

        An entry of a list has only one: it is shown as exactly as in its list.
        """
        if spot.where and (entry := self._entry(spot, post)):
            return (entry,)
        return tuple(self._way(spot, choice, post) for choice in Precision)

    def _entry(self, spot: PlacePin, post: PostLines) -> Way | None:
        """The way of an entry of a list; None if that is not what the spot was found by."""
        # A post that shows its places less exactly cannot refer to the entry.
        for after in dict.fromkeys((post, replace(post, precision=""))):
            for value in (_joined(spot.where, spot.progress), _value(spot, spot.where)):
                try:
                    place = self.reader.read(value, after)
                except ParseError:
                    continue
                if place.street or not (place.entry or place.identifier):
                    return None
                if plain_street(place.name) == plain_street(spot.name):
                    return self._read_way(place.precision, value, place, (post, after))
        return None

    def _way(self, spot: PlacePin, choice: Precision, post: PostLines) -> Way:
        failure = ParseError("this place has no name", "Write what people call it.")
        for value, after in self._candidates(spot, choice, post):
            try:
                place = self.reader.read(value, after)
            except ParseError as error:
                failure = error
                continue
            if _is_meant(place, spot, choice):
                return self._read_way(choice, value, place, (post, after))
        return Way(choice=choice, problems=(problem_of(failure),))

    def _read_way(
        self, choice: Precision, value: str, place: Place, posts: tuple[PostLines, PostLines]
    ) -> Way:
        """A way whose value was read; `posts` are the post's lines before and after it."""
        before, after = posts
        # If nothing changes for the other places, there is nothing to say about them.
        said = after if before.precision != after.precision else replace(after, others=())
        return Way(
            choice=choice,
            value=value,
            precision=after.precision,
            place=place,
            problems=self.reader.problems(value, said),
        )

    def _candidates(
        self, spot: PlacePin, choice: Precision, post: PostLines
    ) -> Iterator[tuple[str, PostLines]]:
        """The values that may show a spot so, the best first, with the lines of the post then."""
        if not spot.name.strip():
            return
        after = post if post.shown is choice else replace(post, precision=choice.value)
        if choice is not Precision.EXACT:
            # What is given by a name is not shown exactly, even if the post says nothing.
            is_so = choice is Precision.STREET and post.shown is Precision.EXACT
            for where in self._names_for(spot):
                yield _value(spot, where), post if is_so else after
        point = rounded_to_precision(spot.point, choice)
        yield _value(spot, f"{_degrees(point.latitude)}, {_degrees(point.longitude)}"), after

    def _names_for(self, spot: PlacePin) -> Iterator[str]:
        """What can be written in place of a position: what it was found by, or its street."""
        if spot.where:
            yield spot.where
            return
        name = self.names.nearest(spot.point)
        meaning = self.reader.asked.meaning(name)
        yield from (name, *meaning.choices) if meaning.entries else ()


def _is_meant(place: Place, spot: PlacePin, choice: Precision) -> bool:
    """Whether a place that was read has the name of the spot, and is shown around it as chosen."""
    if place.precision is not choice or place.entry:
        return False
    if plain_street(place.name) != plain_street(spot.name):
        return False
    is_same = place.point == rounded_to_precision(spot.point, choice)
    return is_same or place.point.metres_to(spot.point) <= max(choice.radius, _METRES)


def _value(spot: PlacePin, where: str) -> str:
    """The value of a line: a name, where it is unless the name says so, and its progress."""
    name = " ".join(spot.name.replace("|", " ").replace("¦", " ").split())
    is_same = plain_street(name) == plain_street(where)
    return _joined("" if is_same else name, where, spot.progress)


def _joined(*parts: str) -> str:
    return " | ".join(part for part in parts if part)


def _degrees(degrees: float) -> str:
    return f"{degrees:.{_DECIMALS}f}".rstrip("0").rstrip(".")
