"""A matter that wards have, whatever a councillor calls the issue."""

from __future__ import annotations

from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A matter: `names` are patterns of what an issue about it may be called, `words` of what is
    said about it. `not_about` are ways to use these words for something else. `hints` are
    pieces of which every text about it has one, to save time; none if that is not worth while.

    Each alternative of `words` and `not_about` is tried where a word begins, so it needs no `\\b`
    before it; with one, it takes several times as long.
    """

    names: str
    words: str
    not_about: str = ""
    hints: str = ""
