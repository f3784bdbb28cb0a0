"""Patterns for full postcodes (https://www.gov.uk/government/publications/bulk-data-transfer)."""

from __future__ import annotations

import re

from wardblog.support.late_regex import late_regex

_FORM = r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"
# In capitals, as Royal Mail writes them: in lower case, "A3 2nd" would match.
POSTCODE = late_regex(_FORM)
# In any case, for text that is known to be an address.
ANY_POSTCODE = late_regex(_FORM, re.IGNORECASE)


def plain_postcode(written: str) -> str:
    """A full postcode in capitals with one space before its last three characters, else ""."""
    joined = "".join(written.split()).upper()
    return f"{joined[:-3]} {joined[-3:]}" if ANY_POSTCODE.fullmatch(joined) else ""
