"""Which streets posts and the entries of lists are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from wardblog.model import Dataset, Gazetteer, GazetteerEntry, Issue, Place, Post, Ward
from wardblog.model.issues import names_complaints
from wardblog.text.plain_text import lines_of


class StreetReader:
    """Finds the streets of one ward's gazetteer."""

    def __init__(self, gazetteer: Gazetteer, ward: Ward) -> None:
        # late import: see docs/architecture.md
        from wardblog.places.street_mentions import StreetMentions

        self._gazetteer = gazetteer
        self._mentions = StreetMentions(gazetteer, (ward.name, ward.council))

    def of_post(self, post: Post, html: str, now: datetime) -> tuple[str, ...]:
        """Return the slugs of the streets that a post names, those of its places first.

        News that is dated after `now` is not shown yet, so it counts only later. Of two streets of
        one name, only the one counts by which a place was given, if there is one.
        """
        given = dict.fromkeys(place.street for place in post.places if place.street)
        found = dict(given)
        for place in post.places:
            found.update(dict.fromkeys(self._mentions.found_in(place.name, is_label=True)))
        found.update(dict.fromkeys(self._mentions.found_in("\n".join(_texts_of(post, html, now)))))
        if given:
            names = {street.slug: street.name for street in self._gazetteer.streets}
            taken = {names.get(slug) for slug in given}
            return tuple(s for s in found if s in given or names.get(s) not in taken)
        return tuple(found)

    def of_lists(self, issues: Iterable[Issue]) -> Iterator[Issue]:
        """The issues, with the streets of the entries of their lists.

        A list of complaints has none: with a street's name an entry might tell who complained. So
        has a list that is shown less exactly, as complaints are.
        """
        for issue in issues:
            if issue.is_sensitive:
                yield issue
                continue
            yield replace(
                issue,
                datasets=tuple(
                    dataset
                    if is_about_complaints(dataset)
                    else replace(dataset, streets=tuple(map(self._of_entry, dataset.places)))
                    for dataset in issue.datasets
                ),
            )

    def _of_entry(self, place: Place) -> tuple[GazetteerEntry, ...]:
        found = self._mentions.found_in(place.name, is_label=True)
        return tuple(self._by_slug[slug] for slug in found)

    @cached_property
    def _by_slug(self) -> dict[str, GazetteerEntry]:
        return {street.slug: street for street in self._gazetteer.streets}


def is_about_complaints(dataset: Dataset) -> bool:
    """Whether a list is called like complaints, or is shown less exactly, as complaints are."""
    return names_complaints(dataset.title) or any(p.precision.radius for p in dataset.places)


def is_on_street(street: GazetteerEntry, place: str) -> bool:
    """Whether the name of a place names a street."""
    # late import: see docs/architecture.md
    from wardblog.places.street_mentions import StreetMentions

    alone = Gazetteer(streets=(street,))
    return bool(StreetMentions(alone).found_in(place, is_label=True))


def _texts_of(post: Post, html: str, now: datetime) -> Iterator[str]:
    """All words of a post that residents read, each text in lines of its own."""
    yield post.title
    yield lines_of(html)
    yield from (update.words for update in post.updates if update.moment <= now)
    yield from (deadline.words for deadline in post.deadlines)
    for event in post.events:
        yield from (event.words, event.where)
