"""Which posts each part of the index has, by how many there are, so that a new post changes little.

The newest posts are in one file with all their words. Of the older ones, each cell of the index
takes up one more after the other: with every new post it is the turn of a few cells. So there is
never a day on which all files change. When the turns of all cells and of all lists for spelling
are over, the next sweep begins. Larger sites have longer sweeps and more files.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import NamedTuple

from wardblog.search.cells import FIRSTS

CELLS = len(FIRSTS)
# So many of the newest posts are in no cell.
NEWEST = 16
LETTERS = string.ascii_lowercase
# With each turn so many lists for spelling are brought up to date.
_LISTS_IN_A_TURN = 2
_LIST_TURNS = len(LETTERS) // _LISTS_IN_A_TURN


class _Level(NamedTuple):
    """From `start` older posts on, there are `turns` turns for the cells, one with each post.

    In a turn, the neighbouring cells of two files take up posts.
    """

    start: int
    turns: int

    @property
    def sweep(self) -> int:
        return self.turns + _LIST_TURNS

    @property
    def cells_in_a_turn(self) -> int:
        return CELLS // self.turns

    @property
    def cells_in_a_shard(self) -> int:
        return self.cells_in_a_turn // 2


# A level ends with a whole sweep. Each has twice as many turns and files as the one before, and a
# file is divided when it is its turn.
LEVELS = (
    _Level(0, 8),
    _Level(252, 16),
    _Level(252 + 9 * 29, 32),
    _Level(252 + 9 * 29 + 24 * 45, 64),
    _Level(252 + 9 * 29 + 24 * 45 + 32 * 77, 128),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the index has: cell n the first `bounds[n]` posts, and list n for spelling the first
    `lists[n]`. Where that is more than 0 it has all pages as well. `starts` are the first cells of
    the shards, and `end` is after the last cell of the last shard.
    """

    bounds: tuple[int, ...]
    lists: tuple[int, ...]
    starts: tuple[int, ...]
    end: int

    @property
    def letters(self) -> str:
        """The first letters of the lists for spelling that there are."""
        return "".join(letter for letter, bound in zip(LETTERS, self.lists, strict=True) if bound)

    @property
    def settled(self) -> int:
        """So many posts are in all cells and lists that they have words for."""
        return min(*self.bounds, *self.lists)


def layout(posts: int) -> Layout:
    """What a site with so many posts has."""
    older = max(posts - NEWEST, 0)
    number = max(n for n, level in enumerate(LEVELS) if level.start <= older)
    level = LEVELS[number]
    sweep, turn = divmod(older - level.start, level.sweep)
    begin = level.start + sweep * level.sweep
    before = level if sweep else LEVELS[number - 1] if number else None
    bounds = [
        begin + cell // level.cells_in_a_turn + 1
        if cell // level.cells_in_a_turn < turn
        else _bound_before(begin, before, cell)
        for cell in range(CELLS)
    ]
    lists = [
        begin + level.turns + n // _LISTS_IN_A_TURN + 1
        if level.turns + n // _LISTS_IN_A_TURN < turn
        else begin - _LIST_TURNS + n // _LISTS_IN_A_TURN + 1
        if before
        else 0
        for n in range(len(LETTERS))
    ]
    swept = min(turn, level.turns) * level.cells_in_a_turn
    starts = [*range(0, swept, level.cells_in_a_shard)]
    if before:
        starts += range(swept, CELLS, before.cells_in_a_shard)
    return Layout(tuple(bounds), tuple(lists), tuple(starts), CELLS if before else swept)


def _bound_before(begin: int, before: _Level | None, cell: int) -> int:
    """What a cell had at the end of the sweep before the one that began with `begin` posts."""
    return begin - before.sweep + cell // before.cells_in_a_turn + 1 if before else 0
