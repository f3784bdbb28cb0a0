"""What the name of a place can mean: streets and places of the gazetteer, and entries of lists."""

from __future__ import annotations

from typing import NamedTuple

from wardblog.model.gazetteer import GazetteerEntry
from wardblog.model.places import ListEntry, Place


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

    `without` is the title of the list that it begins with, if that has no such entry.
    """

    matches: tuple[EntryMatch, ...] = ()
    without: str = ""
