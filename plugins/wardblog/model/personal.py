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


@dataclass(frozen=True, slots=True)
class Personal:
    """What a text gives away of somebody.

    `words` are as written, and `value` is the same in one form: an e-mail address in small
    letters, a number as E.164 or without its spaces, of an address what comes after the name.
    """

    kind: PersonalKind
    words: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the published names of a list give away.

    `people` is their column where it names persons, or `text` where it has whole sentences; both
    were first found on `line`. `named_by` says which column the names come from, and `not_used`
    which ones they do not, in words for the councillor.
    """

    personal: tuple[Personal, ...] = ()
    people: str = ""
    text: str = ""
    line: int = 1
    named_by: str = ""
    not_used: str = ""


NOTHING_DISCLOSED = Disclosure()
