"""How hard a text is to read: a hint to its author, never a judgement."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from wardblog.check.prose import line_of, paragraphs, sentences
from wardblog.check.rule import limited
from wardblog.model import Post
from wardblog.problems import Problem

# GOV.UK asks for 25 words (https://www.gov.uk/guidance/content-design/writing-for-gov-uk).
_LONGEST = 40
# What is shorter in signs has no sentence of so many words.
_SIGNS = 160
_ENOUGH_WORDS = 100
# GOV.UK asks for a reading age of 9; this is far beyond, and beyond most of the press.
_HIGHEST_AGE, _OLDEST = 17, 25
# By how much the quick estimate may be out, in years.
_MARGIN = 1.5
_STOPS = re.compile(r"[.!?][\"'”’)]*(?:\s|<|$)|</p>|<br>")
_TAGS = re.compile(r"<[^>]*>")


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
                    hint="Make two or three of it; beyond 25 words many readers lose the thread.",
                )


def hard_words(post: Post) -> Iterator[Problem]:
    """Asks the library only about texts that may be over the limit."""
    if post.lang.split("-")[0] != "en" or _estimate(post.html) < _HIGHEST_AGE - _MARGIN:
        return
    found = [sentence for part in paragraphs(post.html) for sentence in sentences(part)]
    text = " ".join(_stopped(sentence) for sentence in found)
    words = len(text.split())
    if words < _ENOUGH_WORDS or _age(_index(text, words, len(found))) < _HIGHEST_AGE - _MARGIN:
        return
    # Here, since it takes long to import. Of its measures this one needs no syllables, which it
    # would fetch a dictionary for.
    from textstat import textstat

    age = _age(textstat.automated_readability_index(text))
    if age > _HIGHEST_AGE:
        asked = f"about {math.ceil(age)}" if age < _OLDEST else f"more than {_OLDEST}"
        yield Problem(
            file=post.file,
            line=None,
            message=f"this text asks for a reading age of {asked}",
            hint=(
                "Most people read most easily what a child of 9 can. Use shorter words "
                "and sentences, "
                "above all for what readers are to do."
            ),
        )


def _stopped(sentence: str) -> str:
    """With a full stop, and no other, so that the library counts the same sentences."""
    return re.sub(r"[.!?]+(?=.)", "", sentence).rstrip(".!?:;, ") + "."


def _age(index: float) -> float:
    """The age at which people are in the school year that an index stands for."""
    return index + 5


def _index(text: str, words: int, number: int) -> float:
    """The Automated Readability Index (Senter and Smith, 1967)."""
    signs = len(text) - text.count(" ")
    return 4.71 * signs / words + 0.5 * words / max(number, 1) - 21.43


def _estimate(html: str) -> float:
    """The same of all that is in the HTML, lists and all; 0 for a short text."""
    text = _TAGS.sub("", html)
    words = text.count(" ") + 1
    if words < _ENOUGH_WORDS * 0.8:
        return 0
    return _age(_index(text, words, len(_STOPS.findall(html))))
