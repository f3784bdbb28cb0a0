"""Which documents have which words: kept in a form that documents can be added to and taken from.

A line is what a document says about one stem: a digit that is its weight, the stem and the forms
of the word, such as "5bin bins". Many documents have the same lines.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

# The numbers of the documents of each line, ascending.
Postings = dict[str, "array[int]"]
Entry = tuple[str, str, str]
# An array of whole numbers of four bytes.
_CODE = "I"
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_HALF = 32


def numbers(values: Iterable[int] = ()) -> array[int]:
    return array(_CODE, values)


def add(postings: Postings, line: str, number: int) -> None:
    """Add a document to a line; it must not be there."""
    have = postings.get(line)
    if have is None:
        postings[line] = array(_CODE, (number,))
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
    """Numbers as the steps from one to the next, each in one sign or more of 64."""
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


def as_plain(postings: Postings) -> dict[str, bytes]:
    """The postings as values that every process and cache can read."""
    return {line: have.tobytes() for line, have in postings.items()}


def from_plain(plain: Mapping[str, bytes]) -> Postings:
    """Raises `ValueError` for bytes that are no whole numbers of documents."""
    found: Postings = {}
    for line, data in plain.items():
        found[line] = array(_CODE)
        found[line].frombytes(data)
    return found
