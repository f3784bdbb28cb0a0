"""What the site has about each street, without anything about complaints."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from wardblog.model import METRES_PER_DEGREE, Gazetteer, GazetteerEntry, Post, Site, Visibility
from wardblog.model.addresses import cached_for_site, street_page
from wardblog.model.issues import names_complaints
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class StreetLink:
    """A link to the page of a street."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetItems:
    """A street with its posts, newest first, and the entries of lists that name it.

    An entry is the slug of its data set, and its number there, counted from 0. `name` tells the
    street from another one of the same name.
    """

    street: GazetteerEntry
    name: str
    posts: tuple[Post, ...]
    entries: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        return len(self.posts) + len(self.entries)


@cached_for_site
def street_items(site: Site) -> Mapping[str, StreetItems]:
    """All streets with something on them, by their slugs, in the order of the gazetteer."""
    named = site.index.having("streets")
    needs = (named, site.issues, site.gazetteer)
    return site.index.made("street items", needs, lambda: _items(site, named))


def _items(site: Site, named: Iterable[Post]) -> Mapping[str, StreetItems]:
    posts: dict[str, list[Post]] = {}
    entries: dict[str, list[tuple[str, int]]] = {}
    for post in named:
        if post.visibility is Visibility.PUBLISHED and not is_private(site, post):
            for slug in post.streets:
                posts.setdefault(slug, []).append(post)
    for dataset in (d for issue in site.issues for d in issue.lists):
        for number, streets in enumerate(dataset.streets):
            if dataset.show_all or dataset.inside[number]:
                for street in streets:
                    entries.setdefault(street.slug, []).append((dataset.slug, number))
    names = street_names(site)
    return {
        street.slug: StreetItems(
            street=street,
            name=names[street.slug],
            posts=tuple(posts.get(street.slug, ())),
            entries=tuple(entries.get(street.slug, ())),
        )
        for street in site.gazetteer.streets
        if street.slug in posts or street.slug in entries
    }


def is_private(site: Site, post: Post) -> bool:
    """Whether a post is about complaints, by its issues or by another of its tags.

    Where few people live, "a report about noise in Mill Lane" tells who complained, or about whom.
    """
    sensitive, declared = _issues(site)
    return not sensitive.isdisjoint(post.issues) or any(
        names_complaints(tag.name) for tag in post.tags if tag.slug not in declared
    )


@cached_for_site
def _issues(site: Site) -> tuple[frozenset[str], frozenset[str]]:
    """The issues that are complaints, and all issues."""
    sensitive = frozenset(issue.slug for issue in site.issues if issue.is_sensitive)
    return sensitive, frozenset(issue.slug for issue in site.issues)


def links_of(site: Site, post: Post) -> tuple[StreetLink, ...]:
    """Links to the pages of the streets that a post names, if these list it."""
    if post.visibility is not Visibility.PUBLISHED or is_private(site, post):
        return ()
    names = street_names(site)
    return tuple(
        StreetLink(names[slug], f"{site.base_path}/{street_page(slug)}") for slug in post.streets
    )


@cached_for_site
def street_names(site: Site) -> Mapping[str, str]:
    """The name of each street by its slug; those of one name differ by what is near to them."""
    gazetteer = site.gazetteer
    return site.index.made("street names", (gazetteer,), lambda: _names_in(gazetteer))


def _names_in(gazetteer: Gazetteer) -> Mapping[str, str]:
    times = Counter(street.name for street in gazetteer.streets)
    marks = sorted(gazetteer.postcodes or gazetteer.places, key=lambda mark: mark.latitude)
    names, again = dict[str, str](), Counter[str]()
    for street in gazetteer.streets:
        name = street.name if times[street.name] == 1 else _told_apart(street, marks)
        again[name] += 1
        names[street.slug] = name if again[name] == 1 else f"{name} ({again[name]})"
    return MappingProxyType(names)


def _told_apart(street: GazetteerEntry, marks: Sequence[GazetteerEntry]) -> str:
    """A street's name with the nearest postcode or place: `Church Road (near SW11 5JY)`.

    `marks` are in the order of their latitudes, so that few of them need to be measured.
    """
    middle = bisect_left(marks, street.latitude, key=lambda mark: mark.latitude)
    nearest, best = "", math.inf
    for side in (range(middle, len(marks)), range(middle - 1, -1, -1)):
        for number in side:
            mark = marks[number]
            if METRES_PER_DEGREE * abs(mark.latitude - street.latitude) > best:
                break
            metres = mark.point.metres_to(street.point)
            if (metres, mark.name) < (best, nearest):
                nearest, best = mark.name, metres
    return f"{street.name} (near {nearest})" if nearest else street.name
