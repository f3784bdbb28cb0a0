"""Splits text into the words that are looked up, and finds their stems.

The script of the search page folds what is typed in the same way. It knows no stems.
"""

from __future__ import annotations

import importlib
import sys
import unicodedata
from collections.abc import Callable
from importlib.util import find_spec, module_from_spec

from wardblog.support.late_regex import late_regex

# Words that say nothing about what somebody looks for, in English and in Welsh. A Welsh word that
# is an English one too, such as "pan", is looked up.
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
# The longest word that is looked up, in characters.
LONGEST = 40

_WORD = late_regex(r"[^\W_]+")
# What is between words of English, as spaces: four times as fast as the expression.
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalnum()}
_JOINED = late_regex(r"[^\W_]+(?:/[^\W_]+)+")
_OWNER = late_regex(r"([^\W_]+)['’‘ʼ]s(?![^\W_])")
_NO_SLUG = late_regex(r"[^a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ")
# The library that finds the stems of English words.
_LIBRARY = "snowballstemmer"
# A reference has at least so many digits: "2026/1234", but not "and/or" or "24/7".
_DIGITS_OF_A_REFERENCE = 4


def folded(text: str) -> str:
    """The text in small letters without accents; its apostrophes stay."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    if not apart.isascii():
        apart = "".join(one for one in apart if unicodedata.category(one)[0] != "M")
    return apart.lower()


def words_in(text: str) -> list[str]:
    """The words of a text in their order, each as often as it is there; see `is_looked_up`.

    A reference such as "26/0123/FUL" is a word as well as its parts, with its first part at the
    end: "0123/ful/26". A possessive such as "Dai's" is there with and without its "s".
    """
    text = folded(text)
    found: list[str] = []
    if "/" in text:
        found += filter(None, map(_reference, _JOINED.findall(text)))
    if "'" in text or not text.isascii():
        found += (f"{owner}s" for owner in _OWNER.findall(text))
        text = _OWNER.sub(r"\1", text).translate(_APOSTROPHES)
    words = text.translate(_BETWEEN).split() if text.isascii() else _WORD.findall(text)
    return found + words if found else words


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


class Stems(dict[str, str]):
    """The stem of each folded word that was asked for; it is empty for words nobody looks up.

    In other languages than English, and in numbers, a word is its own stem.
    """

    def __missing__(self, word: str) -> str:
        found = self[word] = self.stem(word) if is_looked_up(word) else ""
        return found

    def stem(self, word: str) -> str:
        return word


class EnglishStems(Stems):
    """The stems of English words: "bin" for "bins"."""

    def __init__(self) -> None:
        super().__init__()
        self._stem: Callable[[str], str] | None = None

    def stem(self, word: str) -> str:
        if not (word.isascii() and word.isalpha()):
            return word
        if self._stem is None:
            self._stem = _english()
        return self._stem(word)


def _english() -> Callable[[str], str]:
    """The stemmer for English alone: the library's own import reads those of 35 languages."""
    known = {name for name in sys.modules if name.partition(".")[0] == _LIBRARY}
    if not known and (spec := find_spec(_LIBRARY)):
        sys.modules[_LIBRARY] = module_from_spec(spec)
    try:
        # late import: see docs/architecture.md
        module = importlib.import_module(f"{_LIBRARY}.english_stemmer")
    finally:
        for name in [n for n in sys.modules if n.partition(".")[0] == _LIBRARY]:
            if name not in known:
                del sys.modules[name]
    stem: Callable[[str], str] = module.EnglishStemmer().stemWord
    return stem
