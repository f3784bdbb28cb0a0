"""What comparing items needs to know of each: its address, its words and its facts."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from wardblog.office.listening.addresses import canonical_address
from wardblog.office.listening.facts import Facts, facts_in
from wardblog.office.listening.items import FeedItem
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_LINK = late_regex(r"https?://[^\s<>\"')\]]+")
# An address as social media show it: without its scheme, and cut if it is long.
_SHOWN = late_regex(r"(?<![\w@/.-])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"')\]…]{4,}…?")
_HANDLE = late_regex(r"(?<![\w/])@[\w.-]+(?:@[\w.-]+)?")
_FIGURES = late_regex(r"\d{2}")
_WORD = late_regex(r"[^\W_]+(?:['’][^\W_]+)*")
# The name of the site after a headline, and what programs add before or after a text.
_SITE_AFTER = late_regex(r"\s+[|–—·»]\s+([^|–—·»]{2,40})$|\s+-\s+([^-]{2,40})$")
_OF_SITES = late_regex(
    r"(?i)\b(?:news\w*|times|courier|gazette|post|mail|standard|echo|herald|observer|guardian|bbc|itv"
    r"|live|online|today|council|blog|forum|magazine|journal|express|chronicle|radio|police)\b|\.\w"
)
_ADDED = late_regex(
    r"(?i)(?:\[?(?:…|\.\.\.)\]?\s*)?(?:continue reading.*|read (?:more|on|it here"
    r"|the full (?:story|article))\b.*|the post .{1,200} (?:appeared|first appeared) .*"
    r"|view (?:in browser|original).*"
    r"|originally published .*|\[link\]|\[comments\]|submitted by\s+(?:/?u/\S+)?"
    r"|(?:posted|published) (?:by|on|in) [^.]{1,60}\.?)$"
)
# Each of these has one of these pieces in small letters, so that few texts need to be searched.
_ADDING = ("read", "the post ", "browser", "w or", "publ", "[l", "[comment", "subm", "posted ")
_LABEL = late_regex(
    r"(?i)^(?:new(?: (?:blog )?post| on (?:the|our) blog)?|news|blog|updated?|press release"
    r"|breaking|just published|latest|re)\s*:\s*"
)
_UPDATE = late_regex(r"(?i)(?:an? )?updates? (?:on|to|of) |(?:an? )?updates?:")
# Times of day as fire brigades and the police write them.
_OF_24_HOURS = late_regex(
    r"\b(1[3-9]|2[0-3])[.:]?([0-5]\d) ?(?:hrs|hours)\b"
    r"|(?<=\b(?:at|by) )(1[3-8]|2[1-3])([0-5]\d)\b(?!\.\d)"
)
_CAPITALS_IN_A_ROW = late_regex(r"\b[A-Z][\w’'-]+(?=\s[A-Z][\w’'-])")
_CAPITAL = late_regex(r"(?<=[\w,;)–-]\s)[A-Z][\w’'-]+")
# How words are written shorter, or otherwise, for the same thing.
_SAME = {
    "rd": "road", "st": "street", "ave": "avenue", "cllr": "councillor", "cllrs": "councillors",
    "govt": "government", "&": "and", "mins": "minutes", "hrs": "hours", "dept": "department",
    "sqm": "metres", "approx": "approximately", "programme": "program", "dr": "doctor",
}  # fmt: skip
_WRITTEN = """
    a an the and or but of in on at to for from by with as is are was were be been being it its
    this that these those he she they we you i his her their our your my me us them who which
    what when where why how not no so if than then there here has have had do does did will
    would can could should may might must up down out over under into onto about after before
    between during while until since just now new news more most some any all each other also
    only own same too very via per near off again said says say get gets got one amid says s t
    re ve ll d m
"""
COMMON = frozenset(_WRITTEN.split())
# How many words a text must have to be taken for the beginning of another.
_BEGINNING = 6
_SUFFIXES = ("ations", "ation", "ings", "ing", "ies", "ers", "er", "ed", "es", "s")


@dataclass(frozen=True, eq=False)
class ItemReading:
    """One item as the comparisons need it; what is not needed is not worked out."""

    item: FeedItem

    @cached_property
    def address(self) -> str:
        return canonical_address(self.item.link)

    @cached_property
    def guid_address(self) -> str:
        """The address that its guid is, or ""."""
        return canonical_address(self.item.guid)

    @cached_property
    def linked(self) -> frozenset[str]:
        """The addresses in its text."""
        text = f"{self.item.title} {self.item.text}"
        found = [*_LINK.findall(text), *(f"https://{one}" for one in self.shown if "…" not in one)]
        return frozenset(filter(None, (canonical_address(one.rstrip(".,;:!?")) for one in found)))

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The addresses in its text that have no scheme."""
        text = f"{self.item.title} {self.item.text}"
        return tuple(_SHOWN.findall(_LINK.sub(" ", text))) if "/" in text else ()

    def links_to(self, address: str) -> bool:
        """Whether its text has a link to an address, which may be cut after its beginning."""
        if address in self.linked:
            return True
        cut = (one.removeprefix("www.").rstrip("…") for one in self.shown if one.endswith("…"))
        return any(address.startswith(one) for one in cut)

    @cached_property
    def title(self) -> str:
        """The title without the name of the site and without a cut word."""
        title = _LABEL.sub("", _plain(self.item.title))
        after = _SITE_AFTER.search(title) if len(title.split()) > 4 else None
        if after is None:
            return title
        name = after[1] or after[2]
        is_site = bool(_OF_SITES.search(name) or {*words_of(name)} & {*words_of(self.item.site)})
        return title[: after.start()] if is_site else title

    @cached_property
    def is_reply(self) -> bool:
        return self.item.title[:3].casefold() == "re:"

    @cached_property
    def is_update(self) -> bool:
        return bool(_UPDATE.match(self.item.title))

    @cached_property
    def text(self) -> str:
        text = _plain(self.item.text)
        small = text.casefold()
        return _ADDED.sub("", text).strip() if any(one in small for one in _ADDING) else text

    def contradicts(self, other: ItemReading) -> bool:
        """Whether each has a fact that the other does not have; of a text that was cut, the rest
        is unknown.
        """
        if self.subject.contradicts(other.subject):
            return True
        if not self.facts.contradicts(other.facts):
            return False
        shorter, longer = sorted((self.text_words, other.text_words), key=len)
        is_beginning = len(shorter) >= _BEGINNING and longer[: len(shorter) - 1] == shorter[:-1]
        return not is_beginning or self.title_facts.contradicts(other.title_facts)

    @cached_property
    def title_words(self) -> tuple[str, ...]:
        return words_of(self.title)

    @cached_property
    def text_words(self) -> tuple[str, ...]:
        return words_of(self.text)

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """Title and text, with the title once where the text begins with it."""
        title, text = self.title_words, self.text_words
        return text if text[: len(title)] == title else (*title, *text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words in the title that are not common ones."""
        return stems_of(self.title_words)

    @cached_property
    def all_stems(self) -> frozenset[str]:
        return stems_of(self.all_words)

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Each three words of the text in a row."""
        words = self.text_words
        return frozenset(zip(words, words[1:], words[2:], strict=False))

    @cached_property
    def word_runs(self) -> frozenset[tuple[str, ...]]:
        """Each three words of title and text in a row."""
        words = self.all_words
        return frozenset(zip(words, words[1:], words[2:], strict=False))

    @cached_property
    def names(self) -> frozenset[str]:
        """The words with a capital within a sentence of the text, or of a title like a sentence."""
        found = set(_capitals(self.text))
        titled = self.title.split()
        capitals = sum(word[:1].isupper() for word in titled)
        if capitals * 2 <= len(titled) + 1:
            found.update(_capitals(self.title))
        return frozenset(found)

    @cached_property
    def proper_names(self) -> frozenset[str]:
        """`names`, and the first words of sentences that begin with a name of two words."""
        first = _CAPITALS_IN_A_ROW.findall(self.text)
        return self.names | frozenset(map(_small, first)) - COMMON

    @cached_property
    def may_refer(self) -> bool:
        """Whether it has figures enough for a reference."""
        return bool(_FIGURES.search(self.title) or _FIGURES.search(self.text))

    @cached_property
    def title_references(self) -> frozenset[str]:
        """The references of applications and the like in its title, which all have figures."""
        return self.title_facts.references if _FIGURES.search(self.title) else frozenset()

    @cached_property
    def title_facts(self) -> Facts:
        return facts_in(self.title)

    @cached_property
    def subject(self) -> Facts:
        """What a title names that cannot be corrected: another one is another matter."""
        facts = self.title_facts
        return Facts(
            references=facts.references,
            dates=facts.dates,
            postcodes=facts.postcodes,
            series=facts.series,
            streets=facts.streets,
        )

    @cached_property
    def facts(self) -> Facts:
        return self.title_facts.joined(facts_in(self.text))


@lru_cache(maxsize=8192)
def reading_of(item: FeedItem) -> ItemReading:
    """The reading of an item, which is remembered while there are not too many."""
    return ItemReading(item)


def words_of(text: str) -> tuple[str, ...]:
    """The words in small letters, each in the form that its variants share."""
    plain = text.replace("&", " and ").casefold().replace("’", "'")
    return tuple(map(_form, _WORD.findall(plain)))


@lru_cache(maxsize=16384)
def _form(word: str) -> str:
    plain = word.removesuffix("'s").lstrip("0") or word
    return _SAME.get(plain, plain)


def stems_of(words: tuple[str, ...]) -> frozenset[str]:
    """The stems of those that say something, without figures."""
    return frozenset(map(_own_stem, words)) - {""}


@lru_cache(maxsize=16384)
def _own_stem(word: str) -> str:
    return "" if word in COMMON or word.isdigit() else stem(word)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word without the usual endings, as long as four letters are left."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word[: -len(suffix)]
            break
    return word.rstrip("e") if len(word) > 4 else word


def overlap(some: frozenset[object], others: frozenset[object]) -> float:
    """The share of the smaller set that the other has as well; 0 if one is empty."""
    smaller = min(len(some), len(others))
    return len(some & others) / smaller if smaller else 0.0


def likeness(some: frozenset[object], others: frozenset[object]) -> float:
    """What two sets have in common, as a share of all that they have."""
    return len(some & others) / len(some | others) if some or others else 0.0


def _plain(text: str) -> str:
    text = _LINK.sub(" ", text) if "://" in text else text
    text = _OF_24_HOURS.sub(_in_the_afternoon, text) if _FIGURES.search(text) else text
    text = _SHOWN.sub(" ", text) if "/" in text else text
    text = _HANDLE.sub(" ", text) if "@" in text else text
    return " ".join(text.split())


def _in_the_afternoon(match: re.Match[str]) -> str:
    hour, minute = filter(None, match.groups())
    return f"{int(hour) - 12}.{minute}pm"


def _capitals(text: str) -> list[str]:
    """The words with a capital that do not begin a sentence, in small letters."""
    return list(map(_small, _CAPITAL.findall(text)))


def _small(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")
