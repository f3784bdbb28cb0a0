"""Makes the parts of the index from the lines of all documents."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from wardblog.search.postings import Postings, parted, spelt
from wardblog.search.schedule import CELLS, LETTERS, NEWEST_PART
from wardblog.search.searched import Searched


def merged(
    searched: Searched, lines: Iterable[str]
) -> tuple[dict[int, Postings], dict[str, dict[str, int]]]:
    """The postings of all parts, and the counts of all lists, from the lines of each document."""
    together: dict[str, list[int]] = defaultdict(list)
    for number, text in zip((one.number for one in searched.all.values()), lines, strict=True):
        for line in text.split("\n") if text else ():
            together[line].append(number)
    cuts = _cuts(searched, searched.layout.bounds)
    list_cuts = dict(zip(LETTERS, _cuts(searched, searched.layout.lists), strict=True))
    postings: dict[int, Postings] = {part: {} for part in (*range(CELLS), NEWEST_PART)}
    counts: dict[str, dict[str, int]] = {letter: {} for letter in LETTERS}
    for line, have in together.items():
        cell, rest = parted(line)
        at = bisect_left(have, cuts[cell])
        if at:
            postings[cell][rest] = have[:at]
        if at < len(have):
            postings[NEWEST_PART][rest] = have[at:]
        for form in spelt(rest):
            if count := bisect_left(have, list_cuts[form[0]]):
                counts[form[0]][form] = counts[form[0]].get(form, 0) + count
    return postings, counts


def _cuts(searched: Searched, bounds: Iterable[int]) -> list[int]:
    """For each bound the first number that a part with this bound does not have."""
    posts = searched.posts
    return [posts[bound].number if bound else 0 for bound in bounds]
