"""Finds the newest outlines among the services that the Office for National Statistics lists.

Each year it publishes each kind of area again, under another name. How it names them:
https://geoportal.statistics.gov.uk/, "RGN, LAD, WD ... Naming conventions".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field  # noqa: TID251 - the late one has no order
from typing import Any

from wardblog.sources.answers import DAY
from wardblog.sources.ask import UPDATE, Ask, BusyError, FetchError, read_json
from wardblog.sources.services import Service
from wardblog.support.late_regex import late_regex

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BFC is the full resolution, clipped to the coast. BGC, which is generalised to 20 metres, would
# put the line through houses at the zoom of a street; the full one is asked for with a tolerance
# of a metre, which makes it nearly as small.
_OUTLINE = late_regex(
    r"(WD|Wards|CED|County_Electoral_Divisions|DEA|District_Electoral_Areas)"
    r"_\(?([A-Za-z]{3,9})_(\d{4})\)?(?:_Boundaries)?_(?:UK|GB|EN|NI)_BFC(?:_V(\d+))?(?:_\d{4})?",
    re.IGNORECASE,
)
# Which wards are in which district electoral area, since these have no outlines of their own.
_LOOKUP = late_regex(r"WD(\d\d)_\w*DEA\d\d\w*_LU\w*", re.IGNORECASE)
_KINDS = {
    "wards": "WD",
    "county_electoral_divisions": "CED",
    "district_electoral_areas": "DEA",
}
# If the list is empty, as it sometimes is, these are used. To update: write the newest names here,
# from the address of the service with "?f=json" after it.
_KNOWN = ("WD_MAY_2026_UK_BFC", "CED_MAY_2026_EN_BFC")
# Where postcodes have their positions, best first, each with the number of its layer.
_POSTCODES = (
    ("ONSPD_Online_latest_Postcode_Centroids", 0),
    ("Online_ONS_Postcode_Directory_Live", 1),
    ("ONSPD_Online_Latest_Centroids", 0),
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Layer:
    """The outlines of one kind of area (WD, CED or DEA) at one time."""

    year: int
    month: int
    version: int
    kind: str = field(compare=False)
    name: str = field(compare=False)

    @property
    def code_field(self) -> str:
        return f"{self.kind}{self.year % 100:02}CD"

    @property
    def name_field(self) -> str:
        return f"{self.kind}{self.year % 100:02}NM"

    @property
    def council_field(self) -> str:
        """Which council a ward belongs to; county divisions do not say so."""
        return f"LAD{self.year % 100:02}NM" if self.kind == "WD" else ""


@dataclass(frozen=True, slots=True)
class Layers:
    """The newest outlines by kind, the service of postcodes, and that of wards by DEA, if any."""

    newest: Mapping[str, Layer]
    postcodes: tuple[str, int]
    lookup: str


def ask_for_layers(service: Service) -> Ask[Layers]:
    return Ask(
        service=service,
        path="",
        words="Looking for the newest outlines",
        read=lambda answer: _layers(arcgis(answer, service.host)),
        fields={"f": "json"},
        newest=DAY,
    )


def arcgis(answer: bytes, host: str) -> dict[str, Any]:
    """Parse an answer of ArcGIS, which reports errors with status 200; raises `FetchError`.

    https://developers.arcgis.com/rest/services-reference/enterprise/errors/
    """
    data = read_json(answer, host)
    if not isinstance(data, dict):
        raise FetchError(f"{host} gave an answer that this software cannot read", UPDATE)
    if error := data.get("error"):
        parts = error if isinstance(error, dict) else {"message": error}
        message = str(parts.get("message") or "no reason given").rstrip(".")[:200]
        # When it is busy, the service also answers 400 to a request that works a little later.
        raise BusyError(f'{host} answered with an error: "{message}" ({parts.get("code", "?")})')
    return data


def _layers(data: Mapping[str, Any]) -> Layers:
    services = data.get("services")
    names = [
        str(one.get("name", "")).rpartition("/")[2]
        for one in (services if isinstance(services, list) else ())
        if isinstance(one, dict) and one.get("type") == "FeatureServer"
    ]
    newest = _newest(_KNOWN) | _newest(names)
    plain = {name.casefold(): name for name in names}
    postcodes = [
        (plain[name.casefold()], number) for name, number in _POSTCODES if name.casefold() in plain
    ]
    lookups = sorted((m[1], name) for name in names if (m := _LOOKUP.fullmatch(name)))
    return Layers(newest, (postcodes or [*_POSTCODES])[0], lookups[-1][1] if lookups else "")


def _newest(names: Iterable[str]) -> dict[str, Layer]:
    newest: dict[str, Layer] = {}
    for layer in filter(None, map(_layer, names)):
        if layer.kind not in newest or newest[layer.kind] < layer:
            newest[layer.kind] = layer
    return newest


def _layer(name: str) -> Layer | None:
    match = _OUTLINE.fullmatch(name)
    if not match or (month := match[2][:3].casefold()) not in _MONTHS:
        return None
    return Layer(
        year=int(match[3]),
        month=_MONTHS.index(month) + 1,
        version=int(match[4] or 1),
        kind=_KINDS.get(match[1].casefold(), match[1].upper()),
        name=name,
    )
