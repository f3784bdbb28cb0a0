"""Judges whether what somebody wrote after an answer is about it, or is another answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from wardblog.model import ME_TOO

# Words of one letter in English and Welsh, which are also keys of answers.
_SHORT_WORDS = frozenset("aioy")
_POLITE = frozenset(("please", "thanks", "thank", "you", "and", "ac", "diolch"))
_BETWEEN = frozenset(("or", "and", "neu", "ac", "nor"))
_CORRECTIONS = frozenset(
    ("no", "not", "sorry", "instead", "rather", "actually", "mean", "meant", "na", "nage")
)
# A text that was cut ends so.
_CUT = "..."


class Said(NamedTuple):
    """A word in small letters, and the punctuation and spaces that follow it."""

    word: str
    after: str


def is_only_answer(
    said: Sequence[Said], key: str, words: Mapping[str, Sequence[str]], *, is_sure: bool
) -> bool:
    """Whether what is said after a key leaves no doubt that it is the answer.

    `words` has those of each answer. If it is not `is_sure` that the key is one and not a word, its
    own words have to follow, or none.
    """
    keys = {name.casefold() for name in words}
    own = _own_length(said, words[key], keys)
    is_alone = all(one.word in _POLITE for one in said)
    if not (is_sure or is_alone or own):
        return False
    plain = [one.word for one in said]
    rest = said[own:]
    for other, of_other in words.items():
        if other == key:
            continue
        is_longer = len(of_other) > own and plain[: len(of_other)] == list(of_other)
        if is_longer or _has_words(rest, of_other) or _has_key(said, own, other, of_other):
            return False
    return True


def _own_length(said: Sequence[Said], own: Sequence[str], keys: AbstractSet[str]) -> int:
    """How many of the words are those of the answer, which may have been cut; 0 if they are not.

    If only the beginning is there, it has to have a word that is not a key.
    """
    plain = [one.word for one in said]
    if own and plain[: len(own)] == list(own):
        return len(own)
    whole = " ".join(own)
    for length in range(len(said), 0, -1):
        is_cut = said[length - 1].after.startswith(_CUT)
        is_end = plain == list(own[:length]) and not keys >= set(plain)
        if is_end or (is_cut and whole.startswith(" ".join(plain[:length]))):
            return length
    return 0


def _has_words(said: Sequence[Said], words: Sequence[str]) -> bool:
    plain = [one.word for one in said]
    return bool(words) and any(
        plain[at : at + len(words)] == list(words) for at in range(len(plain))
    )


def _has_key(said: Sequence[Said], start: int, key: str, words: Sequence[str]) -> bool:
    """Whether the key of another answer is said from a word on, and is not used as a word."""
    if key == ME_TOO:
        return any(_has_words(said[start:], way) for way in (("me", "too"), ("metoo",)))
    name = key.casefold()
    return any(
        said[at].word == name and not (name in _SHORT_WORDS and _is_word(said, at, words))
        for at in range(start, len(said))
    )


def _is_word(said: Sequence[Said], at: int, words: Sequence[str]) -> bool:
    """Whether a single letter is a word, such as the article before a noun."""
    following = [one.word for one in said[at + 1 :]]
    if not said[at].after.isspace() or not following or following[0] in _POLITE | _BETWEEN:
        return False
    if words and following[: min(2, len(words))] == list(words[:2]):
        return False
    before = said[at - 1] if at else None
    is_joined = before is not None and (before.word in _BETWEEN or set(before.after) & set("/&+"))
    return not is_joined and not any(one.word in _CORRECTIONS for one in said)
