"""Puts a new e-mail address or telephone number in the place of an earlier one in a text.

It is found in the forms in which the checks find those of other people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.content.write_text import in_its_encoding
from wardblog.privacy.emails import all_emails
from wardblog.privacy.normalise import normalised
from wardblog.privacy.phones import BETWEEN_DIGITS

_SIGNS = re.compile(r"[^\d+]")
# The code of the country in front of a number without its 0, "0044" or "+44", perhaps with "(0)".
_ABROAD = re.compile(r"(?:\+|00)44(?:0(?=[1-9]))?")
# How many digits the shortest number has; a shorter one could be part of anything.
_FEWEST = 7


def same_kind(one: str, other: str) -> bool:
    """Whether both are e-mail addresses, or both telephone numbers."""
    return bool(one and other) and ("@" in one) == ("@" in other)


def is_same(one: str, other: str) -> bool:
    """Whether two are the same address or number, however they are written."""
    pattern = _pattern(one)
    return one == other or bool(pattern and pattern.fullmatch(other))


def with_replaced(data: bytes, old: str, new: str) -> bytes:
    """The bytes of a text with `new` in all places of `old`; every other byte stays the same.

    An address is found as well where it is disguised ("robin (at) example.org"), and a number
    however its digits are grouped, and with "+44"; the new one is written in the same way. Raises
    `CommandError` for a file that is not text.
    """
    pattern = _pattern(old)
    if pattern is None:
        return data

    def change(plain: bytes) -> bytes:
        text = plain.decode("utf-8", "surrogateescape")
        parts, end = list[str](), 0
        for start, stop, words in sorted(set(_places(text, old, pattern))):
            if start >= end:
                parts += (text[end:start], _written(words, new))
                end = stop
        return "".join((*parts, text[end:])).encode("utf-8", "surrogateescape")

    return in_its_encoding(data, change)


def _places(text: str, old: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """Where a text has an address or number, and how it is written there."""
    plain = text if text.isascii() else "".join(map(_normal, text))
    yield from ((*found.span(), found[0]) for found in pattern.finditer(plain))
    if "@" in old:
        for match in all_emails(plain):
            if match.value == address_in(old):
                yield match.start, match.end, plain[match.start : match.end]


def _normal(sign: str) -> str:
    """The sign that the checks take it for, if that is one as well."""
    same = normalised(sign)
    return same if len(same) == 1 else sign


def address_in(words: str) -> str:
    """The e-mail address that words disguise ("robin at example dot org"); or else the words."""
    return next((match.value for match in all_emails(words)), words)


def _pattern(old: str) -> re.Pattern[str] | None:
    """What finds an address or a number; None for what is neither."""
    if "@" in old:
        start, end = r"(?<![\w.+'’-])", r"(?![\w-]|\.\w|@)"
        return re.compile(f"{start}{re.escape(old)}{end}", re.IGNORECASE)
    digits = _SIGNS.sub("", old)
    rest = _ABROAD.sub("", digits, count=1) if _ABROAD.match(digits) else digits
    if len(rest.lstrip("+")) < _FEWEST:
        return None
    if rest.startswith("+"):
        start, numerals = r"(?:\+|00)", rest[1:]
    else:
        numerals = rest.removeprefix("0")
        start = rf"\(?(?:(?:\+|00)44{BETWEEN_DIGITS}(?:0{BETWEEN_DIGITS})?|0){BETWEEN_DIGITS}"
    return re.compile(rf"(?<![\w+.#=]){start}{BETWEEN_DIGITS.join(numerals)}(?!\d)")


def _written(found: str, new: str) -> str:
    """The new address or number, written as the one that was found."""
    if "@" in new:
        return new
    # A bracket around more than the number stays where it is.
    bracket = "(" if found.startswith("(") and ")" not in found else ""
    plain = found.lstrip("(")
    if plain.startswith(("+", "00")) and new.startswith("0") and not new.startswith("00"):
        new = f"+44 {new[1:].lstrip()}"
    return bracket + (new if _SIGNS.search(plain) else _SIGNS.sub("", new))
