"""Each format of logs gives the same counts of the same visits."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from office.logs import ABOUT, CHROME, FEED, GOOGLEBOT, STYLE, log_of, result_of, visit
from wardblog.office.statistics.count_logs import count_logs

# Address, seconds after nine, method, target, status, referrer and User-Agent.
Visit = tuple[str, int, str, str, int, str, str]
NINE = datetime(2026, 11, 16, 9, tzinfo=UTC)
FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers; )"
VISITS: Sequence[Visit] = (
    ("192.0.2.7", 0, "GET", "/", 200, "https://www.google.com/", CHROME),
    ("192.0.2.7", 0, "GET", STYLE, 200, "https://ward.example.org/", CHROME),
    ("2001:db8::7", 5, "GET", "/2026/11/bins/?from=leaflet-2026-10", 200, "-", CHROME),
    ("2001:db8::7", 6, "GET", STYLE, 200, "-", CHROME),
    ("192.0.2.9", 60, "GET", "/2026/11/bins/", 200, "-", GOOGLEBOT),
    ("192.0.2.8", 61, "GET", FEED, 200, "-", FEEDLY),
    ("192.0.2.6", 62, "POST", "/", 405, "-", CHROME),
    ("192.0.2.6", 63, "GET", "/nothing/", 404, "-", CHROME),
    ("198.51.100.5", 64, "GET", "/2026/11/bins/", 200, "-", CHROME),
)  # fmt: skip
EXPECTED = {
    "reads": {"/": 1, "/2026/11/bins/": 1},
    "subscribers": {FEED: 12},
    "excluded": {
        "not a page": 2,
        "crawler": 1,
        "feed": 1,
        "not a GET request": 1,
        "error or redirect": 1,
        "no sign of a browser": 1,
    },
}


def moment(after: int, form: str = "%d/%b/%Y:%H:%M:%S +0000") -> str:
    return datetime.fromtimestamp(NINE.timestamp() + after, UTC).strftime(form)


def combined(one: Visit) -> str:
    address, after, method, target, status, referrer, agent = one
    return (
        f'{address} - - [{moment(after)}] "{method} {target} HTTP/1.1" {status} 512 '
        f'"{referrer}" "{agent}"'
    )


def apache_in_london(one: Visit) -> str:
    """As Apache in Paris writes it, with a user and quotation marks in the User-Agent."""
    address, after, method, target, status, referrer, agent = one
    zone = moment(after + 3600, "%d/%b/%Y:%H:%M:%S +0100")
    return (
        f'{address} - a user [{zone}] "{method} {target} HTTP/1.1" {status} 512 '
        f'"{referrer}" "{agent} \\"x\\""'
    )


def with_host(one: Visit) -> str:
    return f"ward.example.org:443 {combined(one)}"


def behind_proxy(one: Visit) -> str:
    """As the settings that come with nginx write it; all lines are from the proxy."""
    return combined(("10.0.0.1", *one[1:])) + f' "{one[0]}, 10.9.9.9"'


def caddy(one: Visit) -> str:
    address, after, method, target, status, referrer, agent = one
    headers = {"User-Agent": [agent], "Accept": ["*/*"]}
    if referrer != "-":
        headers["Referer"] = [referrer]
    return json.dumps(
        {
            "level": "info",
            "ts": NINE.timestamp() + after + 0.25,
            "logger": "http.log.access.log0",
            "msg": "handled request",
            "request": {
                "remote_ip": address,
                "client_ip": address,
                "proto": "HTTP/2.0",
                "method": method,
                "host": "ward.example.org",
                "uri": target,
                "headers": headers,
            },
            "duration": 0.0002,
            "size": 512,
            "status": status,
        }
    )


def s3(one: Visit) -> str:
    address, after, method, target, status, referrer, agent = one
    path, _, query = target.partition("?")
    key = f"{path.lstrip('/')}index.html" if path.endswith("/") else path.lstrip("/")
    asked = f"/{key}" + (f"?{query}" if query else "")
    quoted = "-" if referrer == "-" else f'"{referrer}"'
    quoted = f'"{referrer}"' if referrer == "-" else quoted
    return (
        f"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be ward-logs "
        f"[{moment(after)}] {address} - 3E57427F3EXAMPLE WEBSITE.{method}.OBJECT {key} "
        f'"{method} {asked} HTTP/1.1" {status} - 512 512 7 6 {quoted} "{agent}" - '
        "s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV2 "
        "ECDHE-RSA-AES128-GCM-SHA256 - ward-logs.s3-website.eu-west-2.amazonaws.com TLSv1.2 - -"
    )


CLOUDFRONT_HEAD = (
    "#Version: 1.0",
    (
        "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status "
        "cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type"
    ),
)


def cloudfront(one: Visit) -> str:
    address, after, method, target, status, referrer, agent = one
    path, _, query = target.partition("?")
    cells = (
        moment(after, "%Y-%m-%d"), moment(after, "%H:%M:%S"), "LHR62-C1", "512", address, method,
        "d111111abcdef8.cloudfront.net", path, str(status), referrer,
        quote(quote(agent, safe="/;,()"), safe="%/;,()").replace("%2520", "%20"), query or "-", "-",
        "Hit",
    )  # fmt: skip
    return "\t".join(cells)


FORMATS = {
    "combined": [combined(one) for one in VISITS],
    "Apache": [apache_in_london(one) for one in VISITS],
    "with the host first": [with_host(one) for one in VISITS],
    "behind a proxy": [behind_proxy(one) for one in VISITS],
    "Caddy": [caddy(one) for one in VISITS],
    "S3": [s3(one) for one in VISITS],
    "CloudFront": [*CLOUDFRONT_HEAD, *(cloudfront(one) for one in VISITS)],
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_the_same(name: str, tmp_path: Path) -> None:
    lines = FORMATS[name]
    assert result_of(tmp_path, lines) == EXPECTED


@pytest.mark.parametrize("name", FORMATS)
def test_broken_lines_are_counted_and_passed_over(name: str, tmp_path: Path) -> None:
    lines = FORMATS[name]
    broken = [lines[-1][: len(lines[-1]) // 3], "{", '"', "\x00\x01"]
    found = result_of(tmp_path, [*lines[:-3], *broken, *lines[-3:]])
    assert found["excluded"].pop("broken line") == len(broken)
    assert found == EXPECTED


@pytest.mark.parametrize("name", FORMATS)
def test_where_readers_come_from_is_known_in_each_format(name: str, tmp_path: Path) -> None:
    log = log_of(tmp_path, FORMATS[name])
    ((_, totals),) = count_logs([log], tmp_path / "private", ABOUT).days.items()
    assert totals.by_source() == {"search: Google": 1, "leaflet": 1}
    assert totals.campaigns == {"leaflet-2026-10": 1}
    assert totals.hours[9] == 2, "the hours are those of London"


def test_the_columns_of_cloudfront_may_be_in_any_order(tmp_path: Path) -> None:
    names = CLOUDFRONT_HEAD[1].removeprefix("#Fields: ").split()
    turned = ["#Fields: " + " ".join(reversed(names))]
    turned += ["\t".join(reversed(cloudfront(one).split("\t"))) for one in VISITS]
    assert result_of(tmp_path, turned) == EXPECTED


def test_dates_of_caddy_may_be_written_as_text(tmp_path: Path) -> None:
    lines = []
    for one in VISITS:
        entry = json.loads(caddy(one))
        entry["ts"] = moment(one[1], "%Y/%m/%d %H:%M:%S") + "+00:00"
        lines.append(json.dumps(entry))
    assert result_of(tmp_path, lines) == EXPECTED


def test_the_common_format_says_what_nobody_can_know(tmp_path: Path) -> None:
    """Without User-Agents and referrers, only what visitors load tells them apart."""
    lines = [combined(one).split(' "http')[0].split(' "-"')[0] for one in VISITS]
    counted = count_logs([log_of(tmp_path, lines)], tmp_path / "private", ABOUT)
    assert not counted.has_agents
    assert counted.as_json()["reads"] == EXPECTED["reads"]
    assert counted.as_json()["subscribers"] == {FEED: 1}
    assert counted.as_json()["excluded"]["no sign of a browser"] == 2
    assert counted.total.by_source() == {"none": 1, "leaflet": 1}


def test_compressed_logs_are_read(tmp_path: Path) -> None:
    path = tmp_path / "access.log.2.gz"
    path.write_bytes(gzip.compress("\n".join(FORMATS["combined"]).encode()))
    assert count_logs([path], tmp_path / "private", ABOUT).as_json() == EXPECTED


def test_each_file_may_have_another_format(tmp_path: Path) -> None:
    """A site that moved from Apache to Caddy keeps the old logs."""
    early = log_of(tmp_path, FORMATS["Apache"][:4], "access.log.1")
    late = log_of(tmp_path, FORMATS["Caddy"][4:], "access.log")
    assert count_logs([late, early], tmp_path / "private", ABOUT).as_json() == EXPECTED


@pytest.mark.parametrize(
    "last", ["127.0.0.1:8080", "10.0.0.5:80", "127.0.0.1", "::1", "[::1]:8080", "::ffff:127.0.0.1"]
)
def test_the_server_behind_is_not_the_visitor(last: str, tmp_path: Path) -> None:
    """Two people with the same browser, and the address of the server that answered."""
    lines = [
        f'{one} "{last}"' for n in (1, 2) for one in visit("/", n * 9, f"192.0.2.{n}")
    ]  # fmt: skip
    assert result_of(tmp_path, lines)["reads"] == {"/": 2}


@pytest.mark.parametrize("last", ["198.51.100.{n}", "2001:db8::{n}", "198.51.100.{n}, 10.0.0.1"])
def test_the_visitor_behind_a_proxy(last: str, tmp_path: Path) -> None:
    lines = [
        f'{one} "{last.format(n=n)}"' for n in (1, 2) for one in visit("/", n * 9, "10.0.0.1")
    ]  # fmt: skip
    lines += [f'{one} "127.0.0.1:80"' for one in visit("/", 30, "192.0.2.3")]
    assert result_of(tmp_path, lines)["reads"] == {"/": 3}
