"""How a message quotes personal data, and says what to do if it is public."""

from __future__ import annotations

from wardblog.model import PersonalData, PersonalKind
from wardblog.support.late_regex import late_regex

_SHOWN = {
    PersonalKind.NI: late_regex(r"[A-Za-z]{2}[ .-]?\d{2}"),
    PersonalKind.NHS: late_regex(r"\d{3}"),
    PersonalKind.PRIVATE: late_regex(r"\W*(?:[\w’'-]+\W+){1,3}"),
}


def quoted(match: PersonalData) -> str:
    return f'{match.kind.value}: "{words_of(match)}"'


def words_of(match: PersonalData) -> str:
    """The words of a match; only the beginning of an NHS or National Insurance number.

    Messages may be in a public log, such as that of a workflow on GitHub.
    """
    shown = _SHOWN.get(match.kind)
    start = shown.match(match.words) if shown else None
    return f"{start[0]} …" if start else match.words


def if_public(match: PersonalData) -> str:
    if match.kind in _SHOWN or match.kind in (PersonalKind.LETTER, PersonalKind.PRIVATE):
        return ""
    as_value = match.kind in (PersonalKind.ADDRESS, PersonalKind.EMAIL)
    words = match.value if as_value else match.words
    return f' If it is public, add it in {{content}}/ward.toml, under [guard]: allow = ["{words}"]'
