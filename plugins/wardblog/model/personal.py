"""What a text or a list gives away of somebody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class PersonalKind(Enum):
    """What is known of somebody; the value is what a councillor reads."""

    EMAIL = "an e-mail address"
    PHONE = "a telephone number"
    ADDRESS = "somebody's address"
    NI = "a National Insurance number"
    NHS = "an NHS number"
    PLATE = "a number plate"
    PRIVATE = "somebody's health or private life"
    LETTER = "somebody's letter or e-mail"


@dataclass(frozen=True, slots=True)
class Personal:
    """What a text gives away of somebody.

    `words` are as written, and `value` is the same in one form: an e-mail address in small
    letters, a number as E.164 or without its spaces, of an address what comes after the name, of a
    letter who signed it. `last` is the line on which a letter ends.
    """

    kind: PersonalKind
    words: str
    value: str
    line: int
    last: int = 0


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the published names of a list give away; `people` is a column that names persons."""

    personal: tuple[Personal, ...] = ()
    people: str = ""


NOTHING_DISCLOSED = Disclosure()
