"""Puts a new e-mail address or telephone number in the place of an earlier one in a text."""

from __future__ import annotations

import re

from wardblog.content.write_text import in_its_encoding

# What people write between the digits of a number, on one line.
_BETWEEN = r"[ \t\u00a0().\-–—/_·•]{0,3}"
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

    A number is found however its digits are grouped, and with "+44" as well; the new one is
    written in the same way. Raises `CommandError` for a file that is not text.
    """
    pattern = _pattern(old)
    if pattern is None:
        return data

    def change(plain: bytes) -> bytes:
        text = plain.decode("utf-8", "surrogateescape")
        return pattern.sub(lambda found: _written(found[0], new), text).encode(
            "utf-8", "surrogateescape"
        )

    return in_its_encoding(data, change)


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
        start = rf"\(?(?:(?:\+|00)44{_BETWEEN}(?:0{_BETWEEN})?|0){_BETWEEN}"
    return re.compile(rf"(?<![\w+.#=]){start}{_BETWEEN.join(numerals)}(?!\d)")


def _written(found: str, new: str) -> str:
    """The new address or number, written as the one that was found."""
    if "@" in found:
        return new
    # A bracket around more than the number stays where it is.
    bracket = "(" if found.startswith("(") and ")" not in found else ""
    plain = found.lstrip("(")
    if plain.startswith(("+", "00")) and new.startswith("0") and not new.startswith("00"):
        new = f"+44 {new[1:].lstrip()}"
    return bracket + (new if _SIGNS.search(plain) else _SIGNS.sub("", new))
