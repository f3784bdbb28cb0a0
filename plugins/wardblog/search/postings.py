"""Which documents have which words: kept in a form that documents can be added to and taken from.

A line is what a document says about one stem: a digit that is its weight, the stem and the forms
of the word, such as "5bin bins". Many documents have the same lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

# The numbers of the documents of each line, ascending.
Postings = dict[str, list[int]]
Entry = tuple[str, str, str]
# The end of a word that is looked up as a radical of Welsh words. English words never have it:
# "bath" in an English post is not a form of "path".
RADICAL = "~"
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_HALF = 32


def parted(line: str) -> tuple[int, str]:
    """The cell of a document's line, and the line as the postings have it."""
    cell, _, rest = line.partition(":")
    return int(cell), rest


def spelt(line: str) -> Iterator[str]:
    """The words of a line of the postings that are offered for one that was mistyped."""
    return (
        form for form in line.split(" ")[1:] if "a" <= form[0] <= "z" and not form.endswith(RADICAL)
    )


def add(postings: Postings, line: str, number: int) -> None:
    """Add a document to a line; it must not be there."""
    have = postings.get(line)
    if have is None:
        postings[line] = [number]
        return
    at = bisect_left(have, number)
    if at < len(have) and have[at] == number:
        raise KeyError(number)
    have.insert(at, number)


def remove(postings: Postings, line: str, number: int) -> None:
    """Take a document from a line; raises `KeyError` if it is not there."""
    have = postings[line]
    at = bisect_left(have, number)
    if at == len(have) or have[at] != number:
        raise KeyError(number)
    del have[at]
    if not have:
        del postings[line]


def entries(postings: Postings) -> list[Entry]:
    """The entries of a file: forms, gaps and weights of each stem, in the order of the forms."""
    lines: dict[str, list[str]] = defaultdict(list)
    for line in postings:
        lines[line[1:].partition(" ")[0]].append(line)
    return sorted(_entry(own, postings) for own in lines.values())


def _entry(lines: list[str], postings: Postings) -> Entry:
    forms = {form for line in lines for form in line.split(" ")[1:]}
    if len(lines) == 1:
        return " ".join(sorted(forms)), gaps(postings[lines[0]]), lines[0][0]
    weights = {number: line[0] for line in lines for number in postings[line]}
    order = sorted(weights)
    digits = "".join(map(weights.__getitem__, order))
    return " ".join(sorted(forms)), gaps(order), digits[0] if len(set(digits)) == 1 else digits


def gaps(ascending: Iterable[int]) -> str:
    """Numbers as the steps from one to the next, each in one or more of 64 characters."""
    found: list[str] = []
    last = 0
    for number in ascending:
        step, last = number - last, number
        if step < _HALF:
            found.append(_SIGNS[step])
            continue
        signs = _SIGNS[step % _HALF]
        while step := step // _HALF:
            signs = _SIGNS[_HALF + step % _HALF] + signs
        found.append(signs)
    return "".join(found)
