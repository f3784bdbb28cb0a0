"""What was found in texts, lists and files that are published unchanged, such as an address."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from enum import Enum

from wardblog.support.late_dataclass import dataclass

_AND = re.compile(r"\s(?:and|&)\s|,|&")
_MARKS = re.compile(r"[^\w'’-]+")
_TITLES = re.compile(r"^(?:(?:cllrs?|councillors?|mrs?|ms|miss|mx|dr|sir|dame) )+")


class PersonalKind(Enum):
    """A kind of personal data; the value is its description for councillors."""

    EMAIL = "an e-mail address"
    PHONE = "a telephone number"
    ADDRESS = "somebody's address"
    NI = "a National Insurance number"
    NHS = "an NHS number"
    PLATE = "a number plate"
    PRIVATE = "somebody's health or private life"
    LETTER = "somebody's letter or e-mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """Personal data found in a text.

    `words` are as written; `value` is normalised: an e-mail address in lower case, a number as
    E.164 or without spaces, an address without the name, or the signer of a letter. `last` is the
    line on which a letter ends.
    """

    kind: PersonalKind
    words: str
    value: str
    line: int
    last: int = 0

    def is_signed_by(self, names: Iterable[str]) -> bool:
        """Whether a letter is signed by one of these people, or by several, and not to one of them.

        A first name is enough, as councillors sign with it.
        """
        signers = [_plain(one) for one in _AND.split(self.value) if one.strip()]
        people = [_plain(name) for name in names if name.strip()]
        greeted = f" {_plain(self.words).partition(' ')[2]} "
        if not signers or any(f" {name.split()[0]} " in greeted for name in people):
            return False
        return all(any(_is_short_for(one, name) for name in people) for one in signers)


def _plain(name: str) -> str:
    """A name in lower case, without its title and punctuation."""
    words = " ".join(_MARKS.sub(" ", name.casefold()).split())
    return _TITLES.sub("", words)


def _is_short_for(signed: str, name: str) -> bool:
    """Whether "Robin", "R. Sample" or "Robin Sample" is short for this name."""
    first, last = name.split()[0], name.split()[-1]
    return signed in (name, first, f"{first} {last}", f"{first[0]} {last}")


def unpublished(
    found: Iterable[PersonalData], public: Container[PersonalData]
) -> tuple[PersonalData, ...]:
    """Return the matches that are not public; of a private letter only the letter itself."""
    private = [one for one in found if one not in public]
    letters = [one for one in private if one.kind is PersonalKind.LETTER]
    return tuple(
        one
        for one in private
        if one.kind is PersonalKind.LETTER
        or not any(letter.line <= one.line <= letter.last for letter in letters)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The personal data in the published names of a list.

    `people` is the column of names if it names people, or `text` if it has whole sentences, first
    on `line`. `named_by` says which column the names come from, and `not_used` which columns were
    rejected, in words for the councillor.
    """

    personal: tuple[PersonalData, ...] = ()
    people: str = ""
    text: str = ""
    line: int = 1
    named_by: str = ""
    not_used: str = ""


NOTHING_DISCLOSED = Disclosure()


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionResult:
    """What was found in a file that is published unchanged.

    `personal` is the personal data in it. `problem` is why the file must not be published until
    somebody has checked it, phrased as the end of a sentence that begins with the file, and
    `remedy` what to do. `harm` is code or a remote address in a drawing, on line `harm_line`.
    `doubt` says what could not be checked in a file that is otherwise fine. `is_unsafe` is whether
    the problem is that a browser could run it, so that nobody can allow it.
    """

    personal: tuple[PersonalData, ...] = ()
    problem: str = ""
    remedy: str = ""
    harm: str = ""
    harm_line: int | None = None
    doubt: str = ""
    is_unsafe: bool = False
