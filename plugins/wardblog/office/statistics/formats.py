"""Recognises the format of a log file by its first lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wardblog.office.statistics.cloud_logs import caddy_form, cloudfront_form
from wardblog.office.statistics.combined import combined_form, s3_form
from wardblog.office.statistics.rows import Form

# In this order, from the most to the least particular.
FORMATS: tuple[Callable[[Sequence[bytes]], Form | None], ...] = (
    cloudfront_form,
    caddy_form,
    s3_form,
    combined_form,
)
_LINES = 50


def recognised(lines: Sequence[bytes]) -> Form | None:
    """How to read a file with these first lines; None if no format fits any of them."""
    some = [line for line in lines if line.strip()]
    for begin in (0, _LINES):  # a log may begin with what broke
        for form_of in FORMATS:
            if form := form_of(some[begin : begin + _LINES]):
                return form
    return None
