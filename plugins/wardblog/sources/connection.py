"""Connects to a site: not inside one's own network unless it may, and not for longer than meant."""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from typing import IO, Any
from urllib.request import (
    BaseHandler,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)
from urllib.request import build_opener as _build_opener

from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import host_of, parts_of


class InsideError(OSError):
    """A name leads to this computer or its network, where it may not lead."""


class TooSlowError(TimeoutError):
    """The whole answer takes longer than it may."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """Whether a host may be inside one's own network, and when its answer must be complete."""

    may_be_inside: bool
    end: float

    def seconds(self, patience: float) -> float:
        """How long to wait for the next bytes; raises `TooSlowError` if there is no time left."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TooSlowError
        return min(patience, left)


def opener(*handlers: BaseHandler, may_be_inside: bool, longest: float) -> OpenerDirector:
    """What opens addresses with these handlers; all of it takes at most `longest` seconds.

    Raises `InsideError`, `TooSlowError` and what `urllib` raises.
    """
    limits = _Limits(may_be_inside, time.monotonic() + longest)
    return _build_opener(_LimitedHttp(limits), _LimitedHttps(limits), *handlers)


class NoRedirects(HTTPRedirectHandler):
    """Raises `HTTPError` for a redirect; Python's own code would first read where it leads."""

    def http_error_302(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage
    ) -> None:
        del req, fp, code, msg, headers

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class _LimitedHttp(HTTPHandler):
    def __init__(self, limits: _Limits) -> None:
        super().__init__()
        self._limits = limits

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        kind = http.client.HTTPConnection
        return self.do_open(_connections(kind, self._limits, req), req)


class _LimitedHttps(HTTPSHandler):
    def __init__(self, limits: _Limits) -> None:
        super().__init__()
        self._limits = limits

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        kind = http.client.HTTPSConnection
        return self.do_open(_connections(kind, self._limits, req), req)


def _connections(
    kind: type[http.client.HTTPConnection], limits: _Limits, request: Request
) -> Callable[..., http.client.HTTPConnection]:
    """What makes the connection for a request; a proxy decides for itself where it connects."""
    is_by_proxy = request.host != parts_of(request.full_url).netloc
    reach = partial(_reach, limits, may_be_inside=limits.may_be_inside or is_by_proxy)

    def make(host: str, timeout: float) -> http.client.HTTPConnection:
        connection: Any = kind(host, timeout=timeout)
        connection._create_connection = reach  # http.client keeps it there to be replaced
        connection.response_class = partial(_LimitedResponse, limits=limits, patience=timeout)
        return connection  # type: ignore[no-any-return]

    return make


def _reach(
    limits: _Limits,
    address: tuple[str, int],
    timeout: float,
    *_: object,
    may_be_inside: bool,
) -> socket.socket:
    """Look a name up once, and connect to one of the numbers that were found and judged."""
    found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not may_be_inside and any(map(_is_inside, numbers)):
        raise InsideError
    for number in numbers[:-1]:
        try:
            return socket.create_connection((number, address[1]), limits.seconds(timeout))
        except OSError:
            continue
    return socket.create_connection((numbers[-1], address[1]), limits.seconds(timeout))


class _LimitedResponse(http.client.HTTPResponse):
    """An answer that is read until the time is over, whatever it is: headers, too."""

    def __init__(
        self, sock: socket.socket, *args: Any, limits: _Limits, patience: float, **named: Any
    ) -> None:
        super().__init__(sock, *args, **named)
        self.fp.close()
        self.fp = io.BufferedReader(_LimitedStream(sock, limits, patience))


class _LimitedStream(io.RawIOBase):
    """The bytes of a connection; each wait for more ends when the time is over."""

    def __init__(self, sock: socket.socket, limits: _Limits, patience: float) -> None:
        self._sock, self._limits, self._patience = sock, limits, patience
        self._bytes = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._limits.seconds(self._patience))
        try:
            return self._bytes.readinto(buffer)
        except TimeoutError:
            self._limits.seconds(self._patience)
            raise

    def close(self) -> None:
        self._bytes.close()
        super().close()


def is_inside(address: str) -> bool:
    """Whether an address leads to this computer or its network, by name or by number.

    A name that only a proxy can look up does not; without a proxy, `opener` looks it up again.
    """
    host = host_of(address)
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, ValueError):
        return False
    return any(_is_inside(str(one[4][0])) for one in found)


def _is_inside(number: str) -> bool:
    return not ip_address(number.partition("%")[0]).is_global
