"""Postcodes in full (https://www.gov.uk/government/publications/bulk-data-transfer)."""

from __future__ import annotations

import re

_FORM = r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"
# As Royal Mail writes them; in small letters, "A3 2nd" would be one.
POSTCODE = re.compile(_FORM)
# As people write them, where an address is expected.
ANY_POSTCODE = re.compile(_FORM, re.IGNORECASE)
