"""The mutations of Welsh: the radical forms that a word may have, so that "barc" finds "parc".

The first consonant of a word changes after other words: soft (parc, ei barc), nasal (fy mharc) and
aspirate (ei pharc). A vowel may have an h before it (ei hysgol), and a g may be lost (gardd, yr
ardd). Nobody can tell from a word alone which of these it is, so all are looked up.
"""

from __future__ import annotations

# What a word may begin with, and what its radical then begins with: of the beginnings that a word
# has, the longest counts. One without radicals never comes from a mutation.
MUTATIONS: dict[str, tuple[str, ...]] = {
    "b": ("p",), "d": ("t",), "g": ("c",), "f": ("b", "m"), "dd": ("d",),
    "l": ("ll", "gl"), "r": ("rh", "gr"), "w": ("gw",), "n": ("d", "gn"),
    "a": ("ga",), "e": ("ge",), "i": ("gi",), "o": ("go",), "u": ("gu",), "y": ("gy",),
    "mh": ("p",), "nh": ("t",), "ngh": ("c",), "m": ("b",), "ng": ("g",),
    "ph": ("p",), "th": ("t",), "ch": ("c",),
    "ha": ("a",), "he": ("e",), "hi": ("i",), "ho": ("o",), "hu": ("u",), "hw": ("w",),
    "hy": ("y",),
    "ff": (), "ll": (), "rh": (),
}  # fmt: skip
# Nobody searches for a single letter.
_SHORTEST = 2
_LONGEST_BEGINNING = 3


def radicals(word: str) -> tuple[str, ...]:
    """The radicals that a folded word may come from, without itself."""
    if len(word) < _SHORTEST or not word.isalpha():
        return ()
    for length in range(_LONGEST_BEGINNING, 0, -1):
        begins = MUTATIONS.get(word[:length])
        if begins is not None:
            return tuple(begin + word[length:] for begin in begins)
    return ()


def table() -> dict[str, str]:
    """The mutations for the script, which expands what somebody types in the same way."""
    return {begin: " ".join(radical) for begin, radical in sorted(MUTATIONS.items())}
