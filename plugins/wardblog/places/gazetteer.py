"""Reads the gazetteer: a table with the columns `kind`, `name`, `lat` and `lon`."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from wardblog.model import Gazetteer, GazetteerEntry
from wardblog.places.coordinates import validated_point
from wardblog.report import ParseError, Report
from wardblog.text.decoding import clean_name
from wardblog.text.postcodes import plain_postcode
from wardblog.text.slugs import LONGEST, NO_FOLDERS, slugify
from wardblog.text.words import counted

_COLUMNS = ("kind", "name", "lat", "lon")
KINDS = ("street", "postcode", "place")
_FETCH_AGAIN = "Run make ward, which fetches it, or bring back your copy of the file."


def read_gazetteer(text: str, credit: str, report: Report) -> Gazetteer:
    """Return the entries of a CSV file; rows that cannot be read are left out, with one warning.

    `credit` is the attribution from the settings. Raises `ParseError` if a column is missing or no
    row can be read.
    """
    rows = gazetteer_rows(text)
    if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
        raise _no_column(missing[0], text)
    found: dict[str, set[GazetteerEntry]] = {kind: set() for kind in KINDS}
    unusable: list[ParseError] = []
    try:
        for row in rows:
            if not any((row.get(name) or "").strip() for name in _COLUMNS):
                continue
            try:
                kind, entry = _entry(row)
            except ParseError as error:
                error.line = rows.line_num
                unusable.append(error)
            else:
                found[kind].add(entry)
    except csv.Error as error:
        raise ParseError(
            f"this is not a CSV file: {error}", "Save it again as CSV.", rows.line_num
        ) from None
    if not any(found.values()):
        raise unusable[0] if unusable else ParseError("the gazetteer is empty", _FETCH_AGAIN)
    if unusable:
        report.warn(
            unusable[0].line,
            f"{counted(len(unusable), 'row')} cannot be read, so "
            f"{'it was' if len(unusable) == 1 else 'they were'} left out",
            f"The problem with the first one: {unusable[0].message}.",
        )
    return Gazetteer(
        streets=tuple(_with_slugs(sorted(found["street"]))),
        places=tuple(sorted(found["place"])),
        postcodes=tuple(sorted(found["postcode"])),
        attribution=credit,
    )


def gazetteer_rows(text: str) -> csv.DictReader[str]:
    """Return the rows of a gazetteer, separated by commas, or by semicolons or tabs as some
    spreadsheet programs write them; the names of the columns are in lower case.
    """
    text = text.lstrip("\ufeff")
    header = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    rows.fieldnames = [name.strip().casefold() for name in rows.fieldnames or ()]
    return rows


def _no_column(name: str, text: str) -> ParseError:
    if not text.strip("\ufeff \r\n"):
        return ParseError("the gazetteer is empty", _FETCH_AGAIN)
    if text.lstrip("\ufeff \r\n").startswith("<"):
        return ParseError("this is a web page and not a gazetteer", _FETCH_AGAIN)
    return ParseError(
        f'the gazetteer has no column called "{name}"',
        f"Its first line has to name the columns: {','.join(_COLUMNS)}. To make a gazetteer from "
        "a file that you downloaded, run make ward with FROM= and the file.",
    )


def decimal(written: str) -> float:
    """The number, with a point or a comma before its decimals; raises `ValueError`."""
    return float(written.replace(",", "."))


def _entry(row: Mapping[str, str | None]) -> tuple[str, GazetteerEntry]:
    kind, name, latitude, longitude = ((row.get(key) or "").strip() for key in _COLUMNS)
    kind, name = kind.casefold(), clean_name(name)
    if kind not in KINDS:
        raise ParseError(f'there is no kind called "{kind}"', f"Write one of: {', '.join(KINDS)}.")
    if kind == "postcode":
        name = plain_postcode(name)
    if not name:
        raise ParseError(f"this {kind} has no name", "")
    if len(name) > LONGEST:
        raise ParseError(f'the name "{name[:30]}…" has more than {LONGEST} letters', "")
    try:
        position = decimal(latitude), decimal(longitude)
    except ValueError:
        raise ParseError(f'the position of "{name}" is not a number', "") from None
    point = validated_point(*position)
    return kind, GazetteerEntry(name, point.latitude, point.longitude)


def _with_slugs(streets: Sequence[GazetteerEntry]) -> Iterator[GazetteerEntry]:
    """Give each street an address; those that would have the same one get a number.

    A number that another name has already, as in "Mill Lane 2", is passed over.
    """
    slugs = [slugify(street.name)[:LONGEST].strip("-") or "street" for street in streets]
    own, last = frozenset(slugs), Counter(NO_FOLDERS)
    for street, slug in zip(streets, slugs, strict=True):
        last[slug] += 1
        while last[slug] > 1 and f"{slug}-{last[slug]}" in own:
            last[slug] += 1
        yield street._replace(slug=slug if last[slug] == 1 else f"{slug}-{last[slug]}")
