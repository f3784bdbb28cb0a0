"""Which posts each part of the index has, by how many there are, so that a new post changes little.

The newest posts are in one file with all their words. Of the older ones, each cell of the index
takes up one more after the other: with every new post it is the turn of a few cells. So there is
never a day on which all files change. When the turns of all cells and of all lists for spelling
are over, the next sweep begins. Larger sites have longer sweeps and more files.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from typing import NamedTuple

from wardblog.search.cells import FIRSTS
from wardblog.support.late_dataclass import dataclass

CELLS = len(FIRSTS)
# The part of the index that has what no cell has yet; the others are the cells by their numbers.
NEWEST_PART = CELLS
# So many of the newest posts are in no cell.
NEWEST = 16
LETTERS = string.ascii_lowercase
# With each turn so many lists for spelling are brought up to date.
_LISTS_IN_A_TURN = 2
_LIST_TURNS = len(LETTERS) // _LISTS_IN_A_TURN
# The turns for the cells in a sweep of a small site, and how many sweeps a site makes before their
# number doubles.
_FEWEST_TURNS = 8
_SWEEPS = (12, 9, 24, 32)


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

    def turn_of_cell(self, cell: int) -> int:
        return cell // self.cells_in_a_turn

    def turn_of_list(self, number: int) -> int:
        return self.turns + number // _LISTS_IN_A_TURN


def _levels() -> Iterator[_Level]:
    """Each has twice as many turns and files as the one before, which ends with a whole sweep.

    A file is divided when it is its turn.
    """
    start, turns = 0, _FEWEST_TURNS
    for sweeps in (*_SWEEPS, 0):
        level = _Level(start, turns)
        yield level
        start, turns = start + sweeps * level.sweep, 2 * turns


LEVELS = (*_levels(),)


@dataclass(frozen=True, slots=True)
class IndexLayout:
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


def layout(posts: int) -> IndexLayout:
    """What a site with so many posts has."""
    older = max(posts - NEWEST, 0)
    number = max(n for n, level in enumerate(LEVELS) if level.start <= older)
    level = LEVELS[number]
    sweep, turn = divmod(older - level.start, level.sweep)
    begin = level.start + sweep * level.sweep
    before = level if sweep else LEVELS[number - 1] if number else None

    def taken_up(turn_of: Callable[[_Level, int], int], number: int) -> int:
        """So many posts are in a cell or a list, which had its turn in this sweep or the last."""
        if (own := turn_of(level, number)) < turn:
            return begin + own + 1
        return begin - before.sweep + turn_of(before, number) + 1 if before else 0

    swept = min(turn, level.turns) * level.cells_in_a_turn
    starts = [*range(0, swept, level.cells_in_a_shard)]
    if before:
        starts += range(swept, CELLS, before.cells_in_a_shard)
    return IndexLayout(
        bounds=tuple(taken_up(_Level.turn_of_cell, cell) for cell in range(CELLS)),
        lists=tuple(taken_up(_Level.turn_of_list, number) for number in range(len(LETTERS))),
        starts=tuple(starts),
        end=CELLS if before else swept,
    )
