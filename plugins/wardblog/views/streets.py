"""The list of streets, and a page for each street that has something on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from wardblog.content.streets import is_on_street
from wardblog.model import Dataset, GazetteerEntry, ListEntry, Place, Point, Site
from wardblog.model.addresses import PLACES_ON_A_PAGE, STREETS, index_of, street_feed, street_page
from wardblog.model.map_figure import MapFigure
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted
from wardblog.views.coming import DateRow, occasions_in, upcoming
from wardblog.views.dots import entry_dot, open_dots, post_dots
from wardblog.views.feeds.pages import FollowPage, follow
from wardblog.views.feeds.street_channels import street_channel
from wardblog.views.issue_lines import counts_in_words
from wardblog.views.list_reports import reports_of
from wardblog.views.output import Page, PostLine, Values, post_lines, without_posts
from wardblog.views.places import (
    PlaceList,
    PlaceRow,
    dots_of,
    figure,
    ground_credits,
    is_drawn,
    list_credits,
    rows,
)
from wardblog.views.sharing import shared_picture
from wardblog.views.street_items import StreetItems, is_private, street_items, street_names

# A page with fewer posts and places than this is of no use to search engines.
_ENOUGH_TO_SEARCH = 3
# In metres; what is farther from the middle of a street of the base map is another of its name.
_LONGEST_STREET = 2000


@dataclass(frozen=True, slots=True)
class StreetLine:
    """A street in the list of all; without an address there is nothing about it yet."""

    name: str
    address: str
    about: str


@dataclass(frozen=True, slots=True)
class StreetLetter:
    """The streets that begin with a letter, or with a figure."""

    letter: str
    anchor: str
    lines: tuple[StreetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetsPage:
    letters: tuple[StreetLetter, ...]
    figure: MapFigure | None
    places: tuple[PlaceRow, ...]
    open_places: int
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetPage:
    """What a street has; `words` counts its posts: `2 open reports, 2 fixed`, "" without any."""

    name: str
    words: str
    posts: tuple[PostLine, ...]
    coming: tuple[DateRow, ...]
    lists: tuple[PlaceList, ...]
    figure: MapFigure | None
    credits: tuple[str, ...]
    follow: FollowPage
    is_searchable: bool


def streets(site: Site) -> Iterator[Page]:
    own = without_posts(site)
    letters, credit = _letters(site), site.gazetteer.attribution
    reports = tuple(
        post
        for post in site.published
        if post.places and post.is_open and not is_private(site, post)
    )
    dots = open_dots(replace(own, posts=reports))
    yield Page(
        path=index_of(STREETS),
        kind=OutputKind.INDEX,
        site=own,
        posts=reports,
        extra=(letters, credit),
        address=STREETS,
        template="streets",
        values=partial(_index, letters=letters, credit=credit),
        figure="index" if is_drawn(own, len(dots)) else "",
        in_sitemap=True,
    )
    for slug, items in street_items(site).items():
        address = street_page(slug)
        facts = replace(items, posts=())
        yield Page(
            path=index_of(address),
            kind=OutputKind.LIST,
            site=own,
            posts=items.posts,
            extra=(facts, credit),
            address=address,
            template="street",
            values=partial(_street, facts=facts, credit=credit),
            topics=(street_feed(slug),),
            figure="street" if _has_ground(own) else "",
            in_sitemap=items.count >= _ENOUGH_TO_SEARCH,
            changed=items.posts[0].date.date() if items.posts else None,
        )


def _letters(site: Site) -> tuple[StreetLetter, ...]:
    """All streets of the gazetteer by their first letter."""
    names, found = street_names(site), street_items(site)
    lines = sorted((slug, names[slug], found.get(slug)) for slug in names)
    return tuple(
        StreetLetter(
            letter.upper() if letter.isalpha() else "0 to 9",
            f"street-{letter if letter.isalpha() else '0'}",
            tuple(_line(slug, name, items) for slug, name, items in group),
        )
        for letter, group in groupby(lines, key=lambda line: _initial(line[0]))
    )


def _initial(slug: str) -> str:
    return slug[0] if slug[0].isalpha() else "0"


def _line(slug: str, name: str, items: StreetItems | None) -> StreetLine:
    if items is None:
        return StreetLine(name, "", "")
    posts, entries = len(items.posts), len(items.entries)
    parts = [counted(posts, "post")] if posts else []
    parts += [counted(entries, "place")] if entries else []
    return StreetLine(name, street_page(slug), ", ".join(parts))


def _index(part: Site, letters: tuple[StreetLetter, ...], credit: str) -> Values:
    dots = open_dots(part)
    page = StreetsPage(
        letters=letters,
        figure=figure(part, STREETS, f"Map of open reports in {part.ward.name} ward", dots, (), ""),
        places=rows(dots[:PLACES_ON_A_PAGE]),
        open_places=len(dots),
        credit=credit,
    )
    return {"index": page, "card": shared_picture(part)}


def _street(part: Site, facts: StreetItems, credit: str) -> Values:
    street, address = facts.street, street_page(facts.street.slug)
    lists, datasets = _lists(part, facts)
    due, shown = tuple(dict.fromkeys(filter(None, (*list_credits(datasets), credit)))), None
    if _has_ground(part):
        shown = MapFigure(
            address=address,
            label=f"Map: {facts.name}",
            dots=dots_of(lists),
            boundary=part.ward.boundary,
            settings=part.map,
            credits=tuple(dict.fromkeys((*ground_credits(part), *due))),
            focus=_focus(part, street),
        )
    page = StreetPage(
        name=facts.name,
        words=counts_in_words(part, part.posts) if part.posts else "",
        posts=post_lines(part, part.posts),
        coming=tuple(upcoming(part, occasions_in(part.posts))),
        lists=lists,
        figure=shown,
        credits=due,
        follow=follow(part, street_channel(part, replace(facts, posts=()), ())),
        is_searchable=len(part.posts) + len(facts.entries) >= _ENOUGH_TO_SEARCH,
    )
    return {"street": page, "card": shared_picture(part)}


def _lists(part: Site, facts: StreetItems) -> tuple[tuple[PlaceList, ...], list[Dataset]]:
    """The places of posts that are on the street, and the entries of each list."""
    own = {ListEntry(*entry) for entry in facts.entries}
    found = [
        dot
        for dot in post_dots(part, part.posts)
        if _is_there(facts.street, dot.place) and dot.place.entry not in own
    ]
    reports = reports_of(part.posts)
    lists = [PlaceList(title="In posts", note="", rows=rows(found))] if found else []
    count, datasets = len(found), []
    for issue in part.issues:
        for dataset in issue.lists:
            numbers = [number for slug, number in facts.entries if slug == dataset.slug]
            if not numbers:
                continue
            dots = [entry_dot(part, issue, dataset, number, reports) for number in numbers]
            url = f"{part.base_path}/issues/{issue.slug}/"
            lists.append(PlaceList(title=dataset.title, note="", rows=rows(dots, count), url=url))
            count += len(dots)
            datasets.append(dataset)
    return tuple(lists), datasets


def _is_there(street: GazetteerEntry, place: Place) -> bool:
    return place.street == street.slug or is_on_street(street, place.name)


def _has_ground(site: Site) -> bool:
    """Whether a map of a part of the ward would show where that is."""
    return bool(site.map.base) or site.map.tiles != "none"


def _focus(part: Site, street: GazetteerEntry) -> tuple[Point, Point]:
    """Two corners of the street as the base map has it, or its middle twice."""
    points = [street.point, *_drawn_points(part, street)]
    latitudes, longitudes = [p.latitude for p in points], [p.longitude for p in points]
    return Point(min(latitudes), min(longitudes)), Point(max(latitudes), max(longitudes))


def _drawn_points(part: Site, street: GazetteerEntry) -> Iterable[Point]:
    name = street.name.casefold()
    for layer in part.map.base.layers if part.map.base else ():
        for line in () if layer.is_area else layer.lines:
            if line.name.casefold() == name:
                points = [Point(*point) for point in line.points]
                if points[0].metres_to(street.point) < _LONGEST_STREET:
                    yield from points
