"""The lines that web servers and hosts write about requests, each in its format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import quote
from zlib import crc32

from .hits import Hit, random_stream
from .site import HOST


class Format(StrEnum):
    """The formats in which the lines can be written."""

    NGINX = "nginx"  # its "combined"
    APACHE = "apache"  # its "combined"
    APACHE_VHOST = "apache-vhost"  # Debian's "vhost_combined"
    CADDY = "caddy"  # JSON
    S3 = "s3"  # Amazon's server access log
    CLOUDFRONT = "cloudfront"  # Amazon's standard log, with its two lines of header


CLOUDFRONT_FIELDS: Final = (
    "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status "
    "cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id "
    "x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher "
    "x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port "
    "time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len "
    "sc-range-start sc-range-end"
)
_OWNER: Final = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
# What CloudFront leaves as it is; it encodes spaces, controls and these: < > " # % { } | \ ^ ~ [ ].
_CLOUDFRONT_SAFE: Final = "!$&'()*+,-./:;=?@_"


def lines(hits: Sequence[Hit], form: Format) -> Iterator[str]:
    """Yield the lines, without line ends, in the order in which they are written.

    Amazon promises no order: in its two formats, lines of about the same time are mixed.
    """
    if form is Format.CLOUDFRONT:
        yield "#Version: 1.0"
        yield f"#Fields: {CLOUDFRONT_FIELDS}"
    ordered = _disordered(hits) if form in (Format.S3, Format.CLOUDFRONT) else iter(hits)
    yield from map(_WRITERS[form], ordered)


def _disordered(hits: Sequence[Hit]) -> Iterator[Hit]:
    chance = random_stream(0, "order of lines")
    for start in range(0, len(hits), 40):
        block = list(hits[start : start + 40])
        chance.shuffle(block)
        yield from block


@lru_cache(maxsize=4)
def _minute(minute: int) -> str:
    return datetime.fromtimestamp(minute * 60, UTC).strftime("%d/%b/%Y:%H:%M")


def _bracketed(time: float) -> str:
    """Return a time as nginx, Apache and S3 write it."""
    second = int(time)
    return f"[{_minute(second // 60)}:{second % 60:02d} +0000]"


def _request_line(hit: Hit) -> str:
    if not hit.method:
        return hit.target
    return f"{hit.method} {hit.target} {hit.client.protocol}"


_SPECIAL: Final = re.compile(r'["\\\x00-\x1f\x7f-\U0010ffff]')


def _nginx_text(text: str) -> str:
    r"""Return a value as nginx escapes it: quotes, backslashes and other bytes as \xHH."""
    return _SPECIAL.sub(lambda found: "".join(f"\\x{byte:02X}" for byte in found[0].encode()), text)


def _apache_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _combined(hit: Hit, escape: Callable[[str], str]) -> str:
    request = _request_line(hit)
    if hit.method:  # what was not HTTP is recorded as it is escaped
        request = escape(request)
    referrer, agent = escape(hit.referrer) or "-", escape(hit.client.agent) or "-"
    return (
        f'{hit.client.address} - - {_bracketed(hit.time)} "{request}" {hit.status} '
        f'{hit.size} "{referrer}" "{agent}"'
    )


def _nginx(hit: Hit) -> str:
    return _combined(hit, _nginx_text)


def _apache(hit: Hit) -> str:
    line = _combined(hit, _apache_text)
    if hit.size == 0:  # Apache writes no zero
        line = line.replace(f" {hit.status} 0 ", f" {hit.status} - ", 1)
    return line if _request_line(hit) else line.replace('""', '"-"', 1)


def _apache_vhost(hit: Hit) -> str:
    return f"{HOST}:443 {_apache(hit)}"


def _caddy(hit: Hit) -> str:
    method, target = (hit.method, hit.target) if hit.method else ("GET", "/")
    headers = {}
    if hit.client.agent:
        headers["User-Agent"] = [hit.client.agent]
    if hit.referrer:
        headers["Referer"] = [hit.referrer]
    headers["Accept-Encoding"] = ["gzip, deflate, br"]
    address = hit.client.address
    request = {
        "remote_ip": address,
        "remote_port": str(1024 + crc32(address.encode()) % 60_000),
        "client_ip": address,
        "proto": hit.client.protocol or "HTTP/1.1",
        "method": method,
        "host": HOST,
        "uri": target,
        "headers": headers,
        "tls": {"resumed": False, "version": 772, "cipher_suite": 4865, "server_name": HOST},
    }
    line = {
        "level": "info",
        "ts": round(hit.time, 7),
        "logger": "http.log.access.log0",
        "msg": "handled request",
        "request": request,
        "bytes_read": 0,
        "user_id": "",
        "duration": 0.000431,
        "size": hit.size,
        "status": hit.status,
        "resp_headers": {"Server": ["Caddy"], "Content-Type": [_media_type(target)]},
    }
    return json.dumps(line, separators=(",", ":"), ensure_ascii=False)


def _media_type(target: str) -> str:
    path = target.partition("?")[0]
    types = {"css": "text/css; charset=utf-8", "js": "text/javascript", "svg": "image/svg+xml"}
    types |= {"jpg": "image/jpeg", "xml": "application/xml", "json": "application/json"}
    types |= {"ics": "text/calendar", "pdf": "application/pdf", "csv": "text/csv"}
    return types.get(path.rpartition(".")[2], "text/html; charset=utf-8")


def _s3(hit: Hit) -> str:
    method, target = (hit.method, hit.target) if hit.method else ("GET", "/")
    path = target.partition("?")[0]
    key = f"{path[1:]}index.html" if path.endswith("/") else path[1:]
    error = {404: "NoSuchKey", 400: "BadRequest", 405: "MethodNotAllowed"}.get(hit.status, "-")
    request = f"{method} {target} HTTP/1.1"  # S3 knows no other
    number = f"{crc32(request.encode()) ^ int(hit.time):08X}{int(hit.time * 1000) % 10**8:08d}"
    return (
        f"{_OWNER} {HOST} {_bracketed(hit.time)} {hit.client.address} - {number} "
        f'WEBSITE.{method}.OBJECT {quote(key) or "-"} "{request}" {hit.status} {error} '
        f'{hit.size or "-"} {hit.size or "-"} 14 13 "{hit.referrer or "-"}" '
        f'"{hit.client.agent or "-"}" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3= '
        f"- - - {HOST}.s3-website.eu-west-2.amazonaws.com - - -"
    )


def _cloudfront_text(text: str) -> str:
    return quote(text, safe=_CLOUDFRONT_SAFE) or "-"


def _cloudfront(hit: Hit) -> str:
    method, target = (hit.method, hit.target) if hit.method else ("GET", "/")
    path, _, query = target.partition("?")
    moment = datetime.fromtimestamp(int(hit.time), UTC)
    result = "Error" if hit.status >= 400 else "Hit" if crc32(path.encode()) % 3 else "Miss"
    number = f"{crc32(target.encode()):08x}{int(hit.time * 1000):x}"
    return "\t".join(
        (
            f"{moment:%Y-%m-%d}\t{moment:%H:%M:%S}\tLHR61-P{crc32(number.encode()) % 9}",
            f"{hit.size + 412}\t{hit.client.address}\t{method}\td111111abcdef8.cloudfront.net",
            f"{_cloudfront_text(path)}\t{hit.status}\t{_cloudfront_text(hit.referrer)}",
            f"{_cloudfront_text(hit.client.agent)}\t{_cloudfront_text(query)}\t-\t{result}",
            f"{number}==\t{HOST}\thttps\t312\t0.002\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256",
            f"{result}\t{hit.client.protocol or 'HTTP/1.1'}\t-\t-\t41820\t0.002\t{result}",
            f"{_cloudfront_text(_media_type(target))}\t{hit.size or '-'}\t-\t-",
        )
    )


_WRITERS: Final[dict[Format, Callable[[Hit], str]]] = {
    Format.NGINX: _nginx,
    Format.APACHE: _apache,
    Format.APACHE_VHOST: _apache_vhost,
    Format.CADDY: _caddy,
    Format.S3: _s3,
    Format.CLOUDFRONT: _cloudfront,
}
