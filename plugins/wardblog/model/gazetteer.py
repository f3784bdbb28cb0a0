"""The gazetteer: the names of streets and places in and around the ward, and its postcodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from wardblog.model.places import Point


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


NO_GAZETTEER = Gazetteer()
