"""Who may ask the preview: the councillor's own browser, for the preview's own pages.

Any web page can have a browser send requests to this machine, even under a name of its own that it
makes lead here (DNS rebinding). What such a request says of itself is all that gives it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote_to_bytes

_NAMES = ("localhost", "127.0.0.1", "[::1]")
# The port that addresses leave out.
_DEFAULT_PORT = 80


class Headers(Protocol):
    """The header lines of a request, by name."""

    def get_all(self, name: str) -> list[str] | None: ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status of HTTP, and one sentence that says why."""

    status: int
    words: str


FOREIGN_REQUEST = Refusal(
    403, "This preview is only for this computer: open it at its own address."
)
BAD_ADDRESS = Refusal(400, "This is not an address of the preview.")
BAD_REQUEST = Refusal(400, "The preview cannot read this request.")
READ_ONLY = Refusal(405, "The preview only shows pages; nothing can be sent to it.")


def refusal(method: str, target: str, headers: Headers, port: int) -> Refusal | None:
    """Why a request is not answered; None for one of the councillor's own browser."""
    if not _is_ours(headers, port):
        return FOREIGN_REQUEST
    if method not in ("GET", "HEAD"):
        return READ_ONLY
    if _all(headers, "Transfer-Encoding") or any(
        length.strip() != "0" for length in _all(headers, "Content-Length")
    ):
        return READ_ONLY
    return None if path_of(target) is not None else BAD_ADDRESS


def path_of(target: str) -> str | None:
    """The path of a request, decoded; None for another form, or one that no page of ours has."""
    path = target.partition("?")[0]
    if not path.startswith("/") or path.startswith("//") or "#" in path:
        return None
    if any(code in path.casefold() for code in ("%2f", "%5c", "%00")):
        return None
    try:
        decoded = unquote_to_bytes(path.encode("ascii")).decode("utf-8")
    except UnicodeError:
        return None
    steps = decoded[1:].split("/")
    is_odd = any(sign in decoded for sign in "\\\0") or any(ord(sign) < 32 for sign in decoded)
    if is_odd or any(step in (".", "..") for step in steps) or not all(steps[:-1]):
        return None
    return decoded


def _is_ours(headers: Headers, port: int) -> bool:
    hosts = [value.strip().casefold() for value in _all(headers, "Host")]
    if len(hosts) != 1 or hosts[0] not in own_hosts(port):
        return False
    origins = [value.strip().casefold() for value in _all(headers, "Origin")]
    if origins and origins != [f"http://{hosts[0]}"]:
        return False
    return _is_same_site(headers)


def own_hosts(port: int) -> Sequence[str]:
    """What a browser on this machine may call the preview."""
    bare = _NAMES if port == _DEFAULT_PORT else ()
    return (*(f"{name}:{port}" for name in _NAMES), *bare)


def _is_same_site(headers: Headers) -> bool:
    """Whether a page of the preview asks, or the reader herself.

    Fetch Metadata (https://www.w3.org/TR/fetch-metadata/): `none` is an address that was typed. A
    link elsewhere may lead to a page, which then fills a tab of its own; nothing else may be taken.
    """
    sites = _all(headers, "Sec-Fetch-Site")
    if all(site in ("same-origin", "none") for site in sites):
        return True
    ways = (_all(headers, "Sec-Fetch-Mode"), _all(headers, "Sec-Fetch-Dest"))
    return len(sites) == 1 and ways == (["navigate"], ["document"])


def _all(headers: Headers, name: str) -> list[str]:
    return headers.get_all(name) or []
