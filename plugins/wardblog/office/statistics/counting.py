"""Counts one log in one pass.

Everything that happens for each line is in one function, for speed: most lines are parts of pages,
and are done with after a few look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from wardblog.model import CommunitySite
from wardblog.office.statistics.agents import Agent, Agents, Program
from wardblog.office.statistics.day_counts import LogCalendar, Segment, Slot
from wardblog.office.statistics.feed_readers import FeedReaders
from wardblog.office.statistics.kept_names import KeptNames
from wardblog.office.statistics.referrers import Referrers
from wardblog.office.statistics.rows import Row
from wardblog.office.statistics.stored import DayPart
from wardblog.office.statistics.targets import RequestTarget, TargetKind, Targets
from wardblog.office.statistics.totals import Excluded
from wardblog.office.statistics.visitors import ReaderVisit, Visitors
from wardblog.support.late_dataclass import dataclass

_SENT, _UNCHANGED = b"200", b"304"
_GOOD = frozenset({_SENT, _UNCHANGED})
_NOT_FOUND = frozenset({b"404", b"410"})
# Different pages that are counted; a site has fewer, and those of an attack are not kept.
_MOST_PATHS = 50_000
# Different feeds that are counted, in all.
_MOST_FEEDS = 200
# The pages and the feeds come first.
_PAGE, _FEED, _FILE = TargetKind.PAGE, TargetKind.FEED, TargetKind.FILE
_RENDERED, _ROBOTS = TargetKind.RENDERED, TargetKind.FOR_ROBOTS
_BARE, _ELSEWHERE = TargetKind.BARE, TargetKind.ELSEWHERE
_NOT_PART_OF_PAGES = (_FILE, _BARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What there is to know about the site: its own hosts, and the other local sites.

    `base_path` is its folder on the host, such as `/blog`; empty if it has the host to itself.
    """

    hosts: Sequence[str]
    community: Sequence[CommunitySite]
    now: datetime
    base_path: str = ""


class LogCount:
    """The count of one log, from all of its files."""

    def __init__(self, about: Surroundings, known: Mapping[date, Sequence[DayPart]]) -> None:
        self.calendar = LogCalendar(known, about.now)
        self.feeds = FeedReaders()
        self._visitors = Visitors()
        self._agents, self._targets = Agents(), Targets(about.base_path)
        self._referrers = Referrers(about.hosts, about.community)
        self._paths: set[str] = set()
        stored = (path for parts in known.values() for p in parts for path in p.totals.feeds)
        self._feed_paths = KeptNames(_MOST_FEEDS, stored)
        # What has no time is counted with the line before it; this is for what has none.
        self._nowhere = Segment(self.calendar.codes)
        self._slot = Slot(self._nowhere, 0, 0, 0, 0)

    def count(self, rows: Iterable[Row]) -> None:
        """Count these lines, which come after those that were counted before."""
        slot, targets, agents = self._slot, self._targets, self._agents
        other_slot = self.calendar.slot
        not_a_page = Excluded.NOT_A_PAGE.value
        goes_on = self._visitors.goes_on
        may_be_browsers = (Program.BROWSER, Program.UNKNOWN)
        for length, address, second, method, written, status, referrer, program in rows:
            if not slot.begin <= second < slot.end:
                found = other_slot(second)
                if found is None:
                    self._count_undated(slot, method)
                    continue
                slot = self._slot = found
            slot.lines += 1
            slot.size += length
            if second > slot.last:
                slot.begin_second(second, length)
            elif second == slot.last:
                slot.at_last += 1
                slot.tail.append(length)
            elif second < slot.first:
                slot.first = second
            target, agent = targets[written], agents[program]
            kind = target.kind
            if method != b"GET" or kind is _ELSEWHERE:
                self._left_out(slot, method, address, second, kind, program, agent)
            elif kind <= _FEED or (kind is _BARE and status in _GOOD):
                self._document(slot, address, second, target, status, referrer, program, agent)
            else:
                slot.segment.excluded[not_a_page] += 1
                if (
                    kind not in _NOT_PART_OF_PAGES
                    and agent.page in may_be_browsers
                    and status in _GOOD
                    and (kind is _ROBOTS or not goes_on(address, program, second))
                ):
                    self._part(slot, address, second, kind, referrer, program, agent)

    def _count_undated(self, slot: Slot, method: bytes) -> None:
        reason = Excluded.NO_DATE if method else Excluded.BROKEN
        slot.segment.excluded[reason.value] += 1

    def _left_out(
        self,
        slot: Slot,
        method: bytes,
        address: bytes,
        second: int,
        kind: TargetKind,
        program: bytes,
        agent: Agent,
    ) -> None:
        """Browsers ask for pages with GET; what checks links asks with HEAD first."""
        if kind is _ELSEWHERE:
            slot.segment.excluded[Excluded.ELSEWHERE.value] += 1
            return
        slot.segment.excluded[Excluded.METHOD.value] += 1
        if method == b"HEAD" and kind is _PAGE and agent.page is Program.BROWSER:
            visitor = self._visitors.at(address, program, agent, second, slot.day)
            self._visitors.is_a_robot(visitor, slot.day)

    def _part(
        self,
        slot: Slot,
        address: bytes,
        second: int,
        kind: TargetKind,
        referrer: bytes,
        program: bytes,
        agent: Agent,
    ) -> None:
        """What is loaded with a page says that its visitor is a browser."""
        visitor = self._visitors.at(address, program, agent, second, slot.day)
        if kind is _ROBOTS:
            self._visitors.is_a_robot(visitor, slot.day)
        elif not visitor.is_proven and (
            kind is _RENDERED or self._is_of_a_page(visitor, agent, referrer)
        ):
            self._visitors.prove(visitor, slot.day)

    def _is_of_a_page(self, visitor: ReaderVisit, agent: Agent, referrer: bytes) -> bool:
        """Whether a picture is loaded as part of a page that the visitor has just asked for.

        A preview of a link loads a picture as well, but does not say from which page.
        """
        if agent.page is Program.UNKNOWN:
            return bool(visitor.waiting)
        path = self._path_of(referrer)
        return any(one[1] == path for one in visitor.waiting)

    def _path_of(self, referrer: bytes) -> str:
        """The path of a page that links here; the whole of it is what the visitor came from."""
        at = referrer.find(b"/", 8)
        return self._targets[referrer[at:]].path if at > 0 else ""

    def _document(
        self,
        slot: Slot,
        address: bytes,
        second: int,
        target: RequestTarget,
        status: bytes,
        referrer: bytes,
        program: bytes,
        agent: Agent,
    ) -> None:
        """A page or a feed. Whether it is a feed comes before whether a crawler asks for it."""
        if target.kind is _FEED:
            self._feed(slot, address, second, target, status, agent)
            return
        excluded = slot.segment.excluded
        if status not in _GOOD:
            excluded[Excluded.ERROR.value] += 1
            if status in _NOT_FOUND and agent.page is Program.BROWSER:
                self._visitors.not_found(
                    self._visitors.at(address, program, agent, second, slot.day)
                )
            return
        if agent.page is Program.CRAWLER:
            excluded[Excluded.CRAWLER.value] += 1
            return
        if agent.page is not Program.BROWSER and agent.page is not Program.UNKNOWN:
            excluded[Excluded.NO_BROWSER.value] += 1
            return
        if target.path not in self._paths:
            if len(self._paths) >= _MOST_PATHS:
                excluded[Excluded.TOO_MANY.value] += 1
                return
            self._paths.add(target.path)
        visitor = self._visitors.at(address, program, agent, second, slot.day)
        source = "" if target.campaign else self._referrers[referrer]
        origin = (source, target.campaign, self._path_of(referrer) if not visitor.is_proven else "")
        self._visitors.page(visitor, second, target.path, slot, origin)
        if status == _UNCHANGED:
            self._visitors.prove(visitor, slot.day)

    def _feed(
        self,
        slot: Slot,
        address: bytes,
        second: int,
        target: RequestTarget,
        status: bytes,
        agent: Agent,
    ) -> None:
        excluded = slot.segment.excluded
        if status not in _GOOD:
            excluded[Excluded.ERROR.value] += 1
        elif agent.feed is Program.CRAWLER:
            excluded[Excluded.CRAWLER.value] += 1
        elif agent.feed is Program.OTHER:
            excluded[Excluded.NO_BROWSER.value] += 1
        else:
            excluded[Excluded.FEED.value] += 1
            path = self._feed_paths.kept(target.path)
            self.feeds.fetched(path, address, agent, second, slot.day)

    def finish(self) -> None:
        """Decide what is undecided at the end of the log."""
        self._visitors.finish()
        for day in self.calendar.days.values():
            day.finish()
        if self.calendar.days:
            first = self.calendar.days[min(self.calendar.days)].segments[0]
            for reason, number in self._nowhere.excluded.items():
                first.excluded[reason] += number
