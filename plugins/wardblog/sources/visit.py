"""Visits other people's sites politely: whether they answer, and where their addresses lead."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from wardblog.sources.ask import FetchError
from wardblog.sources.connection import is_inside
from wardblog.sources.look import (
    LEADS_INSIDE,
    PERMANENT,
    REDIRECTS,
    VISITOR,
    BusyVisitError,
    RawAnswer,
    UnknownHostError,
    in_ascii,
    is_same_host,
    look,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import host_of, is_web_address, join_url, parts_of

_MOST_REDIRECTS = 6
_UNREADABLE = "it redirects to an address that cannot be read"
_BUSY = (429, 500, 502, 503, 504)
# How long to wait before the one other try, in seconds, if the site does not say.
_PAUSE, _LONGEST_PAUSE = 5.0, 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What came of a visit to `asked`; `url` is where it ended.

    Without an answer the `status` is 0, and `trouble` says why, as the end of a sentence that
    begins with the name of the site. `is_unknown` is whether there is no such host. `is_permanent`
    is whether every redirect on the way is meant to last, and `is_redirected` whether there was
    any.
    """

    asked: str
    url: str
    status: int = 0
    trouble: str = ""
    is_unknown: bool = False
    is_redirected: bool = False
    is_permanent: bool = False
    media_type: str = ""
    content: bytes = b""

    @property
    def is_fine(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the page or the host is not there any more, as far as this can be known."""
        return self.is_unknown or self.status in (404, 410)


class Visitor:
    """Visits one site after the other, and obeys their robots.txt; `sleep` waits for seconds."""

    def __init__(self, sleep: Callable[[float], object] = time.sleep) -> None:
        self._sleep = sleep
        self._robots: dict[str, Callable[[str], bool]] = {}

    def visit(self, url: str, named_by: str = "") -> Visit:
        """Follow an address to its end; `named_by` is the page on which it was found.

        Only the very host that names it, or that it names, may be inside one's own network.
        """
        visit = Visit(asked=url, url=url)
        is_named_inside = is_inside(named_by or url)
        is_permanent = True
        for _ in range(_MOST_REDIRECTS):
            if not is_web_address(visit.url):
                return replace(visit, trouble=_UNREADABLE)
            may_be_inside = is_named_inside and is_same_host(visit.url, named_by or url)
            if trouble := self._refusal(visit, may_be_inside):
                return replace(visit, trouble=trouble)
            try:
                answer = self._patiently(visit.url, may_be_inside)
            except UnknownHostError as error:
                return replace(visit, trouble=str(error), is_unknown=True)
            except FetchError as error:
                return replace(visit, trouble=str(error))
            if not answer.location or answer.status not in REDIRECTS:
                return replace(
                    visit,
                    status=answer.status,
                    is_permanent=is_permanent and visit.is_redirected,
                    media_type=answer.media_type,
                    content=answer.content,
                )
            is_permanent = is_permanent and answer.status in PERMANENT
            try:
                target = in_ascii(join_url(visit.url, answer.location))
            except ValueError:
                return replace(visit, trouble=_UNREADABLE)
            visit = replace(visit, url=target, is_redirected=True)
        return replace(visit, trouble="it redirects in a circle")

    def _refusal(self, visit: Visit, may_be_inside: bool) -> str:
        """Why the next address is not visited, or ""."""
        if is_inside(visit.url) and not may_be_inside:
            return LEADS_INSIDE
        if not self._may_visit(visit.url, may_be_inside):
            return f"the robots.txt of {host_of(visit.url)} asks programs not to open it"
        return ""

    def _may_visit(self, url: str, may_be_inside: bool) -> bool:
        """Whether robots.txt allows it (RFC 9309); without such a file, it does."""
        parts = parts_of(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = _rules(f"{origin}/robots.txt", may_be_inside)
        return self._robots[origin](url)

    def _patiently(self, url: str, may_be_inside: bool) -> RawAnswer:
        """Try once more if a site is busy or does not answer."""
        pause = _PAUSE
        try:
            answer = look(url, may_be_inside=may_be_inside)
            if answer.status not in _BUSY:
                return answer
            pause = answer.retry_after or _PAUSE
        except BusyVisitError:
            pass
        if pause <= _LONGEST_PAUSE:
            self._sleep(pause)
        return look(url, may_be_inside=may_be_inside)


def _rules(address: str, may_be_inside: bool) -> Callable[[str], bool]:
    # late import: see docs/architecture.md
    from urllib.robotparser import RobotFileParser

    try:
        answer = look(address, may_be_inside=may_be_inside)
    except FetchError:
        return _everything  # the visit itself then says what is wrong
    if not 200 <= answer.status < 300 or "html" in answer.media_type:
        return _everything
    parser = RobotFileParser(address)
    parser.parse(answer.content.decode("utf-8", "replace").splitlines())
    return lambda url: parser.can_fetch(VISITOR, url)


def _everything(_: str) -> bool:
    return True
