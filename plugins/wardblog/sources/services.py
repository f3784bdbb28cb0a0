"""The services that data is fetched from: their addresses, hosts and limits, in one table.

To change one: open the address, see that the answers still have the form that the module of the
service reads, and change its row. A host that is not named in the row is never contacted.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from wardblog.problems import UsageError
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import host_of, is_this_computer, parts_of

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service: `hosts` are those it may lead to, and `most` bytes is its longest answer.

    `variable` is the environment variable that can name another address for it; "" for a service
    whose address is set in ward.toml. `patience` is how many seconds it may be silent, `longest`
    how many its whole answer may take, and `tries` how often a request is made. `pace` is how many
    seconds have to pass between two requests.
    """

    name: str
    base: str
    hosts: tuple[str, ...]
    variable: str
    most: int
    patience: float = 60
    tries: int = 3
    longest: float = 900
    pace: float = 0

    @property
    def host(self) -> str:
        return parts_of(self.base).netloc


SERVICES: Mapping[str, Service] = {
    # Outlines and positions of postcodes. ArcGIS REST; one address for all of ONS's services:
    # https://developers.arcgis.com/rest/services-reference/enterprise/query-feature-service-layer/
    # ONS has announced a new address for 2027; its own list of services then has the same form.
    "ons": Service(
        name="the Office for National Statistics (outlines of wards)",
        base="https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services",
        hosts=("services1.arcgis.com",),
        variable="WARD_ONS",
        most=40 * _MEGABYTE,
    ),
    # Postcodes. https://docs.os.uk/os-apis/accessing-os-apis/os-downloads-api
    # The files themselves are on the second host, to which the first redirects.
    "os": Service(
        name="Ordnance Survey (postcodes)",
        base="https://api.os.uk/downloads/v1",
        hosts=("api.os.uk", "omseprd1stdstordownload.blob.core.windows.net"),
        variable="WARD_OS",
        most=100 * _MEGABYTE,
    ),
    # The map. https://wiki.openstreetmap.org/wiki/Overpass_API and, for what is polite,
    # https://dev.overpass-api.de/overpass-doc/en/preface/commons.html
    "overpass": Service(
        name="OpenStreetMap, through Overpass (the map)",
        base="https://overpass-api.de/api",
        hosts=("overpass-api.de",),
        variable="WARD_OVERPASS",
        most=150 * _MEGABYTE,
        patience=200,  # the query allows it 90 seconds to search, after it has waited for its turn
        tries=4,
    ),
}
# Those that `make fetch` asks.
REGULAR_SERVICES: Mapping[str, Service] = {
    # Planning applications of most councils. https://www.planit.org.uk/api/ ; one volunteer runs
    # it, and asks for no more than one request a minute. Answers are at most about 1 MB long.
    "planit": Service(
        name="PlanIt (planning applications)",
        base="https://www.planit.org.uk",
        hosts=("www.planit.org.uk",),
        variable="WARD_PLANIT",
        most=8 * _MEGABYTE,
        tries=2,
        longest=120,
        pace=60,
    ),
    # Conservation areas and the like. https://www.planning.data.gov.uk/docs
    "planning-data": Service(
        name="planning.data.gov.uk (conservation areas and other planning rules)",
        base="https://www.planning.data.gov.uk",
        hosts=("www.planning.data.gov.uk",),
        variable="WARD_PLANNING_DATA",
        most=30 * _MEGABYTE,
        tries=2,
        longest=120,
        pace=1,
    ),
    # Crimes by category and month. https://data.police.uk/docs/ ; 15 requests a second at most.
    "police": Service(
        name="data.police.uk (crimes by category and month)",
        base="https://data.police.uk/api",
        hosts=("data.police.uk",),
        variable="WARD_POLICE",
        most=30 * _MEGABYTE,
        tries=2,
        longest=120,
        pace=1,
    ),
}
# The longest answer of a council's own service, in bytes and in seconds.
_MOST_OF_COUNCIL, _LONGEST_OF_COUNCIL = 20 * _MEGABYTE, 120.0


def service(key: str) -> Service:
    """Return a service, with the address from its environment variable if that is set.

    Raises `UsageError` for an address that is not https; the computer itself may be called without.
    """
    row = SERVICES.get(key) or REGULAR_SERVICES[key]
    base = os.environ.get(row.variable, "").strip().rstrip("/")
    if not base:
        return row
    parts = parts_of(base)
    if not parts.hostname or not is_safe(base):
        raise UsageError(
            f"{row.variable}={base[:100]} is not the address of a service",
            'It must begin with "https://". Remove it from the environment, or correct it.',
        )
    # A mirror on this computer is nobody else's, so it need not be spared.
    pace = 0 if is_this_computer(parts.hostname) else row.pace
    return replace(row, base=base, hosts=(parts.netloc,), pace=pace)


def service_at(address: str, name: str, line: int, pace: float = 2) -> Service:
    """A service, feed or file of a council, whose address is on a line of ward.toml.

    It may also lead to its host with or without "www". Raises `UsageError` for an address that is
    not https; the computer itself may be called without.
    """
    parts = parts_of(address)
    if not parts.hostname or not is_safe(address):
        raise UsageError(
            f"ward.toml:{line}: {address[:100]} does not begin with https://",
            "Write its address with https://. If it has none, download the file, and name it "
            "with FROM=.",
        )
    host = parts.netloc
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    return Service(
        name=name,
        base=address.rstrip("/"),
        hosts=(host, other),
        variable="",
        most=_MOST_OF_COUNCIL,
        patience=30,
        tries=2,
        longest=_LONGEST_OF_COUNCIL,
        pace=0 if is_this_computer(parts.hostname) else pace,
    )


def is_safe(address: str) -> bool:
    """Whether an address uses https, or leads to this computer."""
    scheme = parts_of(address).scheme
    return scheme == "https" or (scheme == "http" and is_this_computer(host_of(address)))
