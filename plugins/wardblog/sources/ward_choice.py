"""Chooses a ward among those that a service lists, by the name that the councillor gave."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wardblog.places.wards import plain_ward_name
from wardblog.problems import UsageError, did_you_mean
from wardblog.sources.ons import ListedWard
from wardblog.text.postcodes import plain_postcode

_MOST_LISTED = 40
_OF_ALL_COUNCILS = frozenset(
    ("and", "borough", "city", "council", "county", "district", "london", "metropolitan", "of",
     "royal", "the")
)  # fmt: skip
_EXAMPLE = 'Write the ward and its council, such as NAME="Shaftesbury, Wandsworth".'


def split_name(written: str) -> tuple[str, str]:
    """Split "Shaftesbury, Wandsworth" into ward and council; the council may be missing."""
    ward, _, council = written.partition(",")
    return " ".join(ward.split()), " ".join(council.split())


def checked_postcode(written: str) -> str:
    """Return a full postcode as Royal Mail writes it; raises `UsageError` for anything else."""
    postcode = plain_postcode(written)
    if not postcode:
        raise UsageError(
            f'"{written.strip()}" is not a full postcode', 'Write it like this: POSTCODE="SW11 5JY"'
        )
    return postcode


def chosen_ward(name: str, council: str, listed: Sequence[ListedWard]) -> ListedWard:
    """Return the only ward with this name, or the only one whose name contains it.

    Raises `UsageError` with the choices if there are several, and with the nearest if there is
    none.
    """
    listed = _of_council(listed, council)
    wanted = plain_ward_name(name)
    found = [ward for ward in listed if plain_ward_name(ward.name) == wanted]
    found = found or [ward for ward in listed if wanted and wanted in plain_ward_name(ward.name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f'{len(found)} wards are called "{name}"',
            "\n  ".join(("Choose one by its code, such as CODE=" + found[0].code, *_lines(found))),
        )
    where = f" in {council}" if council else ""
    if not listed:
        raise UsageError(f'No ward is called "{name}"{where}', _EXAMPLE)
    names = [ward.name for ward in listed if ward.name]
    parts = [part for ward in names for part in re.split(r" & | and |, ", ward)]
    hint = did_you_mean(name, dict.fromkeys((*names, *parts)))
    of_council = [ward for ward in listed if ward.council]
    choices = ("The wards there are:", *_lines(of_council)) if council and of_council else ()
    raise UsageError(
        f'No ward is called "{name}"{where}', "\n  ".join((hint or _EXAMPLE, *choices))
    )


def _of_council(listed: Sequence[ListedWard], council: str) -> list[ListedWard]:
    """The wards of a council, by the words of its name; and those that name no council."""
    words = set(plain_ward_name(council).split()) - _OF_ALL_COUNCILS
    return [
        ward
        for ward in listed
        if not ward.council or words <= set(plain_ward_name(ward.council).split())
    ]


def _lines(wards: Sequence[ListedWard]) -> list[str]:
    lines = sorted({f"  {ward}" for ward in wards}, key=lambda line: line[12:])
    more = len(lines) - _MOST_LISTED
    return [*lines[:_MOST_LISTED], *([f"  and {more} more"] if more > 0 else [])]
