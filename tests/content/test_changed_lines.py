"""What two versions of a text have in common is found, also where they are long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import assert_grows_with_input
from support import examples
from wardblog.content.changed_lines import stretches

LINES = st.lists(st.sampled_from(["", "a", "b", "c", *(f"line {n}" for n in range(60))]))


def is_told(before: Sequence[str], after: Sequence[str]) -> None:
    """Every line of both is in one stretch, in order, and only the same lines are called so."""
    i = k = 0
    for is_same, start, stop, first, last in stretches(before, after):
        assert (start, first) == (i, k)
        assert (before[start:stop] == after[first:last]) or not is_same
        i, k = stop, last
    assert (i, k) == (len(before), len(after))


def same(before: Sequence[str], after: Sequence[str]) -> int:
    """How many lines are called the same."""
    return sum(stop - start for is_same, start, stop, *_ in stretches(before, after) if is_same)


@settings(max_examples=examples(1000), deadline=None)
@given(LINES, LINES)
def test_each_line_is_the_same_or_differs(before: list[str], after: list[str]) -> None:
    is_told(before, after)
    is_told(before * 5, [*after * 5, *before])


@settings(max_examples=examples(300), deadline=None)
@given(LINES, LINES, LINES)
def test_what_stays_around_a_change_is_the_same(
    above: list[str], changed: list[str], below: list[str]
) -> None:
    assert same([*above, *below], [*above, *changed, *below]) >= len(above) + len(below)
    assert same([*above, *changed, *below], [*above, *below]) >= len(above) + len(below)


def test_a_long_text_with_a_change_in_every_paragraph_keeps_the_rest() -> None:
    before = [words for n in range(500) for words in (f"First {n}", f"Old {n}", f"Last {n}", "")]
    after = [words.replace("Old", "New") for words in before]
    assert same(before, after) == 1500
    is_told(before, after)


def test_paragraphs_that_change_places_are_found_as_far_as_their_order_is_the_same() -> None:
    before = [f"Line {n}" for n in range(300)]
    after = [*before[200:], *before[:200]]
    assert same(before, after) == 200
    is_told(before, after)


def test_a_short_part_is_compared_in_every_way() -> None:
    before, after = ["a", "", "b", "", "c", "x"], ["", "b", "a", "", "c", "", "y"]
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found = [one for one in stretches(before, after) if one[1] < one[2] or one[3] < one[4]]
    assert found == [(tag == "equal", *numbers) for tag, *numbers in codes]


def every_other(number: int, side: str) -> list[str]:
    return [words for n in range(number) for words in (str(n % 120), f"{side}{n}")]


def blank_lines(number: int, side: str) -> list[str]:
    return [words for n in range(number) for words in ("", f"{side}{n}")]


def shifted(number: int, side: str) -> list[str]:
    return [str((n * 7919 + (side == "a")) % number) for n in range(number)]


def in_groups(number: int, side: str) -> list[str]:
    return [
        words
        for n in range(number // 64)
        for words in (str(n), *(line for m in range(31) for line in ("", f"{side}{n}.{m}")))
    ]


@pytest.mark.parametrize("kind", [every_other, blank_lines, shifted, in_groups])
def test_hostile_texts_are_compared_in_a_time_that_grows_with_them(
    kind: Callable[[int, str], list[str]],
) -> None:
    def prepare(size: int) -> Callable[[], object]:
        before, after = kind(size, "a"), kind(size, "b")
        return lambda: list(stretches(before, after))

    assert_grows_with_input(prepare, 2000)  # larger ones do not fit into the processor's cache
