"""Merges events that are announced twice, such as a surgery in both ward.toml and a post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from wardblog.model import Deadline, Event
from wardblog.support.late_dataclass import dataclass

# Words that do not help to tell one event or place from another.
_FILLERS = frozenset((
    "a", "an", "and", "at", "by", "for", "in", "is", "my", "of", "on", "or", "our", "the", "to",
    "with", "your",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class MergedEvents:
    """The events that are left after merging, by their positions before it."""

    events: dict[int, Event | Deadline]


def merge_repeats(occasions: Iterable[Event | Deadline]) -> MergedEvents:
    """Keep the first of identical events; a cancelled one replaces one that is not cancelled.

    A single event that falls on a date of a repeating event is the same event. If the single one
    is cancelled, the repeating one skips that day.
    """
    kept: dict[int, Event | Deadline] = {}
    for number, what in enumerate(occasions):
        if isinstance(what, Deadline) or not _absorbed(kept, number, what):
            kept[number] = what
    return MergedEvents(kept)


def _absorbed(kept: dict[int, Event | Deadline], number: int, event: Event) -> bool:
    """Whether an event repeats one that is kept already; the kept one may change."""
    for other_number, other in list(kept.items()):
        if isinstance(other, Deadline) or not is_same(other, event):
            continue
        if event.is_cancelled == other.is_cancelled:
            if event.link and not (other.link or other.repeat):
                kept[other_number] = replace(other, link=event.link)
            return not (other.repeat is None and event.repeat is not None) or _swap(
                kept, other_number, number, event
            )
        if other.repeat is not None and event.repeat is None and event.is_cancelled:
            days = tuple(sorted({*other.repeat.without, event.start.date()}))
            kept[other_number] = replace(other, repeat=replace(other.repeat, without=days))
            return False
        if event.is_cancelled and other.repeat is None:
            del kept[other_number]
            return False
        return other.repeat is None or event.repeat is None
    return False


def _swap(kept: dict[int, Event | Deadline], old: int, new: int, event: Event) -> bool:
    """Replace a single event by the repeating one, which covers more dates."""
    del kept[old]
    kept[new] = event
    return True


def is_same(one: Event, other: Event) -> bool:
    """Whether two events are the same: at the same time, with similar words, place and link."""
    if one.is_all_day != other.is_all_day or one.last_day != other.last_day:
        return False
    if one.link and other.link and one.link != other.link:
        return False  # two committees may meet at one time, under similar names
    return _same_time(one, other) and _near(one, other)


def _same_time(one: Event, other: Event) -> bool:
    if one.repeat and other.repeat:
        is_at_once = (one.repeat.rule, one.start.timetz()) == (
            other.repeat.rule,
            other.start.timetz(),
        )
        return is_at_once and _same_end(one, other)
    if one.repeat or other.repeat:
        again, single = (one, other) if one.repeat else (other, one)
        if again.start.timetz() != single.start.timetz():
            return False
        held = again.on_or_after(single.start.date())
        return held is not None and held.start == single.start and _same_end(held, single)
    return one.start == other.start and _same_end(one, other)


def _same_end(one: Event, other: Event) -> bool:
    if one.end is None or other.end is None:
        return True
    return one.end.timetz() == other.end.timetz()


def _near(one: Event, other: Event) -> bool:
    """Whether the words have a significant word in common and the places do not contradict."""
    words, other_words = _words(one.words), _words(other.words)
    place, other_place = _words(one.where), _words(other.where)
    if place and other_place:
        is_one_place = place <= other_place or other_place <= place
        return is_one_place and bool(words & other_words or words == other_words)
    return words <= other_words or other_words <= words


def _words(text: str) -> frozenset[str]:
    found = re.findall(r"[^\W_]+", text.casefold().replace("’", "").replace("'", ""))
    return frozenset(word.removesuffix("s") for word in found if word not in _FILLERS)
