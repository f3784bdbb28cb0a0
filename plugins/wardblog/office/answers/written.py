"""Reads which answer somebody wrote: in a subject, on a slip of paper or in a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from wardblog.model import ME_TOO
from wardblog.model.answer_codes import LENGTH, LETTERS
from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.second import Said, is_only_answer
from wardblog.support.late_regex import late_regex
from wardblog.text.decoding import clean_name

_CODE = late_regex(rf"(?<!\w)[{LETTERS}]{{{LENGTH}}}")
_WORD = late_regex(r"\w+")
_KEY = late_regex(r"(?P<signs>\W*)(?P<key>ME\W?TOO(?!\w)|\w+)")
# Between a code and a key that can only belong together; after anything else, "A" can be a word.
_JOINED = late_regex(r"[-\u2010-\u2015\u2212/]?")
_SAID = late_regex(r"(\w+)(\W*)")


def plain_words(text: str) -> str:
    """Words in small letters with single spaces between them, and no punctuation."""
    text = unicodedata.normalize("NFKC", clean_name(text)).replace("_", " ")
    # Not before: the small form of a letter can have a sign that ends a word, as that of İ.
    return " ".join(word.casefold() for word in _WORD.findall(text))


def answers_in(text: str, asked: Mapping[str, AskedPost]) -> dict[str, str]:
    """The key of the answer to each question whose code is in the text; "" if that is not clear.

    It is unclear if there is no known key after the code, or if there are two.
    """
    text = _upper(text)
    found: dict[str, str] = {}
    known = [match for match in _CODE.finditer(text) if match[0] in asked]
    ends = [*(match.start() for match in known[1:]), len(text)]
    for match, end in zip(known, ends, strict=False):
        about = asked[match[0]]
        key = _key_at(text[match.end() : end], about)
        if key is not None and found.setdefault(about.code, key) != key:
            found[about.code] = ""
    return found


def _upper(text: str) -> str:
    return unicodedata.normalize("NFKC", clean_name(text)).upper().replace("_", " ")


def _key_at(rest: str, asked: AskedPost) -> str | None:
    """The key at the beginning of what follows a code; None if that is not a code but a word."""
    match = _KEY.match(rest)
    if match is None:
        return ""
    key = ME_TOO if _is_me_too(match["key"]) else match["key"]
    if key not in asked.keys:
        return "" if match["signs"] else None
    said = [Said(word.casefold(), sign) for word, sign in _SAID.findall(rest[match.end() :])]
    is_sure = len(key) > 1 or _JOINED.fullmatch(match["signs"]) is not None
    return key if is_only_answer(said, key, _words_of(asked), is_sure=is_sure) else ""


def _is_me_too(word: str) -> bool:
    return re.sub(r"\W", "", word) == re.sub(r"\W", "", ME_TOO)


def _words_of(asked: AskedPost) -> dict[str, list[str]]:
    """The words of each answer, by its key, as they are in what is said after it."""
    words = {key: plain_words(_upper(own)).split() for key, own in asked.keys.items()}
    if ME_TOO in words:  # the link has the title of the report
        words[ME_TOO] = plain_words(_upper(asked.post.title)).split()
    return words


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
