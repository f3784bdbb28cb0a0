"""Split a post into sentences, and measure how hard they are to read, as a hint to its author."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from wardblog.check.rule import limited
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.plain_text import plain

_SET_APART = late_regex(
    r"<(/?)(p|ul|ol|dl|table|pre|address|figure|details)\b[^>]*>"
)  # fmt: skip
_CODE = late_regex(r"<code\b[^>]*>[^<]*</code>")
_BREAK = late_regex(r"<br\b[^>]*>")
# A sentence ends before a capital, a figure or an opening quotation mark.
_END = late_regex(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9£])")
# It does not end after these abbreviations, or after a single letter: J. Smith.
_SHORT = late_regex(
    r"(?:^|[\s(\[\"'“‘])(?:e\.g|i\.e|cf|vs|approx|no|nos|st|rd|ave|sq|cllr|cllrs|mr|mrs|ms|dr|rev|"
    r"prof|hon|sir|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|"
    r"tel|ext|fig|para|p|pp|para|ref|ltd|[a-z])\.$",
    re.IGNORECASE,
)
# GOV.UK asks for 25 words (https://www.gov.uk/guidance/content-design/writing-for-gov-uk).
_LONGEST = 40
# What is shorter in signs has no sentence of so many words.
_SIGNS = 160
_ENOUGH_WORDS = 100
# GOV.UK asks for a reading age of 9; this is far beyond, and beyond most of the press.
_HIGHEST_AGE, _OLDEST = 17, 25
_AGE_BEFORE_SCHOOL = 5
# By how much the quick estimate may be out, in years.
_MARGIN = 1.5
# The end of a sentence or paragraph; one class first, by which a text is searched quickly.
_STOPS = late_regex(r"[.!?<](?:(?<!<)[\"'”’)]*(?:\s|<|$)|(?<=<)(?:/p|br)>)")
_TAGS = late_regex(r"<[^>]*>")


def paragraphs(html: str) -> Iterator[str]:
    """The text of each paragraph; a manual line break, as in an address, also ends one."""
    depth = start = 0
    for match in _SET_APART.finditer(html):
        end, name = match[1], match[2]
        if name != "p":
            depth += -1 if end else 1
        elif not end:
            start = match.end()
        elif depth <= 0:
            words = html[start : match.start()]
            for part in _BREAK.split(words) if "<br" in words else (words,):
                yield plain(_CODE.sub("x", part) if "<code" in part else part)


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph; "e.g." and "No. 5" do not end one."""
    result: list[str] = []
    for part in _END.split(paragraph):
        if result and _SHORT.search(result[-1][-12:]):
            result[-1] = f"{result[-1]} {part}"
        elif part:
            result.append(part)
    return result


def line_of(post: Post, words: str) -> int | None:
    """The line where these words of the page begin in the source text, ignoring markup."""
    first = re.findall(r"\w+", words)[:6]
    for most in (len(first), 3):
        sought = r"[^\w]{1,40}?".join(map(re.escape, first[:most]))
        match = re.search(rf"\b{sought}\b", post.text) if first else None
        if match:
            return post.body.line + post.text.count("\n", 0, match.start())
    return post.line_with(first[0]) if first else None


@limited
def long_sentence(post: Post) -> Iterator[Problem]:
    if max(map(len, _between_stops(post.html))) < _SIGNS:
        return
    for paragraph in paragraphs(post.html):
        for sentence in sentences(paragraph) if len(paragraph) >= _SIGNS else ():
            words = sentence.split()
            if len(words) > _LONGEST:
                yield Problem(
                    file=post.file,
                    line=line_of(post, sentence),
                    message=(
                        f'the sentence that begins "{" ".join(words[:5])}" has {len(words)} words'
                    ),
                    hint="Split it into two or three: after 25 words many readers lose the thread.",
                )


def hard_words(post: Post) -> Iterator[Problem]:
    """Check a text; only texts that may be over the limit are split into sentences."""
    if post.lang.split("-")[0] != "en" or _estimate(post.html) < _HIGHEST_AGE - _MARGIN:
        return
    age = reading_age([s for part in paragraphs(post.html) for s in sentences(part)])
    if age > _HIGHEST_AGE:
        needed = f"about {math.ceil(age)}" if age < _OLDEST else f"over {_OLDEST}"
        yield Problem(
            file=post.file,
            line=None,
            message=f"this text is hard to read: it needs a reading age of {needed}",
            hint=(
                "Most people find it easiest to read what a child of 9 can read. Use shorter "
                "words and sentences, above all where you ask readers to do something."
            ),
        )


def reading_age(sentences_of_text: Sequence[str]) -> float:
    """The age at which most people can read these sentences; 0 for fewer than 100 words."""
    words = [word for sentence in sentences_of_text for word in sentence.split()]
    if len(words) < _ENOUGH_WORDS:
        return 0
    return _age(sum(map(len, words)), len(words), len(sentences_of_text))


def _age(strokes: int, words: int, number: int) -> float:
    """The Automated Readability Index of a text with this number of sentences, as an age.

    E. A. Smith and R. J. Senter, "Automated Readability Index", AMRL-TR-66-220, 1967. The index
    is a grade of a US school; the age is that grade and five.
    """
    return 4.71 * strokes / words + 0.5 * words / max(number, 1) - 21.43 + _AGE_BEFORE_SCHOOL


def _estimate(html: str) -> float:
    """The reading age of all text in the HTML, lists included; 0 for a short text."""
    text = _TAGS.sub("", html)
    words = text.count(" ") + 1
    if words < _ENOUGH_WORDS * 0.8:
        return 0
    return _age(len(text) - text.count(" "), words, len(_between_stops(html)) - 1)


@lru_cache(maxsize=1)
def _between_stops(html: str) -> list[str]:
    """What is between the ends of sentences, roughly; asked twice for each text."""
    return _STOPS.split(html)
