"""Splits text into the words that are looked up; the script folds what is typed in the same way."""

from __future__ import annotations

import unicodedata

from wardblog.support.late_regex import late_regex

# Words that say nothing about what somebody looks for, in English and in Welsh; of the Welsh ones
# only those that are no English words.
STOP_WORDS = frozenset(
    ("all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can",
     "could", "did", "do", "does", "for", "from", "get", "had", "has", "have", "he", "her",
     "here", "him", "his", "how", "if", "in", "into", "is", "it", "its", "just", "may", "me",
     "more", "most", "my", "no", "nor", "not", "of", "on", "only", "or", "our", "she", "should",
     "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these",
     "they", "this", "those", "to", "too", "very", "was", "we", "were", "what", "when", "where",
     "which", "who", "why", "will", "with", "would", "you", "your", "ac", "ei", "eu", "gyda",
     "hyn", "mae", "neu", "oedd", "sydd", "sy", "wedi", "yn", "yr", "yw")
)  # fmt: skip
# The longest word that is looked up, in signs.
LONGEST = 40

_WORD = late_regex(r"[^\W_]+")
_JOINED = late_regex(r"[^\W_]+(?:/[^\W_]+)+")
_OWNER = late_regex(r"([^\W_]+)['’‘ʼ]s(?![^\W_])")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ")
# A reference has at least so many digits: "2026/1234", but not "and/or" or "24/7".
_DIGITS_OF_A_REFERENCE = 4


def folded(text: str) -> str:
    """The text in small letters without accents; its apostrophes stay."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    if not apart.isascii():
        apart = "".join(sign for sign in apart if unicodedata.category(sign)[0] != "M")
    return apart.lower()


def words_in(text: str) -> list[str]:
    """The words of a text in their order, each as often as it is there, without stop words.

    A reference such as "26/0123/FUL" is a word as well as its parts, with its first part at the
    end: "0123/ful/26". What belongs to somebody is there with and without its "s".
    """
    text = folded(text)
    found: list[str] = []
    if "/" in text:
        found += filter(None, map(_reference, _JOINED.findall(text)))
    if "'" in text or not text.isascii():
        found += (f"{owner}s" for owner in _OWNER.findall(text))
        text = _OWNER.sub(r"\1", text).translate(_APOSTROPHES)
    found += _WORD.findall(text)
    return [word for word in found if is_looked_up(word)]


def is_looked_up(word: str) -> bool:
    """Whether a folded word is in the index: no stop word, no single letter, and not too long."""
    if word in STOP_WORDS:
        return False
    return 1 < len(word) <= LONGEST or word.isdigit()


def _reference(joined: str) -> str:
    if sum(map(str.isdigit, joined)) < _DIGITS_OF_A_REFERENCE:
        return ""
    first, _, rest = joined.partition("/")
    return f"{rest}/{first}"


def simple_slug(title: str) -> str:
    """The address that the script makes of a title; most posts have it."""
    plain = folded(title).translate(_APOSTROPHES)
    return "-".join(filter(None, _NO_SLUG.split(plain)))


_NO_SLUG = late_regex(r"[^a-z0-9]+")
