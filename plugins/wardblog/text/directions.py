"""Which way a language is written, and how its words stand among those of another."""

from __future__ import annotations

import unicodedata

# https://www.w3.org/International/questions/qa-scripts: languages, and scripts that are named.
_RTL = frozenset(
    ("ar", "arc", "arz", "ary", "apc", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "iw", "ji",
     "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi")
)  # fmt: skip
_RTL_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"))
_MARK, _ISOLATE, _END = "\u200f", "\u2067", "\u2069"


def direction(lang: str) -> str:
    """`rtl` or `ltr`; a script in the code counts, as in `ar-latn`."""
    language, *more = lang.lower().replace("_", "-").split("-")
    script = next((part for part in more if len(part) == 4 and part.isalpha()), "")
    is_rtl = script in _RTL_SCRIPTS if script else language in _RTL
    return "rtl" if is_rtl else "ltr"


def marked(words: str, lang: str) -> str:
    """Words by themselves, with a mark where their first letter would set them the other way."""
    if not words or direction(lang) == "ltr" or _starts_rtl(words):
        return words
    return f"{_MARK}{words}"


def isolated(words: str, lang: str) -> str:
    """Words in the middle of others, so that neither changes the order of the other's signs."""
    return f"{_ISOLATE}{words}{_END}" if words and direction(lang) == "rtl" else words


def _starts_rtl(words: str) -> bool:
    """Whether the first letter with a direction has the right one (Unicode's rules P2 and P3)."""
    kinds = (unicodedata.bidirectional(sign) for sign in words)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"
