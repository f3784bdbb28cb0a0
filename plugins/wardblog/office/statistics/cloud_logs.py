"""The logs of Caddy, in JSON, and of CloudFront, in columns between tabs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote_to_bytes

from wardblog.office.statistics.clock import SECONDS, Minutes, iso_minute
from wardblog.office.statistics.log_files import LONGEST_LINE
from wardblog.office.statistics.rows import NOT_SENT, Blocks, Form, Row, broken

_FIELDS = b"#Fields:"
_NEEDED = ("date", "time", "c-ip", "cs-method", "cs-uri-stem", "sc-status")
# More seconds than the year 9999 has.
_LATEST = 253_402_300_799


def caddy_form(lines: Sequence[bytes]) -> Form | None:
    """How these lines are read, if they are the JSON that Caddy writes."""
    if any(_caddy_row(line)[3] for line in lines if line.startswith(b"{")):
        return Form(name="Caddy", rows=_caddy_rows)
    return None


def _caddy_rows(blocks: Blocks) -> Iterator[Row]:
    for lines in blocks:
        for line in lines:
            if line.strip():
                yield _caddy_row(line)


def _caddy_row(line: bytes) -> Row:
    length = len(line)
    try:
        entry = json.loads(line) if length <= LONGEST_LINE else {}
        request = entry["request"]
        headers = request.get("headers") or {}
        address = request.get("client_ip") or request.get("remote_ip")
        address = address or request["remote_addr"].rpartition(":")[0]
        return (
            length,
            _bytes(address),
            _caddy_second(entry["ts"]),
            _bytes(request["method"]) or NOT_SENT,
            _bytes(request["uri"]),
            b"%d" % entry["status"],
            _header(headers, "Referer"),
            _header(headers, "User-Agent") or NOT_SENT,
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return broken(length)


def _caddy_second(written: float | str) -> int:
    """From seconds since 1970, or from a date; raises `ValueError` for anything else."""
    if isinstance(written, str):
        return int(datetime.fromisoformat(written.replace("/", "-")).timestamp())
    if not 0 <= written <= _LATEST:
        raise ValueError("no time")
    return int(written)


def _header(headers: Mapping[str, Any], name: str) -> bytes:
    values = headers.get(name)
    return _bytes(values[0]) if values else b""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def cloudfront_form(lines: Sequence[bytes]) -> Form | None:
    """How these lines are read, if they are standard logs of CloudFront."""
    if any(_columns_of(line) for line in lines):
        return Form(name="CloudFront", rows=_cloudfront_rows, is_in_order=False)
    return None


def _columns_of(line: bytes) -> dict[str, int]:
    """The number of each column; none if this is not the line that names them."""
    if not line.startswith(_FIELDS):
        return {}
    names = line.removeprefix(_FIELDS).decode("ascii", "replace").split()
    columns = {name: at for at, name in enumerate(names)}
    return columns if all(name in columns for name in _NEEDED) else {}


def _cloudfront_rows(blocks: Blocks) -> Iterator[Row]:
    minutes = Minutes(iso_minute)
    columns: dict[str, int] = {}
    for lines in blocks:
        for line in lines:
            if line.startswith(b"#"):
                columns = _columns_of(line) or columns
            elif line.strip():
                yield _cloudfront_row(line, columns, minutes)


def _cloudfront_row(line: bytes, columns: Mapping[str, int], minutes: Minutes) -> Row:
    length = len(line)
    cells = line.rstrip(b"\r").split(b"\t") if length <= LONGEST_LINE else []
    try:
        date, time, address, method, target, status = (cells[columns[name]] for name in _NEEDED)
        second = minutes[date + b"\t" + time[:5]] + SECONDS[time[6:8]]
    except (ValueError, KeyError, IndexError, OverflowError):
        return broken(length)
    query = _cell(cells, columns, "cs-uri-query")
    if query not in (b"", NOT_SENT):
        target += b"?" + query
    agent = _cell(cells, columns, "cs(User-Agent)")
    referrer = _cell(cells, columns, "cs(Referer)")
    return (length, address, second, method or NOT_SENT, target, status,
            _decoded(referrer), _decoded(agent))  # fmt: skip


def _cell(cells: Sequence[bytes], columns: Mapping[str, int], name: str) -> bytes:
    at = columns.get(name)
    return cells[at] if at is not None and at < len(cells) else b""


def _decoded(cell: bytes) -> bytes:
    """CloudFront encodes spaces, and the percent signs of what was encoded before."""
    return unquote_to_bytes(unquote_to_bytes(cell)) if b"%" in cell else cell
