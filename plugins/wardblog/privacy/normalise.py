"""Normalises characters, so that a number typed with unusual ones is still recognised."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from wardblog.support.late_regex import late_regex

# Hyphens as word processors and PDFs write them.
_HYPHENS = "\u2010\u2011\u2012"
# Invisible characters: soft hyphens, joiners, direction marks, and the frame of a keycap.
_UNSEEN = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
    "\u2061\u2062\u2063\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff\u20e3"
)
# Accented letters, quotation marks, dashes and pound signs stay as they are.
_OTHER = late_regex("[^\x00-\x7f£€§°±·×÷À-ÖØ-öø-ʯ\u2013-\u201f\u2020-\u2022\u2026]")


def normalised(text: str) -> str:
    """Return the text with ASCII for look-alike characters, and without invisible ones."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _OTHER.sub(lambda found: _plain(found[0]), text)


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    if sign in _UNSEEN:
        return ""
    if sign in _HYPHENS:
        return "-"
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    same = unicodedata.normalize("NFKC", sign)
    return same if len(same) == 1 and same.isascii() else sign
