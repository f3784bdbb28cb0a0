"""Reads headers of answers, as far as they are plain."""

from __future__ import annotations

import time
from email.message import Message
from email.utils import parsedate_to_datetime

from wardblog.sources.answers import Validators
from wardblog.support.late_regex import late_regex

# What a later request sends back: an `ETag` (RFC 9110, 8.8.3), and a date.
_ETAG = late_regex(r'(?:W/)?"[!#-~]{0,200}"')
_DATE = late_regex(r"[A-Za-z0-9 ,:+-]{1,50}")
_LONGEST_WAIT = 10**6


def validators_of(headers: Message) -> Validators:
    """What a later request may be conditional on; anything that is not plain is left out."""
    etag, modified = headers.get("ETag") or "", headers.get("Last-Modified") or ""
    return Validators(
        etag if _ETAG.fullmatch(etag) else "", modified if _DATE.fullmatch(modified) else ""
    )


def seconds_to_wait(value: str | None) -> float:
    """The seconds in a `Retry-After`, which may also be a date (RFC 9110, 10.2.3)."""
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return float(min(int(text[:9]), _LONGEST_WAIT))
    try:
        moment = parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return min(max(moment - time.time(), 1.0), float(_LONGEST_WAIT))
