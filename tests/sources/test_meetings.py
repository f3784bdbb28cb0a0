"""Meetings of a council: from ModernGov, from a calendar and from a feed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from sources.council_answers import (
    CANARY,
    HTML,
    TODAY,
    calendar,
    committees_xml,
    detail_xml,
    feed,
    meeting_xml,
    meetings_xml,
    serving,
    small_site,
    source,
)
from sources.services import Reply
from support import examples
from wardblog.content.events import parse_event
from wardblog.model import Event
from wardblog.problems import UsageError
from wardblog.report import ParseError
from wardblog.sources.ask import BusyError, FetchError
from wardblog.sources.regular import calendar_file, meetings_feed, moderngov
from wardblog.sources.regular.source import Fetched

GOV = source("moderngov", "https://democracy.example.gov.uk", issue="")
ICS = source("calendar", "https://council.example.org/meetings.ics", issue="")
RSS = source("meetings-feed", "https://council.example.org/meetings.rss", issue="")
PLANNING = (100, "Planning &amp;amp; Licensing &amp;#39;A&amp;#39; Committee")
CABINET = (101, "Cabinet")
GOOD_GOV = meetings_xml(
    {
        PLANNING: [
            meeting_xml(7, "03/12/2026", "19:30"),
            meeting_xml(8, "04/01/2027", "7.30 pm", "Cancelled"),
            meeting_xml(9, "03/12/2027", "19:30"),
            meeting_xml(10, "29/10/2026", "19:30"),
            meeting_xml(11, "28/10/2026", "19:30"),
        ],
        CABINET: [meeting_xml(20, "15/06/2026", "18:00"), meeting_xml(21, "10/12/2026")],
    }
)


def of_gov(*answers: bytes, today: date = TODAY, committees: tuple[str, ...] = ()) -> Fetched:
    own = source("moderngov", GOV.url, issue="", committees=committees)
    return moderngov.read(answers, own, small_site(), today)


def of_calendar(*events: str, zone: str = "", committees: tuple[str, ...] = ()) -> Fetched:
    own = source("calendar", ICS.url, issue="", committees=committees)
    return calendar_file.read([calendar(*events, zone=zone)], own, small_site(), TODAY)


def of_feed(*items: str) -> Fetched:
    return meetings_feed.read([feed(*items)], RSS, small_site(), TODAY)


def lines(fetched: Fetched) -> list[str]:
    """Each meeting in one line, as a person would check it against a calendar."""
    return [_line(event) for event in fetched.meetings]


def _line(event: Event) -> str:
    form = "%Y-%m-%d" if event.is_all_day else "%Y-%m-%d %H:%M %Z"
    end = f"-{event.end:%H:%M}" if event.end else f" to {event.last_day}" if event.last_day else ""
    off = " OFF" if event.is_cancelled else ""
    return f"{event.start.strftime(form)}{end} {event.words}{off}"


def test_meetings_of_a_month_back_and_half_a_year_ahead_are_shown_with_cancelled_ones() -> None:
    fetched = of_gov(committees_xml("Planning &amp;amp; Licensing", "Cabinet"), GOOD_GOV)
    assert lines(fetched) == [
        "2026-10-29 19:30 GMT Planning & Licensing 'A' Committee",
        "2026-12-03 19:30 GMT Planning & Licensing 'A' Committee",
        "2026-12-10 Cabinet",
        "2027-01-04 19:30 GMT Planning & Licensing 'A' Committee OFF",
    ]
    assert fetched.meetings[1].link == (
        "https://democracy.example.gov.uk/ieListDocuments.aspx?CId=100&MId=7"
    )
    assert fetched.left_out == ()


def test_a_flat_list_has_the_committee_in_each_meeting_or_none_at_all() -> None:
    """-1 is the number of all committees together, and no committee's own."""
    inner = (
        "<meeting><meetingid>5</meetingid><committeeid>101</committeeid>"
        "<committeetitle>Cabinet</committeetitle><meetingdate>03/12/2026</meetingdate></meeting>"
        "<meeting><meetingid>6</meetingid><committeetitle>Council</committeetitle>"
        "<meetingdate>04/12/2026</meetingdate></meeting>"
    )
    found = of_gov(
        f"<getmeetings><committeeid>-1</committeeid><meetings>{inner}</meetings></getmeetings>".encode()
    )
    assert [(event.words, event.link.partition("?")[2]) for event in found.meetings] == [
        ("Cabinet", "CId=101&MId=5"), ("Council", "MId=6")
    ]  # fmt: skip


def test_summer_time_is_right() -> None:
    found = of_gov(meetings_xml({CABINET: [
        meeting_xml(1, "27/03/2026", "19:30"), meeting_xml(2, "30/03/2026", "19:30"),
        meeting_xml(3, "29/03/2026", "01:30"),
    ]}), today=date(2026, 3, 1))  # fmt: skip
    assert lines(found) == [
        "2026-03-27 19:30 GMT Cabinet",
        "2026-03-29 Cabinet",  # 1.30am does not exist on this day
        "2026-03-30 19:30 BST Cabinet",
    ]


def test_the_time_and_place_come_from_the_meeting_itself() -> None:
    found = of_gov(
        committees_xml("Cabinet"), GOOD_GOV, detail_xml(21, "6.15pm", "Town Hall, Room 145"),
    )  # fmt: skip
    event = next(e for e in found.meetings if e.words == "Cabinet")
    assert _line(event) == "2026-12-10 18:15 GMT Cabinet"
    assert event.where == "Town Hall, Room 145"


def test_only_the_committees_that_are_named_are_shown() -> None:
    answers = (committees_xml("Planning &amp;amp; Licensing 'A' Committee", "Cabinet"), GOOD_GOV)
    found = of_gov(*answers, committees=("the CABINET",))
    assert {event.words for event in found.meetings} == {"Cabinet"}
    found = of_gov(*answers, committees=("Planning and Licensing",))
    assert {event.words for event in found.meetings} == {"Planning & Licensing 'A' Committee"}


def test_a_misspelt_committee_is_reported_with_those_that_there_are() -> None:
    answers = (committees_xml("Planning Committee", "Cabinet"), GOOD_GOV)
    with pytest.raises(ParseError) as caught:
        of_gov(*answers, committees=("Planing Committee",))
    assert caught.value.message == 'the council has no committee called "Planing Committee"'
    assert caught.value.hint == (
        'Did you mean "Planning Committee"? The council has: "Cabinet", "Planning Committee".'
    )


def test_without_a_list_of_committees_a_name_without_meetings_is_no_error() -> None:
    found = of_gov(GOOD_GOV, committees=("Licensing", "Cabinet"))
    assert {event.words for event in found.meetings} == {"Cabinet"}
    (sentence,) = found.left_out
    assert sentence.startswith('no meeting of "Licensing" is listed; there are: "Cabinet", "Planni')


def test_a_list_without_meetings_is_empty_and_says_so() -> None:
    found = of_gov(committees_xml("Cabinet"), b"<getmeetings><meetings/></getmeetings>")
    assert found.meetings == ()
    assert found.left_out == (
        "no meeting between 29 October 2026 and 29 May 2027 is listed",
    )  # fmt: skip


def test_each_meeting_can_be_written_as_the_line_of_a_post_and_read_again() -> None:
    found = of_gov(meetings_xml({(1, "A | B, cancelled by the clerk"): [
        meeting_xml(1, "03/12/2026", "19:30"), meeting_xml(2, "04/12/2026", "", "Postponed")
    ]}), detail_xml(1, "19:30", "Room 1 | Town Hall"))  # fmt: skip
    for event in found.meetings:
        when = f"{event.start:%Y-%m-%d}" if event.is_all_day else f"{event.start:%Y-%m-%d %H:%M}"
        off = " | cancelled" if event.is_cancelled else ""
        where = f" | {event.where}" if event.where else ""
        assert parse_event(f"{when} | {event.words}{where} | {event.link}{off}") == event


XMLS: dict[str, Callable[[bytes], object]] = {
    "moderngov": lambda answer: of_gov(answer),
    "meetings-feed": lambda answer: meetings_feed.read([answer], RSS, small_site(), TODAY),
}
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    b"<rss><channel><item><title>&d;</title></item></channel></rss>"
)
DEEP = b"<rss>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</rss>"


@pytest.mark.parametrize("kind", XMLS)
@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (HTML, "this is a web page instead of data"),
        (b"", "the answer is empty"),
        (b"{}", "the answer is not XML"),
        (GOOD_GOV[:400], "the answer is cut off, or is not XML"),
        (BOMB, "the answer has a document type of its own, so it is not read"),
        (DEEP, "the answer is XML that could do harm, so it is not read"),
    ],
    ids=("page", "empty", "json", "half", "bomb", "deep"),
)
def test_what_is_no_good_xml_is_refused_in_one_sentence(
    kind: str, answer: bytes, message: str
) -> None:
    with pytest.raises(ParseError) as caught:
        XMLS[kind](answer)
    assert caught.value.message == message
    assert caught.value.hint


@pytest.mark.parametrize("kind", XMLS)
def test_no_file_of_this_computer_is_read_by_an_entity(kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY, encoding="utf-8")
    answer = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<rss><channel><item><title>&x; 3 December 2026</title></item></channel></rss>"
    ).encode()
    with pytest.raises(ParseError) as caught:
        XMLS[kind](answer)
    assert CANARY not in f"{caught.value.message}{caught.value.hint}"


@pytest.mark.parametrize("answer", [b"<other/>", feed()])
def test_what_is_not_of_moderngov_is_refused(answer: bytes) -> None:
    with pytest.raises(ParseError, match=r"^this is not an answer from ModernGov$"):
        of_gov(answer)


@pytest.mark.long
def test_five_thousand_meetings_are_read() -> None:
    many = [meeting_xml(n, f"{n % 28 + 1:02}/{n % 5 + 1:02}/2027", "19:00") for n in range(5000)]
    assert len(of_gov(meetings_xml({CABINET: many})).meetings) == 5000


def test_nothing_but_the_named_fields_comes_through() -> None:
    found: Sequence[Fetched] = (
        of_gov(committees_xml("Cabinet"), GOOD_GOV, detail_xml(7, "19:30", "Town Hall")),
        of_calendar("UID:1\r\nSUMMARY:Cabinet\r\nDTSTART:20261203T193000"),
        of_feed("<title>Cabinet, 3 December 2026, 7pm</title><description>x</description>"),
    )
    for one in found:
        assert one.meetings
        assert CANARY not in repr(one)


def test_a_meeting_that_names_a_person_is_left_out_and_counted() -> None:
    found = of_calendar(
        "UID:1\r\nSUMMARY:Surgery with Cllr Jo Canary\r\nDTSTART:20261203T193000",
        "UID:2\r\nSUMMARY:Cabinet\r\nDTSTART:20261203T193000\r\nLOCATION:Call 07700 900123",
    )
    assert lines(found) == ["2026-12-03 19:30 GMT Cabinet"]
    assert found.meetings[0].where == ""
    assert found.left_out == ("1 meeting names a person, so it was left out",)


class Council:
    """A council's ModernGov; `status` is that of its answers."""

    def __init__(self) -> None:
        self.status = 200
        self.answers = {
            "GetCommittees": committees_xml(
                "Planning &amp;amp; Licensing 'A' Committee", "Cabinet"
            ),
            "GetMeetings": GOOD_GOV,
        }

    def reply(self, path: str, fields: dict[str, str]) -> Reply:
        method = path.rsplit("/", 1)[-1]
        if self.status != 200:
            return Reply(b"", self.status)
        if method == "GetMeeting":
            return Reply(detail_xml(int(fields["lMeetingId"]), "18:15", "Room 1"))
        return Reply(self.answers[method])


def test_committees_meetings_and_missing_times_are_asked_for(tmp_path: Path) -> None:
    with serving(Council().reply) as server:
        own = source("moderngov", f"{server.base}/mg/", issue="")
        answers = moderngov.fetch(own, small_site(), TODAY, server.fetcher(tmp_path))
        found = moderngov.read(answers, own, small_site(), TODAY)
    assert [(path.rsplit("/", 1)[-1], fields) for path, fields in server.asked] == [
        ("GetCommittees", {}),
        (
            "GetMeetings",
            {"lCommitteeId": "-1", "sFromDate": "29/10/2026", "sToDate": "29/05/2027"},
        ),
        ("GetMeeting", {"lMeetingId": "21"}),
    ]
    assert server.asked[0][0] == "/mg/mgWebService.asmx/GetCommittees"
    assert "2026-12-10 18:15 GMT Cabinet" in lines(found)
    assert found.meetings[0].link.startswith(f"{server.base}/mg/ieListDocuments.aspx?CId=100&")


@pytest.mark.parametrize("page", ["", "/", "/mgListCommittees.aspx?bcr=1", "/mgWebService.asmx"])
def test_the_address_of_any_page_of_the_service_will_do(page: str, tmp_path: Path) -> None:
    with serving(Council().reply) as server:
        own = source("moderngov", f"{server.base}{page}", issue="")
        answers = moderngov.fetch(own, small_site(), TODAY, server.fetcher(tmp_path))
    assert server.asked[0][0] == "/mgWebService.asmx/GetCommittees"
    link = moderngov.read(answers, own, small_site(), TODAY).meetings[0].link
    assert link.startswith(f"{server.base}/ieListDocuments.aspx?CId=")


def test_a_council_that_refuses_gets_a_sentence_with_a_remedy(tmp_path: Path) -> None:
    council = Council()
    council.status = 403
    with serving(council.reply) as server, pytest.raises(FetchError) as caught:
        moderngov.fetch(source("moderngov", server.base), small_site(), TODAY,
                        server.fetcher(tmp_path))  # fmt: skip
    assert "answered 403 Forbidden, so its list of meetings is not open to programs" in str(
        caught.value
    )
    assert 'from = "calendar"' in caught.value.hint


def test_half_an_answer_is_asked_for_again_and_then_reported(tmp_path: Path) -> None:
    council = Council()
    council.answers["GetMeetings"] = GOOD_GOV[:400]
    with serving(council.reply) as server, pytest.raises(BusyError, match="closed the connection"):
        moderngov.fetch(source("moderngov", server.base), small_site(), TODAY,
                        server.fetcher(tmp_path))  # fmt: skip
    assert [path.rsplit("/", 1)[-1] for path, _ in server.asked].count("GetMeetings") == 2


def test_an_address_without_https_is_refused(tmp_path: Path) -> None:
    with serving(Council().reply) as server, pytest.raises(UsageError) as caught:
        moderngov.fetch(source("moderngov", "http://council.example.org"), small_site(), TODAY,
                        server.fetcher(tmp_path))  # fmt: skip
    assert str(caught.value).startswith("ward.toml:1: http://council.example.org does not begin")
    assert server.asked == []


# Calendars.

PARIS = (
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n"
    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "END:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def test_a_calendar_with_all_kinds_of_dates() -> None:
    found = of_calendar(
        "UID:utc\r\nSUMMARY:Utc\r\nDTSTART:20270401T180000Z\r\nDTEND:20270401T193000Z",
        "UID:paris\r\nSUMMARY:Paris\r\nDTSTART;TZID=Europe/Paris:20261203T200000\r\nDURATION:PT1H",
        "UID:float\r\nSUMMARY:Floating\r\nDTSTART:20270402T180000",
        "UID:day\r\nSUMMARY:Recess\r\nDTSTART;VALUE=DATE:20261221\r\nDTEND;VALUE=DATE:20261224",
        "UID:one\r\nSUMMARY:Budget day\r\nDTSTART;VALUE=DATE:20261218\r\nDTEND;VALUE=DATE:20261219",
        "UID:off\r\nSUMMARY:Off\r\nDTSTART:20261204T180000Z\r\nSTATUS:CANCELLED",
        "UID:said\r\nSUMMARY:CANCELLED - Said in its name\r\nDTSTART:20261205T180000Z",
        "UID:old\r\nSUMMARY:Old\r\nDTSTART:20200101T180000Z",
        "UID:none\r\nSUMMARY:No date",
        zone=PARIS,
    )
    assert lines(found) == [
        "2026-12-03 19:00 GMT-20:00 Paris",
        "2026-12-04 18:00 GMT Off OFF",
        "2026-12-05 18:00 GMT Said in its name OFF",
        "2026-12-18 Budget day",
        "2026-12-21 to 2026-12-23 Recess",
        "2027-04-01 19:00 BST-20:30 Utc",
        "2027-04-02 18:00 BST Floating",
    ]
    assert found.left_out == ("1 entry has no certain date, so it was left out",)


def test_repeating_meetings_are_dates_of_their_own_across_summer_time() -> None:
    found = of_calendar(
        "UID:a\r\nSUMMARY:Cabinet\r\nDTSTART;TZID=Europe/London:20260106T193000\r\n"
        "DTEND;TZID=Europe/London:20260106T210000\r\n"
        "RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270504T183000Z\r\n"
        "EXDATE;TZID=Europe/London:20270105T193000",
        "UID:a\r\nSUMMARY:Cabinet\r\nRECURRENCE-ID;TZID=Europe/London:20270202T193000\r\n"
        "DTSTART;TZID=Europe/London:20270203T180000\r\nSTATUS:CANCELLED",
    )
    assert lines(found) == [
        "2026-11-03 19:30 GMT-21:00 Cabinet",
        "2026-12-01 19:30 GMT-21:00 Cabinet",
        "2027-02-03 18:00 GMT Cabinet OFF",
        "2027-03-02 19:30 GMT-21:00 Cabinet",
        "2027-04-06 19:30 BST-21:00 Cabinet",
        "2027-05-04 19:30 BST-21:00 Cabinet",
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=NEVER", "FREQ=DAILY;BYDAY=XX",
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_ends_at_once(rule: str) -> None:
    found = of_calendar(f"UID:1\r\nSUMMARY:Odd\r\nDTSTART:19710101T180000\r\nRRULE:{rule}")
    assert found.meetings == ()


def test_a_daily_event_stops_at_the_window() -> None:
    found = of_calendar("UID:1\r\nSUMMARY:Daily\r\nDTSTART:19710101T180000\r\nRRULE:FREQ=DAILY")
    assert 180 <= len(found.meetings) <= 200


def test_the_link_and_the_order_do_not_depend_on_the_order_of_the_file() -> None:
    events = [
        f"UID:{n}\r\nSUMMARY:Meeting {n}\r\nDTSTART:2026120{n}T190000Z\r\nURL:/agenda/{n}"
        for n in range(1, 6)
    ]
    found = of_calendar(*events)
    assert of_calendar(*reversed(events)) == found
    assert found.meetings[0].link == "https://council.example.org/agenda/1"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://a@evil.example/",
        "file:///etc",
        "https://[x",
        "//[x",
        "https://x:99999/",
    ],
)
def test_only_addresses_of_the_web_are_links(link: str) -> None:
    found = of_calendar(f"UID:1\r\nSUMMARY:M\r\nDTSTART:20261201T190000Z\r\nURL:{link}")
    assert found.meetings[0].link == ""


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (HTML, "this is a web page instead of data"),
        (
            calendar("UID:1\r\nSUMMARY:x\r\nDTSTART:20261201T190000Z")[:-8],
            "the calendar is cut off",
        ),
        (b"hello", "this is not a calendar"),
        (b"", "the answer is empty"),
    ],
)
def test_what_is_no_calendar_is_refused(answer: bytes, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        calendar_file.read([answer], ICS, small_site(), TODAY)
    assert caught.value.message == message


@pytest.mark.long
def test_a_calendar_of_thousands_of_meetings_is_read() -> None:
    first, count = date(2026, 12, 1), examples(5000, 1500)
    many = [
        f"UID:{n}\r\nSUMMARY:Meeting\r\nLOCATION:Room {n}\r\n"
        f"DTSTART:{first + timedelta(days=n % 100):%Y%m%d}T190000Z"
        for n in range(count)
    ]
    assert len(of_calendar(*many).meetings) == count


def test_the_calendar_and_the_feed_are_fetched_from_their_addresses(tmp_path: Path) -> None:
    good = calendar("UID:1\r\nSUMMARY:Cabinet\r\nDTSTART:20261203T193000")
    with serving(lambda path, _: Reply(good if "ics" in path else feed())) as server:
        fetcher = server.fetcher(tmp_path)
        ics = source("calendar", f"{server.base}/a/meetings.ics?ward=1", issue="")
        assert calendar_file.fetch(ics, small_site(), TODAY, fetcher) == (good,)
        rss = source("meetings-feed", f"{server.base}/mg/mgRss.aspx?CT=1", issue="")
        assert meetings_feed.fetch(rss, small_site(), TODAY, fetcher) == (feed(),)
    assert server.asked == [("/a/meetings.ics", {"ward": "1"}), ("/mg/mgRss.aspx", {"CT": "1"})]


# Feeds.


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("<title>Cabinet, Thursday 3 December 2026 at 7.30 pm</title>",
         "2026-12-03 19:30 GMT Cabinet"),
        ("<title>Thursday, 3rd December, 2026 7:30pm - Cabinet</title>",
         "2026-12-03 19:30 GMT Cabinet"),
        ("<title>Cabinet - 03/12/2026</title>", "2026-12-03 Cabinet"),
        ("<title>A &amp;amp;amp; B - 03/12/2026</title>", "2026-12-03 A & B"),
        ("<title>Cabinet</title><description>&lt;p&gt;On 3 Dec 2026, 18:00&lt;/p&gt;</description>",
         "2026-12-03 18:00 GMT Cabinet"),
        ("<title>Cabinet</title><ev:startdate>2027-06-01T18:00:00Z</ev:startdate>", None),
        ("<title>Cabinet</title><ev:startdate>2027-05-01T18:00:00Z</ev:startdate>",
         "2027-05-01 19:00 BST Cabinet"),
        ("<title>CANCELLED: Cabinet, 3 December 2026</title>", "2026-12-03 Cabinet OFF"),
        ("<title>Cabinet (postponed), 3 December 2026</title>", "2026-12-03 Cabinet OFF"),
    ],
)  # fmt: skip
def test_a_certain_date_is_found_in_a_feed(item: str, expected: str | None) -> None:
    assert lines(of_feed(item)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    "item",
    [
        "<title>Cabinet, Friday 3 December 2026</title>",  # it is a Thursday
        "<title>Cabinet, 3 December</title>",
        "<title>Cabinet, 3 December 2026 or 10 December 2026</title>",
        "<title>Cabinet, 31 November 2026</title>",
        "<title>Cabinet</title><pubDate>Thu, 03 Dec 2026 10:00:00 GMT</pubDate>",
        "<title>Cabinet</title><description>3 December 2026, not 4 December 2026</description>",
    ],
)
def test_a_doubtful_date_is_left_out_and_counted(item: str) -> None:
    found = of_feed(item)
    assert found.meetings == ()
    assert found.left_out[0] == "1 entry has no certain date, so it was left out"


def test_an_atom_feed_is_read_as_well() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Cabinet 3 December 2026</title>'
        f'<link rel="self" href="/self"/><link href="/agenda/1"/><author><name>{CANARY}</name>'
        f"</author><updated>2026-11-01T00:00:00Z</updated><summary>{CANARY}</summary></entry></feed>"
    ).encode()
    found = meetings_feed.read([atom], RSS, small_site(), TODAY)
    assert lines(found) == ["2026-12-03 Cabinet"]
    assert found.meetings[0].link == "https://council.example.org/agenda/1"
    assert CANARY not in repr(found)


@pytest.mark.parametrize("link", ["https://[x", "//[x", "https://x:99999/"])
def test_an_invalid_link_in_a_feed_is_left_out(link: str) -> None:
    found = of_feed(f"<title>Cabinet 3 December 2026</title><link>{link}</link>")
    assert [meeting.link for meeting in found.meetings] == [""]


def test_a_calendar_that_would_take_minutes_is_refused() -> None:
    rule = "RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=7"
    rules = [f"UID:{n}\r\nSUMMARY:C\r\nDTSTART:19710101T180000\r\n{rule}" for n in range(400)]
    with pytest.raises(ParseError, match="rules that never happen"):
        of_calendar(*rules)
    dates = ",".join(["20261203T193000"] * 20_000)
    with pytest.raises(ParseError, match="lists of too many dates"):
        of_calendar(f"UID:1\r\nSUMMARY:C\r\nDTSTART:20261203T193000\r\nRDATE:{dates}")
