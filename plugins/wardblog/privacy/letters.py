"""Finds private letters and e-mails that were pasted into a text, one match for each.

The evidence is weighed. Text that only a mail program writes is enough by itself: the lines
`From:` and `Sent:`, "On 12 Nov 2026, Jane wrote:", "Sent from my iPhone". So is a formal ending
with a person's full name. A greeting is enough together with an ending, or with words that only a
resident would write ("I live in", "my husband has COPD", a home). A greeting to many people ("Dear
residents"), an ending with an office ("Head of Highways") or a template letter that ends in
"[your name]" is not evidence of a private letter.

The signer's or sender's name lets a caller recognise a councillor's own open letter. A letter to
"Councillor" without a name is from a resident, even if the councillor signs the post below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wardblog.privacy.greetings import (
    Addressee,
    Ending,
    Greeting,
    MailMark,
    find_endings,
    find_greetings,
    find_mail_marks,
    find_requests,
    name_below,
)

_MOST_SHOWN = 60
_NEAR = 600
_SIGNATURE = 200


class Home(NamedTuple):
    """Somebody's home, between two offsets."""

    start: int
    end: int


class Fact(NamedTuple):
    """A private fact about one person, between two offsets."""

    start: int
    end: int


Sign = Greeting | Ending | MailMark | Home | Fact


class Letter(NamedTuple):
    """A letter between two offsets, its first words, and who signed or sent it."""

    start: int
    end: int
    words: str
    signer: str


def find_letters(text: str, homes: Sequence[Home], facts: Sequence[Fact]) -> Iterator[Letter]:
    """Find the letters in a text; `homes` and `facts` are those already found in it."""
    signs: list[Sign] = [
        *homes,
        *facts,
        *find_greetings(text),
        *find_endings(text),
        *find_mail_marks(text),
    ]
    pieces = list(_pieces(text, sorted(signs, key=lambda sign: sign[:2])))
    ends = [*(piece[0].start for piece in pieces[1:]), len(text)]
    for piece, following in zip(pieces, ends[: len(pieces)], strict=True):
        if _is_letter(text[piece[0].start : following], piece):
            yield _letter(text, piece, following)


def _pieces(text: str, signs: Iterable[Sign]) -> Iterator[list[Sign]]:
    """The evidence for each letter: a greeting below an ending or a greeting starts a new one."""
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
    addressees = {sign.addressee for sign in signs if isinstance(sign, Greeting)}
    if Addressee.MANY in addressees or any(sign.is_blank for sign in ended):
        return False
    if any(sign.is_formal and sign.is_full and sign.name for sign in ended):
        return True
    is_private = bool(homes or facts)
    if Addressee.COUNCILLOR in addressees:
        return is_private or bool(ended) or any(find_requests(text)) or bool(name_below(text))
    if Addressee.PERSON in addressees and any(find_requests(text)):
        return True
    if addressees:
        is_signed = any(sign.name for sign in ended) or bool(
            Addressee.PERSON in addressees and name_below(text)
        )
        return is_private or is_signed
    return is_private and any(sign.name for sign in ended)


def _letter(text: str, signs: Sequence[Sign], following: int) -> Letter:
    first = signs[0]
    named = [sign.name for sign in signs if isinstance(sign, MailMark) and sign.name]
    named += [sign.name for sign in signs if isinstance(sign, Ending) and sign.name]
    named += [name_below(text[:following])]
    is_to_us = any(
        isinstance(sign, Greeting) and sign.addressee is Addressee.COUNCILLOR and not sign.is_named
        for sign in signs
    )
    ended = [sign for sign in signs if isinstance(sign, Ending)]
    end = following
    if ended:
        end = text.find("\n\n", ended[-1].end, min(following, ended[-1].end + _SIGNATURE))
        end = max(end, min(ended[-1].end, following), signs[-1].end)
    words = " ".join(text[first.start : max(first.end, first.start + 1)].replace(">", " ").split())
    return Letter(first.start, end, words[:_MOST_SHOWN], "" if is_to_us else "".join(named[:1]))
