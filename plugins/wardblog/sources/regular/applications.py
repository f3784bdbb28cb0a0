"""Planning applications, whichever source they are from: cleaned, cut to the ward, and as a table.

Only what is named here is kept. Applicants, agents, officers and objectors never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from wardblog.content.tables.fetched_lists import APPLICATIONS
from wardblog.model import GazetteerEntry, Site
from wardblog.sources.regular.described import may_name_somebody, tells_of_health
from wardblog.sources.regular.plain_addresses import plain_address
from wardblog.sources.regular.public_words import (
    day_of,
    holding_personal_data,
    names_somebody,
    naming_somebody,
    plain_words,
    web_link,
    without_postcode,
)
from wardblog.sources.regular.source import Application, Fetched, FetchedTable
from wardblog.sources.regular.ward_area import are_inside, ward_area
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE
from wardblog.text.words import counted, degrees

# Parts of numbers and of a few capitals, which are not a name; after a space also with a number.
_REFERENCE = late_regex(
    r"(?=.*\d)(?!.*[A-Z]{7})(?!.*[A-Za-z]?[a-z]{3})[A-Za-z0-9][A-Za-z0-9/._()-]*"
    r"(?: (?:[A-Za-z/._()-]*\d[A-Za-z0-9/._()-]*|[A-Z]{1,3}\b)){0,2}"
)
_LONGEST_REFERENCE, _LONGEST_STATE = 40, 60
# What councils call a major application of homes: ten or more.
_HOMES = late_regex(
    r"\b(\d{1,3}(?:,\d{3})*|\d+)\s+(?:no\.?\s+)?(?:(?:new|self[- ]contained|residential|affordable"
    r"|one|two|three|four|\d)[- ]?(?:bed(?:room)?s?)?,?\s+){0,3}"
    r"(?:flats|homes|dwellings|dwellinghouses|houses|apartments"
    r"|(?:residential |housing |student )units)",
    re.IGNORECASE,
)
_LARGE = 10
# Nobody may comment for longer.
_LONGEST_COMMENTS = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRecord:
    """An application as a source writes it; each value is a text, or anything else for none."""

    reference: object
    address: object
    description: object
    state: object
    kind: object = ""
    received: object = ""
    decided: object = ""
    closes: tuple[object, ...] = ()
    link: object = ""
    is_large: bool = False
    lat: float | None = None
    lon: float | None = None


def fetched_applications(
    records: Iterable[ApplicationRecord], site: Site, today: date, stem: str, credit: FetchedTable
) -> Fetched:
    """The applications of the ward, newest first, with a table; `credit` names its source.

    The order and the rows depend on the records alone, not on their order.
    """
    notes: list[str] = []
    placed = _in_ward(_readable(records, today, notes), site, notes)
    applications = [
        replace(one, address=plain_address(one.address, site))
        for one in _without_people(_each_once(placed), notes)
    ]
    ordered = tuple(sorted(applications, key=_newest_first))
    rows = tuple(map(_row, ordered))
    table = replace(credit, stem=stem, columns=APPLICATIONS, rows=rows, has_places=True)
    return Fetched(tables=(table,), applications=ordered, left_out=tuple(notes))


def _readable(
    records: Iterable[ApplicationRecord], today: date, notes: list[str]
) -> list[Application]:
    """The applications that have a reference and an address."""
    found = [_application(record, today) for record in records]
    if without := found.count(None):
        notes.append(f"{_left_out(without)}, since {_it(without)} no reference or address.")
    return [one for one in found if one is not None]


def _each_once(found: Iterable[Application]) -> list[Application]:
    """Each reference once, as it is in the record that says most.

    Two councils may use the same reference, so this is for the applications of one ward.
    """
    fullest: dict[str, Application] = {}
    for one in found:
        before = fullest.get(one.reference)
        if before is None or _fullness(one) > _fullness(before):
            fullest[one.reference] = one
    return list(fullest.values())


def _fullness(one: Application) -> tuple[int, str]:
    """How much a record says; of two that say as much, always the same one is chosen."""
    values = _row(one)
    return sum(map(bool, values)), "\n".join(values)


def _application(record: ApplicationRecord, today: date) -> Application | None:
    reference = plain_words(record.reference)
    address = plain_words(record.address)
    if not address or len(reference) > _LONGEST_REFERENCE or not _REFERENCE.fullmatch(reference):
        return None
    description = plain_words(record.description)
    received = _past(record.received, today)
    decided = _past(record.decided, today)
    return Application(
        reference=reference,
        address=address,
        description=description,
        state=plain_words(record.state, _LONGEST_STATE),
        kind=plain_words(record.kind, _LONGEST_STATE),
        received=received,
        decided=None if decided and received and decided < received else decided,
        closes=_closing(record.closes, received, today),
        link=web_link(record.link),
        is_large=record.is_large or _has_many_homes(description),
        lat=record.lat,
        lon=record.lon,
    )


def _past(written: object, today: date) -> date | None:
    """A day that is not in the future, as those of an application cannot be."""
    day = day_of(written)
    return day if day and day <= today else None


def _closing(written: Iterable[object], received: date | None, today: date) -> date | None:
    """The last of the days on which comments close, if it can be true."""
    days = [day for one in written if (day := day_of(one))]
    earliest = received or today - _LONGEST_COMMENTS
    possible = [day for day in days if earliest <= day <= earliest + _LONGEST_COMMENTS * 2]
    return max((day for day in possible if day <= today + _LONGEST_COMMENTS), default=None)


def _has_many_homes(description: str) -> bool:
    return any(int(match[1].replace(",", "")) >= _LARGE for match in _HOMES.finditer(description))


def _in_ward(found: Sequence[Application], site: Site, notes: list[str]) -> list[Application]:
    postcodes = {_squashed(entry.name): entry for entry in site.gazetteer.postcodes}
    placed = [_placed(one, postcodes) for one in found]
    known = [
        (one, one.lon, one.lat) for one in placed if one.lon is not None and one.lat is not None
    ]
    if without := len(placed) - len(known):
        notes.append(
            f"{_left_out(without)}, since {_it(without)} no position, so it is not known whether "
            f"{'it is' if without == 1 else 'they are'} in the ward."
        )
    inside = are_inside(ward_area(site), [(y, x) for _, x, y in known])
    return [one for (one, _, _), is_inside in zip(known, inside, strict=True) if is_inside]


def _placed(one: Application, postcodes: Mapping[str, GazetteerEntry]) -> Application:
    """The application with the position of its postcode, if it has none of its own."""
    if one.lat is not None and one.lon is not None:
        return one
    for match in ANY_POSTCODE.finditer(one.address):
        if entry := postcodes.get(_squashed(match[0])):
            return replace(one, lat=entry.latitude, lon=entry.longitude)
    return one


def _squashed(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def _without_people(found: Sequence[Application], notes: list[str]) -> list[Application]:
    """The applications without texts that name somebody."""
    addresses = [without_postcode(one.address) for one in found]
    are_named = naming_somebody(addresses, are_addresses=True)
    told = _told(found, addresses)
    states = dict.fromkeys(one.state for one in found)
    bad_states = {
        state for state, is_bad in zip(states, naming_somebody(list(states)), strict=True) if is_bad
    }
    kept = [
        replace(
            one,
            address=address,
            description="" if is_told else one.description,
            state="" if one.state in bad_states else one.state,
        )
        for one, address, is_named, is_told in zip(found, addresses, are_named, told, strict=True)
        if address and not is_named
    ]
    if left := len(found) - len(kept):
        whose = "its address" if left == 1 else "their addresses"
        notes.append(f"{_left_out(left)}, since {whose} may name a person.")
    if count := sum(told):
        it = "it" if count == 1 else "they"
        notes.append(f"{_left_out(count, 'description')}, since {it} may name a person.")
    return kept


def _told(found: Sequence[Application], addresses: Sequence[str]) -> list[bool]:
    """Whether each description identifies somebody, by itself or beside the address."""
    pairs = [(one.description, address) for one, address in zip(found, addresses, strict=True)]
    # As the checks of the site see them.
    beside = holding_personal_data([f"{address} | {words}" for words, address in pairs])
    return [
        bool(words)
        and (
            is_personal
            or names_somebody(words)
            or may_name_somebody(words)
            or tells_of_health(words)
        )
        for (words, _), is_personal in zip(pairs, beside, strict=True)
    ]


def _left_out(count: int, noun: str = "application") -> str:
    return f"{counted(count, noun)} {'was' if count == 1 else 'were'} left out"


def _it(count: int) -> str:
    return "it has" if count == 1 else "they have"


def _newest_first(one: Application) -> tuple[int, str]:
    return -(one.received or date.min).toordinal(), one.reference


def _row(one: Application) -> tuple[str, ...]:
    days = (
        "" if day is None else day.isoformat() for day in (one.received, one.decided, one.closes)
    )
    received, decided, closes = days
    where = ("" if value is None else degrees(value) for value in (one.lat, one.lon))
    return (one.reference, one.address, one.description, received, decided, closes, one.state,
            one.link, *where)  # fmt: skip
