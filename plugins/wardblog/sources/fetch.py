"""The only HTTP client: one polite request at a time, to hosts that are named beforehand."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from wardblog import VERSION
from wardblog.report import ParseError
from wardblog.sources.answers import Answers, Validators
from wardblog.sources.ask import LATER, Ask, BusyError, FetchError
from wardblog.sources.connection import InsideError, TooSlowError, opener
from wardblog.sources.headers import seconds_to_wait, validators_of
from wardblog.sources.pace import Pace
from wardblog.sources.redirects import leads_elsewhere, leads_inside
from wardblog.sources.services import Service, is_safe
from wardblog.support.late_dataclass import dataclass
from wardblog.support.progress_bar import Watch, no_progress
from wardblog.support.urls import host_of, is_this_computer, is_web_address, parts_of
from wardblog.text.words import counted

_Read = TypeVar("_Read")
# What this software calls itself (RFC 9110, 10.1.5).
USER_AGENT = f"wardblog/{VERSION} (a councillor's ward blog; asks for one ward, about once a year)"
REGULAR_USER_AGENT = (
    f"wardblog/{VERSION} (a councillor's ward blog; asks for one ward, when the councillor says so)"
)
# Answers with which a service asks to be called again later.
_BUSY = (429, 502, 503, 504)
_REDIRECTS = (301, 302, 303, 307, 308)
_UNCHANGED = 304
# The first and the longest wait before another try, in seconds, and the longest in all.
_FIRST_WAIT, _LONGEST_WAIT, _LONGEST_IN_ALL = 5.0, 120.0, 240.0
_CHUNK = 65_536
_CHECK_LINE = "Check that this computer is connected to the internet, and run the command again."


@dataclass(frozen=True, slots=True)
class _Received:
    """An answer, and what the service calls this state of it."""

    answer: bytes
    validators: Validators


class Fetcher:
    """Fetches one answer after the other; `sleep` waits for some seconds.

    `agent` is what it calls itself. `pace` knows when each service was last asked.
    """

    def __init__(
        self,
        answers: Answers,
        watch: Watch = no_progress,
        sleep: Callable[[float], object] = time.sleep,
        agent: str = USER_AGENT,
        pace: Pace | None = None,
    ) -> None:
        self._answers, self._watch, self._sleep = answers, watch, sleep
        self._agent, self._pace = agent, pace or Pace()

    def fetch(self, ask: Ask[_Read]) -> _Read:
        """Return the answer as it was read; raises `FetchError` with a plain sentence."""
        kept = self._answers.get(ask.asked, ask.newest)
        if kept is not None:
            try:
                return ask.read(kept)
            except (FetchError, ParseError):
                self._answers.discard(ask.asked)
        received, result = self._patiently(ask)
        self._answers.keep(ask.asked, received.answer, received.validators)
        return result

    def fetch_file(self, ask: Ask[_Read], ending: str) -> Path:
        """Return the answer as a file of the cache, however old; raises `FetchError`, `OSError`."""
        path = self._answers.path(ask.asked, ending)
        if path.is_file():
            return path
        received, _ = self._patiently(ask)
        return self._answers.write(ask.asked, received.answer, ending)

    def _patiently(self, ask: Ask[_Read]) -> tuple[_Received, _Read]:
        """Try again after a while if the service is busy, but not for ever."""
        waited, wait = 0.0, _FIRST_WAIT
        for left in reversed(range(ask.service.tries)):
            try:
                received = self._once(ask)
                return received, ask.read(received.answer)
            except ParseError as error:
                raise FetchError(f"{ask.service.host}: {error.message}", error.hint) from None
            except BusyError as busy:
                pause = busy.seconds or wait
                if not left or pause > _LONGEST_WAIT or waited + pause > _LONGEST_IN_ALL:
                    raise
                self._wait(f"Waiting, since {ask.service.host} is busy", pause)
                waited, wait = waited + pause, min(wait * 3, _LONGEST_WAIT)
        raise AssertionError(ask.service.tries)

    def _wait(self, words: str, seconds: float) -> None:
        steps = max(int(seconds), 1)
        for step in range(steps):
            self._watch(words, step, steps)
            self._sleep(seconds / steps)

    def _once(self, ask: Ask[_Read]) -> _Received:
        if (seconds := self._pace.seconds_until(ask.service)) > 0:
            gap = counted(round(ask.service.pace), "second")
            self._wait(f"Waiting, to ask {ask.service.host} once in {gap}", seconds)
        request = Request(ask.address, ask.body, self._headers(ask))  # noqa: S310 - https or here
        self._watch(ask.words, 0, 1)
        try:
            with _opener(ask.service).open(request, timeout=ask.service.patience) as response:
                return _Received(self._read(ask, response), validators_of(response.headers))
        except HTTPError as error:
            with error:
                kept = self._answers.as_before(ask.asked) if error.code == _UNCHANGED else None
                if kept is not None:
                    return _Received(kept, self._answers.validators(ask.asked))
                raise _refused(ask.service, error) from None
        except (OSError, http.client.HTTPException, zlib.error, EOFError) as error:
            raise _unreachable(ask.service, error) from None
        except ValueError:  # an address that cannot be read, such as http://[
            raise _strange_redirect(ask.service.host) from None
        finally:
            self._pace.note(ask.service)

    def _headers(self, ask: Ask[_Read]) -> dict[str, str]:
        """Say what this is, and what is known already (RFC 9110, 13.1)."""
        known = self._answers.validators(ask.asked)
        conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        return {
            "User-Agent": self._agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            **{name: value for name, value in conditions.items() if value},
        }

    def _read(self, ask: Ask[_Read], response: http.client.HTTPResponse) -> bytes:
        length = response.headers.get("Content-Length") or ""
        total = int(length) if length.isascii() and length.isdecimal() else 0
        most = ask.service.most
        parts: list[bytes] = []
        size = 0
        while total <= most and (chunk := response.read1(_CHUNK)):
            parts.append(chunk)
            size += len(chunk)
            self._watch(ask.words, size, total or size * 2)
            if size > most:
                break
        if max(size, total) > most:
            raise _too_long(ask.service)
        if size < total:
            raise http.client.IncompleteRead(b"", total - size)
        answer = b"".join(parts)
        if (response.headers.get("Content-Encoding") or "").casefold() == "gzip":
            return _unpacked(answer, ask.service)
        return answer


def _unpacked(answer: bytes, service: Service) -> bytes:
    """Unpack gzip, but never more than the service's longest answer."""
    unpacker = zlib.decompressobj(wbits=31)
    unpacked = unpacker.decompress(answer, service.most)
    if unpacker.unconsumed_tail:
        raise _too_long(service)
    if not unpacker.eof:
        raise EOFError
    return unpacked


class _OnlyNamedHosts(HTTPRedirectHandler):
    """Follows a redirect only to the hosts of the service."""

    max_redirections = 4

    def __init__(self, service: Service) -> None:
        self._service = service

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if not is_web_address(newurl):
            fp.close()
            raise _strange_redirect(self._service.host)
        if parts_of(newurl).netloc not in self._service.hosts or not is_safe(newurl):
            fp.close()
            raise leads_elsewhere(self._service, newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(service: Service) -> OpenerDirector:
    is_here = is_this_computer(host_of(service.base))
    direct = [ProxyHandler({})] if is_here else []
    return opener(_OnlyNamedHosts(service), *direct, may_be_inside=is_here, longest=service.longest)


def _refused(service: Service, error: HTTPError) -> FetchError:
    host = service.host
    if error.code in _BUSY:
        reason = "too many requests" if error.code == 429 else "too much to do"
        seconds = seconds_to_wait(error.headers.get("Retry-After"))
        return BusyError(f"{host} has {reason} just now (it answered {error.code})", seconds)
    if error.code in _REDIRECTS:
        return _strange_redirect(host)
    return FetchError(
        f"{host} answered {error.code} {error.reason or ''}".rstrip(),
        "The service may have changed. Try again later, or download the files yourself and name "
        "them with FROM=.",
    )


def _strange_redirect(host: str) -> FetchError:
    return FetchError(f"{host} redirects in a way that this software does not follow", LATER)


def _too_long(service: Service) -> FetchError:
    return FetchError(
        f"The answer from {service.host} is longer than {service.most // 1_000_000} MB",
        "A ward needs much less. Check that you named the right ward.",
    )


def _unreachable(service: Service, error: Exception) -> FetchError:
    """Say in words why there was no answer, or no whole answer."""
    host = service.host
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ssl.SSLError):
        hint = "Check the date and time of this computer, and whether your network needs a log-in."
        return FetchError(f"{host} could not prove that it is {host}", hint)
    if isinstance(reason, socket.gaierror):
        return FetchError(f"{host} cannot be found: there seems to be no network", _CHECK_LINE)
    if isinstance(reason, InsideError):
        return leads_inside(service)
    if isinstance(reason, TooSlowError):
        return FetchError(f"{host} answers too slowly", LATER)
    if isinstance(reason, TimeoutError):
        return BusyError(f"{host} did not answer within {service.patience:g} seconds")
    if isinstance(reason, http.client.IncompleteRead | zlib.error | EOFError):
        return BusyError(f"{host} closed the connection before its answer was complete")
    if isinstance(reason, ConnectionResetError | BrokenPipeError | http.client.RemoteDisconnected):
        return BusyError(f"{host} closed the connection")
    if isinstance(reason, http.client.HTTPException):
        return FetchError(f"{host} gave an answer that is not HTTP", LATER)
    words = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return FetchError(f"{host} cannot be reached: {words}", _CHECK_LINE)
