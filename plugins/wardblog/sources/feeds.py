"""Reads feeds of any site over the network: several at once, one at a time from each host."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

from wardblog import VERSION
from wardblog.sources.ask import FetchError
from wardblog.sources.connection import is_inside
from wardblog.sources.look import (
    LEADS_INSIDE,
    MOST,
    PERMANENT,
    REDIRECTS,
    RawAnswer,
    in_ascii,
    is_same_host,
    look,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import is_web_address, join_url, parts_of

T = TypeVar("T")

_AGENT = f"wardblog/{VERSION} (a councillor's ward blog; reads feeds)"
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "*/*;q=0.5"
)
_MOST_REDIRECTS = 6
# How many hosts are asked at once.
_AT_ONCE = 8
# How long a host may take for one feed, and all of them together, in seconds.
DEADLINE, _ALL = 40.0, 300.0
_LATE = "it did not answer in time"
# A site that wants to be asked again so soon is asked again at once.
_SHORT_WAIT = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """A feed to read; `etag` and `modified` are those of what was read last, or ""."""

    url: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAnswer:
    """What came of reading a feed.

    `trouble` is "", or why there is no content, as the end of a sentence that begins with the name
    of the feed. `is_unchanged` is whether the feed is as it was (304). `wait` is how many seconds
    the site asks us to stay away, or 0. `moved_to` is the address to which it has moved for good,
    or "". `url` is where the content was found, for links that are relative to it.
    """

    url: str
    content: bytes = b""
    media_type: str = ""
    trouble: str = ""
    is_unchanged: bool = False
    wait: float = 0.0
    moved_to: str = ""
    etag: str = ""
    modified: str = ""


def read_feeds(
    requests: Sequence[FeedRequest],
    watch: Callable[[int], object] = lambda _: None,
    deadline: float = DEADLINE,
) -> list[FeedAnswer]:
    """Read feeds, and return the answers in the order of the requests.

    `watch` hears how many were read. A host that takes longer than `deadline` seconds for a feed
    is given up; the others are not held up by it.
    """
    hosts: dict[str, list[int]] = {}
    for number, request in enumerate(requests):
        hosts.setdefault(parts_of(request.url).netloc.casefold(), []).append(number)
    waiting: SimpleQueue[list[int]] = SimpleQueue()
    for group in hosts.values():
        waiting.put(group)
    arrived: SimpleQueue[tuple[int, FeedAnswer]] = SimpleQueue()
    # Daemons, so that one that hangs does not keep the command from ending.
    for _ in range(min(_AT_ONCE, len(hosts))):
        work = (requests, waiting, arrived, deadline)
        threading.Thread(target=_read_hosts, args=work, daemon=True).start()
    answers = [FeedAnswer(url=one.url, trouble=_LATE) for one in requests]
    end = time.monotonic() + _ALL
    for count in range(len(requests)):
        watch(count)
        try:
            number, answers[number] = _next_of(arrived, end - time.monotonic())
        except Empty:
            break
    return answers


def _next_of(arrived: SimpleQueue[T], seconds: float) -> T:
    return arrived.get(timeout=max(seconds, 0.01))


def _read_hosts(
    requests: Sequence[FeedRequest],
    waiting: SimpleQueue[list[int]],
    arrived: SimpleQueue[tuple[int, FeedAnswer]],
    deadline: float,
) -> None:
    """Read the feeds of one host after the other, until no host is left."""
    while True:
        try:
            group = waiting.get_nowait()
        except Empty:
            return
        is_late = False
        for number in group:
            request = requests[number]
            late = FeedAnswer(url=request.url, trouble=_LATE)
            answer = late if is_late else _within(deadline, request) or late
            is_late = answer is late
            arrived.put((number, answer))


def _within(deadline: float, request: FeedRequest) -> FeedAnswer | None:
    """The answer, or None if it takes too long; nobody waits for it then."""
    done: SimpleQueue[FeedAnswer] = SimpleQueue()
    threading.Thread(target=lambda: done.put(_safely(request)), daemon=True).start()
    try:
        return done.get(timeout=deadline)
    except Empty:
        return None


def _safely(request: FeedRequest) -> FeedAnswer:
    try:
        return _follow(request)
    except FetchError as error:
        return FeedAnswer(url=request.url, trouble=str(error))
    except Exception:  # noqa: BLE001 - no site may keep the others from being read
        return FeedAnswer(url=request.url, trouble="its answer cannot be read")


def _follow(request: FeedRequest) -> FeedAnswer:
    """Ask for a feed and follow its redirects.

    Only the very host that is listed may be inside one's own network. Raises `FetchError`.
    """
    url, is_permanent = request.url, True
    is_named_inside = is_inside(url)
    for _ in range(_MOST_REDIRECTS):
        if not is_web_address(url):
            raise FetchError("it redirects to an address that cannot be read")
        may_be_inside = is_named_inside and is_same_host(url, request.url)
        if not may_be_inside and is_inside(url):
            raise FetchError(LEADS_INSIDE)
        answer = _patiently(url, _conditions(request), may_be_inside)
        if answer.status not in REDIRECTS or not answer.location:
            moved = url if is_permanent and url != request.url else ""
            return _judged(answer, url, moved)
        is_permanent = is_permanent and answer.status in PERMANENT
        try:
            url = in_ascii(join_url(url, answer.location))
        except ValueError:
            raise FetchError("it redirects to an address that cannot be read") from None
    raise FetchError("it redirects in a circle")


def _conditions(request: FeedRequest) -> dict[str, str]:
    headers = {"User-Agent": _AGENT, "Accept": _ACCEPT}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.modified:
        headers["If-Modified-Since"] = request.modified
    return headers


def _patiently(url: str, headers: Mapping[str, str], may_be_inside: bool) -> RawAnswer:
    """Ask once more if the site wants us to wait only for a moment."""
    answer = look(url, headers, may_be_inside=may_be_inside)
    if not 0 < answer.retry_after <= _SHORT_WAIT:
        return answer
    time.sleep(answer.retry_after)
    return look(url, headers, may_be_inside=may_be_inside)


def _judged(answer: RawAnswer, url: str, moved_to: str) -> FeedAnswer:
    if answer.status == 304:
        return FeedAnswer(url=url, is_unchanged=True, moved_to=moved_to)
    if 200 <= answer.status < 300 and not answer.is_longer and not answer.is_broken:
        return FeedAnswer(
            url=url,
            content=answer.content,
            media_type=answer.media_type,
            moved_to=moved_to,
            etag=answer.etag,
            modified=answer.modified,
        )
    return FeedAnswer(url=url, trouble=_trouble(answer), wait=answer.retry_after)


def _trouble(answer: RawAnswer) -> str:
    if answer.is_longer:
        return f"it is longer than {MOST // 1_000_000} MB, so it was not read"
    if answer.is_broken:
        return "its answer was cut off"
    if answer.status in (404, 410):
        return f"there is no feed at this address any more (the site answered {answer.status})"
    if answer.status == 429 or answer.status >= 500:
        return f"the site is busy or broken just now (it answered {answer.status})"
    return f"the site does not let programs in (it answered {answer.status})"
