"""What the index knows about one document: its number, its words and its row in the results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from html import unescape
from operator import itemgetter
from typing import NamedTuple

from wardblog.model import Outcome, Post, PublishedReply, Update
from wardblog.model.digests import digest_of
from wardblog.search.cells import Cells
from wardblog.search.postings import RADICAL, parted
from wardblog.search.words import EnglishStems, Stems, is_looked_up, simple_slug, words_in
from wardblog.support.late_regex import late_regex

# Days are counted from here, and each has so many numbers.
_FIRST_DAY = date(1990, 1, 1).toordinal()
_A_DAY = 8
# The councillor's own pages have numbers below this one.
PAGES = 4096
# So many neighbouring numbers have their rows in one file.
ROWS = 256
WELSH = "cy"
_ENGLISH = "en"
# The sign before the slug of an issue: no word begins with it.
ISSUE = "#"

# What a word weighs: in the text, several times there, in headings and the like, in the title.
_IN_TEXT, _OFTEN, _NAMED, _IN_TITLE = 2, 3, 5, 9
_SEVERAL = 3
# Tags between words; others are within a word.
_BREAK = late_regex(
    r"</?(?:address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|"
    r"h[1-6]|hr|li|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^<>]*>"
)
_TAG = late_regex(r"<[^<>]*>")
_HEADING = late_regex(r"<h[1-6]\b[^<>]*>(.*?)</h[1-6]>", re.DOTALL)
_ALT = late_regex(r"""\balt=(?:"([^"]*)"|'([^']*)')""")


class Numbered(NamedTuple):
    """A published document with its number. A named tuple, since all are made in every build."""

    number: int
    post: Post


def numbered(posts: Iterable[Post], pages: Iterable[Post]) -> tuple[list[Numbered], list[Numbered]]:
    """The posts, oldest first, and the pages, each with a number that hardly ever changes.

    A post's number is that of its day, and its place in that day. A page's is made from its
    address, below 256 while it is free. Of more than 4,096 pages the rest is left out.
    """
    found: list[Numbered] = []
    last = PAGES - 1
    dated = [(_day(post), post.date.time(), post.address, post) for post in posts]
    for day, _, _, post in sorted(dated, key=itemgetter(0, 1, 2)):
        last = max((day - _FIRST_DAY) * _A_DAY, last + 1)
        found.append(Numbered(last, post))
    taken: dict[int, Post] = {}
    for page in sorted(pages, key=lambda page: page.address)[:PAGES]:
        number = digest_of(page.address.encode())[0]
        while number in taken:
            number = (number + 1) % PAGES
        taken[number] = page
    return found, [Numbered(number, taken[number]) for number in sorted(taken)]


def _day(post: Post) -> int:
    return post.date.toordinal()


def dated_texts(post: Post, now: datetime) -> tuple[Update | Outcome | PublishedReply, ...]:
    """Its updates, outcomes and replies that residents can read by now."""
    if not (post.updates or post.outcomes or post.replies):
        return ()
    found: list[Update | Outcome | PublishedReply] = [*post.updates, *post.outcomes, *post.replies]
    return tuple(one for one in found if one.moment <= now)


class Reader:
    """Reads what a document says about each stem; remembers what it knows of words."""

    def __init__(self) -> None:
        cells, self._stems = Cells(), EnglishStems()
        self._english, self._others = _Lines(self._stems, cells), _Lines(Stems(), cells)

    def learn(self, lines: str) -> None:
        """Take the stems from the lines that a document had, so that only new words need one.

        In other languages each word is its own stem, and nothing can be learnt.
        """
        found: dict[str, str] = {}
        for line in lines.split("\n") if lines else ():
            stem, *forms = parted(line)[1][1:].split(" ")
            found.update(dict.fromkeys(forms, stem))
        if any(form != stem for form, stem in found.items()):
            self._stems.update(found)

    def lines(self, post: Post, now: datetime) -> str:
        """The lines of a document (see `postings`), each with "cell:" before it, one below the
        other.
        """
        counts, weights = Counter[str](), dict[str, int]()
        for weight, text in _texts(post, now):
            words = words_in(text)
            counts.update(words)
            if weight > _IN_TEXT:
                for word in words:
                    weights[word] = max(weights.get(word, 0), weight)
        lines = self._english if post.lang.startswith(_ENGLISH) else self._others
        found = lines.of(counts, weights)
        if post.lang == WELSH:
            found += lines.of_radicals(counts, weights)
        found += (f"0:1{ISSUE}{slug} {ISSUE}{slug}" for slug in post.issues)
        return "\n".join(found)


class _Lines:
    """The lines of words in one language."""

    def __init__(self, stems: Stems, cells: Cells) -> None:
        self._stems, self._cells = stems, cells
        # Most words are the only form of their stem in a document: their lines by their weights.
        self._single: dict[int, dict[str, str]] = {
            weight: {} for weight in (_IN_TEXT, _OFTEN, _NAMED, _IN_TITLE)
        }

    def of(self, counts: Mapping[str, int], weights: Mapping[str, int]) -> list[str]:
        """The lines for words with their `counts`; `weights` has those that weigh more."""
        single, several = dict[str, str](), dict[str, list[str]]()
        for word, stem in zip(counts, map(self._stems.__getitem__, counts), strict=True):
            if stem:
                if stem in single:
                    several.setdefault(stem, [single[stem]]).append(word)
                else:
                    single[stem] = word
        found: list[str] = []
        for stem, word in single.items():
            if stem in several:
                found += self._of_several(stem, several[stem], counts, weights)
                continue
            weight = weights.get(word, _IN_TEXT)
            if weight < _OFTEN and counts[word] >= _SEVERAL:
                weight = _OFTEN
            line = self._single[weight].get(word)
            if line is None:
                line = f"{self._cells.of(word)}:{weight}{stem} {word}"
                self._single[weight][word] = line
            found.append(line)
        return found

    def _of_several(
        self,
        stem: str,
        words: Iterable[str],
        counts: Mapping[str, int],
        weights: Mapping[str, int],
    ) -> Iterator[str]:
        """The line of a stem with several forms; nearly always these are in the same cell."""
        weight = max(weights.get(word, _IN_TEXT) for word in words)
        if weight < _OFTEN and sum(counts[word] for word in words) >= _SEVERAL:
            weight = _OFTEN
        by_cell: dict[int, list[str]] = {}
        for word in sorted(words):
            by_cell.setdefault(self._cells.of(word), []).append(word)
        for cell, some in by_cell.items():
            yield f"{cell}:{weight}{stem} {' '.join(some)}"

    def of_radicals(self, counts: Iterable[str], weights: Mapping[str, int]) -> Iterator[str]:
        """The lines of Welsh words for their radicals, each with the weight of the heaviest."""
        # late import: see docs/architecture.md
        from wardblog.search.welsh import radicals

        found: dict[str, int] = {}
        for word in filter(is_looked_up, counts):
            for radical in (word, *radicals(word)):
                weight = weights.get(word, _IN_TEXT)
                found[radical] = max(found.get(radical, 0), weight)
        for radical, weight in found.items():
            marked = f"{radical}{RADICAL}"
            yield f"{self._cells.of(marked)}:{weight}{marked} {marked}"


def _texts(post: Post, now: datetime) -> Iterator[tuple[int, str]]:
    """All that residents can read in a document, with its weight."""
    yield _IN_TITLE, f"{post.title} {post.reference}"
    yield _NAMED, " ".join(_names(post))
    yield _OFTEN, post.summary
    yield from ((_IN_TEXT, one.words) for one in dated_texts(post, now))
    yield from ((_IN_TEXT, answer.words) for answer in post.answers)
    yield _IN_TEXT, " ".join((post.position, post.decides, post.image_alt))
    yield from _texts_of_body(post.html)


def _names(post: Post) -> Iterator[str]:
    """What a document is about, in a few words each."""
    yield from (tag.name for tag in post.tags)
    yield from (place.name for place in post.places)
    yield from (slug.replace("-", " ") for slug in post.streets)
    yield from (f"{event.words} {event.where}" for event in post.events)
    yield from (deadline.words for deadline in post.deadlines)
    yield post.question
    progresses = (post.progress, *(place.progress for place in post.places))
    yield from {progress.value for progress in progresses if progress}


def _texts_of_body(html: str) -> Iterator[tuple[int, str]]:
    for heading in _HEADING.findall(html):
        yield _NAMED, _plain(heading)
    for double, single in _ALT.findall(html) if "alt=" in html else ():
        yield _IN_TEXT, unescape(double or single)
    yield _IN_TEXT, _plain(html)


def _plain(html: str) -> str:
    """The words of HTML. It is clean: each tag is complete, and there are no comments."""
    if "<" in html:
        html = _TAG.sub("", _BREAK.sub(" ", html))
    return unescape(html) if "&" in html else html


def row(document: Numbered) -> list[object]:
    """What the results show of a document; zeros at the end are left out."""
    post, is_page = document.post, document.number < PAGES
    usual = "" if is_page else f"{post.date:%Y/%m}/{simple_slug(post.title)}/"
    is_of_its_day = is_page or _FIRST_DAY + document.number // _A_DAY == _day(post)
    cells: list[object] = [
        post.title,
        0 if post.address == usual else post.address,
        " ".join(post.issues) or 0,
        post.progress.value if post.progress else 0,
        0 if post.lang == _ENGLISH else post.lang,
        0 if is_of_its_day else post.date.date().isoformat(),
    ]
    while not cells[-1]:
        cells.pop()
    return cells
