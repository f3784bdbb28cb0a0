"""Which issues and streets of the ward an item is about."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from wardblog.model import GENERAL, Issue, Site
from wardblog.office.listening.elsewhere import ELSEWHERE
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.topics import Topics, TopicText, topics_named
from wardblog.support.late_regex import late_regex

if TYPE_CHECKING:
    from wardblog.office.listening.street_text import StreetText
    from wardblog.places.street_mentions import StreetMentions

_HASHTAG = late_regex(r"#([^\W\d_][\w]*)")
_HUMP = late_regex(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=\d)")
_LINK = late_regex(r"https?://\S+|(?<![\w/])@[\w.-]+(?:@[\w.-]+)?")
# Soft hyphens, and spaces and joints without width.
_UNSEEN = late_regex("[\u00ad\u200b-\u200d\u2060\ufeff]")
# A postcode district soon after a name, as in "Park Road, Wimbledon SW19".
_DISTRICT = late_regex(
    r"(?:[A-Z][\w'’]+\s+){1,4}[A-Z][\w'’]+,?\s+(?:[A-Z][\w'’]+,?\s+){0,3}"
    r"((?:[A-PR-UWYZ][A-HK-Y])\d[A-Z\d]?|[BEGLMNSW]\d{1,2}[A-Z]?)(?:\s\d[A-Z]{2})?\b"
)
_FIGURE = late_regex(r"\d")
# Words of `about` that say nothing on their own.
_WRITTEN = """
    about after again also another around because before being best between bring change changed
    close comment comments council councillor could does done each every everything find from
    full happens have help here here's home homes into it's kept know last like live local lives
    made make many more most much need needs news next often once only open other others over
    parts people place planned planning please pretty problem problems project projects question
    questions reach report reports residents said same says should since some something still
    street streets such take than that their them there these they thing things think this those
    time took town under until very want ward well were what when where which while will with
    without work works worst would write year years your going doing being digging long
"""
_WEAK = frozenset(_WRITTEN.split())
_FEWEST_WEAK = 2


class ItemMatcher:
    """Finds the issues and streets of one site in items."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._topics = Topics()
        self._issues = [
            _IssueWords(issue, _own_tags(site, issue), self._topics) for issue in site.issues
        ]
        codes = (postcode.name.split()[0] for postcode in site.gazetteer.postcodes)
        self._codes = frozenset(codes)

    def streets_of(self, item: FeedItem) -> tuple[str, ...]:
        """The slugs of the streets that an item names, in the order of its text."""
        if not self._site.gazetteer.streets:
            return ()
        text = self._street_text.plain(_prepared(item, self._street_text.tag))
        return self._mentions.found_in(self._without_elsewhere(text))

    def issues_of(self, item: FeedItem) -> tuple[str, ...]:
        """The slugs of the issues that an item is about, the one that it names most first."""
        text = self._topics.text_of(_prepared(item))
        counts = {words: count for words in self._issues if (count := words.count(text))}
        if len(counts) > 1:
            title = self._topics.text_of(text.text.partition("\n")[0])
            counts = {words: count + words.count(title) for words, count in counts.items()}
        return tuple(words.slug for words in sorted(counts, key=lambda one: -counts[one]))

    def mentions(self, item: FeedItem, issues: Container[str]) -> int:
        """How many of some issues an item is about."""
        text = self._topics.text_of(_prepared(item))
        return sum(1 for words in self._issues if words.slug in issues and words.count(text))

    @cached_property
    def _street_text(self) -> StreetText:
        # late import: see docs/architecture.md
        from wardblog.office.listening.street_text import StreetText

        gazetteer = self._site.gazetteer
        names = (*_home_words(self._site), *(place.name for place in gazetteer.places))
        return StreetText(gazetteer, " ".join(names).casefold(), ELSEWHERE)

    @cached_property
    def _mentions(self) -> StreetMentions:
        # late import: see docs/architecture.md
        from wardblog.places.street_mentions import StreetMentions

        return StreetMentions(self._site.gazetteer, _home_words(self._site), ELSEWHERE)

    def _without_elsewhere(self, text: str) -> str:
        """The text without addresses in postcode districts of which the ward has no part."""
        if not self._codes or not _FIGURE.search(text):
            return text
        return _DISTRICT.sub(lambda match: match[0] if match[1] in self._codes else " ", text)


class _IssueWords:
    """The words by which one issue is known.

    It is known by its name, by what is usually said about such a matter, and by the tags that the
    councillor has only on posts about it. The words of `about` count if there are two of them.
    """

    def __init__(self, issue: Issue, tags: Iterable[str], topics: Topics) -> None:
        self.slug, self._spoken = issue.slug, topics
        self._topics = topics_named(issue.name)
        # One ordinary word, such as "Planning", says less than the ways to speak of it.
        is_clear = not self._topics or len(_words(issue.name)) > 1
        names = [issue.name] if is_clear else []
        names += [tag for tag in tags if len(_words(tag)) > 1]
        self._names = _Names(names)
        weak = {*_words(issue.about)} - _WEAK if not self._topics else set()
        weak |= {word for tag in tags if len(_words(tag)) == 1 for word in _words(tag)}
        self._weak = [_Names([word]) for word in sorted(weak) if len(word) > 3]

    def count(self, heard: TopicText) -> int:
        """How often a text speaks of the issue; 0 if it does not."""
        text = heard.text
        strong = sum(self._spoken.mentions(topic, heard) for topic in self._topics)
        strong += self._names.count(text)
        if strong:
            return strong
        weak = sum(1 for words in self._weak if words.count(text))
        return 1 if weak >= _FEWEST_WEAK else 0


def _own_tags(site: Site, issue: Issue) -> tuple[str, ...]:
    """The ordinary tags that only posts about this issue have."""
    issues = {one.slug for one in site.issues} | {GENERAL}
    used: dict[str, set[str]] = {}
    for post in site.posts:
        about = {tag.slug for tag in post.tags} & issues
        for tag in post.tags:
            if tag.slug not in issues:
                used.setdefault(tag.name, set()).update(about or {GENERAL})
    return tuple(tag for tag, about in used.items() if about == {issue.slug})


class _Names:
    """Names in the singular or the plural, in one word or with hyphens."""

    def __init__(self, names: Iterable[str]) -> None:
        found = [[_in_any_number(word) for word in _words(name)] for name in names]
        forms = [r"[-\s]?".join(f"{re.escape(a)}{b}" for a, b in words) for words in found if words]
        self._pattern = re.compile(rf"\b(?:{'|'.join(forms)})\b")
        # Every text with a name has one of these.
        self._beginnings = tuple({words[0][0] for words in found if words})

    def count(self, text: str) -> int:
        """How often a text in small letters has one of them."""
        if not any(beginning in text for beginning in self._beginnings):
            return 0
        return len(self._pattern.findall(text))


def _in_any_number(word: str) -> tuple[str, str]:
    """What a word begins with in any number, and a pattern of its endings."""
    if len(word) < 4:
        return word, ""
    if word.endswith("ies"):
        return word[:-3], "(?:y|ies)"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1], "(?:y|ies)"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2], "(?:es)?"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1], "s?"
    return word, "(?:e?s)?"


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.casefold())


def _prepared(item: FeedItem, street_of_tag: Callable[[str], str] = lambda _: "") -> str:
    """Title and text, each in lines of its own, with hashtags as words."""
    title, text = item.title.strip(), item.text.strip()
    beginning = title.rstrip("…. ")
    whole = text if beginning and text.startswith(beginning) else f"{title}\n{text}"
    if "&" in whole:
        whole = html.unescape(whole)
    if not whole.isascii():
        whole = _UNSEEN.sub("", whole)
    if "://" in whole or "@" in whole:
        whole = _LINK.sub(" ", whole)
    return _HASHTAG.sub(
        lambda match: street_of_tag(match[1]) or _HUMP.sub(" ", match[1]).replace("_", " "), whole
    )


def _home_words(site: Site) -> Iterator[str]:
    """What says where the ward is."""
    ward = site.ward
    yield from (ward.name, ward.council, site.title, site.description, site.imprint.address)
    yield from (event.where for event in site.surgeries)
    yield from (f"{one.name} {one.about}" for one in site.community)
    for post in (*site.posts, *site.pages):
        yield post.title
        yield from (place.name for place in post.places)
