"""The stems of English words: "bin" and "bins" are looked up as one."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from importlib.util import find_spec, module_from_spec

_LIBRARY = "snowballstemmer"


class Stems:
    """Finds the stem of a word, and remembers it."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._stem: Callable[[str], str] | None = None

    def of(self, word: str) -> str:
        """The stem of a folded word. Numbers and words in other scripts are their own."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._found(word)
        return found

    def _found(self, word: str) -> str:
        if not (word.isascii() and word.isalpha()):
            return word
        if self._stem is None:
            self._stem = _english()
        return self._stem(word)


def _english() -> Callable[[str], str]:
    """The stemmer for English alone: the library's own import reads those of 35 languages."""
    known = {name for name in sys.modules if name.partition(".")[0] == _LIBRARY}
    if not known and (spec := find_spec(_LIBRARY)):
        sys.modules[_LIBRARY] = module_from_spec(spec)
    try:
        # late import: see docs/architecture.md
        module = importlib.import_module(f"{_LIBRARY}.english_stemmer")
    finally:
        for name in [n for n in sys.modules if n.partition(".")[0] == _LIBRARY]:
            if name not in known:
                del sys.modules[name]
    stem: Callable[[str], str] = module.EnglishStemmer().stemWord
    return stem
