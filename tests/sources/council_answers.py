"""Answers in the forms of ModernGov, calendars, feeds, FixMyStreet, Open311 and the police.

All of them are made up. `CANARY` is in every field that must not come through.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from sources.services import Reply
from support import SQUARE, WARD, read_all, write_site
from wardblog.model import DataSource, Site
from wardblog.sources.answers import Answers
from wardblog.sources.fetch import Fetcher

TODAY = date(2026, 11, 29)
CANARY = "Wilhelmina Canary"
HTML = b"<!DOCTYPE html>\n<html><head><title>Log in</title></head><body>Log in</body></html>"
# Eland Road runs along the middle of the square ward, Heathwall Street has only a middle.
GAZETTEER = """kind,name,lat,lon
street,Eland Road,51.4650,-0.1600
street,Heathwall Street,51.4690,-0.1520
postcode,SW11 5JY,51.4651,-0.1601
"""
BASE_MAP = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"kind": "road", "name": "Eland Road"},
                "geometry": {
                    "type": "LineString",
                    "coordinates": [[-0.169, 51.465], [-0.151, 51.465]],
                },
            }
        ],
    }
)
ISSUES = """
[[issue]]
name = "Street reports"

[[issue]]
name = "Dog fouling"

[[issue]]
name = "Crime"
sensitive = false
"""
ON_ELAND_ROAD, ON_HEATHWALL, NOWHERE_NEAR = (51.4651, -0.1690), (51.4691, -0.1521), (51.461, -0.168)
OUTSIDE = (51.5, -0.1)


@cache
def small_site() -> Site:
    """A square ward with two streets and three issues."""
    settings = WARD.replace("[imprint]", "[map]\n" + 'base = "data/map.geojson"\n'
                            'gazetteer = "data/names.csv"\n\n[imprint]')  # fmt: skip
    settings = settings.replace("[ward]\n", '[ward]\nboundary = "data/ward.geojson"\n')
    with TemporaryDirectory() as folder:
        content = write_site(
            Path(folder),
            {
                "ward.toml": settings,
                "issues.toml": ISSUES,
                "posts/fine.md": "Title: One\nDate: 2026-11-20\nTags: street reports\n\nText.\n",
                "data/ward.geojson": SQUARE,
                "data/map.geojson": BASE_MAP,
                "data/names.csv": GAZETTEER,
            },
        )
        site, _ = read_all(content)
    assert site.ward.boundary
    assert site.map.base
    assert len(site.gazetteer.streets) == 2
    return site


def source(kind: str, url: str = "", issue: str = "street-reports", **more: object) -> DataSource:
    return DataSource(kind=kind, url=url, issue=issue, **more)  # type: ignore[arg-type]


def meeting_xml(number: int, day: str, hour: str = "", status: str = "Confirmed") -> str:
    time = f"<meetingtime>{hour}</meetingtime>" if hour else ""
    return (
        f"<meeting><meetingid>{number}</meetingid><meetingdate>{day}</meetingdate>{time}"
        f"<meetingstatus>{status}</meetingstatus><agendapublished>True</agendapublished>"
        f"<contactname>{CANARY}</contactname><contactemail>{CANARY}</contactemail>"
        f"<comment>{CANARY}</comment></meeting>"
    )


def meetings_xml(committees: Mapping[tuple[int, str], Iterable[str]]) -> bytes:
    """`GetMeetings` for all committees, each with its number and title."""
    parts = "".join(
        f"<committee><committeeid>{number}</committeeid><committeetitle>{title}</committeetitle>"
        f"<committeedeleted>False</committeedeleted><clerk>{CANARY}</clerk>"
        f"<meetings>{''.join(meetings)}</meetings></committee>"
        for (number, title), meetings in committees.items()
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f"{head}<getmeetings><committeeid>-1</committeeid>{parts}</getmeetings>".encode()


def committees_xml(*titles: str) -> bytes:
    parts = "".join(
        f"<committee><committeeid>{n}</committeeid><committeetitle>{title}</committeetitle>"
        "<committeedeleted>False</committeedeleted></committee>"
        for n, title in enumerate(titles, 100)
    )
    return f"<getcommittees><committees>{parts}</committees></getcommittees>".encode()


def detail_xml(number: int, hour: str, where: str) -> bytes:
    """`GetMeeting`: with those who attended and the items of the agenda."""
    return (
        f"<meeting><meetingid>{number}</meetingid><meetingtime>{hour}</meetingtime>"
        f"<meetinglocation>{where}</meetinglocation>"
        f'<attendees><attendee name="{CANARY}"><name>{CANARY}</name></attendee></attendees>'
        f"<agendaitems><agendaitem><agendaitemtitle>{CANARY}</agendaitemtitle></agendaitem>"
        "</agendaitems></meeting>"
    ).encode()


def calendar(*events: str, zone: str = "") -> bytes:
    """A calendar of events, each with lines of its own."""
    each = (
        "".join(
            f"BEGIN:VEVENT\r\nDTSTAMP:20261101T000000Z\r\nORGANIZER;CN={CANARY}:mailto:a@example.org\r\n"
            f"ATTENDEE;CN={CANARY}:mailto:b@example.org\r\nDESCRIPTION:{CANARY}\r\n"
            f"CONTACT:{CANARY}\r\nCOMMENT:{CANARY}\r\n{event.strip()}\r\nEND:VEVENT\r\n"
            for event in events
        )
        .replace("\r\n", "\n")
        .replace("\n", "\r\n")
    )
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{zone}{each}END:VCALENDAR\r\n"
    ).encode()


def feed(*items: str) -> bytes:
    body = "".join(
        f"<item>{item}<author>{CANARY}</author><dc:creator>{CANARY}</dc:creator></item>"
        for item in items
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel>'
        f"<title>Meetings</title>{body}</channel></rss>"
    ).encode()


def reports_feed(*reports: tuple[int, str, tuple[float, float] | None]) -> bytes:
    """FixMyStreet's feed: number, category and position of each report."""
    items = "".join(
        f"<item><title>{escape(escape(CANARY))}, 10th October</title>"
        f"<link>http://127.0.0.1/report/{number}</link>"
        f"<guid>http://127.0.0.1/report/{number}</guid>"
        f"<description>{escape(escape(f'<b>{CANARY}</b>'))}</description>"
        f"<pubDate>Mon, 10 Oct 2026 00:00:00 +0100</pubDate><category>{category}</category>"
        + (f"<georss:point>{at[0]} {at[1]}</georss:point>" if at else "")
        + "</item>"
        for number, category, at in reports
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:georss="http://www.georss.org/georss"><channel>'
        f"<title>{CANARY}</title>{items}</channel></rss>"
    ).encode()


def request(number: int, category: str, at: tuple[float, float] | None, day: str,
            status: str = "open") -> dict[str, object]:  # fmt: skip
    """A report in Open311's form."""
    place = {"lat": str(at[0]), "long": str(at[1])} if at else {"lat": None, "long": ""}
    return {
        "service_request_id": number, "title": CANARY, "detail": CANARY, "description": CANARY,
        **place, "status": status, "requested_datetime": f"{day}T10:28:55+00:00",
        "updated_datetime": CANARY, "service_code": CANARY, "service_name": category,
        "requestor_name": CANARY, "agency_responsible": {"recipient": [CANARY]},
        "media_url": CANARY, "comment_count": 1, "address": CANARY, "status_notes": CANARY,
    }  # fmt: skip


def requests_json(*requests: dict[str, object]) -> bytes:
    return json.dumps({"service_requests": list(requests)}).encode()


def crime(
    number: int, category: str, at: tuple[float, float] | None, month: str
) -> dict[str, object]:
    place = at and {
        "latitude": str(at[0]), "longitude": str(at[1]), "street": {"id": 1, "name": CANARY}
    }  # fmt: skip
    return {
        "category": category, "persistent_id": CANARY, "location_subtype": CANARY, "id": number,
        "location": place, "context": CANARY, "month": month, "location_type": "Force",
        "outcome_status": {"category": CANARY, "date": CANARY},
    }  # fmt: skip


def crimes_json(*crimes: dict[str, object]) -> bytes:
    return json.dumps(list(crimes)).encode()


def dates_json(*months: str) -> bytes:
    return json.dumps([{"date": month, "stop-and-search": [CANARY]} for month in months]).encode()


class LittleServer:
    """A server on the loopback; `reply` answers a path and its fields."""

    def __init__(self, reply: Callable[[str, dict[str, str]], Reply]) -> None:
        self.reply = reply
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.longest = 0
        self.base = ""

    def fetcher(self, folder: Path) -> Fetcher:
        return Fetcher(Answers(folder), sleep=lambda _: None)


@contextmanager
def serving(reply: Callable[[str, dict[str, str]], Reply]) -> Iterator[LittleServer]:
    little = LittleServer(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            fields = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
            little.asked.append((parts.path, fields))
            little.longest = max(little.longest, len(f"{little.base}{self.path}"))
            answer = little.reply(parts.path, fields)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        little.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield little
        finally:
            server.shutdown()
            thread.join()
