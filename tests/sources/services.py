"""Servers on the loopback that answer as the services do, in their forms and with their errors.

The outlines, postcodes and streets are made up; the forms are those of ArcGIS REST, of the OS
Downloads API and of Overpass.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import shapely

from wardblog.places.grids import Grid, to_degrees

# Where the wards are, on the British National Grid.
EASTING, NORTHING = 527_700, 175_400
POSTCODES = {
    "SW115JY": (EASTING, NORTHING, "E05014020"),
    "SW115AA": (EASTING + 100, NORTHING + 100, "E05014020"),
    "SW116ZZ": (EASTING + 1500, NORTHING, "E05014021"),
}
BUSY_PAGE = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"
    "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
<head><title>OSM3S Response</title></head>
<body>
<p>The data included in this document is from www.openstreetmap.org.</p>
<p><strong style="color:#FF0000">Error</strong>: runtime error: open64: 0 Success
/osm3s_osm_base Dispatcher_Client::request_read_and_idx::rate_limited. Please check /api/status
for the quota of your IP address. </p>
</body>
</html>
"""
LOGIN_PAGE = b"<!DOCTYPE html>\n<html><head><title>Library WiFi</title></head><body>Log in</body>"
BROKEN_QUERY = {
    "error": {
        "code": 400,
        "message": "Cannot perform query. Invalid query parameters.",
        "details": ["'Invalid field: WD19CD' parameter is invalid"],
    }
}


@cache
def centre() -> tuple[float, float]:
    """The latitude and longitude of the middle of the first ward."""
    return to_degrees(Grid.BRITISH, [EASTING], [NORTHING])[0]


def square(east: int = 0, size: int = 500) -> dict[str, Any]:
    """A square of twice `size` metres, so many metres to the east, as a GeoJSON geometry."""
    x, y = EASTING + east, NORTHING
    corners = [(x - size, y - size), (x + size, y - size), (x + size, y + size),
               (x - size, y + size), (x - size, y - size)]  # fmt: skip
    return {"type": "Polygon", "coordinates": [to_lonlat(corners)]}


def to_lonlat(corners: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Positions on the British National Grid as longitude and latitude."""
    degrees = to_degrees(Grid.BRITISH, [c[0] for c in corners], [c[1] for c in corners])
    return [[round(longitude, 6), round(latitude, 6)] for latitude, longitude in degrees]


def ward(code: str, name: str, council: str, east: int, year: int = 26) -> dict[str, Any]:
    """A ward as a GeoJSON feature with the columns that ONS gives it."""
    return {
        "type": "Feature",
        "id": east,
        "properties": {
            "FID": east,
            f"WD{year}CD": code,
            f"WD{year}NM": name,
            f"WD{year}NMW": " ",
            f"LAD{year}CD": "E09000032",
            f"LAD{year}NM": council,
            "BNG_E": EASTING + east,
            "GlobalID": "8c1e9c1c-7a3f-4f8e-9f3e-000000000000",
        },
        "geometry": square(east),
    }


def wards() -> list[dict[str, Any]]:
    return [
        ward("E05014020", "Shaftesbury & Queenstown", "Wandsworth", 0),
        ward("E05014021", "Lavender", "Wandsworth", 1500),
        ward("E05014022", "Abbey", "Merton", 3000),
        ward("E05014023", "Abbey", "Barking and Dagenham", 4500),
        ward("E05014024", "St. Mary's", "King's Lynn and West Norfolk", 6000),
        ward("E05014025", "Canford Heath", "Bournemouth, Christchurch and Poole", 6800),
        ward("E05014026", "Byker", "Newcastle-under-Lyme", 9500),
        ward("E05014027", "Byker", "Newcastle upon Tyne", 10500),
        ward("N08000301", "Blackstaff", "Belfast", 7500),
        ward("N08000302", "Windsor", "Belfast", 8500),
    ]


def street_way(number: int, name: str, north: int, east: int = 0) -> dict[str, Any]:
    """A street of 400 metres from west to east, as Overpass gives it."""
    eastings = [EASTING + east - 200, EASTING + east + 200]
    ends = to_degrees(Grid.BRITISH, eastings, [NORTHING + north] * 2)
    return {
        "type": "way",
        "id": number,
        "nodes": [number * 10, number * 10 + 1],
        "geometry": [{"lat": lat, "lon": lon} for lat, lon in ends],
        "tags": {"highway": "residential", "name": name},
    }


def overpass_answer(*streets: str) -> bytes:
    names = streets or ("Eland Road", "Heathwall Street", "Lavender Hill")
    elements = [street_way(n, name, n * 100 - 200) for n, name in enumerate(names, 1)]
    head = {
        "version": 0.6,
        "generator": "Overpass API 0.7.62.8",
        "osm3s": {
            "timestamp_osm_base": "2026-11-28T09:00:00Z",
            "copyright": "The data included in this document is from www.openstreetmap.org. The "
            "data is made available under ODbL.",
        },
    }
    return json.dumps({**head, "elements": elements}).encode()


def code_point_zip(postcodes: Mapping[str, tuple[int, int, str]] | None = None) -> bytes:
    """Code-Point Open as Ordnance Survey packs it."""
    rows = "".join(
        f'"{code}",10,{east},{north},"E92000001","E19000003","E18000007","","E09000032","{area}"\n'
        for code, (east, north, area) in (postcodes or POSTCODES).items()
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n"),
            ("Data/CSV/sw.csv", rows),
        ):
            archive.writestr(zipfile.ZipInfo(name), text)
    return packed.getvalue()


@dataclass(frozen=True)
class Reply:
    """An answer; `announced` is its length as the server claims it, for one that is cut off."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    announced: int | None = None


@dataclass
class Asked:
    service: str
    address: str
    fields: dict[str, str]
    agent: str


def as_json(data: object, status: int = 200) -> Reply:
    return Reply(json.dumps(data).encode(), status, {"Content-Type": "application/json"})


class Services:
    """The three services; `replies` are given first, one for each request, by service."""

    def __init__(self) -> None:
        self.names = ["WD_MAY_2025_UK_BFC_V2", "WD_MAY_2026_UK_BFC", "WD_MAY_2026_UK_BGC",
                      "CED_MAY_2026_EN_BFC", "ONSPD_Online_latest_Postcode_Centroids"]  # fmt: skip
        self.wards = wards()
        self.divisions: list[dict[str, Any]] = []
        self.tables: dict[str, list[dict[str, Any]]] = {}
        self.replies: dict[str, list[Reply]] = {"ons": [], "os": [], "overpass": []}
        self.map = overpass_answer()
        self.postcodes = code_point_zip()
        self.asked: list[Asked] = []
        self.at_once = 0
        self.most_at_once = 0
        self.base = ""

    @property
    def addresses(self) -> dict[str, str]:
        """The environment variables that lead to these servers."""
        return {f"WARD_{name.upper()}": f"{self.base}/{name}" for name in self.replies}

    def reply(self, asked: Asked, path: str) -> Reply:
        if self.replies[asked.service]:
            return self.replies[asked.service].pop(0)
        answers: dict[str, Callable[[str, dict[str, str]], Reply]] = {
            "ons": self._ons, "os": self._os, "overpass": self._overpass,
        }  # fmt: skip
        return answers[asked.service](path, asked.fields)

    def _ons(self, path: str, fields: dict[str, str]) -> Reply:
        if not path:
            listed = [
                {"name": name, "type": kind, "url": f"{self.base}/ons/{name}/{kind}"}
                for name in (*self.names, *self.tables)
                for kind in ("FeatureServer", "MapServer")
            ]
            return as_json({"currentVersion": 11.5, "services": listed})
        name = path.split("/")[0]
        if name in self.tables:
            features = [{"properties": row} for row in self.tables[name]]
        elif name == "CED_MAY_2026_EN_BFC":
            features = self.divisions
        elif name == "WD_MAY_2026_UK_BFC":
            features = self.wards
        else:
            return as_json({"error": {"code": 400, "message": "Invalid URL", "details": []}})
        return self._rows(features, fields)

    def _rows(self, features: list[dict[str, Any]], fields: dict[str, str]) -> Reply:
        columns = set(features[0]["properties"]) if features else set()
        where = fields.get("where", "")
        named = set(re.findall(r"([A-Z]+\d*[A-Z]*)\)?(?: IN|=| LIKE)", where))
        if features and not named <= columns:
            return as_json(BROKEN_QUERY)
        found = [f for f in features if _fits(f, fields)]
        start = int(fields.get("resultOffset", 0))
        page = found[start : start + 2] if fields["f"] == "json" else found
        is_cut = start + len(page) < len(found)
        if fields["f"] == "geojson":
            return as_json({"type": "FeatureCollection", "features": page})
        rows = [{"attributes": f["properties"]} for f in page]
        more = {"exceededTransferLimit": True} if is_cut else {}
        return as_json({"objectIdFieldName": "FID", "features": rows, **more})

    def _os(self, path: str, fields: dict[str, str]) -> Reply:
        if path == "files/codepo_gb.zip":
            return Reply(self.postcodes, 200, {"Content-Type": "application/zip"})
        assert path == "products/CodePointOpen/downloads"
        if "redirect" in fields:
            return Reply(status=307, headers={"Location": f"{self.base}/os/files/codepo_gb.zip"})
        entry = {
            "md5": hashlib.md5(self.postcodes).hexdigest().upper(),  # noqa: S324 - as OS lists it
            "size": len(self.postcodes),
            "url": f"{self.base}/os/{path}?area=GB&format=CSV&redirect",
            "format": "CSV",
            "area": "GB",
            "fileName": "codepo_gb.zip",
        }
        return as_json([{**entry, "format": "GeoPackage"}, entry])

    def _overpass(self, path: str, fields: dict[str, str]) -> Reply:
        assert path == "interpreter"
        assert fields["data"].startswith("[out:json]")
        return Reply(self.map, 200, {"Content-Type": "application/json"})


def _fits(feature: dict[str, Any], fields: dict[str, str]) -> bool:
    where, own = fields.get("where", ""), feature["properties"]
    if match := re.fullmatch(r"(\w+)='((?:[^']|'')*)'", where):
        return str(own[match[1]]) == match[2].replace("''", "'")
    if match := re.fullmatch(r"(\w+) IN \((.*)\)", where):
        return f"'{own[match[1]]}'" in match[2].split(",")
    if match := re.fullmatch(r"UPPER\((\w+)\) LIKE '%(.*)%'", where):
        return match[2].replace("''", "'") in str(own[match[1]]).upper()
    assert not where
    longitude, latitude = map(float, fields["geometry"].split(","))
    shape = shapely.geometry.shape(feature["geometry"])
    return bool(shapely.intersects_xy(shape, longitude, latitude))


@contextmanager
def running() -> Iterator[Services]:
    """The services, on any free port."""
    services = Services()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self, body: str) -> None:
            parts = urlsplit(self.path)
            _, service, *rest = parts.path.split("/")
            query = parse_qs(body or parts.query, keep_blank_values=True)
            fields = {key: values[0] for key, values in query.items()}
            with lock:
                services.at_once += 1
                services.most_at_once = max(services.most_at_once, services.at_once)
            asked = Asked(service, self.path, fields, self.headers["User-Agent"])
            services.asked.append(asked)
            reply = services.reply(asked, "/".join(rest))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            length = len(reply.body) if reply.announced is None else reply.announced
            self.send_header("Content-Length", str(length))
            self.send_header("Connection", "close")
            with lock:
                services.at_once -= 1
            self.end_headers()
            self.wfile.write(reply.body)
            self.close_connection = True

        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """A client that has read enough closes its end."""

    with Server(("127.0.0.1", 0), Handler) as server:
        services.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield services
        finally:
            server.shutdown()
            thread.join()
