"""Quick tests before slow patterns: they never pass over what the pattern would find."""

from __future__ import annotations

import random
import re

import pytest

from wardblog.privacy import addresses, numbers

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
        for _ in range(20_000)
    ]

    def found() -> list[list[object]]:
        figures = ([run.span() for run in re.finditer(r"[0-9]+", text)] for text in texts)
        return [list(find(t, f)) for t, f in zip(texts, figures, strict=True)]  # type: ignore[operator]

    quick = found()
    monkeypatch.setattr(module, test, lambda *_: True)
    assert quick == found()
    assert sum(map(len, quick)) > 100
