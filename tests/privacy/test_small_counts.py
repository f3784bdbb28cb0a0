"""No hidden count can be worked out: every small column is tried, with all that look the same."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from wardblog.model.casework import CaseCount, HiddenCount
from wardblog.privacy.small_counts import Doubt, doubt_about, protected

FEWER, WITHHELD = HiddenCount.FEWER_THAN_5, HiddenCount.NOT_SHOWN
# The numbers tried in each cell, by how many cells there are, and the largest in the columns that
# are judged. The others are look-alikes of these: where all other cells have small numbers, the sum
# of a judged column leaves room for a number of up to 18 in one cell.
TRIED = {1: (range(30), 20), 2: (range(24), 16), 3: (range(19), 10), 4: (range(19), 7)}
MORE = {5: (range(1, 19), 5)}


def look_alikes(values: range, cells: int) -> dict[
    tuple[tuple[CaseCount, ...], CaseCount], list[tuple[int, ...]]
]:  # fmt: skip
    """All columns of these values by how they are published."""
    found = defaultdict(list)
    for column in product(values, repeat=cells):
        shown = protected(column)
        found[shown.counts, shown.total].append(column)
    return found


@pytest.mark.parametrize("cells", TRIED)
def test_each_hidden_number_has_two_values_for_somebody_who_knows_the_rule(cells: int) -> None:
    values, safe = TRIED[cells]
    found = look_alikes(values, cells)
    assert len(found) > cells
    hidden = 0
    for (counts, total), columns in found.items():
        if max(max(column) for column in columns) > safe:
            continue
        for at, count in enumerate(counts):
            if isinstance(count, HiddenCount):
                hidden += 1
                assert len({column[at] for column in columns}) > 1, (counts, total, columns)
        if isinstance(total, HiddenCount):
            assert len({sum(column) for column in columns}) > 1, (counts, total, columns)
    assert hidden


@pytest.mark.long
@pytest.mark.parametrize("cells", MORE)
def test_the_same_for_wider_tables(cells: int) -> None:
    values, safe = MORE[cells]
    for (counts, total), columns in look_alikes(values, cells).items():
        if max(max(column) for column in columns) <= safe:
            for at, count in enumerate(counts):
                if isinstance(count, HiddenCount):
                    assert len({c[at] for c in columns}) > 1, (counts, total)


@pytest.mark.parametrize("cells", [1, 2, 3, 4])
def test_what_is_shown_is_right_and_as_much_as_possible(cells: int) -> None:
    for column in product(range(9), repeat=cells):
        shown = protected(column)
        assert shown.total in (sum(column), FEWER, WITHHELD)
        small = [number for number in column if 1 <= number <= 4]
        for number, count in zip(column, shown.counts, strict=True):
            assert (count is FEWER) == (1 <= number <= 4), column
            assert count in (number, FEWER, WITHHELD), column
        assert (shown.total is FEWER) <= (1 <= sum(column) <= 4)
        assert shown.total not in range(1, 5)
        if not small:
            assert (*shown.counts, shown.total) == (*column, sum(column))
        assert sum(count is WITHHELD for count in shown.counts) <= 1
        assert doubt_about(shown.counts, shown.total) is None, column


@pytest.mark.parametrize(
    ("column", "shown", "total"),
    [
        ((0, 0), (0, 0), 0),
        ((7, 12), (7, 12), 19),
        ((3,), (FEWER,), FEWER),
        ((7, 3), (WITHHELD, FEWER), 10),  # 7 is hidden, or the total would give away the 3
        ((7, 3, 9), (7, FEWER, WITHHELD), 19),
        ((2, 3, 9), (FEWER, FEWER, 9), 14),  # 5 may be 1 and 4, 2 and 3, ...
        ((1, 1, 9), (FEWER, FEWER, WITHHELD), 11),
        ((4, 4, 9), (FEWER, FEWER, WITHHELD), 17),
        ((1, 5), (FEWER, WITHHELD), WITHHELD),  # with a total of 6, both would be known
        ((1, 1, 1, 1), (FEWER,) * 4, WITHHELD),
        ((2, 3), (FEWER, FEWER), 5),
        ((0, 4), (0, FEWER), FEWER),
    ],
)
def test_examples(column: tuple[int, ...], shown: tuple[CaseCount, ...], total: CaseCount) -> None:
    found = protected(column)
    assert (found.counts, found.total) == (shown, total)


@pytest.mark.parametrize(
    ("counts", "total", "doubt"),
    [
        ((FEWER, 7), 10, Doubt.REVEALS),
        ((FEWER, FEWER), 2, Doubt.REVEALS),
        ((FEWER, FEWER, 7), 15, Doubt.REVEALS),
        ((WITHHELD, 7), 19, Doubt.REVEALS),
        ((FEWER, WITHHELD, 7), 13, Doubt.REVEALS),  # only 1 and 5
        ((FEWER, WITHHELD, 7), 14, None),
        ((FEWER, WITHHELD, 7), 12, Doubt.IMPOSSIBLE),
        ((FEWER, FEWER), 9, Doubt.IMPOSSIBLE),
        ((7, 8), 16, Doubt.IMPOSSIBLE),
        ((7, 8), FEWER, Doubt.IMPOSSIBLE),
        ((FEWER,) * 4, FEWER, Doubt.REVEALS),
        ((0, 0), FEWER, Doubt.IMPOSSIBLE),
        ((FEWER, 0), FEWER, None),
        ((FEWER, 9), WITHHELD, None),
    ],
)
def test_what_is_wrong_with_a_column_is_seen(
    counts: tuple[CaseCount, ...], total: CaseCount, doubt: Doubt | None
) -> None:
    assert doubt_about(counts, total) is doubt
