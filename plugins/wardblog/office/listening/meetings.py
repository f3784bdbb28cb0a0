"""Whether families of words meet in the sentences of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wardblog.office.listening.word_families import FAMILIES
from wardblog.office.listening.wordings import WORDINGS
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

# How many sentences later a word is still near.
_NEAR = 2
# A word, or the end of a sentence or line.
_PIECE = late_regex(r"[^\W_]+|[.!?…]+(?=\s|$)|\n")
_ENDS = frozenset(".!?…\n")
# Titles of items that have one sentence or two about each of several matters.
_ROUND_UP = late_regex(
    r"\b(?:newsletter|round-?up|bulletin|digest|in brief|summary|at a glance|notes|minutes of|news"
    r"|update|diary|column|what['’]s (?:on|new)|highlights|this (?:week|month)"
    r"|what (?:we|i) did)\b|^minutes\b"
)
# The fewest sentences that it has, with the title.
_FEWEST_IN_ROUND_UP = 4
# The key by which the sentences of such an item are marked; no family has this name.
_IS_ROUND_UP = "round-up"
# For each family, the sentences that have one of its words: bit n is sentence n.
Sentences = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """The families that must meet in one sentence, or near each other, and what rules it out."""

    families: tuple[str, ...]
    unless: frozenset[str]
    reach: int

    def is_in(self, sentences: Sentences) -> bool:
        """Whether the families meet somewhere in a text."""
        found = -1
        for family in self.families:
            if family not in sentences:
                return False
            found &= _reaching(sentences[family], self.reach)
        for family in sentences.keys() & self.unless if found else ():
            found &= ~self._beside(sentences[family], _IS_ROUND_UP in sentences)
        return found > 0

    def _beside(self, against: int, is_round_up: bool) -> int:
        """What is ruled out; in a round-up the sentence beside is about something else."""
        if is_round_up:
            return _reaching(against, self.reach)
        return against >> 1 | _reaching(against, self.reach + 1)


def _reaching(mask: int, reach: int) -> int:
    """The sentences of a mask, and as many after each as `reach` says."""
    reached = mask
    for step in range(reach):
        reached |= mask << (step + 1)
    return reached


class WordMeetings:
    """The families and the wordings of all topics, made ready for many texts."""

    def __init__(self) -> None:
        self._words: dict[str, list[str]] = {}
        self._phrases: dict[str, list[tuple[list[str], str]]] = {}
        for family, written in FAMILIES.items():
            for form in {form for word in written.split() for form in _forms(word)}:
                first, *others = form.split("_")
                if others:
                    self._phrases.setdefault(first, []).append((others, family))
                else:
                    self._words.setdefault(first, []).append(family)
        self._wordings = {topic: _by_first(_wordings(lines)) for topic, lines in WORDINGS.items()}

    def sentences_of(self, text: str) -> Sentences:
        """Which sentences of a text in small letters have words of each family."""
        found: dict[str, int] = {}
        pieces, bit = _PIECE.findall(text), 1
        for at, piece in enumerate(pieces):
            if piece[0] in _ENDS:
                bit <<= 1
                continue
            for family in self._words.get(piece, ()):
                found[family] = found.get(family, 0) | bit
            for others, family in self._phrases.get(piece, ()):
                if pieces[at + 1 : at + 1 + len(others)] == others:
                    found[family] = found.get(family, 0) | bit
        if bit >> _FEWEST_IN_ROUND_UP and _ROUND_UP.search(text.partition("\n")[0]):
            found[_IS_ROUND_UP] = 1
        return found

    def speak_of(self, topic: str, sentences: Sentences) -> bool:
        """Whether a text speaks of a topic without its name."""
        wordings = self._wordings[topic]
        return any(
            one.is_in(sentences) for first in wordings.keys() & sentences for one in wordings[first]
        )


def _wordings(lines: str) -> Iterator[_Wording]:
    for line in lines.strip().splitlines():
        meet, _, unless = line.strip().partition(" unless ")
        reach = _NEAR if meet.startswith("near ") else 0
        families = tuple(meet.removeprefix("near ").split())
        _check(*families, *unless.split())
        yield _Wording(families=families, unless=frozenset(unless.split()), reach=reach)


def _by_first(wordings: Iterable[_Wording]) -> Mapping[str, list[_Wording]]:
    """The wordings under their first family, so that few need be looked at."""
    found: dict[str, list[_Wording]] = {}
    for one in wordings:
        found.setdefault(one.families[0], []).append(one)
    return found


def _check(*families: str) -> None:
    if unknown := set(families) - set(FAMILIES):
        raise KeyError(*sorted(unknown))


def _forms(word: str) -> Iterator[str]:
    """A word as it is written in a family, in the singular and the plural, or in all its forms."""
    if not word.endswith("~"):
        yield word
        if word.endswith("y"):
            yield f"{word[:-1]}ies"
        yield from (f"{word}s", f"{word}es")
        return
    verb = word[:-1]
    stem = verb.removesuffix("e")
    yield from (verb, f"{verb}s", f"{stem}es", f"{stem}ed", f"{stem}ing")
    yield from (f"{stem}{stem[-1]}ed", f"{stem}{stem[-1]}ing")
