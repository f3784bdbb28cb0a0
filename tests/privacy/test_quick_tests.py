"""Quick tests before slow patterns: they never pass over what the pattern would find."""

from __future__ import annotations

import random
import re
import sys

import pytest

import wardblog.privacy
from support import examples
from wardblog.privacy import addresses, emails, find_personal, numbers, shown

WORDS = (
    "Mrs Khan", "Ms Jo Smith", "at", "number", "NUMBER", "no", "no.", "No.", "nr", "house", "12",
    "7", "14a", "123", "1", "Elm Road", "Mill Street,", "where", "lives", "car", "reg", "van",
    "plate", "ABC", "abc", "A", "LN", "AB", "AB12", "XYZ", "CDE", ".", ",", "-", "\n", "\n\n",
    "XYZ-123D", "XYZ\n123D", "XYZ 123D", "car P\n123 XYZ",
    "Jo Smith lives at Elm Road no\n12",
)  # fmt: skip


@pytest.mark.parametrize(
    ("module", "test", "find"),
    [
        (addresses, "_may_be_numbered", addresses.find_addresses),
        (numbers, "_may_have_letters_before", numbers.find_plates),
    ],
)
def test_nothing_is_passed_over(
    module: object, test: str, find: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)  # noqa: S311 - the same texts in every run
    texts = [
        chance.choice((" ", " ", "")).join(chance.choices(WORDS, k=chance.randint(2, 12)))
        for _ in range(examples(20_000))
    ]

    def found() -> list[list[object]]:
        figures = ([run.span() for run in re.finditer(r"[0-9]+", text)] for text in texts)
        return [list(find(t, f)) for t, f in zip(texts, figures, strict=True)]  # type: ignore[operator]

    quick = found()
    monkeypatch.setattr(module, test, lambda *_: True)
    assert quick == found()
    assert sum(map(len, quick)) > len(texts) // 200


# Moments as in a line `Date`, and what could make something of their figures, before or after.
AROUND = (
    "Mrs Khan", "at number", "no", "Mrs Khan lives at", "home is number", "07", "07700 900", "+44",
    "020", "AB", "QQ", "QQ 12 34 56 C", "NINO", "NHS", "NHS 943 476", "5919", "reg ABC", "ABC",
    "12", "LN", "1AB", "SW11", "Elm Road", "The Parade", "A", "flat", "of", "+", "(", "/", "|", "",
    "07700 900123", "AB12 CDE", "12 Elm Road, where Jo Smith lives",
)  # fmt: skip
ENDS = ("\n\n", "\n\n", "\n\n", "\n", " ", "\n\n ", "")


def test_moments_alone_on_a_line_are_in_nothing_personal(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(2)  # noqa: S311 - the same texts in every run

    def number(digits: int) -> str:
        return str(chance.randrange(10**digits)).zfill(digits)

    def moment() -> str:
        day = f"{number(4)}-{number(2)}-{number(2)}"
        return f"{day} {number(2)}:{number(2)}" if chance.random() < 0.7 else day

    texts = []
    for _ in range(examples(20_000)):
        pieces = [chance.choice(AROUND) for _ in range(4)]
        pieces[chance.choice((1, 2))] = moment()
        texts.append("".join(piece + chance.choice(ENDS) for piece in pieces))
    quick = [find_personal(text) for text in texts]
    passed_over = (wardblog.privacy._MOMENT.search(text.replace("\n\n", "\n ")) for text in texts)
    assert sum(map(bool, passed_over)) > len(texts) // 10
    monkeypatch.setattr(wardblog.privacy, "_outside_moments", lambda _, figures: figures)
    assert quick == [find_personal(text) for text in texts]
    assert sum(map(len, quick)) > len(texts) // 20


def test_each_usual_sign_of_a_hidden_address_has_one_of_the_marks() -> None:
    assert [sign for sign in emails._SIGNS if not set(sign) & set(emails._MARKS)] == []


def test_breaks_without_spaces_before_them_are_the_same_by_both_patterns() -> None:
    chance = random.Random(3)  # noqa: S311 - the same texts in every run
    for _ in range(5_000):
        text = "".join(chance.choices("a \n\n\n", k=chance.randint(0, 12))).replace(" \n", "\n")
        if " \n" not in text:
            breaks = shown._BREAK.sub(shown._as_ended, text)
            assert shown._PLAIN_BREAK.sub(shown._as_ended, text) == breaks


def test_only_the_usual_space_is_printable() -> None:
    signs = map(chr, range(sys.maxunicode + 1))
    assert [sign for sign in signs if sign.isspace() and sign.isprintable()] == [" "]
