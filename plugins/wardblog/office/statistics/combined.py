"""The logs of nginx and Apache, and those of S3, which look much the same.

    ADDRESS - USER [22/Nov/2026:09:15:01 +0000] "GET / HTTP/1.1" 200 512 "REFERRER" "AGENT"

The name of the site may come first (`vhost_combined`), and the address that a proxy names last. In
the common format, there is neither referrer nor User-Agent. S3 has other words before the time and
after it, and the name of the file instead of what was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from wardblog.office.statistics.clock import SECONDS, Minutes, apache_minute
from wardblog.office.statistics.log_files import LONGEST_LINE
from wardblog.office.statistics.rows import NOT_SENT, Blocks, Form, Row, broken

_QUOTED = rb'"((?:[^"\\]|\\.)*+)"'
# The same, slower, for lines in which a quotation mark has a backslash before it.
_LINE = re.compile(
    rb"([^\[\"]{1,4000})\[([^\]\"]{20,40})\]([^\"]*) " + _QUOTED + rb" (\d{3}) ([^\"]*)"
    rb"(?:" + _QUOTED + rb" " + _QUOTED + rb"(?:[^\"]*" + _QUOTED + rb")?)?"
)
_ADDRESS = re.compile(rb"(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+")
# The address of a visitor: not that of a server that answers for this one, nor of this computer.
_VISITOR = re.compile(
    rb"(?!127\.)(?:\d{1,3}\.){3}\d{1,3}"
    rb"|(?!(?:0{0,4}:)+0{0,3}1$|::ffff:127\.)(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+",
    re.IGNORECASE,
)
# How many parts the quotation marks divide a line into.
_COMMON, _COMBINED, _FORWARDED = 3, 7, 9


def combined_form(lines: Sequence[bytes]) -> Form | None:
    """How these lines are read, if they are in one of the formats of nginx and Apache."""
    found = [match for line in lines if (match := _LINE.match(line))]
    if not found or sum(bool(match[3]) for match in found) * 2 > len(found):
        return None
    words = [match[1].split() for match in found]
    has_host = sum(len(w) > 1 and _is_address(w[1]) and not _is_address(w[0]) for w in words)
    at = 1 if has_host * 2 > len(words) else 0
    if not any(match[8] is not None for match in found):
        return Form(name="common", rows=partial(_common_rows, at=at), has_agents=False)
    forwarded = sum(_is_visitor(_first(match[9] or b"")) for match in found)
    return Form(
        name="combined", rows=partial(_rows, at=at, parts=_FORWARDED if forwarded else _COMBINED)
    )


def _is_address(word: bytes) -> bool:
    return bool(_ADDRESS.fullmatch(word))


def _is_visitor(word: bytes) -> bool:
    return bool(_VISITOR.fullmatch(word))


def _first(forwarded: bytes) -> bytes:
    """The first of the addresses that proxies name."""
    return forwarded.split(b",", 1)[0].strip()


def _rows(blocks: Blocks, at: int, parts: int) -> Iterator[Row]:
    minutes = Minutes(apache_minute)
    for lines in blocks:
        for line in lines:
            length = len(line)
            pieces = line.split(b'"')
            if len(pieces) != parts or length > LONGEST_LINE:
                if line.strip():
                    yield _slow_row(line, at, minutes)
                continue
            head, middle = pieces[0], pieces[2]
            try:
                start = head.index(b"[")
                second = (
                    minutes[head[start + 1 : start + 18] + head[start + 21 : start + 27]]
                    + SECONDS[head[start + 19 : start + 21]]
                )
                address = head.split(b" ", at + 1)[at]
                method, target, _ = pieces[1].split(b" ")
            except (ValueError, KeyError, IndexError, OverflowError):
                yield _slow_row(line, at, minutes)
                continue
            if parts == _FORWARDED and _is_visitor(first := _first(pieces[7])):
                address = first
            yield (length, address, second, method, target, middle[1:4], pieces[3], pieces[5])


def _common_rows(blocks: Blocks, at: int) -> Iterator[Row]:
    minutes = Minutes(apache_minute)
    for lines in blocks:
        for line in lines:
            if line.strip():
                yield _slow_row(line, at, minutes)


def _slow_row(line: bytes, at: int, minutes: Minutes) -> Row:
    """A line with backslashes, or whose request is not of three words."""
    length = len(line)
    match = _LINE.match(line) if length <= LONGEST_LINE else None
    if match is None:
        return broken(length)
    stamp = match[2]
    try:
        second = minutes[stamp[:17] + stamp[20:]] + SECONDS[stamp[18:20]]
        address = match[1].split(b" ", at + 1)[at]
    except (ValueError, KeyError, IndexError, OverflowError):
        return broken(length)
    if match[9] and _is_visitor(first := _first(match[9])):
        address = first
    method, _, rest = match[4].partition(b" ")
    target = rest.rpartition(b" ")[0] or rest
    agent = b"" if match[8] is None else match[8]
    return (length, address, second, method or NOT_SENT, target, match[5], match[7] or b"", agent)


def s3_form(lines: Sequence[bytes]) -> Form | None:
    """How these lines are read, if they are access logs of S3 or of a store that is like it."""
    if any(_s3_row(line, Minutes(apache_minute))[3] for line in lines if line.strip()):
        return Form(name="S3", rows=_s3_rows, is_in_order=False)
    return None


def _s3_rows(blocks: Blocks) -> Iterator[Row]:
    minutes = Minutes(apache_minute)
    for lines in blocks:
        for line in lines:
            if line.strip():
                yield _s3_row(line, minutes)


def _s3_row(line: bytes, minutes: Minutes) -> Row:
    """`OWNER BUCKET [TIME] ADDRESS REQUESTER ID OPERATION KEY "GET / HTTP/1.1" 200 ...`"""
    length = len(line)
    pieces = line.split(b'"') if length <= LONGEST_LINE else []
    try:
        _, _, day, zone, address, _, _, operation, key, _ = pieces[0].split(b" ")
        second = minutes[day[1:18] + b" " + zone[:5]] + SECONDS[day[19:21]]
        method, _, rest = pieces[1].partition(b" ")
        referrer, agent = (pieces[3], pieces[5]) if len(pieces) > 5 else (b"", NOT_SENT)
    except (ValueError, KeyError, IndexError, OverflowError):
        return broken(length)
    if b"." not in operation:
        return broken(length)
    query = rest.rpartition(b" ")[0].partition(b"?")[2]
    target = b"/" + key.removeprefix(b"/") if key != NOT_SENT else rest.split(b" ")[0]
    if query:
        target += b"?" + query
    status = pieces[2][1:4]
    return (length, address, second, method or NOT_SENT, target, status, referrer, agent)
