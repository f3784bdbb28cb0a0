"""The gazetteer: the names of streets and places in and around the ward, and its postcodes.

A name can mean a street or place in it, or an entry of a council's list.
"""

from __future__ import annotations

from typing import NamedTuple

from wardblog.model.places import ListEntry, Place, Point
from wardblog.support.late_dataclass import dataclass


class GazetteerEntry(NamedTuple):
    """A street, place or postcode, with its middle in WGS84 degrees.

    A named tuple, since there are thousands of them, which are read in every build. Two streets of
    the same name are two entries; `slug` is the last part of a street's address, and tells them
    apart. Places and postcodes have none.
    """

    name: str
    latitude: float
    longitude: float
    slug: str = ""

    @property
    def point(self) -> Point:
        return Point(self.latitude, self.longitude)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The entries of each kind, in the order of their names."""

    streets: tuple[GazetteerEntry, ...] = ()
    places: tuple[GazetteerEntry, ...] = ()
    postcodes: tuple[GazetteerEntry, ...] = ()
    attribution: str = ""


# How a message says that there is none, so that it can be left out where that is not known.
WITHOUT_GAZETTEER = "this site has no gazetteer"
NO_GAZETTEER = Gazetteer()


class NameMeaning(NamedTuple):
    """The streets of a name, or if there is none the places of that name.

    Where there are several, `choices` has one text for each: written after a bar, it chooses that
    one.
    """

    entries: tuple[GazetteerEntry, ...] = ()
    choices: tuple[str, ...] = ()


class EntryMatch(NamedTuple):
    """An entry of a list. `reference` is how to write it so that no other is meant, or empty."""

    key: ListEntry
    place: Place
    issue: str
    issue_name: str
    title: str
    reference: str
    is_shown: bool


class ListMeaning(NamedTuple):
    """The entries of lists that a name can mean.

    `without` is the title of the list that it begins with, if that has no such entry, and `example`
    is how to write one that it has.
    """

    matches: tuple[EntryMatch, ...] = ()
    without: str = ""
    example: str = ""
