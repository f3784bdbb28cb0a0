"""Measure how hard a text is to read, as a hint to its author."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from wardblog.check.prose import line_of, paragraphs, sentences
from wardblog.check.rule import limited
from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex

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
_STOPS = late_regex(r"[.!?][\"'”’)]*(?:\s|<|$)|</p>|<br>")
_TAGS = late_regex(r"<[^>]*>")


@limited
def long_sentence(post: Post) -> Iterator[Problem]:
    if max(map(len, _STOPS.split(post.html)), default=0) < _SIGNS:
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
    return _age(len(text) - text.count(" "), words, len(_STOPS.findall(html)))
