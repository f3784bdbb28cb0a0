"""Fetches what is published about one ward."""

from __future__ import annotations

from typing import Any

from shapely.geometry.base import BaseGeometry

from wardblog.problems import UsageError
from wardblog.report import ParseError
from wardblog.sources import attributions
from wardblog.sources.answers import DAY
from wardblog.sources.ask import Ask, BusyError
from wardblog.sources.code_point import find_postcode, read_code_point
from wardblog.sources.fetch import Fetcher
from wardblog.sources.map_rows import MapRow, NamedPlace, around
from wardblog.sources.ons import OpenGeography, checked_code
from wardblog.sources.os_downloads import code_point
from wardblog.sources.overpass import query, read_overpass
from wardblog.sources.services import SERVICES, Service, service
from wardblog.sources.ward_choice import checked_postcode, chosen_ward, split_name
from wardblog.sources.ward_data import WardData, WardRequest, outline_of, plainly
from wardblog.sources.ward_outline import WardOutline, in_features, ward_outline

_MapData = tuple[list[MapRow], list[NamedPlace]]


def contacted(request: WardRequest) -> list[Service]:
    """The services that `fetch_ward` may contact; raises `UsageError` for what none would know."""
    postcode = checked_postcode(request.postcode) if request.postcode else ""
    if request.code and not (postcode or request.outline):
        checked_code(request.code.strip().upper())
    in_ireland = postcode.startswith("BT") or request.code.upper().startswith("N")
    needless = {"ons": bool(request.outline), "os": in_ireland}
    return [service(key) for key in SERVICES if not needless.get(key)]


def fetch_ward(request: WardRequest, fetcher: Fetcher) -> WardData:
    """Fetch a ward; raises `FetchError` and other `CommandError`s with a plain sentence."""
    postcode = checked_postcode(request.postcode) if request.postcode else ""
    outline = _outline(request, postcode, fetcher)
    data = WardData(outline=outline)
    data.rows, data.places = _fetch_map(around(outline.area), fetcher)
    data.kinds |= {"street", "place"}
    data.map_credits = data.name_credits = (attributions.OPENSTREETMAP,)
    if outline.in_ireland:
        data.kinds.add("postcode")
        data.notes.append(
            "There are no postcodes in the gazetteer: those of Northern Ireland may not be "
            "republished freely."
        )
        return data
    data.places += plainly(lambda: read_code_point(code_point(fetcher), outline.area))
    data.kinds.add("postcode")
    data.name_credits += attributions.code_point_open(request.year)
    return data


def _outline(request: WardRequest, postcode: str, fetcher: Fetcher) -> WardOutline:
    """The outline, newest of its kind; or that of the file, if the request has nothing else."""
    ons = OpenGeography(fetcher)
    if postcode:
        found = _at_postcode(postcode, ons, fetcher)
    elif request.code and not request.outline:
        found = ons.by_code(request.code.strip().upper())
    elif request.outline:
        return plainly(lambda: outline_of(request))
    elif request.name:
        ward, council = split_name(request.name)
        found = ons.by_code(chosen_ward(ward, council, ons.named(ward, council)).code)
    else:
        raise UsageError("It is not clear which ward you mean", 'Name it: POSTCODE="SW11 5JY"')
    return plainly(lambda: ward_outline(in_features(found), "", ""))


def _at_postcode(postcode: str, ons: OpenGeography, fetcher: Fetcher) -> list[dict[str, Any]]:
    in_ireland = postcode.startswith("BT")
    row = None if in_ireland else plainly(lambda: find_postcode(code_point(fetcher), postcode))
    if row and row.latitude is not None and row.longitude is not None:
        position: tuple[float, float] | None = (row.latitude, row.longitude)
    else:
        position = ons.position(postcode)
    found = ons.at(*position, in_ireland) if position else []
    if not found:
        raise UsageError(
            f"There is no ward for the postcode {postcode}" if position
            else f"There is no postcode {postcode}",
            'Check it, or name the ward: NAME="Shaftesbury, Wandsworth". Postcodes of the Channel '
            "Islands and the Isle of Man are in no ward.",
        )  # fmt: skip
    return found


def _fetch_map(frame: BaseGeometry, fetcher: Fetcher) -> _MapData:
    west, south, east, north = frame.bounds
    place = service("overpass")
    return fetcher.fetch(
        Ask(
            service=place,
            path="interpreter",
            words="The map",
            read=lambda answer: _read_map(answer, place.host),
            fields={"data": query((south, west, north, east))},
            post=True,
            newest=DAY,
        )
    )


def _read_map(answer: bytes, host: str) -> _MapData:
    try:
        return read_overpass(answer)
    except ParseError as error:
        raise BusyError(f"{host}: {error.message}") from None
