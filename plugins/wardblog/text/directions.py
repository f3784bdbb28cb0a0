"""Handles right-to-left languages: their direction, and the Unicode marks for mixed text."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from wardblog.support.late_regex import late_regex

# https://www.w3.org/International/questions/qa-scripts: languages, and scripts that are named.
_RTL = frozenset(
    ("ar", "arc", "arz", "ary", "apc", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "iw", "ji",
     "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi")
)  # fmt: skip
_RTL_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"))
_TEXT = late_regex(r">[^<>]+<")
_GROUPS = late_regex(r"(?<=\d) (?=\d)")
_MARK, _ISOLATE, _END = "\u200f", "\u2067", "\u2069"


@lru_cache(maxsize=64)
def direction(lang: str) -> str:
    """Return `rtl` or `ltr` for a language code; a script in it counts, as in `ar-latn`."""
    language, *more = lang.lower().replace("_", "-").split("-")
    script = next((part for part in more if len(part) == 4 and part.isalpha()), "")
    is_rtl = script in _RTL_SCRIPTS if script else language in _RTL
    return "rtl" if is_rtl else "ltr"


def with_whole_numbers(words: str) -> str:
    """Return right-to-left text in which the groups of a number keep their order.

    A telephone number, `020 7946 0123`, would be shown as `0123 7946 020`; a no-break space, unlike
    a space, joins two numbers (https://www.unicode.org/reports/tr9/#W4).
    """
    return _GROUPS.sub("\u00a0", words)


def with_whole_numbers_in(html: str) -> str:
    """Return HTML with whole numbers in its text; its addresses stay as they are."""
    return _TEXT.sub(lambda text: with_whole_numbers(text[0]), html)


def language_in(words: str, lang: str, title: str) -> str:
    """Return the language of a few words in a text of this language and title.

    It is that of the text. If the text is in another script, words that have none of its letters
    are English, such as the name of a library in a text in Arabic.
    """
    is_english = lang == "en" or (_is_other_script(title) and not _is_other_script(words))
    return "en" if is_english else lang


def set_apart(words: str, lang: str, title: str) -> str:
    """Return a few words of a text of this language and title for the middle of an English line."""
    return isolated(words, language_in(words, lang, title))


def marked(words: str, lang: str) -> str:
    """Return text on a line of its own, with a mark if it would be set in the wrong direction."""
    if not words or direction(lang) == "ltr" or _starts_rtl(words):
        return words
    return f"{_MARK}{words}"


def isolated(words: str, lang: str) -> str:
    """Return text for the middle of a line, isolated so that it does not reorder the rest."""
    return f"{_ISOLATE}{words}{_END}" if words and direction(lang) == "rtl" else words


def _is_other_script(words: str) -> bool:
    """Whether any of its letters is in another script than the Latin one."""
    letters = (sign for sign in unicodedata.normalize("NFKC", words) if sign.isalpha())
    return any(not unicodedata.name(sign, "LATIN").startswith("LATIN") for sign in letters)


def _starts_rtl(words: str) -> bool:
    """Whether the first letter with a direction is right-to-left (Unicode's rules P2 and P3)."""
    kinds = (unicodedata.bidirectional(sign) for sign in words)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"
