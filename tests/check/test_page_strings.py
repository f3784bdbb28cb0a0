"""What is read of finished pages: quick tests must pass on whatever slow ones would."""

from __future__ import annotations

import random
import re

import pytest

from wardblog.check.built import plain_page
from wardblog.check.built.plain_page import may_say, tags_may_say

SIGN = re.compile(r"\d|@|\bdot\b|[\[({<] ?(?:at|dot)\b", re.IGNORECASE)
PIECES = (
    "1 January 2016", "12 May 2026", "2026-11-30", "2026-11-30T10:00:00Z", "2026-11-301", "7",
    "07700 900123", "\u0661", "@", "dot", "DOT", "dotted", "(at", "( at", "[AT]", "<dot", "{ dot",
    "at", "(", ")", "<", ' x="', '"', "%40", "%", "+44", "/", "-", ".", "_", " ", "\n", "word",
    "\u0130",
)  # fmt: skip


def made_up(count: int) -> list[str]:
    chance = random.Random(1)  # noqa: S311 - the same texts in every run
    return [
        chance.choice(("", " ")).join(chance.choices(PIECES, k=chance.randint(1, 9)))
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Since 1 January 2016, and on 2026-11-30", False),
        ("Post 7 of 1 January 2016", True),
        ("jo dot smith", True),
        ("The polka-dotted bin", False),
        ("(1 January 2016 at the hall)", True),
        ("(about the hall)", False),
    ],
)
def test_a_text_says_something_with_digits_that_are_no_date(text: str, says: bool) -> None:
    assert may_say(text) is says


def test_texts_are_told_apart_as_by_one_pattern_without_their_dates() -> None:
    texts = made_up(20_000)
    found = {text for text in texts if may_say(text)}
    assert found == {text for text in texts if SIGN.search(plain_page._DATE.sub("", text))}
    assert 1000 < len(found) < 19_000


def test_tags_are_told_apart_without_their_dates() -> None:
    texts = [f'<a x="{text}">' for text in made_up(20_000)]
    found = {text for text in texts if tags_may_say(text)}
    dateless = ((text, plain_page._DATE.sub("", text)) for text in texts)
    assert found == {text for text, rest in dateless if plain_page._IN_TAG.search(rest)}
    assert 1000 < len(found) < 19_000
