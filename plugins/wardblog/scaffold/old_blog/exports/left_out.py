"""Counts what an export has and the new site does not take."""

from __future__ import annotations

from wardblog.text.words import counted


class LeftOut:
    """What was not imported, by kind, in the order in which it was first met."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}
        self._sentences: list[str] = []

    def add(self, noun: str, plural: str = "", number: int = 1) -> None:
        """Count something: `add("menu entry", "menu entries")`."""
        if number:
            self._counts[noun, plural] = self._counts.get((noun, plural), 0) + number

    def say(self, words: str) -> None:
        """Add a sentence, once."""
        if words not in self._sentences:
            self._sentences.append(words)

    def words(self) -> tuple[str, ...]:
        """`("12 earlier versions of posts", "1 menu entry")`, and then the sentences."""
        counts = (counted(number, *noun) for noun, number in self._counts.items())
        return (*counts, *self._sentences)
