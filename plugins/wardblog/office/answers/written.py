"""Reads which answer somebody wrote: in a subject, on a slip of paper or in a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from wardblog.model import ME_TOO
from wardblog.model.answer_codes import LENGTH, LETTERS
from wardblog.office.answers.asked import AskedPost
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean_name

_CODE = late_regex(rf"(?<!\w)[{LETTERS}]{{{LENGTH}}}")
_WORD = late_regex(r"\w+")
_KEY = late_regex(r"(?P<signs>\W*)(?P<key>ME\W?TOO(?!\w)|\w+)")
# What follows an answer if there is another one: "A or B", "A/B", "A, B"; in Welsh "A neu B".
_SECOND = late_regex(
    r"(?:(?P<sure>\s*[/&+]\s*|\s+(?:AND|OR|NEU|AC?)\s+)|\s*[^\w\s]+\s*|\s+)(?P<key>\w+)(?P<end>\W*)"
)


def plain_words(text: str) -> str:
    """Words in small letters with single spaces between them, and no signs."""
    text = unicodedata.normalize("NFKC", clean_name(text)).casefold().replace("_", " ")
    return " ".join(_WORD.findall(text))


def answers_in(text: str, asked: Mapping[str, AskedPost]) -> dict[str, str]:
    """The key of the answer to each question whose code is in the text; "" if that is not clear.

    It is unclear if there is no known key behind the code, or if there are two.
    """
    text = unicodedata.normalize("NFKC", clean_name(text)).upper().replace("_", " ")
    found: dict[str, str] = {}
    for match in _CODE.finditer(text):
        about = asked.get(match[0])
        if about is None:
            continue
        rest = text[match.end() :]
        key = _key_at(rest, about)
        if key is not None and found.setdefault(about.code, key) != key:
            found[about.code] = ""
    return found


def _key_at(rest: str, asked: AskedPost) -> str | None:
    """The key at the beginning of what follows a code; None if that is not a code but a word."""
    match = _KEY.match(rest)
    if match is None:
        return ""
    key = ME_TOO if _is_me_too(match["key"]) else match["key"]
    if key not in asked.keys:
        return "" if match["signs"] else None
    return "" if _has_second(rest[match.end() :], key, asked) else key


def _is_me_too(word: str) -> bool:
    return re.sub(r"\W", "", word) == re.sub(r"\W", "", ME_TOO)


def _has_second(rest: str, key: str, asked: AskedPost) -> bool:
    """Whether another answer follows the first one; the words of the first may do so."""
    own, said = plain_words(asked.keys[key]), plain_words(rest)
    if own and f"{said} ".startswith(f"{own} "):
        return False
    match = _SECOND.match(rest)
    if match is None or match["key"] == key or match["key"] not in asked.keys:
        return False
    is_last = match.end() == len(rest) or not match["end"].isspace()
    return bool(match["sure"]) or is_last


def key_of_cell(cell: str, asked: AskedPost) -> str:
    """The answer that a cell about one question has: its code, its key or its words; else ""."""
    if found := answers_in(cell, {asked.code: asked}):
        return found[asked.code]
    said = plain_words(cell)
    for key, words in asked.keys.items():
        name, own = plain_words(key), plain_words(words)
        if said and said in (name, own, f"{name} {own}"):
            return key
    return ""
