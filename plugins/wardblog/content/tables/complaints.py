"""Recognises issues and tags about complaints by their names."""

from __future__ import annotations

import re

from wardblog.support.late_regex import late_regex

# Where a pin would point at whoever complains, or is complained of.
_SENSITIVE = late_regex(
    r"\bdog.?(?:foul|mess|poo|dirt)|\banti.?social|\basb\b|\bnois[ey]|\bnuisance|\bdrugs?\b"
    r"|\bdrug.?dealing|\bharass|\bstalking|\bhate\b|\bviolen|\bcrimes?\b"
    r"|\babuse\b|\bneighbour dispute|\bbegging|\brough sleep|\bhomeless|\bsafeguarding",
    re.IGNORECASE,
)


def is_sensitive(name: str) -> bool:
    return bool(_SENSITIVE.search(name))
