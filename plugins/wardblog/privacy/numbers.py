"""Finds National Insurance numbers by HMRC's rules, and NHS numbers by their check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.privacy.matches import Figures, TextMatch, is_inside_word
from wardblog.privacy.words import word_set
from wardblog.support.late_regex import late_regex

# https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110; QQ is for examples.
_NI = late_regex(r"\d\d[ .-]?\d\d[ .-]?\d\d(?:[ .-]?([A-Da-d])(?![^\W_]))?")
_PREFIX = late_regex(r"([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)[ .-]?$", re.IGNORECASE)
_NOT_ALLOCATED = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))
_WORDS = word_set("am an as at be by do go ha he ma me my no on or ox pa so to we ye")
_ABOUT_NI = late_regex(r"national\s+insurance|\bNINO\b|\bNI\s+n|insurance\s+n", re.IGNORECASE)
_NHS = late_regex(r"\d{3}([ .-]?)\d{3}\1\d{4}")
_ABOUT_NHS = late_regex(r"\bN\.?H\.?S\b", re.IGNORECASE)
# In use in England, Wales and the Isle of Man (4, 6, 7) and in Northern Ireland (32 to 39):
# https://www.datadictionary.nhs.uk/attributes/nhs_number.html
_NHS_IN_USE = late_regex(r"[467]|3[2-9]")
_NEAR = 60


def find_ni(text: str, figures: Figures) -> Iterator[TextMatch]:
    """Find National Insurance numbers; without the suffix letter, only where one is mentioned."""
    for first, last in figures:
        match = _NI.match(text, first) if last - first in (2, 4, 6) else None
        prefix = _PREFIX.search(text, max(0, first - 3), first) if match else None
        if match is None or prefix is None or prefix[1].upper() in _NOT_ALLOCATED:
            continue
        start, end = prefix.start(), match.end()
        if is_inside_word(text, start, end):
            continue
        is_a_word = prefix[1].lower() in _WORDS and not prefix[1].isupper() and " " in prefix[0]
        if (match[1] and not is_a_word) or _is_about_ni(text[max(0, start - _NEAR) : start]):
            yield TextMatch(start, end, re.sub(r"[ .-]", "", text[start:end]).upper())


def _is_about_ni(words: str) -> bool:
    return bool(_ABOUT_NI.search(words.rpartition("\n")[2]))


def find_nhs(text: str, figures: Figures) -> Iterator[TextMatch]:
    """Find NHS numbers; away from the word "NHS" only spaced ones in a range that is in use."""
    for first, last in figures:
        match = _NHS.match(text, first) if last - first in (3, 10) else None
        if match is None:
            continue
        start, end = match.span()
        if is_inside_word(text, start, end) or text[max(0, start - 1) : start] in ("£", "+", "."):
            continue
        about = _ABOUT_NHS.search(text, max(0, start - _NEAR), end + _NEAR)
        if not about and not (match[1] and _NHS_IN_USE.match(match[0])):
            continue
        # late import: see docs/architecture.md
        from stdnum.gb import nhs

        if nhs.is_valid(match[0].replace(".", "")):
            yield TextMatch(start, end, re.sub(r"[ .-]", "", match[0]))
