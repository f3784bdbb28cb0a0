"""Says why an address is not contacted."""

from __future__ import annotations

from ipaddress import ip_address

from wardblog.sources.ask import FetchError
from wardblog.sources.services import Service
from wardblog.support.urls import host_of, parts_of

# Names that are only used inside a network (RFC 6761, RFC 6762, and what ICANN keeps for this).
_INSIDE = ("localhost", "local", "internal")


def leads_elsewhere(service: Service, address: str) -> FetchError:
    """A redirect that is not followed."""
    parts = parts_of(address)
    if is_written_inside(address):
        return FetchError(
            f"{service.host} redirects to another address, {parts.netloc[:80]}, which is inside a "
            "private network",
            "It was not contacted. Perhaps your network asks you to log in first: open any page "
            "in your browser to see.",
        )
    remedy = (
        "the service has moved, and this software needs an update."
        if service.variable
        else "the council has moved it: open it in your browser, and correct the address in "
        "ward.toml."
    )
    return FetchError(
        f"{service.host} redirects to another address, {parts.netloc[:80]}, which this software "
        "does not know",
        f"It was not contacted. Perhaps your network asks you to log in first. Otherwise {remedy}",
    )


def leads_inside(service: Service) -> FetchError:
    """A name that leads into one's own network."""
    return FetchError(
        f"{service.host} redirects to an address inside your own network, which was not contacted",
        "Perhaps your network asks you to log in first: open any page in your browser to see. "
        "Otherwise download the files yourself, and name them with FROM=.",
    )


def is_written_inside(address: str) -> bool:
    """Whether the host of an address is not written as one of the public internet.

    That is a public number, or a name with a dot that does not end like a number.
    """
    host = host_of(address)
    try:
        return not ip_address(host).is_global
    except ValueError:
        _, dot, last = host.rpartition(".")
        return not dot or not last[:1].isalpha() or last in _INSIDE
