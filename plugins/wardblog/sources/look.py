"""Opens a page of any site, to see whether it is still there; `fetch.py` asks services for data."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from email.message import Message
from ipaddress import ip_address
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from wardblog import VERSION
from wardblog.sources.ask import FetchError
from wardblog.sources.fetch import seconds_to_wait
from wardblog.sources.services import is_this_computer

# What this software calls itself, and its name alone, for robots.txt.
VISITOR = "wardblog"
_AGENT = f"{VISITOR}/{VERSION} (a councillor's ward blog; checks its links to local sites)"
# How long a site may be silent, and take in all, in seconds; how many bytes of a page are read.
_PATIENCE, _LONGEST, _MOST = 20.0, 60.0, 2_000_000
_CHUNK = 65_536
# What an address may contain as it is (RFC 3986).
_UNQUOTED = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """One answer of a site, with the beginning of its content, which is empty for an error.

    `location` is where it redirects, and `retry_after` how many seconds it wants us to wait, or 0.
    """

    status: int
    location: str
    media_type: str
    retry_after: float
    content: bytes


class UnknownHostError(FetchError):
    """There is no site with this name."""


class BusyVisitError(FetchError):
    """A site gave no whole answer, but may do so later."""


def look(address: str) -> RawAnswer:
    """Ask a site once for a page, without following redirects.

    Raises `FetchError` if there is no answer; its message continues "Name of the site: ".
    """
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}
    own = [ProxyHandler({})] if is_this_computer(urlsplit(address).hostname or "") else []
    try:
        request = Request(in_ascii(address), headers=headers)  # noqa: S310 - see visit.py
        with build_opener(_NoRedirects, *own).open(request, timeout=_PATIENCE) as response:
            return _raw(response.status, response.headers, _beginning(response))
    except HTTPError as error:
        with error:
            return _raw(error.code, error.headers, b"")
    except (OSError, http.client.HTTPException, zlib.error, EOFError) as error:
        raise _no_answer(error) from None
    except ValueError:
        raise FetchError("its address cannot be read") from None


def in_ascii(address: str) -> str:
    """An address as it is sent: with the name of the host in Punycode, and the rest encoded.

    Raises `ValueError` if it cannot be read.
    """
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    path, query = (quote(part, safe=_UNQUOTED) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, path or "/", query, ""))


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _raw(status: int, headers: Message, content: bytes) -> RawAnswer:
    return RawAnswer(
        status=status,
        location=headers.get("Location") or "",
        media_type=(headers.get("Content-Type") or "").casefold(),
        retry_after=seconds_to_wait(headers.get("Retry-After")) if status in (429, 503) else 0.0,
        content=content,
    )


def _beginning(response: http.client.HTTPResponse) -> bytes:
    """The first bytes of an answer, unpacked; more than a page needs is not read."""
    is_packed = (response.headers.get("Content-Encoding") or "").casefold() == "gzip"
    unpacker = zlib.decompressobj(wbits=31) if is_packed else None
    begun, found = time.monotonic(), b""
    while len(found) < _MOST and (chunk := response.read1(_CHUNK)):
        found += unpacker.decompress(chunk, _MOST) if unpacker else chunk
        if time.monotonic() - begun > _LONGEST:
            raise TimeoutError
    return found[:_MOST]


def _no_answer(error: Exception) -> FetchError:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ssl.SSLError):
        return FetchError("its certificate is not valid, so browsers warn of it")
    if isinstance(reason, socket.gaierror):
        if reason.errno == socket.EAI_AGAIN:
            return BusyVisitError("its address could not be looked up just now")
        return UnknownHostError("there is no site at this address any more")
    if isinstance(reason, TimeoutError):
        return BusyVisitError("it did not answer in time")
    if isinstance(reason, ConnectionRefusedError):
        return BusyVisitError("it refused the connection")
    return BusyVisitError("it broke off the connection, or could not be reached")


def is_inside(address: str) -> bool:
    """Whether an address leads to this computer or its network, by name or by number."""
    host = urlsplit(address).hostname or ""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
        return any(not ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found)
    except (OSError, ValueError):
        return False
