"""Meetings from ModernGov, the software that most councils publish them with.

Its web service is explained at the address of each council, /mgWebService.asmx: `GetCommittees`,
`GetMeetings` for a span of days, and `GetMeeting`, which alone has the time and the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from wardblog.model import DataSource, Site
from wardblog.report import ParseError
from wardblog.sources.ask import Ask, FetchError
from wardblog.sources.fetch import Fetcher
from wardblog.sources.regular.answer_forms import local_name, parse_xml, plain_text, whole
from wardblog.sources.regular.council_service import service_at_url_of
from wardblog.sources.regular.meeting_events import Meetings, in_local_time, window
from wardblog.sources.regular.source import Fetched
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import parts_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SERVICE = "mgWebService.asmx"
_ALL = "-1"
# Times are asked for one by one, so only those of the next meetings.
_MOST_DETAILS = 20
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*([ap])?\.?m?\b", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b(.*)", re.DOTALL)
_PLACES = ("meetinglocation", "meetingvenue", "venue", "location")
# All that is read of an answer.
_FIELDS = frozenset(
    ("committeeid", "committeetitle", "committeedeleted", "committeeexpired", "meetingid",
     "meetingdate", "meetingtime", "meetingstatus", *_PLACES)
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """One meeting as the service gives it; of a detail only some parts are known."""

    number: str
    committee: str = ""
    committee_number: str = ""
    day: str = ""
    hour: str = ""
    status: str = ""
    where: str = ""

    def with_detail(self, detail: _Meeting | None) -> _Meeting:
        if detail is None:
            return self
        return replace(
            self,
            committee=self.committee or detail.committee,
            committee_number=self.committee_number or detail.committee_number,
            hour=self.hour or detail.hour,
            status=detail.status or self.status,
            where=self.where or detail.where,
        )


def fetch(source: DataSource, site: Site, today: date, fetcher: Fetcher) -> tuple[bytes, ...]:
    """Ask for the committees, the meetings, and the times of those that are next."""
    days = window(today)
    committees = _ask(source, fetcher, "GetCommittees", {}, "Committees of the council")
    span = {
        "lCommitteeId": _ALL,
        "sFromDate": f"{days.first:%d/%m/%Y}",
        "sToDate": f"{days.last:%d/%m/%Y}",
    }
    meetings = _ask(source, fetcher, "GetMeetings", span, "Meetings of the council")
    details = [
        _ask(source, fetcher, "GetMeeting", {"lMeetingId": number}, "Times of the meetings")
        for number in _without_time((committees, meetings), source, site, today)
    ]
    return (committees, meetings, *details)


def _ask(
    source: DataSource, fetcher: Fetcher, method: str, fields: Mapping[str, str], words: str
) -> bytes:
    service = service_at_url_of(replace(source, url=_home(source.url)))
    path = f"{_SERVICE}/{method}"
    ask = Ask(
        service=service, path=path, words=words, read=whole(parse_xml, service.host), fields=fields
    )
    try:
        return fetcher.fetch(ask)
    except FetchError as error:
        if re.search(r"answered 40[134]\b", str(error)):
            raise _closed(service.host, str(error)) from None
        raise


def _closed(host: str, said: str) -> FetchError:
    return FetchError(
        f"{said}, so its list of meetings is not open to programs",
        f"Ask the council to open {_SERVICE} on {host}. Or look on its website for a calendar or "
        'a feed of meetings, and use that in ward.toml: from = "calendar" with an address that '
        'ends in .ics, or from = "meetings-feed".',
    )


def _without_time(
    answers: Sequence[bytes], source: DataSource, site: Site, today: date
) -> Iterator[str]:
    """The numbers of the next meetings whose time is not in the list, nearest first."""
    wanted = {event.link for event in read(answers, source, site, today).meetings}
    meetings = [m for answer in answers for m in _meetings_in(parse_xml(answer))]
    coming = sorted(
        (day, meeting.number)
        for meeting in meetings
        if not meeting.hour
        and _link(source, meeting) in wanted
        and (day := _day_of(meeting.day)) is not None
        and day >= today
    )
    yield from list(dict.fromkeys(number for _, number in coming))[:_MOST_DETAILS]


def read(
    answers: Sequence[bytes],
    source: DataSource,
    site: Site,  # noqa: ARG001 - all sources have the same form
    today: date,
) -> Fetched:
    """The meetings from a month ago to half a year ahead, with links to their agendas.

    Only the committee's name, the day, the time, the place and whether it is off are used.
    """
    committees: dict[str, str] = {}
    listed: dict[str, _Meeting] = {}
    details: dict[str, _Meeting] = {}
    for answer in answers:
        root = parse_xml(answer)
        committees.update(_committees_in(root))
        is_detail = local_name(root).casefold() in ("meeting", "getmeeting")
        for meeting in _meetings_in(root):
            (details if is_detail else listed)[meeting.number] = meeting
    if not listed and not details and not committees and not _is_known(answers):
        raise ParseError(
            "this is not an answer from ModernGov",
            "Check the address of the source in ward.toml: it is the first part of the address "
            "of the council's pages about meetings.",
        )
    meetings = Meetings(window(today))
    for number, meeting in sorted((listed or details).items()):
        known = meeting.with_detail(details.get(number))
        title = known.committee or committees.get(known.committee_number, "")
        meetings.add(
            title, _start_of(known), where=known.where, link=_link(source, known),
            status=known.status,
        )  # fmt: skip
    return meetings.fetched(source, filter(None, committees.values()))


def _is_known(answers: Sequence[bytes]) -> bool:
    """Whether the answers have the form of the service, though nothing is in them."""
    roots = {local_name(parse_xml(answer)).casefold() for answer in answers}
    return bool(roots & {"getmeetings", "getcommittees", "committees", "meetings", "getmeeting"})


def _committees_in(root: _Element) -> Iterator[tuple[str, str]]:
    """The number and name of each committee that still exists, where an answer lists them."""
    if "committees" not in local_name(root).casefold():
        return
    for element in root.iter():
        if local_name(element).casefold() == "committee":
            parts = _parts(element)
            number, title = parts.get("committeeid"), parts.get("committeetitle")
            gone = parts.get("committeedeleted", ""), parts.get("committeeexpired", "")
            if number and title and "true" not in map(str.casefold, gone):
                yield number, title


def _meetings_in(element: _Element, committee: tuple[str, str] = ("", "")) -> Iterator[_Meeting]:
    """The meetings in an element; `committee` is the number and title of the one around it."""
    parts = _parts(element)
    committee = _committee_of(parts) or committee
    beside = [part for part in element if local_name(part).casefold() == "committee"]
    if len(beside) == 1:
        committee = _committee_of(_parts(beside[0])) or committee
    is_meeting = local_name(element).casefold() in ("meeting", "getmeeting")
    number = parts.get("meetingid", "")
    if is_meeting and number.isascii() and number.isdecimal():
        yield _Meeting(
            number=number,
            committee=committee[1],
            committee_number=committee[0],
            day=parts.get("meetingdate", ""),
            hour=parts.get("meetingtime", ""),
            status=parts.get("meetingstatus", ""),
            where=next(filter(None, (parts.get(name) for name in _PLACES)), ""),
        )
    for part in element:
        if len(part):
            yield from _meetings_in(part, committee)


def _committee_of(parts: Mapping[str, str]) -> tuple[str, str] | None:
    number, title = parts.get("committeeid", ""), parts.get("committeetitle", "")
    number = "" if number == _ALL else number
    return (number, title) if number or title else None


def _parts(element: _Element) -> dict[str, str]:
    """The texts of the parts of an element, by their names; of two with one name, the first."""
    found: dict[str, str] = {}
    for part in element:
        if not len(part) and (name := local_name(part).casefold()) in _FIELDS:
            found.setdefault(name, plain_text(part.text))
    return found


def _day_of(written: str) -> date | None:
    match = _DAY.match(written)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def _start_of(meeting: _Meeting) -> datetime | date | None:
    day = _day_of(meeting.day)
    match = _DAY.match(meeting.day)
    hour = _hour_of(meeting.hour or (match[4] if match else ""))
    if day is None or hour is None:
        return day
    return in_local_time(day, hour) or day


def _hour_of(written: str) -> time | None:
    """`19:30`, `7.30 pm` or `7 pm`; None for anything else, and for midnight."""
    match = _CLOCK.search(written)
    if match is None or not (match[2] or match[3]):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] and hour <= 12:
        hour = hour % 12 + (12 if match[3].casefold() == "p" else 0)
    if hour > 23 or minute > 59 or (hour, minute) == (0, 0):
        return None
    return time(hour, minute)


def _home(address: str) -> str:
    """The address below which all pages of a council's ModernGov are; often one of them is given.

    `https://democracy.example.gov.uk/mgListCommittees.aspx?bcr=1` becomes
    `https://democracy.example.gov.uk`.
    """
    parts = parts_of(address)
    folder, _, page = parts.path.rstrip("/").rpartition("/")
    path = folder if re.search(r"\.as[pm]x$", page, re.IGNORECASE) else parts.path.rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}"


def _link(source: DataSource, meeting: _Meeting) -> str:
    """The page of a meeting, with its agenda."""
    base = _home(source.url)
    number = meeting.committee_number
    committee = f"CId={number}&" if number.isascii() and number.isdecimal() else ""
    return f"{base}/ieListDocuments.aspx?{committee}MId={meeting.number}"
