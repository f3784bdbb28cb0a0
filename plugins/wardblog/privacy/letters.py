"""A letter or an e-mail that somebody wrote, pasted as it came: one find for each.

Signs of a letter are weighed. What only a mail program writes is enough by itself: the lines
`From:` and `Sent:`, "On 12 Nov 2026, Jane wrote:", "Sent from my iPhone". So is a formal ending
with a person's full name. A greeting is enough with an ending, or with what only a resident would
say ("I live in", "my husband has COPD", a home). A greeting to many ("Dear residents") and an
ending with an office ("Head of Highways") are no signs of a private letter, and neither is a letter
to copy, which has "[your name]" at its end.

The name of whoever signed or sent it makes it possible to recognise a councillor's own open letter.
One to "Councillor" and no name is from a resident, whoever signs the post below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wardblog.privacy.greetings import (
    Addressee,
    Ending,
    Greeting,
    MailMark,
    endings,
    greetings,
    marks,
    name_below,
    requests,
)

_MOST_SHOWN = 60
_NEAR = 600
_SIGNATURE = 200


class Home(NamedTuple):
    """A home that was found, between two offsets."""

    start: int
    end: int


class Fact(NamedTuple):
    """Something private of one person, between two offsets."""

    start: int
    end: int


Sign = Greeting | Ending | MailMark | Home | Fact


class Letter(NamedTuple):
    """A letter between two offsets, the words that it is known by, and who signed or sent it."""

    start: int
    end: int
    words: str
    signer: str


def find_letters(text: str, homes: Sequence[Home], facts: Sequence[Fact]) -> Iterator[Letter]:
    """The letters in a text; `homes` and `facts` are what was found in it."""
    signs: list[Sign] = [*homes, *facts, *greetings(text), *endings(text), *marks(text)]
    pieces = list(_pieces(text, sorted(signs, key=lambda sign: sign[:2])))
    ends = [*(piece[0].start for piece in pieces[1:]), len(text)]
    for piece, following in zip(pieces, ends[: len(pieces)], strict=True):
        if _is_letter(text[piece[0].start : following], piece):
            yield _letter(text, piece, following)


def _pieces(text: str, signs: Iterable[Sign]) -> Iterator[list[Sign]]:
    """The signs of each letter: a new one begins with a greeting below an ending or a greeting."""
    ended = 0
    piece: list[Sign] = []
    for sign in signs:
        begins = isinstance(sign, Greeting) or (isinstance(sign, MailMark) and sign.begins)
        is_below = isinstance(sign, Home | Fact) and ended and "\n\n" in text[ended : sign.start]
        if is_below or (begins and any(_closes(earlier, sign) for earlier in piece)):
            yield piece
            piece, ended = [], 0
        piece.append(sign)
        ended = sign.end if isinstance(sign, Ending) else ended
    if piece:
        yield piece


def _closes(earlier: Sign, later: Sign) -> bool:
    if isinstance(earlier, MailMark):
        return isinstance(later, MailMark) and later.start >= earlier.end and earlier.begins
    return isinstance(earlier, Ending | Greeting)


def _is_letter(text: str, signs: Sequence[Sign]) -> bool:
    if any(isinstance(sign, MailMark) for sign in signs):
        return True
    homes = [sign for sign in signs if isinstance(sign, Home)]
    facts = [sign for sign in signs if isinstance(sign, Fact)]
    if any(abs(home.start - fact.start) <= _NEAR for home in homes for fact in facts):
        return True
    ended = [sign for sign in signs if isinstance(sign, Ending)]
    to = {sign.to for sign in signs if isinstance(sign, Greeting)}
    if Addressee.MANY in to or any(sign.is_blank for sign in ended):
        return False
    if any(sign.is_formal and sign.is_full and sign.name for sign in ended):
        return True
    is_private = bool(homes or facts)
    if Addressee.COUNCILLOR in to:
        return is_private or bool(ended) or any(requests(text)) or bool(name_below(text))
    if Addressee.PERSON in to and any(requests(text)):
        return True
    if to:
        is_signed = any(sign.name for sign in ended) or bool(
            Addressee.PERSON in to and name_below(text)
        )
        return is_private or is_signed
    return is_private and any(sign.name for sign in ended)


def _letter(text: str, signs: Sequence[Sign], following: int) -> Letter:
    first = signs[0]
    named = [sign.name for sign in signs if isinstance(sign, MailMark) and sign.name]
    named += [sign.name for sign in signs if isinstance(sign, Ending) and sign.name]
    named += [name_below(text[:following])]
    is_to_us = any(
        isinstance(sign, Greeting) and sign.to is Addressee.COUNCILLOR and not sign.is_named
        for sign in signs
    )
    ended = [sign for sign in signs if isinstance(sign, Ending)]
    end = following
    if ended:
        end = text.find("\n\n", ended[-1].end, min(following, ended[-1].end + _SIGNATURE))
        end = max(end, min(ended[-1].end, following), signs[-1].end)
    words = " ".join(text[first.start : max(first.end, first.start + 1)].replace(">", " ").split())
    return Letter(first.start, end, words[:_MOST_SHOWN], "" if is_to_us else "".join(named[:1]))
