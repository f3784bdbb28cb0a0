"""The services that data is fetched from: their addresses, hosts and limits, in one table.

To change one: open the address, see that the answers still have the form that the module of the
service reads, and change its row. A host that is not named in the row is never contacted.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from wardblog.problems import UsageError

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service: `hosts` are those it may lead to, and `most` bytes is its longest answer.

    `variable` is the environment variable that can name another address for it. `patience` is how
    many seconds it may be silent, and `tries` how often a request is made.
    """

    name: str
    base: str
    hosts: tuple[str, ...]
    variable: str
    most: int
    patience: float = 60
    tries: int = 3

    @property
    def host(self) -> str:
        return urlsplit(self.base).netloc


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

# Those that `make fetch` asks, apart from the ones whose addresses are in ward.toml.
REGULAR_SERVICES: Mapping[str, Service] = {
    # Crimes. https://data.police.uk/docs/; at most 15 requests a second.
    "police": Service(
        name="the police (crimes, by month)",
        base="https://data.police.uk",
        hosts=("data.police.uk",),
        variable="WARD_POLICE",
        most=30 * _MEGABYTE,
    ),
}


def service(key: str) -> Service:
    """Return a service, with the address from its environment variable if that is set.

    Raises `UsageError` for an address that is not https; the computer itself may be called without.
    """
    row = SERVICES.get(key) or REGULAR_SERVICES[key]
    base = os.environ.get(row.variable, "").strip().rstrip("/")
    if not base:
        return row
    parts = urlsplit(base)
    if not parts.hostname or not is_safe(base):
        raise UsageError(
            f"{row.variable}={base[:100]} is not the address of a service",
            'It must begin with "https://". Remove it from the environment, or correct it.',
        )
    return replace(row, base=base, hosts=(parts.netloc,))


def is_safe(address: str) -> bool:
    """Whether an address uses https, or leads to this computer."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and is_this_computer(parts.hostname or "")
    )


def is_this_computer(host: str) -> bool:
    """Whether a host is the loopback (RFC 5735, RFC 4291)."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
