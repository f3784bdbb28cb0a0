"""What two versions of a text have in common, line by line, in a time that grows with their length.

`difflib` alone may take hours for two long texts in which every other line is the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from wardblog.content.header.change import alike

# So many lines are compared in every way.
_FEW = 64

# Whether lines are the same; their start and stop in the first version, and in the second.
Stretch = tuple[bool, int, int, int, int]


def stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    """All lines of two versions in order, as stretches that are the same or differ."""
    above = alike(before, after)
    below = min(alike(before[::-1], after[::-1]), min(len(before), len(after)) - above)
    stop, last = len(before) - below, len(after) - below
    yield True, 0, above, 0, above
    yield from _between(before, after, (above, stop, above, last), is_split=False)
    yield True, stop, len(before), last, len(after)


def _between(
    before: Sequence[str], after: Sequence[str], part: tuple[int, int, int, int], is_split: bool
) -> Iterator[Stretch]:
    """The stretches of a part that begins and ends with lines that differ."""
    start, stop, first, last = part
    if max(stop - start, last - first) <= _FEW:
        matcher = SequenceMatcher(None, before[start:stop], after[first:last], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            yield tag == "equal", start + i, start + j, first + k, first + m
    elif is_split:
        yield False, *part
    else:
        for i, j, k, m in _around_single_lines(before, after, part):
            yield from _between(before, after, (start, i, first, k), is_split=True)
            yield True, i, j, k, m
            start, first = j, m
        yield from _between(before, after, (start, stop, first, last), is_split=True)


def _around_single_lines(
    before: Sequence[str], after: Sequence[str], part: tuple[int, int, int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that are the same around lines that each version has once."""
    start, stop, first, last = part
    for i, k in _single_lines(before, after, part):
        if i < start or k < first:
            continue  # in the stretch before
        j, m = i + 1, k + 1
        while i > start and k > first and before[i - 1] == after[k - 1]:
            i, k = i - 1, k - 1
        while j < stop and m < last and before[j] == after[m]:
            j, m = j + 1, m + 1
        yield i, j, k, m
        start, first = j, m


def _single_lines(
    before: Sequence[str], after: Sequence[str], part: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """The indexes of lines that each version has once: as many as come in the same order."""
    start, stop, first, last = part
    once = Counter(before[start:stop])
    places = {words: k for k, words in enumerate(after[first:last], first)}
    single = {words for words, count in Counter(after[first:last]).items() if count == 1}
    pairs = [
        (i, places[words])
        for i, words in enumerate(before[start:stop], start)
        if words in single and once[words] == 1
    ]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of these pairs as possible whose second numbers rise, as the first ones do.

    This is the longest increasing subsequence: for each length the pair with which it ends earliest
    is known, and for each pair the one before it.
    """
    ends: list[int] = []
    heads: list[int] = []
    earlier: list[int] = []
    for at, (_, k) in enumerate(pairs):
        length = bisect_left(ends, k)
        earlier.append(heads[length - 1] if length else -1)
        ends[length : length + 1], heads[length : length + 1] = [k], [at]
    found: list[tuple[int, int]] = []
    at = heads[-1] if heads else -1
    while at >= 0:
        found.append(pairs[at])
        at = earlier[at]
    return found[::-1]
