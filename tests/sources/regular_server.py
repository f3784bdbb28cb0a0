"""A server on the loopback for the sources of `make fetch`: their good answers, and all that can go
wrong, the same for each kind of source.

The councils, applications and areas are made up; the forms are those of the services. Every field
that a source must never publish holds a canary.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

# People who must appear nowhere: in fields about them, and inside of descriptions.
CANARIES = ("Quillfeather", "Zebedee", "Hortensia", "020 7946 0999", "quill@example.net")
_PERSON = "Mr Zebedee Quillfeather"
LOGIN_PAGE = b"<!DOCTYPE html>\n<html><head><title>Council WiFi</title></head><body>Log in</body>"
_CHUNK = b"x" * 65_536


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer. `stall` is the seconds between its bytes, and `announced` its claimed length."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    announced: int | None = None
    stall: float = 0.0
    megabytes: int = 0


@dataclass
class Request:
    """What was asked."""

    path: str
    fields: dict[str, str]
    headers: dict[str, str]


class RegularServer:
    """Answers below `/<kind>/` with what is set for that kind of source.

    `good` is a function from a request to the bytes of a good answer, by kind; `trouble` is given
    in place of it while it is set. An answer has an `ETag`, so that a second request is answered
    with 304 while it is the same and `is_conditional` is set.
    """

    def __init__(self) -> None:
        self.base = ""
        self.good: dict[str, Callable[[Request], bytes]] = dict(GOOD)
        self.trouble: Answer | None = None
        self.asked: list[Request] = []
        self.is_conditional = False

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables that lead the services here."""
        return {
            "WARD_PLANIT": f"{self.base}/planit",
            "WARD_PLANNING_DATA": f"{self.base}/planning-data",
            "WARD_POLICE": f"{self.base}/police",
        }

    def address(self, kind: str) -> str:
        """The `url` of a source of this kind."""
        return f"{self.base}/{kind}"

    def answer(self, request: Request) -> Answer:
        if self.trouble is not None:
            return self.trouble
        kind = request.path.split("/")[1]
        body = self.good[kind](request)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.is_conditional and request.headers.get("if-none-match") == tag:
            return Answer(status=304, headers={"ETag": tag})
        return Answer(body=body, headers={"ETag": tag})


@contextmanager
def serving() -> Iterator[RegularServer]:
    """The server, on any free port."""
    server = RegularServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            fields = {key: value[0] for key, value in parse_qs(parts.query).items()}
            headers = {name.casefold(): value for name, value in self.headers.items()}
            request = Request(parts.path, fields, headers)
            server.asked.append(request)
            _send(self, server.answer(request))

        def log_message(self, *args: object) -> None:
            pass

    class Listener(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """A client that has read enough closes its end."""

    with Listener(("127.0.0.1", 0), Handler) as listener:
        server.base = f"http://127.0.0.1:{listener.server_address[1]}"
        thread = threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown()
            thread.join()


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    handler.send_response(answer.status)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.status != 304 and not answer.megabytes:
        length = len(answer.body) if answer.announced is None else answer.announced
        handler.send_header("Content-Length", str(length))
    handler.end_headers()
    for number in range(answer.megabytes * 16):
        handler.wfile.write(_CHUNK if number else answer.body + _CHUNK)
    if answer.megabytes:
        return
    if not answer.stall:
        handler.wfile.write(answer.body)
        return
    for at in range(0, len(answer.body), 8):
        handler.wfile.write(answer.body[at : at + 8])
        handler.wfile.flush()
        time.sleep(answer.stall)


# What is wrong, with the words that the councillor reads about it.
TROUBLES: Mapping[str, tuple[Answer, str]] = {
    "403": (Answer(status=403, body=b"Forbidden"), "answered 403"),
    "404": (Answer(status=404), "answered 404"),
    "429": (Answer(status=429, headers={"Retry-After": "3600"}), "too many requests"),
    "500": (Answer(status=500), "answered 500"),
    "a page": (Answer(body=LOGIN_PAGE, headers={"Content-Type": "text/html"}), "a web page"),
    "cut off": (
        Answer(body=b'{"records": [{"uid": "2026/1', announced=90_000),
        "closed the connection",
    ),
    "another host": (
        Answer(status=302, headers={"Location": "https://elsewhere.example/data"}),
        "redirects to another address, elsewhere.example",
    ),
    "a private address": (
        Answer(status=302, headers={"Location": "https://192.168.1.1/admin"}),
        "inside a private network",
    ),
    "50 MB": (Answer(megabytes=50), "is longer than"),
    "slow": (Answer(body=b" " * 4000, stall=0.02), "answers too slowly"),
}


def canary_fields() -> dict[str, Any]:
    """Fields about people, as councils publish them and PlanIt passes them on."""
    return {
        "applicant_name": _PERSON,
        "applicant_address": "1 Quillfeather Mews",
        "applicant_company": "Quillfeather Ltd",
        "agent_name": "Ms Hortensia Quillfeather",
        "agent_tel": "020 7946 0999",
        "agent_email": "quill@example.net",
        "case_officer": "Hortensia Quillfeather",
        "decided_by": "Hortensia Quillfeather",
        "comment_url": "https://planning.example.org/comment?name=Quillfeather",
    }


def planit_record(number: int = 1234, **other: Any) -> dict[str, Any]:
    """A record as PlanIt gives it, in the ward of the sample's tests."""
    record = {
        "uid": f"2026/{number:04}",
        "name": f"Wandsworth/2026/{number:04}",
        "area_name": "Wandsworth",
        "address": f"{number} Eland Road, London SW11 5JY",
        "description": "Erection of a single-storey rear extension",
        "app_state": "Undecided",
        "app_type": "Full",
        "app_size": "Small",
        "start_date": "2026-10-20",
        "consulted_date": "2026-10-25",
        "decided_date": None,
        "link": f"https://www.planit.org.uk/planapplic/Wandsworth/2026/{number:04}/",
        "url": f"https://planning.example.org/applications/{number}",
        "postcode": "SW11 5JY",
        "location": {"type": "Point", "coordinates": [-0.16, 51.465]},
        "location_x": -0.16,
        "location_y": 51.465,
        "last_changed": "2026-11-20T03:04:05.678",
        "other_fields": {"consultation_end_date": "2026-12-05", **canary_fields()},
    }
    return {**record, **canary_fields(), **other}


def planit_answer(*records: dict[str, Any], total: int | None = None) -> bytes:
    found = list(records)
    answer = {
        "pg_sz": 250,
        "from": 0,
        "to": len(found) - 1,
        "total": len(found) if total is None else total,
        "records": found,
    }
    return json.dumps(answer).encode()


def planit_records() -> list[dict[str, Any]]:
    """Six applications: four in the ward, of which one is large and one names a person."""
    return [
        planit_record(
            1234,
            address="The Old Depot, Culvert Road, London SW11 5BB",
            description="Demolition of the depot and erection of a building with 40 flats",
            app_size="Large",
            location={"type": "Point", "coordinates": [-0.1602, 51.4648]},
        ),
        planit_record(
            1301,
            app_state="Permitted",
            decided_date="2026-11-12",
            description="Caf&amp;eacute; &amp;amp; bakery: new shopfront",
            start_date="2026-09-01",
        ),
        planit_record(1302, description=f"Loft conversion for {_PERSON}"),
        planit_record(1303, app_type=None, app_size=None, description=None, other_fields=None),
        planit_record(1304, location=None, location_x=None, location_y=None, address="Nowhere 3"),
        planit_record(1305, location={"type": "Point", "coordinates": [-0.3, 51.4]}),
    ]


def _planit(request: Request) -> bytes:
    records = planit_records()
    page, size = int(request.fields.get("page", 1)), int(request.fields.get("pg_sz", 250))
    return planit_answer(*records[(page - 1) * size : page * size], total=len(records) + 3)


CSV_COLUMNS = ("Application Number", "Site Address", "Proposal", "Date Received", "Decision Date",
               "Consultation End Date", "Status", "Decision", "Web Link", "Easting", "Northing",
               "Applicant Name", "Agent Name", "Agent Email", "Case Officer",
               "Objector")  # fmt: skip


def csv_row(number: int = 1234, **other: str) -> dict[str, str]:
    row = {
        "Application Number": f"2026/{number:04}",
        "Site Address": f"{number} Eland Road, London SW11 5JY",
        "Proposal": "Erection of a single-storey rear extension",
        "Date Received": "20/10/2026",
        "Decision Date": "",
        "Consultation End Date": "05/12/2026",
        "Status": "Pending consideration",
        "Decision": "",
        "Web Link": f"https://planning.example.org/applications/{number}",
        "Easting": "527950",
        "Northing": "175450",
        "Applicant Name": _PERSON,
        "Agent Name": "Ms Hortensia Quillfeather",
        "Agent Email": "quill@example.net",
        "Case Officer": "Hortensia Quillfeather",
        "Objector": "Zebedee Quillfeather, 020 7946 0999",
    }
    return {**row, **{key.replace("_", " "): value for key, value in other.items()}}


def csv_answer(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, CSV_COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode(encoding)


def _planning_csv(_: Request) -> bytes:
    return csv_answer(
        csv_row(1234, Proposal="Demolition, and erection of 40 flats"),
        csv_row(1301, Status="Decided", Decision="Granted", Decision_Date="12/11/2026"),
        csv_row(1302, Proposal=f"Loft conversion for {_PERSON}"),
        csv_row(1303, Proposal="CafÃ© and bakery: new shopfront"),
        csv_row(1304, Easting="", Northing="", Site_Address="Nowhere 3"),
        csv_row(1305, Easting="500000", Northing="170000"),
    )


def entity(number: int, dataset: str, west: float, **other: Any) -> dict[str, Any]:
    """An area of planning.data.gov.uk: a square of some 300 metres."""
    east, south, north = west + 0.004, 51.463, 51.466
    ring = f"(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
    return {
        "entity": number,
        "dataset": dataset,
        "name": f"Culvert Road No. {number}",
        "reference": f"CA{number}",
        "start-date": "1989-03-14",
        "end-date": "",
        "entry-date": "2024-01-05",
        "geometry": f"MULTIPOLYGON({ring})",
        "point": f"POINT({west + 0.002} 51.4645)",
        "organisation-entity": "376",
        "notes": f"Entered by {_PERSON}, 020 7946 0999",
        **other,
    }


def _planning_data(request: Request) -> bytes:
    if request.path.endswith(".json") and "/dataset/" in request.path:
        name = request.path.rsplit("/", 1)[1].removesuffix(".json")
        about = {
            "dataset": name,
            "name": name,
            "licence-text": "Licensed under the [Open Government Licence v.3.0](https://x.example)",
            "attribution-text": "© Crown copyright and database right 2026",
        }
        return json.dumps(about).encode()
    dataset = request.fields["dataset"]
    entities = {
        "conservation-area": [
            entity(1, dataset, -0.162),
            entity(2, dataset, -0.3),
            entity(3, dataset, -0.162, **{"end-date": "2001-01-01"}),
        ],
        "article-4-direction-area": [entity(4, dataset, -0.158)],
    }.get(dataset, [])
    return json.dumps({"entities": entities, "count": len(entities), "links": {}}).encode()


# A good answer of each kind of source.
GOOD: Mapping[str, Callable[[Request], bytes]] = {
    "planit": _planit,
    "planning-csv": _planning_csv,
    "planning-data": _planning_data,
}
# An answer with nothing in it.
EMPTY: Mapping[str, Callable[[Request], bytes]] = {
    "planit": lambda _: planit_answer(),
    "planning-csv": lambda _: csv_answer(),
    "planning-data": lambda request: _planning_data(
        Request(request.path, {**request.fields, "dataset": "none"}, {})
    ),
}
# The further lines of a [[source]] of each kind, with its address.
SETTINGS: Mapping[str, str] = {
    "planning-csv": 'url = "{url}"\n',
}
