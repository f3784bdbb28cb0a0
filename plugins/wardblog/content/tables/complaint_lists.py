"""Anonymises lists of complaints: only a street or a category remains."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wardblog.content.tables.column_names import Kind, kind_of
from wardblog.model import Place, Precision
from wardblog.places.columns import Columns, Row
from wardblog.places.coordinates import rounded_to_precision
from wardblog.privacy.free_text import is_name_in_any_form, reads_as_text
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE

# Roads, and no houses: "Rose Cottage" and "Elm Court" are where somebody lives.
_ROAD = (
    r"(?:approach|avenue|ave|boulevard|broadway|causeway|circus|close|crescent|cres|drive|drove"
    r"|embankment|gardens|gdns|grove|hill|lane|mews|mount|parade|passage|path|place|quay|rd|rise"
    r"|road|row|sq|square|st|street|strand|terrace|vale|walk|way|wharf|wynd|brae|loan)"
)
_STREET = late_regex(
    rf"(?:the )?[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){{0,3}} {_ROAD}"
    r"(?: (?:north|south|east|west))?"
    r"|(?:the )?(?:broadway|parade|strand|causeway)|(?:ffordd|heol|stryd|lôn)(?: [\w'’-]+){1,4}",
    re.IGNORECASE,
)
_HOUSE = late_regex(
    r"^(?:(?:outside|opposite|opp|o/s|near|at|by|rear of|behind|in front of)\.? )?"
    r"(?:(?:flat|unit|room|apartment|apt|no|number|house)\.? ?)?"
    r"\d+[a-z]?(?:\s*[-–/&]\s*\d+[a-z]?)?,? ",
    re.IGNORECASE,
)
_MOST_WORDS = 6


def anonymised(
    rows: Sequence[tuple[Row, Place]],
    names: Sequence[str],
    columns: Columns,
    precision: Precision,
    label: str,
) -> list[tuple[Row, Place]]:
    """The publishable part of each row, in an order that reveals nothing about the list's own.

    Each place is called by its street or else by its category; `label` is what it is called
    where the list has neither. Identifiers are left out: councils publish reports under them.
    """
    streets = [name for name in dict.fromkeys(names) if kind_of(name) in (Kind.NAME, Kind.WHERE)]
    category = columns.category

    def name_of(row: Row) -> str:
        for column in streets:
            if street := street_in(row.values.get(column, "")):
                return street
        return _plain_kind(row.values.get(category, "") if category else "") or label

    publishable = [
        (
            row,
            Place(
                name=name_of(row),
                point=rounded_to_precision(place.point, precision),
                precision=precision,
                progress=place.progress,
            ),
        )
        for row, place in rows
    ]
    return sorted(publishable, key=lambda pair: _order(pair[1]))


def _order(place: Place) -> tuple[object, ...]:
    progress = place.progress.value if place.progress else ""
    return (place.name.casefold(), place.point.latitude, place.point.longitude, progress)


def street_in(cell: str) -> str:
    """The street in an address, without the house; empty if it is not clearly one."""
    for part in re.split(r"[,\n]", ANY_POSTCODE.sub("", cell)):
        street = _HOUSE.sub("", " ".join(part.split()) + " ").strip()
        if (
            _STREET.fullmatch(street)
            and not reads_as_text(street)
            and not is_name_in_any_form(street)
        ):
            return street.title() if street.isupper() else street
    return ""


def _plain_kind(cell: str) -> str:
    """A category such as "Dog fouling"; empty if the text is more than that."""
    text = " ".join(cell.split())
    is_plain = len(text.split()) <= _MOST_WORDS and not re.search(r"\d", text)
    return text if is_plain and not reads_as_text(text) and not is_name_in_any_form(text) else ""
