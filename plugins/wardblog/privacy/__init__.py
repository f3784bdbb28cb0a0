"""Finds personal data in text: what must not be published about people without their consent."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from wardblog.model import PersonalData, PersonalKind
from wardblog.privacy.emails import find_emails
from wardblog.privacy.matches import Figures, TextMatch
from wardblog.privacy.normalise import normalised
from wardblog.privacy.triggers import TRIGGERS, may_have_homes, may_have_letters
from wardblog.privacy.words import words_of
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from wardblog.privacy.letters import Letter

__all__ = ["find_personal"]

# The finders of fixed forms run first: later ones skip what an earlier one has matched.
Finder = Callable[[str, Figures], Iterator[TextMatch]]
# A line break within a paragraph.
_SOFT_END = late_regex(r"\n(?= *[^\s|*+>#\-])(?! *\d+[.)] )")
_FIGURES = late_regex(r"[0-9]+")
# A moment alone in its paragraph, as in the line `Date` of a post. Its figures are in no number, no
# plate and no address of a person; only a year such as 0207 could begin a telephone number.
_MOMENT = late_regex(r"(?<=\n )[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?(?![^\n])")


def find_personal(text: str, line: int = 1) -> tuple[PersonalData, ...]:
    """Return the personal data in a text, in order; `line` is the number of its first line.

    This includes what is inside a letter: `unpublished` drops that where the letter is reported.
    """
    if not text.isascii():
        text = normalised(text)
    flat = _SOFT_END.sub(" ", text) if "\n" in text else text
    words = frozenset(words_of(flat))
    matches = [*_by_form(flat, words)]
    private = _private(flat, words)
    matches += [(PersonalKind.PRIVATE, one) for one in private if one.value]
    letters = list(_letters(text, words, matches, private))
    if not matches and not letters:
        return ()
    ends = [end.start() for end in re.finditer("\n", text)]

    def line_at(offset: int) -> int:
        return line + bisect_right(ends, offset)

    personal = [
        PersonalData(
            kind=kind, words=" ".join(flat[start:end].split()), value=value, line=line_at(start)
        )
        for kind, (start, end, value) in matches
    ]
    personal += [
        PersonalData(
            kind=PersonalKind.LETTER,
            words=one.words,
            value=one.signer,
            line=line_at(one.start),
            last=line_at(one.end),
        )
        for one in letters
    ]
    return tuple(sorted(personal, key=lambda one: (one.line, one.kind is not PersonalKind.LETTER)))


def _by_form(flat: str, words: Set[str]) -> Iterator[tuple[PersonalKind, TextMatch]]:
    """Matches that are recognised by their form: addresses and numbers."""
    matches = [(PersonalKind.EMAIL, one) for one in find_emails(flat)]
    taken = {at for _, one in matches for at in range(one.start, one.end)}
    has_figures = any(figure in flat for figure in "0123456789")
    figures = [run.span() for run in _FIGURES.finditer(flat)] if has_figures else []
    others = list(_outside_moments(flat, figures))
    for kind, find in _finders_by_figures() if others else ():
        more = [one for one in find(flat, others) if taken.isdisjoint(range(one.start, one.end))]
        matches += [(kind, one) for one in more]
        taken.update(at for one in more for at in range(one.start, one.end))
    if figures and may_have_homes(flat, words):
        # late import: see docs/architecture.md
        from wardblog.privacy.homes import find_homes

        homes = find_homes(flat, figures, words)
        free = [one for one in homes if taken.isdisjoint(range(one.start, one.end))]
        matches += [(PersonalKind.ADDRESS, one) for one in free]
    yield from sorted(matches, key=lambda one: one[1])


def _outside_moments(flat: str, figures: Figures) -> Iterator[tuple[int, int]]:
    """The figures that are not in a moment alone in its paragraph."""
    end = 0
    for start, stop in figures:
        if moment := _MOMENT.match(flat, start):
            end = moment.end()
        if start >= end:
            yield start, stop


def _finders_by_figures() -> Iterator[tuple[PersonalKind, Finder]]:
    # late import: see docs/architecture.md
    from wardblog.privacy.addresses import find_addresses
    from wardblog.privacy.numbers import find_nhs, find_ni, find_plates
    from wardblog.privacy.phones import find_phones

    yield PersonalKind.NI, find_ni
    yield PersonalKind.NHS, find_nhs
    yield PersonalKind.PHONE, find_phones
    yield PersonalKind.PLATE, find_plates
    yield PersonalKind.ADDRESS, find_addresses


def _private(flat: str, words: Set[str]) -> list[TextMatch]:
    if TRIGGERS.isdisjoint(words):
        return []
    from wardblog.privacy.private_facts import find_private_facts

    return find_private_facts(flat, words)


def _letters(
    text: str,
    words: Set[str],
    matches: Sequence[tuple[PersonalKind, TextMatch]],
    private: Sequence[TextMatch],
) -> Iterator[Letter]:
    homes = [one for kind, one in matches if kind is PersonalKind.ADDRESS]
    if not (homes and private) and not may_have_letters(text, words):
        return
    from wardblog.privacy.letters import Fact, Home, find_letters

    yield from find_letters(
        text,
        [Home(one.start, one.end) for one in homes],
        [Fact(one.start, one.end) for one in private],
    )
