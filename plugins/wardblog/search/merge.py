"""Makes the parts of the index from the lines of all documents."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from wardblog.search.postings import Postings, numbers
from wardblog.search.schedule import CELLS, LETTERS
from wardblog.search.searched import Searched
from wardblog.search.welsh import RADICAL

# The part of the index that has what no cell has yet; the others are the cells by their numbers.
NEWEST_PART = CELLS


def parted(line: str) -> tuple[int, str]:
    """The cell of a document's line, and the line as the postings have it."""
    cell, _, rest = line.partition(":")
    return int(cell), rest


def spelt(line: str) -> Iterator[str]:
    """The words of a line of the postings that are offered for one that was mistyped."""
    return (
        form for form in line.split(" ")[1:] if "a" <= form[0] <= "z" and not form.endswith(RADICAL)
    )


def merged(
    searched: Searched, lines: Iterable[str]
) -> tuple[dict[int, Postings], dict[str, dict[str, int]]]:
    """The postings of all parts, and the counts of all lists, from the lines of each document."""
    together: dict[str, array[int]] = defaultdict(numbers)
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
