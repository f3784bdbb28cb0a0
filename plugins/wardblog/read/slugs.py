"""Names to addresses, exactly as Pelican makes them, so that old links keep working."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup
from unidecode import unidecode

# File systems end at 255 bytes, and people long before.
LONGEST = 100


def slugify(name: str) -> str:
    """Small letters, digits and hyphens; the same as Pelican's own with its default settings."""
    plain = unidecode(unicodedata.normalize("NFKC", Markup(name).striptags()))  # noqa: S704 - only to strip tags
    words = re.sub(r"[^\w\s-]", "", plain).strip()
    return re.sub(r"[-\s]+", "-", words).lower().strip()
