"""Finds sentences about one person's health, money, origin, family or trouble with the law.

A fact counts only if the sentence is about one person: a relative or neighbour ("her son"), a name,
or "he" or "she". "Money for dementia care" and "people on Universal Credit" are policy. "I" is not
enough, since councillors may write about themselves; it counts in a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from wardblog.privacy.conditions import ENDS, FACTS, OWNED, FactPattern
from wardblog.privacy.matches import TextMatch, before
from wardblog.privacy.names import Person, find_persons, given_names, is_given_name
from wardblog.privacy.triggers import TRIGGERS
from wardblog.privacy.words import KIN, plain, word_set, words_of
from wardblog.support.late_regex import late_regex

_OWNER = r"(?:my|his|her|their|our|one\s+of\s+(?:my|our)|[^\W\d_]+['’]s)"
_KIN = late_regex(
    rf"\b{_OWNER}\s+(?:own\s+|late\s+|elderly\s+|old\s+|little\s+|young\s+|poor\s+|dear\s+|new\s+"
    rf"|eldest\s+|youngest\s+|older\s+|younger\s+|disabled\s+|\d+[- ]year[- ]old\s+"
    rf"|\w+-year-old\s+)?"
    rf"{KIN}\b(?:['’]s?\s+{KIN}\b)*|(?-i:\b(?:Nana?|Gran|Granny|Grandma|Grandad|Mum|Mam|Dad)\b)",
    re.IGNORECASE,
)
_YOUR = late_regex(r"\b(?:if|your|or his|or her|whose)\s+$", re.IGNORECASE)
_PRONOUN = late_regex(r"\b(?:he|she)\b", re.IGNORECASE)
_FIRST = late_regex(r"\b(?:I|we)\b")
# Words that show that a pronoun is about nobody in particular.
_ANYBODY = late_regex(
    r"\b(?:if|whether|unless|anyone|anybody|someone|somebody|everyone|everybody|whoever|nobody"
    r"|a\s+person|people|he\s+or\s+she|she\s+or\s+he|suppose|imagine)\b",
    re.IGNORECASE,
)
# Words that may come between a person and the fact about that person.
_GAP_WORD = late_regex(
    r"(?:who|which|that|also|has|had|have|is|was|are|were|be|been|being|am|now|still|both|already"
    r"|really|just|recently|only|sadly|currently|to|got|and|aged|years|old|of|in|at|from|next|door"
    r"|upstairs|downstairs|flat|number|no|the|a|mr|mrs|ms|home|lives?|living|waits|waiting|alone|as"
    r"|like|there|too|s|ve|m|re|said|says|told|me|us|she|he|since|for|over|twice|once|never|often|i"
    r"|\w+ly|\d+\w?|[A-Z]\S*)"
)  # fmt: skip
_WORDS = late_regex(r"[^\W_]+")
# Public figures: facts about them are public.
_PUBLIC_FIGURE = late_regex(
    r"(?:^|\W)(?:Sir|Dame|Lord|Lady|Baroness|Baron|King|Queen|Princess|Prince|Pope|President"
    r"|Prime Minister|Mayor|Chancellor|(?:Foreign|Home|Health|Education) Secretary) ?$"
)
_LONGEST_GAP = 60
_STOPS = (". ", "\n", "? ", "! ")
_PEOPLE = word_set("""
    my his her their our he she i one nan nana gran granny grandma grandad mum mam dad mr mrs ms
    miss mx dr rev sir dame lady lord prof cllr
    """)


def find_private_facts(text: str, words: Set[str]) -> list[TextMatch]:
    """Find facts about one person; `words` are the words of the text.

    One whose value is "" is about the writer.
    """
    found: list[TextMatch] = []
    small = lowered(text)
    for start, end in sorted(_sentences(text, TRIGGERS & words)):
        for one in sorted(_facts(text, small, start, end), key=lambda fact: (not fact.value, fact)):
            if all(one.end <= other.start or other.end <= one.start for other in found[-9:]):
                found.append(one)
    return sorted(found)


def lowered(text: str) -> str:
    """Return the text in lower case, but of the same length, so that offsets stay valid."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _sentences(text: str, triggers: Set[str]) -> set[tuple[int, int]]:
    """Return the offsets of the sentences that contain one of these words and may name somebody."""
    small, found = f" {plain(text)} ", set()
    for word in triggers:
        position = small.find(f" {word} ")
        while position >= 0:
            start = max(text.rfind(end, 0, position) + 1 for end in _STOPS)
            ends = (text.find(end, position) for end in _STOPS)
            stop = min((end + 1 for end in ends if end >= 0), default=len(text))
            found.add((start, stop))
            position = small.find(f" {word} ", max(stop, position + 1))
    return {one for one in found if _may_name_somebody(text[slice(*one)])}


def _may_name_somebody(sentence: str) -> bool:
    """A quick test whether a sentence may be about a person."""
    if not _PEOPLE.isdisjoint(words_of(sentence)):
        return True
    if any(m in sentence for m in ("'", "’")) or not given_names().isdisjoint(sentence.split()):
        return True
    return not sentence.isascii() and any(map(is_given_name, sentence.split()))


def _facts(text: str, small: str, begin: int, stop: int) -> Iterator[TextMatch]:
    for fact in FACTS:
        for found in fact.pattern.finditer(small, begin, stop):
            if not fact.is_open and not ENDS.match(small, found.end()):
                continue
            subject = _subject(text, found.start(), fact)
            if subject is not None:
                yield _text_match(text, subject, found.end())
            elif (subject := _writer(text, found.start())) is not None:
                yield TextMatch(subject, found.end(), "")
    for owned in OWNED.finditer(small, begin, stop):
        if not _ANYBODY.search(before(text, owned.start())):
            yield _text_match(text, *owned.span())


def _text_match(text: str, start: int, end: int) -> TextMatch:
    return TextMatch(start, end, " ".join(text[start:end].casefold().split()))


def _writer(text: str, start: int) -> int | None:
    """Return the offset of the "I" that a fact is about, or None."""
    left = before(text, start, 30)
    subject = _last(_FIRST, left)
    is_tied = subject is not None and _is_gap(left[subject.end() :])
    return start - len(left) + subject.start() if subject and is_tied else None


def _subject(text: str, start: int, fact: FactPattern) -> int | None:
    """Return the offset of the person that a fact is about, or None."""
    left = before(text, start)
    offset = start - len(left)
    kin = _last(_KIN, left)
    if kin and _is_gap(left[kin.end() :]) and not _YOUR.search(left[: kin.start()]):
        return offset + kin.start()
    if fact.name:
        named = find_persons(left, True)
        if named and _is_gap(left[named[-1].end :]):
            return None if _is_public(left, named[-1]) else offset + named[-1].start
    pronoun = _last(_PRONOUN, left) if fact.pronoun else None
    if pronoun and _is_gap(left[pronoun.end() :]) and not _ANYBODY.search(left):
        return offset + pronoun.start()
    return None


def _is_public(left: str, person: Person) -> bool:
    """Whether a name has a title or an office of a public figure."""
    title = left[person.start : person.end].split(" ")[0]
    return bool(_PUBLIC_FIGURE.search(left[: person.start]) or _PUBLIC_FIGURE.match(title))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found


def _is_gap(between: str) -> bool:
    if len(between) > _LONGEST_GAP:
        return False
    return all(_GAP_WORD.fullmatch(word) for word in _WORDS.findall(between))
