"""Puts many items together: those that are the same one, and those that tell one story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from wardblog.office.listening.reading import ItemReading
from wardblog.office.listening.same_item import are_same
from wardblog.office.listening.stories import tell_one_story

# Words that more items have do not say which of them belong together.
_RARE = 25
_SHARED_RARE = 2


def same_items(readings: Sequence[ItemReading]) -> list[list[int]]:
    """The positions of items, those of the same item together, in the order of the first."""
    return _grouped(readings, are_same, {*_by_keys(readings), *_by_words(readings)})


def stories(readings: Sequence[ItemReading]) -> list[list[int]]:
    """The positions of items, those that tell one story together; none contradicts another."""
    return _grouped(readings, tell_one_story, {*_by_keys(readings), *_by_words(readings)})


def _grouped(
    readings: Sequence[ItemReading],
    belong: Callable[[ItemReading, ItemReading], bool],
    pairs: Iterable[tuple[int, int]],
) -> list[list[int]]:
    """Groups in which each belongs to another one, and no two contradict each other."""
    members = {number: [number] for number in range(len(readings))}
    for first, second in sorted(pairs):
        one, other = members[first], members[second]
        if one is other or not belong(readings[first], readings[second]):
            continue
        if any(_clash(readings[a], readings[b], belong) for a in one for b in other):
            continue
        one += other
        for number in other:
            members[number] = one
    found = {id(group): sorted(group) for group in members.values()}
    return sorted(found.values())


def _clash(
    a: ItemReading, b: ItemReading, belong: Callable[[ItemReading, ItemReading], bool]
) -> bool:
    return a.contradicts(b) and not belong(a, b)


def _by_keys(readings: Sequence[ItemReading]) -> Iterator[tuple[int, int]]:
    """Pairs that share an address, a page, a guid or a title; each with the one before it."""
    last: dict[Hashable, list[int]] = {}
    for number, reading in enumerate(readings):
        keys = {reading.address, reading.guid_address, *reading.linked}
        keys.add(reading.address.partition("#")[0])
        keys |= {f"guid {reading.item.guid}" if reading.item.guid else ""}
        keys |= {f"title {' '.join(reading.title_words)}" if reading.title_words else ""}
        keys |= {f"reference {one}" for one in reading.title_references}
        for key in keys - {""}:
            before = last.setdefault(key, [])
            yield from ((earlier, number) for earlier in before[-_RARE:])
            before.append(number)


def _by_words(readings: Sequence[ItemReading]) -> Iterator[tuple[int, int]]:
    """Pairs that share some words which few other items have."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, reading in enumerate(readings):
        for word in reading.all_stems:
            having[word].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in having.values():
        if 1 < len(numbers) <= _RARE:
            shared.update(combinations(numbers, 2))
    yield from (pair for pair, count in shared.items() if count >= _SHARED_RARE)
