"""Tells the council's reference of a case from other words in that column."""

from __future__ import annotations

from wardblog.privacy import find_personal
from wardblog.privacy.names import is_given_name
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE

# "FMS 1234567", "2026/1234", "Ref. ABC-17": each part but the first has a figure.
_REFERENCE = late_regex(
    r"(?:([A-Z]{1,6}|[Rr]ef|[Nn]o)[.:]? )?(?:[A-Za-z#/.:_-]{0,8}\d[\w#/.:-]*(?: (?!$)|$))+"
)


def plain_reference(written: str) -> str:
    """The reference; "" if it does not look like one, or has personal data in it."""
    match = _REFERENCE.fullmatch(written)
    if match is None or ANY_POSTCODE.search(written) or any(find_personal(written)):
        return ""
    return "" if match[1] and is_given_name(match[1].title()) else written
