"""Opens a page or a feed of any site, as far as it may go; `fetch.py` asks services for data."""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from collections.abc import Mapping
from email.message import Message
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlunsplit
from urllib.request import ProxyHandler, Request

from wardblog import VERSION
from wardblog.sources.ask import FetchError
from wardblog.sources.connection import InsideError, NoRedirects, opener
from wardblog.sources.headers import seconds_to_wait, validators_of
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import host_of, is_this_computer, parts_of

# What this software calls itself, and its name alone, for robots.txt.
VISITOR = "wardblog"
_AGENT = f"{VISITOR}/{VERSION} (a councillor's ward blog; checks its links to local sites)"
# How long a site may be silent, and take in all, in seconds; how many bytes of a page are read.
_PATIENCE, _LONGEST, MOST = 20.0, 60.0, 2_000_000
_CHUNK = 65_536
# The answers that name another address (RFC 9110, 15.4).
PERMANENT = (301, 308)
REDIRECTS = (*PERMANENT, 302, 303, 307)
LEADS_INSIDE = "it redirects to an address inside your own network, which was not opened"
# What an address may contain as it is (RFC 3986).
_UNQUOTED = "!#$%&'()*+,/:;=?@[]~"
# A name or a number, with or without a port; no other way of writing a host is understood.
_HOST = late_regex(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """One answer of a site, with the beginning of its content, which is empty for an error.

    `location` is where it redirects, and `retry_after` how many seconds it wants us to wait, or 0.
    `etag` and `modified` are what a later request may be conditional on (RFC 9110, 8.8), or "".
    `is_longer` is whether the content goes on, and `is_broken` whether it was cut off on its way.
    """

    status: int
    location: str
    media_type: str
    retry_after: float
    content: bytes
    etag: str = ""
    modified: str = ""
    is_longer: bool = False
    is_broken: bool = False


class UnknownHostError(FetchError):
    """There is no site with this name."""


class BusyVisitError(FetchError):
    """A site gave no whole answer, but may do so later."""


def look(
    address: str,
    extra: Mapping[str, str] | None = None,
    *,
    may_be_inside: bool = False,
    most: int = MOST,
) -> RawAnswer:
    """Ask a site once for a page, without following redirects; `extra` are headers to send.

    `may_be_inside` is whether its name may lead into one's own network, and `most` how many bytes
    are read. Raises `FetchError` if there is no answer; its message continues "Name of the site: ".
    """
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}
    headers |= extra or {}
    is_here = is_this_computer(host_of(address))
    own = [ProxyHandler({})] if is_here else []
    may_be_inside = may_be_inside or is_here
    try:
        request = Request(in_ascii(address), headers=headers)  # noqa: S310 - see visit.py
        opened = opener(NoRedirects(), *own, may_be_inside=may_be_inside, longest=_LONGEST)
        with opened.open(request, timeout=_PATIENCE) as response:
            return _raw(response.status, response.headers, _read(response, most))
    except HTTPError as error:
        with error:
            return _raw(error.code, error.headers, _NOTHING)
    except (OSError, http.client.HTTPException, zlib.error, EOFError) as error:
        raise _no_answer(error) from None
    except ValueError:
        raise FetchError("its address cannot be read") from None


def in_ascii(address: str) -> str:
    """An address as it is sent: with the name of the host in Punycode, and the rest encoded.

    Raises `ValueError` if it cannot be read.
    """
    parts = parts_of(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    if not _HOST.fullmatch(host):
        raise ValueError(host)
    path, query = (quote(part, safe=_UNQUOTED) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, path or "/", query, ""))


def is_same_host(address: str, other: str) -> bool:
    """Whether two addresses name the same host and port; this computer has several names."""
    one, two = parts_of(address), parts_of(other)
    both = is_this_computer(one.hostname or "") and is_this_computer(two.hostname or "")
    return one.netloc == two.netloc != "" or both


class _Body(NamedTuple):
    """The beginning of an answer, unpacked; `RawAnswer` explains the other two."""

    content: bytes
    is_longer: bool
    is_broken: bool


_NOTHING = _Body(b"", is_longer=False, is_broken=False)


def _raw(status: int, headers: Message, body: _Body) -> RawAnswer:
    known = validators_of(headers)
    return RawAnswer(
        status=status,
        location=headers.get("Location") or "",
        media_type=(headers.get("Content-Type") or "").casefold(),
        retry_after=seconds_to_wait(headers.get("Retry-After")) if status in (429, 503) else 0.0,
        content=body.content,
        etag=known.etag,
        modified=known.modified,
        is_longer=body.is_longer,
        is_broken=body.is_broken,
    )


def _read(response: http.client.HTTPResponse, most: int) -> _Body:
    """The first bytes of an answer, unpacked; more than a page needs is not read."""
    is_packed = (response.headers.get("Content-Encoding") or "").casefold() == "gzip"
    unpacker = zlib.decompressobj(wbits=31) if is_packed else None
    found = bytearray()
    while len(found) <= most and (chunk := response.read1(_CHUNK)):
        found += unpacker.decompress(chunk, most + 1) if unpacker else chunk
    is_longer = len(found) > most
    # What is left is the number of bytes that were announced and did not come.
    is_broken = bool(response.length) or bool(unpacker and not unpacker.eof)
    return _Body(bytes(found[:most]), is_longer, is_broken and not is_longer)


def _no_answer(error: Exception) -> FetchError:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ssl.SSLError):
        return FetchError("its certificate is not valid, so browsers warn of it")
    if isinstance(reason, socket.gaierror):
        if reason.errno == socket.EAI_AGAIN:
            return BusyVisitError("its address could not be looked up just now")
        return UnknownHostError("there is no site at this address any more")
    if isinstance(reason, InsideError):
        return FetchError(LEADS_INSIDE)
    if isinstance(reason, TimeoutError):
        return BusyVisitError("it did not answer in time")
    if isinstance(reason, ConnectionRefusedError):
        return BusyVisitError("it refused the connection")
    return BusyVisitError("it closed the connection, or could not be reached")
