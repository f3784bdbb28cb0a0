"""Chooses the one sentence of an item that is kept: the one that names the matter."""

from __future__ import annotations

from collections.abc import Callable

from wardblog.office.listening.items import FeedItem
from wardblog.privacy import find_personal
from wardblog.privacy.free_text import names_a_person
from wardblog.privacy.names import find_persons
from wardblog.support.late_regex import late_regex

LONGEST = 40
_FEWEST = 5
# The end of a sentence: not after "St." or "Cllr.", and not within "7.30pm".
_END = late_regex(
    r"(?<=[.!?])(?<!\bSt\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bCllr\.)(?<!\bNo\.)(?<!\bRd\.)"
    r"(?<!\bAve\.)[\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])"
)


def quotation_from(item: FeedItem, mentions: Callable[[str], int]) -> str:
    """The sentence of at most 40 words with the most mentions, or ""; without people if possible.

    A sentence that was cut does not count.
    """
    found = [one for one in _sentences(item.text) if _is_whole(one)]
    if len(found) < 2:
        return "".join(found)
    ranked = sorted(found, key=lambda one: -mentions(one))
    return next((one for one in ranked if not is_about_person(one)), ranked[0] if ranked else "")


def is_about_person(words: str) -> bool:
    """Whether words name a person, a councillor among them, or have personal data."""
    return bool(
        find_persons(words, is_alone_enough=True)
        or names_a_person(words)
        or find_personal(words)
        or "@…" in words
    )


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _END.split(text) if one.strip()]


def _is_whole(sentence: str) -> bool:
    count = len(sentence.split())
    return _FEWEST <= count <= LONGEST and sentence.rstrip("\"”’')")[-1:] in (".", "!", "?")
