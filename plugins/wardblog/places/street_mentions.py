"""Finds the streets of a gazetteer in running text.

A name counts on word boundaries, in the gazetteer's spelling and its usual short forms, and the
longest name wins. A name of ordinary words needs its capitals. What is called after a street, such
as "Eland Road School", is in that street, so it counts as well; "Church Road, Leeds" does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wardblog.model import Gazetteer
from wardblog.places.passages import Passage
from wardblog.places.street_names import APOSTROPHES, plain_street
from wardblog.places.street_words import (
    AFTER_SHORT,
    BEFORE,
    CERTAIN,
    COMPASS,
    COMPOUNDS,
    ENDINGS,
    FIRST_FORMS,
    FOLLOWERS,
    LOCATING,
    MINOR,
    ORDINARY,
    PLURALS,
    PREFIXES,
    SHORT_ROADS,
    TOWNS,
    VAGUE,
)
from wardblog.support.late_regex import late_regex

_NUMBERED = late_regex(r"[abm]\d{1,4}")
# Paper has sizes such as A3 and A4.
_FEWEST_FIGURES = 3
_POSTCODE_AFTER = late_regex(
    r"(?:,?\s+[A-Z][\w'’-]+){0,2},?\s+([A-Z]{1,2})\d[A-Z\d]? ?\d[A-Z]{2}\b"
)
_POSSESSIVE = late_regex(rf"[{APOSTROPHES}]s?$")
# The most words before "Roads" in a list of several.
_LONGEST_IN_LIST = 4


class _Name(NamedTuple):
    """A name, with the streets that have it, and how far it can be mistaken for ordinary words."""

    key: tuple[str, ...]
    slugs: tuple[str, ...]
    is_distinct: bool
    is_vague: bool
    is_short: bool


class StreetMentions:
    """Finds streets in texts. `home` are words for where the ward is, such as its council, and
    `elsewhere` names of other places, besides towns, in small letters.

    Two streets of one name are both found, since nobody can tell which is meant.
    """

    def __init__(
        self, gazetteer: Gazetteer, home: Iterable[str] = (), elsewhere: Iterable[str] = ()
    ) -> None:
        keys: dict[tuple[str, ...], list[str]] = {}
        for street in gazetteer.streets:
            if key := plain_street(street.name):
                keys.setdefault(key, []).append(street.slug)
        self._names = {key: _name(key, tuple(slugs)) for key, slugs in keys.items()}
        self._longest: dict[str, int] = {}
        forms: dict[str, list[str]] = {}
        for form in FIRST_FORMS:
            forms.setdefault(plain_street(f"{form} x y")[0], []).append(form)
        for key in keys:
            for first in (key[0], *forms.get(key[0], ())):
                self._longest[first] = max(self._longest.get(first, 0), len(key))
        self._known: dict[str, str] = {}
        own = " ".join((*home, *(place.name for place in gazetteer.places))).casefold()
        self._far = frozenset(town for town in (*TOWNS, *elsewhere) if town not in own)
        areas = (postcode.name[:2].rstrip("0123456789") for postcode in gazetteer.postcodes)
        self._areas = frozenset(areas)

    def found_in(self, text: str, *, is_label: bool = False) -> tuple[str, ...]:
        """Return the slugs of the streets that a text names, in the order of the text.

        Each line of the text is read on its own. `is_label` is for the name of a place, where any
        words may be in small letters or capitals.
        """
        found: dict[str, None] = {}
        if self._names:
            for line in text.split("\n"):
                found.update(dict.fromkeys(self._in_line(Passage(line, self._known), is_label)))
        return tuple(found)

    def _in_line(self, passage: Passage, is_label: bool) -> Iterator[str]:
        at, end = 0, -1
        while at < len(passage.words):
            if passage.plain[at] in PLURALS:
                yield from self._in_list(passage, at, PLURALS[passage.plain[at]])
            is_first = passage.plain[at] in self._longest
            name, size = self._name_at(passage, at) if is_first else (None, 0)
            if name and self._is_meant(name, passage, at, at + size, end, is_label):
                if name.key[-1] in CERTAIN:
                    yield from self._in_list(passage, at + size - 1, name.key[-1], name)
                yield from name.slugs
                at = end = at + size
            else:
                at += 1

    def _name_at(self, passage: Passage, at: int) -> tuple[_Name | None, int]:
        """The longest name that begins at a word, and the number of its words."""
        first = passage.plain[at] if at < len(passage.words) else ""
        longest = self._longest.get(first, 0)
        if not longest:
            return None, 0
        reach = 1
        while reach <= longest and passage.is_joined(at + reach):
            reach += 1
        for size in range(min(reach, longest + 1), 0, -1):
            words = passage.words[at : at + size]
            for last in _endings(words[-1]):
                if name := self._names.get(plain_street(" ".join((*words[:-1], last)))):
                    return name, size
        return None, 0

    def _is_meant(
        self, name: _Name, passage: Passage, start: int, end: int, last_end: int, is_label: bool
    ) -> bool:
        """Whether the words from `start` to `end` are this street, and not just look like it."""
        if _NUMBERED.fullmatch(name.key[0]) and len(name.key) == 1:
            is_written = passage.is_capital(start)
            is_long = len(name.key[0]) > _FEWEST_FIGURES
            return is_written and (is_long or passage.plain[start - 1 : start] == ["the"])
        is_quiet = _is_quiet(passage, start, end)
        if not (is_label or name.is_distinct):
            words = range(start, end)
            if is_quiet or not all(
                passage.is_capital(n) or passage.plain[n] in MINOR for n in words
            ):
                return False
        follows_street = start == last_end and start > 0
        return (
            (follows_street or _stands_apart(name, passage, start, is_quiet, is_label, self._far))
            and self._ends_there(name, passage, end, is_quiet)
            and (not (name.is_short or name.is_vague)
                 or _is_certain(name, passage, start, end, last_end, is_label))
            and not self._is_far(passage, end)
        )  # fmt: skip

    def _ends_there(self, name: _Name, passage: Passage, end: int, is_quiet: bool) -> bool:
        """Whether the name is not the beginning of a longer one."""
        if not passage.is_joined(end):
            return True
        word = passage.plain[end]
        if word in ENDINGS and (passage.is_capital(end) or is_quiet):
            after = passage.plain[end + 1 : end + 2]
            return after != [] and after[0] in COMPOUNDS
        if word in SHORT_ROADS:
            return False
        if passage.is_capital(end) and not name.is_distinct and word not in FOLLOWERS:
            return bool(self._name_at(passage, end)[0]) or any(map(str.isdigit, word))
        return True

    def _is_far(self, passage: Passage, end: int) -> bool:
        """Whether another town or postcode area comes after a name: `Church Road, Leeds`."""
        after = _POSTCODE_AFTER.match(passage.text, passage.ends[end - 1])
        if after and self._areas and after[1] not in self._areas:
            return True
        if passage.gap(end).strip() not in ("", ",", "("):
            return False
        at = end + 1 if passage.plain[end : end + 1] == ["in"] else end
        if at >= len(passage.words) or not passage.is_capital(at) or self._name_at(passage, at)[0]:
            return False
        if passage.plain[at + 1 : at + 2] and passage.is_joined(at + 1):
            if passage.plain[at + 1] in ENDINGS:
                return False
            if f"{passage.plain[at]} {passage.plain[at + 1]}" in self._far:
                return True
        return passage.plain[at] in self._far

    def _in_list(
        self, passage: Passage, last: int, ending: str, found: _Name | None = None
    ) -> Iterator[str]:
        """The streets of a list that share the word at `last`: `Eland, Sabine and Dorothy Roads`.

        After a single "Road", of which the name is `found`, only names count that are not ordinary
        words; "Roads" needs two of any kind.
        """
        slugs: list[str] = list(found.slugs) if found else []
        names = [found] if found else []
        end = last - (len(found.key) - 1 if found else 0)
        if found:
            end = _before_joint(passage, end)
        while end > 0:
            name, size = self._ending_at(passage, end, ending)
            if name is None or (found and not name.is_distinct):
                break
            names.append(name)
            slugs += name.slugs
            end = _before_joint(passage, end - size)
        if len(names) > 1:
            yield from slugs

    def _ending_at(self, passage: Passage, end: int, ending: str) -> tuple[_Name | None, int]:
        """The name of which all words but the last come before `end`, with their number."""
        for size in range(min(_LONGEST_IN_LIST, end), 0, -1):
            words = passage.words[end - size : end]
            if passage.plain[end - 1] in ENDINGS:
                break
            if not all(passage.is_joined(n) for n in range(end - size + 1, end)):
                continue
            is_written = all(w[0].isupper() or w[0].isdigit() or w in MINOR for w in words)
            name = self._names.get(plain_street(" ".join((*words, ending)))) if is_written else None
            before = passage.plain[end - size - 1] if passage.is_joined(end - size) else ""
            if name and before not in PREFIXES:
                return name, size
        return None, 0


def _name(key: tuple[str, ...], slugs: tuple[str, ...]) -> _Name:
    own = key[:-1] if key[-1] in COMPASS and len(key) > 2 else key
    is_road = own[-1] in CERTAIN and len(own) > 1
    return _Name(
        key=key,
        slugs=slugs,
        is_distinct=is_road
        and any(word not in ORDINARY and word not in TOWNS for word in own[:-1]),
        is_vague=is_road and all(word in VAGUE for word in own[:-1]),
        is_short=len(key) == 1 or (len(key) == 2 and key[0] == "the"),
    )


def _endings(word: str) -> tuple[str, ...]:
    """A word, and the word without the s of a possessive."""
    bare = _POSSESSIVE.sub("", word)
    return (word,) if bare == word else (word, bare)


def _is_quiet(passage: Passage, start: int, end: int) -> bool:
    """Whether all words are in small letters, or all in capitals, so that these say nothing."""
    words = range(start, end)
    if all(not passage.is_capital(n) for n in words):
        return True
    return all(passage.is_loud(n) or len(passage.words[n]) == 1 for n in words)


def _stands_apart(
    name: _Name, passage: Passage, start: int, is_quiet: bool, is_label: bool, far: frozenset[str]
) -> bool:
    """Whether the name is not the end of a longer one, such as `Upper Tooting Road`."""
    if start == 0 or not passage.is_joined(start):
        return True
    before = start - 1
    word, written = passage.plain[before], passage.words[before]
    if word in BEFORE or written[0].isdigit():
        return True
    if is_quiet:
        return is_label and name.is_distinct and word not in PREFIXES
    if not passage.is_capital(before):
        return True
    begins = passage.begins_sentence(before)
    if word in PREFIXES:
        return name.is_distinct and begins and word in ("new", "old")
    if _endings(written)[-1].casefold() in far:
        return False
    is_owner = len(_endings(written)) > 1
    return name.is_distinct and (begins or is_owner or passage.is_title or is_label)


def _is_certain(
    name: _Name, passage: Passage, start: int, end: int, last_end: int, is_label: bool
) -> bool:
    """Whether a name such as Broadway, The Green or New Road stands where only a street can."""
    if is_label and start == 0 and end == len(passage.words):
        return True
    before = passage.plain[start - 1] if start else ""
    if before in LOCATING or before[:1].isdigit():
        return True
    joint = 1 if before in ("and", "or") else 0
    if last_end > 0 and (start - joint == last_end or passage.gap(start).strip() == ","):
        return True
    is_open = passage.is_joined(end) and not passage.is_capital(end)
    is_clear = not is_open or passage.plain[end] in AFTER_SHORT
    return is_clear and len(name.key) > 1 and not name.is_vague and not passage.is_title


def _before_joint(passage: Passage, at: int) -> int:
    """Where the words end that come before `, ` or ` and ` at a word; 0 if there is no such."""
    if at > 1 and passage.plain[at - 1] in ("and", "or"):
        return at - 1
    return at if at > 0 and passage.gap(at).strip() in (",", "/") else 0
