"""A councillor's folder with a canary in every private column and in every fetched field.

`HIDDEN` says where each tag was planted, for the message of a test that finds it.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from office.canary import Canary
from support import ROOT, write_files

HIDDEN: dict[str, str] = {}
# In the middle of the sample's ward, which is around Eland Road.
LAT, LON = 51.46572, -0.16
ISSUE = "Grit bins"
# Of the sample: these link to no others, and a page links to one of them.
KEPT_POSTS = ("2026-01-10", "2026-10-31", "2026-11-07")


def plant(tag: str, where: str) -> Canary:
    """The canary of a place; every tag is used once."""
    assert HIDDEN.setdefault(tag, where) == where
    return Canary(tag)


def sheet(rows: list[dict[str, str]]) -> str:
    file = StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(file, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


# Columns about people, as councillors add them.
PEOPLE = (
    "Name",
    "Email",
    "Telephone",
    "Address",
    "Mobile phone",
    "Contact",
    "Who",
    "Circumstances",
)


def case(number: int, tag: str, **values: str) -> dict[str, str]:
    """A case of one person, who is in each column about people, and in the note."""
    person = plant(tag, f"the columns about people of case {number}")
    noted = plant(f"n{tag[1]}", f"the note of case {number}")
    return {
        "id": str(number), "opened": "2026-11-02", "issue": ISSUE, "street": "Eland Road",
        "status": "open", "next": "", "due": "2026-11-19", "reference": "", "closed": "",
        "note": noted.words if number % 2 else noted.surname, **person.in_fields(*PEOPLE), **values,
    }  # fmt: skip


def casework() -> str:
    said = plant("nx", "the next step of case 17")
    none = plant("ki", "an issue of casework.csv that is not in issues.toml")
    nowhere = plant("ks", "a street of casework.csv that is not in the gazetteer")
    rows = [
        case(17, "ca", next=f"Ring {said.name}"),
        case(18, "cb", street="Heathwall Street", due="2026-11-24"),
        case(19, "cc", issue="Dog fouling", status="closed", closed="2026-11-12"),
        case(20, "cd", due="2027-03-01", issue=none.name, street=nowhere.address),
        *(
            case(number, f"c{letter}", status="closed", closed="2026-10-20", opened="2026-10-05")
            for number, letter in enumerate("efghij", 21)
        ),
    ]  # fmt: skip
    return sheet(rows)


def diary() -> str:
    person = plant("dy", "the columns about people of the diary")
    columns = person.in_fields(*PEOPLE)
    row = {"date": "2026-11-18", "what": "Planning committee", "where": "Town Hall"}
    other = {"date": "2026-11-20", "what": "Visit to the depot", "where": "The old depot"}
    return sheet([{**row, "said": "", **columns}, {**other, "said": "too tall", **columns}])


def subscribers() -> str:
    """As the list is taken over from elsewhere."""
    person = plant("su", "the list of subscribers")
    row = {
        "address": person.email, "name": person.name, "phone": person.phone,
        "consent": "Yes, send me the newsletter.", "date": "2026-10-01",
    }  # fmt: skip
    other = plant("sv", "a subscriber who is to be forgotten").email
    return sheet([row, {**row, "address": other}])


SIGNED = """\
Title: What a resident says
Date: 2026-11-12 09:00
Tags: grit bins
Reply: 2026-11-12 | Jane Doe | The bin helps everybody on the hill.

A reply that may be published.
"""


def consents() -> str:
    """One person agreed to be named; another is in the list, but not on the site."""
    person = plant("co", "the columns about people beside a consent")
    other = plant("cn", "somebody in the list of consents who is named nowhere")
    row = {"name": "jane doe", "date": "2026-11-12", "how": f"told {person.words}"}
    columns = person.in_fields(*(name for name in PEOPLE if name != "Name"))
    return sheet([{**row, **columns}, {**row, "name": other.name, "how": other.words}])


def private_files() -> dict[str, str]:
    """What is in private/ before any command has run."""
    stray = ("stray.txt", "backup/casework.bak", "sources/note.txt", "listening/note.md",
             "newsletters/note.txt", "leaflets/note.txt")  # fmt: skip
    return {
        "casework.csv": casework(),
        "diary.csv": diary(),
        "consents.csv": consents(),
        "incoming.csv": subscribers(),
        "replies/dog-fouling.md": (
            f"Issue: Dog fouling\n\n{plant('rd', 'a reply about another issue').words}\n"
        ),
        "replies/grit-bins.md": "Thank you for writing about this.\n",
        **{name: plant(f"s{'abcdef'[n]}", f"private/{name}").words for n, name in enumerate(stray)},
    }


# ---- what is fetched


def planit() -> bytes:
    person = plant("pl", "the people of an application at PlanIt")
    people = (
        "applicant_name", "applicant_address", "applicant_company", "agent_name", "agent_address",
        "agent_tel", "agent_email", "case_officer", "objector_name", "comment_text", "contact_name",
    )  # fmt: skip
    other = person.in_fields(*people)
    record = {
        "uid": "2026/3301", "name": "Wandsworth/2026/3301", "address": "The old depot, Eland Road",
        "description": "Demolition, and 42 flats with a path", "app_state": "Undecided",
        "app_type": "Full", "app_size": "Large", "start_date": "2026-11-02", "decided_date": None,
        "consulted_date": None, "area_name": "Wandsworth", "url": "https://planning.example.org/1",
        "link": "https://www.planit.org.uk/planapplic/Wandsworth/2026/3301/", "reference": None,
        "location_x": LON, "location_y": LAT,
        "location": {"type": "Point", "coordinates": [LON, LAT]},
        "other_fields": {**other, "consultation_end_date": "2026-12-18"}, **other,
    }  # fmt: skip
    return json.dumps({"records": [record], "total": 1, "pg_sz": 1, "from": 0, "to": 0}).encode()


def planning_csv() -> bytes:
    person = plant("pc", "the people in a council's list of applications")
    people = ("Applicant Name", "Applicant Address", "Agent", "Agent Phone", "Case Officer",
              "Objector", "Comments", "Owner")  # fmt: skip
    row = {
        "Application Reference": "2026/3190", "Site Address": "14 Ingelow Road",
        "Proposal": "Rear extension", "Date Received": "2026-11-03", "Status": "Registered",
        "Latitude": str(LAT), "Longitude": str(LON), **person.in_fields(*people),
    }  # fmt: skip
    return sheet([row]).encode()


def reports() -> bytes:
    person = plant("fx", "the words of a reporter on FixMyStreet")
    words = escape(escape(f"<p>{person.surname}</p>"))
    item = (
        f"<item><title>{words}, 10th November</title><link>https://fix.example.org/report/1</link>"
        f"<guid>https://fix.example.org/report/1</guid><description>{words}</description>"
        "<pubDate>Tue, 10 Nov 2026 09:00:00 +0000</pubDate><category>Potholes</category>"
        f"<author>{escape(person.words)}</author><georss:point>{LAT} {LON}</georss:point></item>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        f'xmlns:georss="http://www.georss.org/georss"><channel><title>{words}</title>{item}'
        "</channel></rss>"
    ).encode()


def open311() -> bytes:
    person = plant("op", "the people and words of a request in Open311")
    fields = ("requestor_name", "title", "detail", "description", "status_notes", "address",
              "media_url", "email", "first_name", "phone")  # fmt: skip
    request = {
        "service_request_id": 1, "lat": str(LAT), "long": str(LON), "status": "open",
        "requested_datetime": "2026-11-10T10:00:00+00:00", "service_code": "Flytipping",
        "updated_datetime": "2026-11-10T10:00:00+00:00", "service_name": "Flytipping",
        "agency_responsible": {"recipient": ["Wandsworth"]}, **person.in_fields(*fields),
    }  # fmt: skip
    return json.dumps({"service_requests": [request]}).encode()


def crimes() -> bytes:
    person = plant("po", "what the police write about a crime")
    crime = {
        "category": "burglary", "persistent_id": person.surname,
        "location_subtype": person.surname,
        "id": 1, "context": person.name, "month": "2026-09", "location_type": "Force",
        "outcome_status": {"category": person.surname, "date": "2026-10"},
        "location": {
            "latitude": str(LAT), "longitude": str(LON),
            "street": {"id": 1, "name": f"On or near {person.address}"},
        },
    }  # fmt: skip
    return json.dumps([crime]).encode()


def meetings_calendar() -> bytes:
    person = plant("me", "the people of a meeting")
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", "BEGIN:VEVENT", "UID:1@example.org",
        "DTSTAMP:20261101T000000Z", "DTSTART:20261209T193000Z", "DTEND:20261209T213000Z",
        "SUMMARY:Planning Committee", "LOCATION:Town Hall", f"DESCRIPTION:{person.surname}",
        f"ORGANIZER;CN={person.name}:mailto:{person.email}", f"CONTACT:{person.surname}",
        f"ATTENDEE;CN={person.name}:mailto:{person.email}", f"COMMENT:{person.words}",
        "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return "\r\n".join((*lines, "")).encode()


def local_feed() -> bytes:
    """Two items: the newest has canaries only in its fields about people."""
    person = plant("fa", "the authors of a local site's feed")
    worded = plant("fw", "the words of an item in a local site's feed")
    people = "".join(
        f"<{name}>{person.surname}</{name}>"
        for name in ("author", "dc:creator", "dc:contributor", "media:credit", "itunes:author")
    )
    channel = "".join(f"<{name}>{person.name}</{name}>" for name in ("managingEditor", "webMaster"))
    text = "The grit bin in Eland Road has been empty since Friday. It was last filled in 2025."
    items = (
        ("Eland Road grit bin is empty", text, "20", ""),
        (f"A letter from {worded.name}", worded.words, "16", worded.name),
    )
    entries = "".join(
        f"<item><title>{escape(title)}</title><description>{escape(text)}</description>"
        f"<link>https://news.example.org/2026/{day}</link><guid>https://news.example.org/{day}"
        f"</guid><pubDate>{day} Nov 2026 08:00:00 +0000</pubDate>"
        f"<category>{escape(label)}</category>{people}</item>"
        for title, text, day, label in items
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
        f"<title>Sample Street News</title><link>https://news.example.org/</link>{channel}"
        f"{entries}</channel></rss>"
    ).encode()


_HOME = (
    "<!doctype html><html lang=en><title>Sample Street News</title><h1>Sample Street News</h1>"
    '<link rel="alternate" type="application/rss+xml" title="News" href="/feed">'
    f"<p>{'Shops, schools and planning in this part of the ward. ' * 9}</p></html>"
)


# Dates and a state in what is fetched.
_SPOILT = (
    "2026-11-02", "2026-11-03", "2026-12-18", "2026-11-10T10:00:00+00:00", "20261209T193000Z",
    "Tue, 10 Nov 2026 09:00:00 +0000", "20 Nov 2026 08:00:00 +0000", "Undecided",
)  # fmt: skip

Answers = Mapping[str, tuple[int, str, bytes]]


def good_answers() -> Answers:
    """Status, kind and bytes of each path of the loopback server."""
    months = json.dumps([{"date": "2026-09", "stop-and-search": []}]).encode()
    return {
        "/planit/api/applics/json": (200, "application/json", planit()),
        "/applications.csv": (200, "text/csv", planning_csv()),
        "/rss": (200, "application/rss+xml", reports()),
        "/open311/requests.json": (200, "application/json", open311()),
        "/police/crimes-street-dates": (200, "application/json", months),
        "/police/crimes-street/all-crime": (200, "application/json", crimes()),
        "/meetings.ics": (200, "text/calendar", meetings_calendar()),
        "/feed": (200, "application/rss+xml", local_feed()),
        "/": (200, "text/html; charset=utf-8", _HOME.encode()),
    }


def web_pages(status: int) -> Answers:
    """A page about a person where data was expected."""
    person = plant("hp", "a web page that came instead of data")
    page = f"<!doctype html><title>{person.name}</title><p>{person.words}</p>".encode()
    return dict.fromkeys(good_answers(), (status, "text/html", page))


def spoilt_answers() -> Answers:
    """A person where a date, a position or a state belongs."""
    person = plant("sp", "a date or position of what is fetched")
    spoilt = {}
    for path, (status, kind, body) in good_answers().items():
        text = body.decode()
        for word in _SPOILT:
            text = text.replace(word, person.name)
        number = f'"{person.name}"' if kind == "application/json" else person.name
        text = re.sub(rf'"(?:{LAT}|{LON})"', f'"{person.name}"', text)
        text = re.sub(rf"{LAT}|{LON}", number, text)
        spoilt[path] = (status, kind, text.encode())
    return spoilt


def cut_answers() -> Answers:
    """Answers that end in the middle."""
    return {path: (s, kind, body[: len(body) * 2 // 3]) for path, (s, kind, body)
            in good_answers().items()}  # fmt: skip


class LittleServer:
    """The loopback server: what it answers, and the paths that it was asked for."""

    def __init__(self) -> None:
        self.base = ""
        self.answers: Answers = good_answers()
        self.asked: set[str] = set()


@dataclass(frozen=True, slots=True)
class CanaryHouse:
    """`top` has the folder of the project, a home and a folder for temporary files."""

    top: Path
    server: LittleServer

    @property
    def folder(self) -> Path:
        return self.top / "project"

    @property
    def private(self) -> Path:
        return self.folder / "private"

    @property
    def variables(self) -> dict[str, str]:
        """What leads every command here, and nowhere else."""
        home, base = self.top / "home", self.server.base
        return {
            "HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_STATE_HOME": str(home / ".local/state"), "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local/share"), "TMPDIR": str(self.top / "tmp"),
            "PRIVATE": str(self.private), "OUTPUT": str(self.folder / "output"),
            "WARD_PLANIT": f"{base}/planit", "WARD_POLICE": f"{base}/police",
            "NO_PROXY": "127.0.0.1", "DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": "true",
        }  # fmt: skip


def _settings(base: str) -> str:
    """The sample's settings, with a source of each kind that a loopback server can be."""
    sample = (ROOT / "content/ward.toml").read_text(encoding="utf-8")
    sample = re.sub(r"^(newsletter|photo) = .*\n", "", sample, flags=re.MULTILINE)
    kinds = (
        ("planit", "Planning", ""), ("planning-csv", "Grit bins", f"{base}/applications.csv"),
        ("fixmystreet", "Road works", f"{base}/rss"), ("open311", "Fly-tipping", f"{base}/open311"),
        ("police", "Road works", ""), ("calendar", "", f"{base}/meetings.ics"),
    )  # fmt: skip
    lines = []
    for kind, issue, url in kinds:
        lines += ["", "[[source]]", f'from = "{kind}"']
        lines += [f'issue = "{issue}"'] if issue else []
        lines += [f'url = "{url}"'] if url else []
        lines += ['jurisdiction = "example.org"'] if kind == "open311" else []
    return "\n".join((sample, *lines, ""))


def _copy_sample(content: Path) -> None:
    """The sample, with few posts and no pictures: what is private is in none of them."""
    shutil.copytree(ROOT / "content", content)
    for post in content.glob("posts/*.md"):
        if not post.name.startswith(KEPT_POSTS):
            post.unlink()
            continue
        text = post.read_text(encoding="utf-8")
        post.write_text(re.sub(r"(?m)^Image:.*\n", "", text), encoding="utf-8")


def build_house(top: Path, server: LittleServer) -> CanaryHouse:
    house, base = CanaryHouse(top, server), server.base
    _copy_sample(house.folder / "content")
    shutil.copyfile(ROOT / ".gitignore", house.folder / ".gitignore")
    listed = plant("ol", "private/listen.opml").name
    files = {
        "project/content/ward.toml": _settings(base),
        "project/content/community.toml": (
            f'[[site]]\nname = "Sample Street News"\nurl = "{base}/"\nkind = "news"\n'
            f'feed = "{base}/feed"\nchecked = 2026-11-07\n'
        ),
        "project/content/posts/2026-11-12-signed.md": SIGNED,
        "project/private/listen.opml": (
            f'<opml version="2.0"><head><ownerName>{listed}</ownerName></head><body>'
            f'<outline type="rss" text="More" xmlUrl="{base}/feed" description="{listed}"/>'
            "</body></opml>"
        ),
        "home/.keep": "",
        "tmp/.keep": "",
    }
    own = {f"project/private/{name}": text for name, text in private_files().items()}
    write_files(top, {**files, **own})
    return house


@contextmanager
def serving() -> Iterator[LittleServer]:
    little = LittleServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            little.asked.add(parts.path)
            status, kind, body = little.answers.get(parts.path, (404, "text/plain", b""))
            if parse_qs(parts.query).get("page", ["1"])[0] != "1":
                body = b'{"records": [], "total": 1}'
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

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
