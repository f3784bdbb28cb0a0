"""Which requests the preview answers: only those of a browser on this computer, for its own pages.

Any website can make a browser send requests to this computer, even under a host name of its own
that it points here (DNS rebinding). Only the headers of such a request give it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import unquote_to_bytes

from wardblog.support.late_dataclass import dataclass

_HOST_NAMES = ("localhost", "127.0.0.1", "[::1]")
# The port that addresses leave out.
_DEFAULT_PORT = 80


class Headers(Protocol):
    """The header lines of a request, by name."""

    def get_all(self, name: str) -> list[str] | None: ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP status, and one sentence that says why."""

    status: int
    message: str


FOREIGN_REQUEST = Refusal(
    403, "This is only for this computer. Open it at the address that was shown at the start."
)
BAD_ADDRESS = Refusal(400, "This is not an address of the preview.")
BAD_REQUEST = Refusal(400, "The preview cannot read this request.")
NO_WORKER = Refusal(403, "Service workers are not allowed here.")
READ_ONLY = Refusal(405, "The preview only shows pages; nothing can be sent to it.")
NOT_A_PAGE_OF_OURS = Refusal(403, "Only the editor's own pages on this computer may do this.")
NOT_JSON = Refusal(415, "The editor cannot read this request.")
TOO_LONG = Refusal(413, "This is too large for the editor.")
_JSON = ("application/json", "application/json;charset=utf-8")
# More digits than any size that is accepted.
_MOST_DIGITS = 12


def refusal(method: str, target: str, headers: Headers, port: int) -> Refusal | None:
    """Why a request is refused; None for a request of the councillor's own browser."""
    if not _is_ours(headers, port):
        return FOREIGN_REQUEST
    if method not in ("GET", "HEAD"):
        return READ_ONLY
    if _all(headers, "Service-Worker") or _all(headers, "Sec-Fetch-Dest") == ["serviceworker"]:
        return NO_WORKER  # it would see the addresses of all pages, with the key of the editor
    if _all(headers, "Transfer-Encoding") or any(
        length.strip() != "0" for length in _all(headers, "Content-Length")
    ):
        return READ_ONLY
    return None if path_of(target) is not None else BAD_ADDRESS


def write_refusal(target: str, headers: Headers, port: int) -> Refusal | None:
    """Why a request that would change something is refused; None if a page of ours sent it.

    Such a request has the exact origin of the page, says that it comes from the same origin, and
    is JSON, which no form of another website can send. Its length is known from the start.
    """
    hosts = [value.strip().casefold() for value in _all(headers, "Host")]
    if len(hosts) != 1 or hosts[0] not in own_hosts(port):
        return FOREIGN_REQUEST
    if _all(headers, "Origin") != [f"http://{hosts[0]}"]:
        return NOT_A_PAGE_OF_OURS
    if _all(headers, "Sec-Fetch-Site") != ["same-origin"]:
        return NOT_A_PAGE_OF_OURS
    kinds = [value.casefold().replace(" ", "") for value in _all(headers, "Content-Type")]
    if len(kinds) != 1 or kinds[0] not in _JSON or _all(headers, "Content-Encoding"):
        return NOT_JSON
    if _all(headers, "Transfer-Encoding") or length_of(headers) is None:
        return BAD_REQUEST
    return None if path_of(target) is not None and "?" not in target else BAD_ADDRESS


def length_of(headers: Headers) -> int | None:
    """The length of a request's body in bytes; None if that is not said, or said twice."""
    lengths = _all(headers, "Content-Length")
    if len(lengths) != 1 or not lengths[0].isascii() or not lengths[0].isdecimal():
        return None
    return int(lengths[0]) if len(lengths[0]) <= _MOST_DIGITS else None


def is_fetched_by_us(headers: Headers) -> bool:
    """Whether a script of this origin asks, and not a link, a frame or another site."""
    return _all(headers, "Sec-Fetch-Site") == ["same-origin"]


def is_shown_to_people(headers: Headers) -> bool:
    """Whether a browser shows the answer as a page, and hands it to no script, frame or picture."""
    return _all(headers, "Sec-Fetch-Dest") in ([], ["document"])


def path_of(target: str) -> str | None:
    """The decoded path of a request; None if no file of a site can have such a path."""
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
    """The Host headers that a browser on this computer may send."""
    without_port = _HOST_NAMES if port == _DEFAULT_PORT else ()
    return (*(f"{name}:{port}" for name in _HOST_NAMES), *without_port)


def _is_same_site(headers: Headers) -> bool:
    """Whether the reader typed the address, or a page of the preview sends the request.

    Fetch Metadata (https://www.w3.org/TR/fetch-metadata/): `none` is an address that was typed. A
    link on another site may open a page as a whole tab; it may fetch nothing else.
    """
    sites = _all(headers, "Sec-Fetch-Site")
    if all(site in ("same-origin", "none") for site in sites):
        return True
    navigation = (_all(headers, "Sec-Fetch-Mode"), _all(headers, "Sec-Fetch-Dest"))
    return len(sites) == 1 and navigation == (["navigate"], ["document"])


def _all(headers: Headers, name: str) -> list[str]:
    return headers.get_all(name) or []
