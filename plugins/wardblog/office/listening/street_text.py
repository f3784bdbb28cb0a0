"""Makes streets easy to find in an item, and takes out what only looks like one of the ward."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wardblog.model import Gazetteer
from wardblog.places.street_names import SHORT_FORMS
from wardblog.places.street_words import AFTER_SHORT, CERTAIN, LOCATING, ORDINARY, TOWNS
from wardblog.support.late_regex import late_regex

_WORD = late_regex(r"[^\W_]+")
# Typing errors count in names of as many letters.
_LONG_NAME = 6
# What can be said of any street: "a tidy street" is not Tidy Street.
_ADJECTIVES = frozenset(("tidy", "clean", "dirty", "safe", "pretty", "pleasant", "bright", "leafy"))
# What mistyped kinds of streets would be, but mean something else.
_OTHER_WORDS = frozenset(("rod", "rad", "lean", "lan", "gove"))
# Kinds of streets that are surnames as well, and what is said of a person.
_SURNAMES = "Grove|Hill|Lane|Street|Close|Green|Park|Wood|Court|Marsh|Rise|Field"
_TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Sir|Dame|Lady|Lord|PC|Sgt|Rev|Revd|Father|Professor"
_PERSON = late_regex(
    rf"\b(?:{_TITLES})\.?\s+([A-Z][\w'’-]+\s(?:{_SURNAMES}))\b"
    rf"|\b(?:says|said|told|asked|added|adds)\s+([A-Z][\w'’-]+\s(?:{_SURNAMES}))\b"
    rf"|(?<!\d\s)\b([A-Z][\w'’-]+\s(?:{_SURNAMES}))(?=(?:,\s|\s\(|,?\saged\s)\d\d(?:[,;).]|$)"
    r"|,?\s(?:who|whose)\b|\s(?:says|said|told|tells|asked|added|joins|joined|wrote|writes|retires"
    r"|retired|sings|sang|grew|was\s(?:born|elected|appointed))\b|\sand\s(?:his|her)\b"
    r"|['’]s\s(?:wife|husband|son|daughter|mother|father|funeral|novel|book|album)\b)"
)
_FAR = late_regex(
    r"\b((?:[A-Z][\w'’-]+\s){1,3}[A-Z][\w'’-]+)(?:,?\sin\s|,\s|\s\()"
    r"(?=((?:[A-Z][\w'’-]+(?:,\s|\s|\b)){1,3}))"
)
# A town before a street, with nothing but small words between the two.
_FAR_BEFORE = late_regex(
    r"\b[Ii]n ([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)\s"
    r"(?:(?!(?:but|than|while|who|after|before|along|towards?|and|or|when|since|until|via)\b)"
    r"[a-z'’-]+\s){0,10}"
    r"((?:[A-Z][\w'’-]+\s){1,3}[A-Z][\w'’-]+)"
)
# What a work of art is called.
_WORK = "film|movie|novel|comedy|thriller|musical|drama|documentary|sitcom|soap opera"
_ART = late_regex(rf"\b(?:{_WORK})\b")
_OF_ART = late_regex(
    rf"(?:\b(?:{_WORK}),?\s(?:called\s)?[‘“'\"]?)((?:[A-Z][\w'’-]+\s){{1,2}}[A-Z][\w'’-]+)"
    rf"|\b((?:[A-Z][\w'’-]+\s){{1,2}}[A-Z][\w'’-]+)(?=,\s(?:the|a|an|his|her)\s[^,.!?]{{0,40}}"
    rf"\b(?:{_WORK})\b)"
)
_DATELINE = late_regex(r"([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)(?::|\s[–—-])\s")
_ARTICLES = frozenset(
    ("a", "an", "this", "that", "our", "my", "your", "his", "her", "their", "every", "each", "no",
     "any", "such")
)  # fmt: skip


def _any(words: Iterable[str]) -> str:
    found = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in found) or r"(?!)"


# A name of ordinary words where only a street can stand: after "in", a number or a colon, and
# before nothing that it could belong to.
_PLACE = late_regex(rf"(?im)(?:\b(?:{_any(LOCATING)})\s+|\b\d+[a-z]?\s+|^|[:,.!?–(]\s*)\Z")
_QUIET = (
    r"(?i)\b({names})(?=\s*$|\s*[^\w\s'’-]|\s+(?:tonight|please|still|bins|"
    rf"{_any((*AFTER_SHORT, *LOCATING))})\b)"
)


class StreetText:
    """Texts with the streets of one gazetteer as they are spelt there."""

    def __init__(self, gazetteer: Gazetteer, home: str, elsewhere: Iterable[str]) -> None:
        names = [street.name for street in gazetteer.streets]
        self._far = frozenset(town for town in (*TOWNS, *elsewhere) if town not in home)
        forms = [(form.casefold(), name) for name in names for form in _forms(name)]
        self._tags = {"".join(_WORD.findall(form)): name for form, name in forms}
        lasts = {_WORD.findall(form)[-1] for form, _ in forms if _WORD.search(form)}
        self._lasts = lasts | {f"{last}s" for last in lasts}
        self._learn_errors(names)
        ordinary = [name.casefold() for name in names if not _is_distinct(name)]
        self._ordinary = frozenset(word for name in ordinary for word in name.split()[:1])
        self._quiet = re.compile(_QUIET.format(names=_any(ordinary)), re.MULTILINE)
        certain = [name.casefold() for name in names if _is_distinct(name)]
        praised = [name for name in certain if name.split()[0] in _ADJECTIVES]
        praised += [name.capitalize() for name in praised]
        self._praising = frozenset(name.split()[0] for name in praised)
        self._plain_words = re.compile(rf"\b(?i:{_any(_ARTICLES)})\s+(?:{_any(certain)})\b")
        self._praised = re.compile(
            rf"(?<!\bin )(?<!\bon )(?<!\bat )(?<!\bof )(?<!\d )\b(?:{_any(praised)})\b"
        )

    def _learn_errors(self, names: Iterable[str]) -> None:
        """What may be mistyped: long names of one word, and the words after them."""
        self._by_letter: dict[tuple[str, str], list[str]] = {}
        for name in names:
            own, _, kind = name.casefold().rpartition(" ")
            if len(own) >= _LONG_NAME and own.isalpha():
                self._by_letter.setdefault((own[0], kind), []).append(own)
        self._like_names: dict[str, bool] = {}
        kinds = {kind for _, kind in self._by_letter}
        self._kinds = {form: kind for kind in kinds for form in (kind, *_shorts(kind))}
        owns = {own for some in self._by_letter.values() for own in some}
        wrong = {form: kind for kind in kinds for form in _misspelt(kind)}
        self._wrong_kinds = {form: kind for form, kind in wrong.items() if form not in self._kinds}
        self._typed = re.compile(
            rf"(?i)\b([^\W\d_]{{{_LONG_NAME - 1},}}+)(?=\s+({_any(self._kinds)})\b)"
        )
        self._mistyped = re.compile(rf"(?i)\b({_any(owns)})(\s+)({_any(self._wrong_kinds)})\b")

    def _is_like_name(self, word: str) -> bool:
        """Whether a word is a mistyped name; remembered, since most words are in many texts."""
        if word not in self._like_names:
            some = (owns for (letter, _), owns in self._by_letter.items() if letter == word[0])
            self._like_names[word] = any(_is_mistyped(word, own) for owns in some for own in owns)
        return self._like_names[word]

    def tag(self, word: str) -> str:
        """The street that a hashtag without capitals names, or ""."""
        return self._tags.get(word.replace("_", "").casefold(), "")

    def plain(self, text: str) -> str:
        """A text of lines with typing errors and small letters corrected, without other things."""
        words = {*_WORD.findall(text.casefold())}
        if not words.isdisjoint(self._kinds) and any(map(self._is_like_name, words)):
            text = self._typed.sub(self._corrected, text)
        if not words.isdisjoint(self._wrong_kinds):
            text = self._mistyped.sub(self._with_kind, text)
            words = {*_WORD.findall(text.casefold())}
        if words.isdisjoint(self._lasts):
            return ""
        if not words.isdisjoint(self._ordinary):
            text = self._quiet.sub(_with_capitals, text)
        if not words.isdisjoint(_ARTICLES):
            text = self._plain_words.sub(" ", text)
        if _has_any(text, self._praising):
            text = self._praised.sub(" ", text)
        if _ART.search(text):
            text = _OF_ART.sub(" ", text)
        return self._without_far(_without_persons(text))

    def _with_kind(self, match: re.Match[str]) -> str:
        return f"{match[1]}{match[2]}{self._wrong_kinds[match[3].lower()].title()}"

    def _corrected(self, match: re.Match[str]) -> str:
        word = match[1].casefold()
        names = self._by_letter.get((word[0], self._kinds[match[2].casefold()]), ())
        meant = [name for name in names if name == word or _is_mistyped(word, name)]
        if len(meant) != 1 or meant[0] == word:
            return match[1]
        return meant[0].capitalize() if match[1][0].isupper() else meant[0]

    def _without_far(self, text: str) -> str:
        """The text without streets that it puts into another place at least once."""
        dateline = _DATELINE.match(text)
        if dateline and dateline[1].casefold() in self._far:
            return ""
        for match in _FAR_BEFORE.finditer(text):
            if match[1].casefold() in self._far or match[1].split()[0].casefold() in self._far:
                text = text.replace(match[2], " ")
        for match in _FAR.finditer(text):
            words = match[2].replace(",", "").casefold().split()
            reach = range(1, len(words) + 1)
            if any({words[n - 1], " ".join(words[:n])} & self._far for n in reach):
                name = " ".join(match[1].split()[-2:])
                text = text.replace(name, " ")
        return text


def _with_capitals(match: re.Match[str]) -> str:
    """A name of ordinary words that stands where a street can, if its letters say nothing."""
    name, start = match[1], match.start()
    if not (name.islower() or name.isupper()):
        return name
    before = match.string[max(start - 20, 0) : start]
    place = _PLACE.search(before)
    line = match.string[match.string.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    is_sure = place and (place[0][:1].isalnum() or name.isupper() or line.islower())
    return name.title() if is_sure else name


def _without_persons(text: str) -> str:
    """The text without the names of people who are called as a street may be."""
    if not _has_any(text, _SURNAMES.split("|")):
        return text
    for match in _PERSON.finditer(text):
        name = re.escape(next(filter(None, match.groups())))
        text = re.sub(rf"(?<!\bin )(?<!\bat )(?<!\bon )(?<!\d )\b{name}\b", " ", text)
    return text


def _has_any(text: str, pieces: Iterable[str]) -> bool:
    """Whether a text has one of these; much faster than a pattern that cannot match without."""
    return any(piece in text for piece in pieces)


def _is_distinct(name: str) -> bool:
    own, _, kind = name.casefold().rpartition(" ")
    return kind in {*CERTAIN, "street"} and any(word not in ORDINARY for word in own.split())


def _forms(name: str) -> tuple[str, ...]:
    """A name with all short forms of its last word."""
    own, _, kind = name.rpartition(" ")
    return (name, *(f"{own} {short}" for short in _shorts(kind.casefold())))


def _shorts(kind: str) -> tuple[str, ...]:
    return ("st", "str") if kind == "street" else SHORT_FORMS.get(kind, ())


def _is_mistyped(word: str, name: str) -> bool:
    """Whether one letter of a name is missing, doubled or wrong, or two have changed places."""
    if len(word) == len(name):
        wrong = [n for n, (a, b) in enumerate(zip(word, name, strict=True)) if a != b]
        is_swapped = len(wrong) == 2 and word[wrong[0]] == name[wrong[1]]
        return len(wrong) == 1 or (
            is_swapped and wrong[1] - wrong[0] == 1 and word[wrong[1]] == name[wrong[0]]
        )
    if len(word) + 1 == len(name):
        return any(name[:n] + name[n + 1 :] == word for n in range(len(name)))
    return word in _doubled(name)


def _doubled(word: str) -> list[str]:
    return [word[:n] + word[n - 1 :] for n in range(1, len(word) + 1)]


def _misspelt(kind: str) -> set[str]:
    """Ways to mistype a word such as "road" with its letters only."""
    inner = range(1, len(kind))
    if len(kind) < 4:
        return set()
    swapped = {kind[:n] + kind[n + 1] + kind[n] + kind[n + 2 :] for n in inner if n + 1 < len(kind)}
    missing = {kind[:n] + kind[n + 1 :] for n in inner}
    return ({*swapped, *missing, *_doubled(kind)} - {kind}) - _OTHER_WORDS
