"""Whether two items tell one story, each in its own words."""

from __future__ import annotations

from datetime import timedelta

from wardblog.office.listening.addresses import names_one_page
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.reading import ItemReading, overlap, reading_of
from wardblog.office.listening.same_item import are_same, comes_again, repeats_a_form

# A story that is told again later is another one, or has moved on.
_TOGETHER = timedelta(days=7)


def is_same_story(a: FeedItem, b: FeedItem) -> bool:
    """Whether two items are about one event or matter.

    Never if each has a reference, number, date, street or outcome that the other does not have.
    """
    return tell_one_story(reading_of(a), reading_of(b))


def tell_one_story(a: ItemReading, b: ItemReading) -> bool:
    if not _is_together(a, b) and not _have_one_reference(a, b):
        return False
    if not _is_certain(a, b) and (not _is_told_alike(a, b) or repeats_a_form(a, b)):
        return False
    if a.contradicts(b):  # last, since facts take longest to find
        return False
    return _have_one_reference(a, b) or not comes_again(a, b)


def _have_one_reference(a: ItemReading, b: ItemReading) -> bool:
    """Whether the titles name one application or the like, which goes on for months."""
    return bool(a.title_references & b.title_references)


def _is_certain(a: ItemReading, b: ItemReading) -> bool:
    """Whether one names or links to the other, or both name one reference."""
    if a.may_refer and b.may_refer and a.facts.references & b.facts.references:
        return True
    if a.is_reply != b.is_reply and a.title_words == b.title_words and len(a.title_words) >= 4:
        return True
    return are_same(a, b) or _links(a, b) or _links(b, a) or _are_on_one_page(a, b)


def _is_told_alike(a: ItemReading, b: ItemReading) -> bool:
    """Whether two items have enough words, names and streets in common."""
    shared_titles = len(a.stems & b.stems)
    shared = len(a.all_stems & b.all_stems)
    if shared < (6 if a.item.site == b.item.site else 3):
        return False
    names = a.names & b.names
    if names and shared_titles >= 2 and overlap(a.stems, b.stems) == 1:
        return True
    if shared_titles >= 3 and overlap(a.stems, b.stems) >= 0.5:
        return shared >= 4 or shared_titles == len(a.stems) == len(b.stems)
    share = overlap(a.all_stems, b.all_stems)
    if shared < 6 or share < 0.4:
        return False
    streets = a.facts.streets & b.facts.streets
    names -= _street_words(streets)
    if streets and (names or shared_titles >= 1):
        return True
    return len(names) >= 2 and shared >= 7 and share >= 0.45


def _links(a: ItemReading, b: ItemReading) -> bool:
    """Whether the text of `a` has a link to `b`."""
    return bool(b.address) and a.links_to(b.address) and names_one_page(b.address)


def _are_on_one_page(a: ItemReading, b: ItemReading) -> bool:
    """Whether both are parts of one page, as a report and its updates are."""
    one, part, _ = a.address.partition("#")
    other, other_part, _ = b.address.partition("#")
    return bool(part or other_part) and one == other and names_one_page(one)


def _is_together(a: ItemReading, b: ItemReading) -> bool:
    one, other = a.item.published, b.item.published
    return one is None or other is None or abs(one - other) <= _TOGETHER


def _street_words(streets: frozenset[str]) -> frozenset[str]:
    return frozenset(word for street in streets for word in street.split())
