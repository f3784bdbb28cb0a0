"""Makes slugs as Pelican does, but with words for symbols such as £ and ½."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from wardblog.support.late_regex import late_regex

# File systems end at 255 bytes, and people long before.
LONGEST = 100
# Names that no file or folder can have on Windows.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
NO_FOLDERS = (
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
)

_CURRENCIES = {
    "£": ("pound", "pounds"), "€": ("euro", "euros"), "$": ("dollar", "dollars"),
    "¥": ("yen", "yen"), "₹": ("rupee", "rupees"), "¢": ("cent", "cents"),
}  # fmt: skip
_SIGNS = "".join(_CURRENCIES)
_AMOUNT = late_regex(
    rf"([{re.escape(_SIGNS)}])\s?(\d[\d,]*(?:\.\d+)?)"
    r"(\s?(?:k|m|bn|tn|thousand|million|billion|trillion)\b)?",
    re.IGNORECASE,
)
# What a sign is in words where it does not come before an amount. An empty one separates words.
_WORDS = {
    **{sign: many for sign, (_, many) in _CURRENCIES.items() if sign != "$"},
    "‰": "per mille", "°": "degrees", "℃": "degrees C", "℉": "degrees F", "§": "section",
    "¶": "paragraph", "©": "", "®": "", "™": "", "℠": "", "…": "", "♥": "", "❤": "", "♡": "",
    "☎": "", "℡": "", "♻": "",
}  # fmt: skip
_FRACTION = late_regex(r"(\d?)\s?([¼½¾⅐-⅞↉])")
# Of two digits with a stroke between them only this is surely no date, number or house.
_TYPED_FRACTION = late_regex(r"(?<![\d/])([1-7])[/\u2044]([2-8])(?![\d/])")
_SPECIAL = late_regex(
    f"[{re.escape(_SIGNS + ''.join(_WORDS))}/\u2044¼½¾⅐-⅞↉]|[^\x00-\u024f\u2010-\u2027]"
)


@lru_cache(maxsize=1024)  # most posts share their tags
def slugify(name: str) -> str:
    """Return lower-case letters, digits and hyphens; for ordinary names the same as Pelican's."""
    text = str(Markup(name).striptags())  # noqa: S704 - only to strip tags
    if _SPECIAL.search(text):
        text = _in_words(text)
    plain = text if text.isascii() else _in_plain_letters(text)
    words = re.sub(r"[^\w\s-]", "", plain).strip()
    return re.sub(r"[-\s]+", "-", words).lower().strip()


def _in_plain_letters(text: str) -> str:
    # late import: see docs/architecture.md
    from unidecode import unidecode

    plain: str = unidecode(unicodedata.normalize("NFKC", text))
    return plain


def _in_words(text: str) -> str:
    """The text with words for the signs that would otherwise become letters, or be glued."""
    text = _AMOUNT.sub(_amount, text)
    text = _FRACTION.sub(_fraction, text)
    text = _TYPED_FRACTION.sub(r"\1-\2", text)
    return "".join(_spoken(sign) for sign in text)


def _amount(match: re.Match[str]) -> str:
    sign, number, size = match[1], match[2].replace(",", ""), match[3] or ""
    one, many = _CURRENCIES[sign]
    name = one if number == "1" and not size else many
    return f" {number.replace('.', '-')}{size} {name} "


def _fraction(match: re.Match[str]) -> str:
    """`½` as "half", `2½` as "2 and a half", `⅔` as "two thirds"."""
    words = unicodedata.name(match[2]).removeprefix("VULGAR FRACTION ").lower()
    if not match[1]:
        return f" {words.removeprefix('one ') if words.endswith(('half', 'quarter')) else words} "
    return f"{match[1]} and {words.replace('one ', 'a ')} "


def _spoken(sign: str) -> str:
    if sign.isascii():
        return sign
    if (word := _WORDS.get(sign)) is not None:
        return f" {word} "
    # Letters that stand for a picture, such as a chess king, say nothing in an address.
    if unicodedata.category(sign) in ("So", "Sc") and unicodedata.normalize("NFKC", sign) == sign:
        return " "
    return sign


# Words that only look like a plural.
_NO_PLURALS = frozenset(("news", "always"))


def _singulars(word: str) -> set[str]:
    """What the word may be the plural of, and the word itself."""
    found = {word}
    if word in _NO_PLURALS or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return found
    if word.endswith("s"):
        found.add(word[:-1])
    if word.endswith("ies"):
        found.add(word[:-3] + "y")
    elif word.endswith("ves"):
        found |= {word[:-3] + "f", word[:-3] + "fe"}
    elif word.endswith(("ches", "shes", "xes", "zes", "ses", "oes")):
        found.add(word[:-2])
    return found


def singular_or_plural_of(slug: str, declared: Iterable[str]) -> str | None:
    """Return the declared slug that is the singular or plural of this one, if there is just one."""
    words = [_singulars(word) for word in slug.split("-")]
    twins = []
    for other in declared:
        others = [_singulars(word) for word in other.split("-")]
        if len(words) == len(others) and all(a & b for a, b in zip(words, others, strict=True)):
            twins.append(other)
    return twins[0] if len(twins) == 1 else None
