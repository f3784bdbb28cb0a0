"""Places for maps and for lists, so that everything on a map is also there as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from wardblog.model import Dataset, Issue, Post, Site
from wardblog.model.addresses import PLACES_ON_A_PAGE, index_of, places_page
from wardblog.model.map_figure import Dot, MapFigure
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.text.attribution import attribution, source_of
from wardblog.text.words import degrees
from wardblog.views.dots import dataset_dots, post_dots
from wardblog.views.list_reports import reports_of
from wardblog.views.output import Page, Values
from wardblog.views.sharing import shared_picture


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One line of a list of places, with its number on the map, counted from 0.

    `on_map` is the address that shows it on the map.
    """

    number: int
    dot: Dot
    on_map: str = "#ward-map"

    @property
    def street_map(self) -> str:
        """A link to the position on OpenStreetMap."""
        place = self.dot.place
        lat, lon = degrees(place.point.latitude, 5), degrees(place.point.longitude, 5)
        if place.precision.radius:  # an area gets no pin, which might point to somebody's house
            return f"https://www.openstreetmap.org/#map=16/{lat}/{lon}"
        return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}&zoom=17"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceList:
    """Places that belong together: those of posts, or of one data set."""

    title: str
    note: str
    rows: tuple[PlaceRow, ...]
    changed: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a long list; `first` and `last` are the first and last names on it."""

    number: int
    address: str
    first: str
    last: str
    lists: tuple[PlaceList, ...]


def rows(dots: Iterable[Dot], first: int = 0) -> tuple[PlaceRow, ...]:
    """The dots as lines of a list, with the same numbers as on the map."""
    return tuple(PlaceRow(n, dot) for n, dot in enumerate(dots, start=first))


def issue_lists(site: Site, issue: Issue) -> tuple[PlaceList, ...]:
    """All places of an issue: those of its posts and data sets, and those since removed."""
    posts = site.posts_on(issue)
    reports = reports_of(posts)
    found = list(post_dots(site, posts, issue, without=issue.lists))
    lists = [PlaceList(title="In posts", note="", rows=rows(found))] if found else []
    count = len(found)
    for dataset in issue.lists:
        shown, gone, changed = dataset_dots(site, issue, dataset, reports)
        note = dataset_note(site, dataset)
        lists.append(
            PlaceList(title=dataset.title, note=note, rows=rows(shown, count), changed=changed)
        )
        count += len(shown)
        if gone:
            title = f"{dataset.title}: gone since the previous list"
            lists.append(PlaceList(title=title, note="", rows=rows(gone, count)))
            count += len(gone)
    return tuple(lists)


def count_listed(site: Site, issue: Issue) -> int:
    """The number of places in the lists of an issue, including those that are gone."""
    count = sum(1 for _ in post_dots(site, site.posts_on(issue), issue, without=issue.lists))
    for dataset in issue.lists:
        gone = dataset_dots(site, issue, dataset, {})[1] if dataset.previous else ()
        count += len(dataset.shown) + len(gone)
    return count


def dots_of(lists: Iterable[PlaceList]) -> tuple[Dot, ...]:
    return tuple(row.dot for places in lists for row in places.rows)


def pages_of(site: Site, base: str, lists: Iterable[PlaceList]) -> tuple[ListPage, ...]:
    """Lists divided into pages short enough for a phone; the first page is at `base` itself."""
    pages: list[list[PlaceList]] = [[]]
    room = PLACES_ON_A_PAGE
    for whole in lists:
        rest, part = whole.rows, whole
        while len(rest) > room:
            if room:
                pages[-1].append(replace(part, rows=rest[:room]))
                part = replace(part, title=f"{whole.title} (continued)", note="", changed="")
            rest, room = rest[room:], PLACES_ON_A_PAGE
            pages.append([])
        pages[-1].append(replace(part, rows=rest))
        room -= len(rest)
    return tuple(_page(site, base, number, page) for number, page in enumerate(pages, start=1))


def _page(site: Site, base: str, number: int, lists: list[PlaceList]) -> ListPage:
    on_page = [row for places in lists for row in places.rows]
    if number > 1:
        map_address = f"{site.base_path}/{base}"
        lists = [
            replace(
                places,
                rows=tuple(
                    replace(row, on_map=f"{map_address}?place={row.number + 1}#ward-map")
                    for row in places.rows
                ),
            )
            for places in lists
        ]
    return ListPage(
        number=number,
        address=f"{site.base_path}/{places_page(base, number)}",
        first=on_page[0].dot.place.name if on_page else "",
        last=on_page[-1].dot.place.name if on_page else "",
        lists=tuple(lists),
    )


def rest_of_list(
    site: Site,
    base: str,
    title: str,
    posts: tuple[Post, ...],
    pages: Callable[[Site], tuple[ListPage, ...]],
    count: int,
    issue: Issue | None = None,
) -> Iterator[Page]:
    """The second and further pages of a list of `count` places.

    `site` has no posts, and `pages` makes the whole list from the site with these posts.
    """

    def values(part: Site, number: int) -> Values:
        found = pages(part)
        return {
            "title": title,
            "base": base,
            "page": found[number - 1],
            # All pages, without the lists on them.
            "list_pages": tuple(replace(page, lists=()) for page in found),
            "credits": list_credits(d for i in part.issues for d in i.lists if issue in (None, i)),
            "card": shared_picture(part, issue=issue),
        }

    for number in range(2, -(-count // PLACES_ON_A_PAGE) + 1):
        address = places_page(base, number)
        yield Page(
            path=index_of(address),
            kind=OutputKind.LIST,
            site=site,
            posts=posts,
            extra=(base, title, number),
            address=address,
            template="places",
            values=partial(values, number=number),
        )


def ground_credits(site: Site) -> tuple[str, ...]:
    """The attribution that the base map and the boundary require."""
    ground = (site.map.base, site.ward.boundary)
    return tuple(g.attribution for g in ground if g and g.attribution)


def _name_credits(site: Site, dots: Iterable[Dot]) -> tuple[str, ...]:
    """The attribution of the gazetteer, where a place may have its position from there."""
    credit = site.gazetteer.attribution
    # Those that were given by a name or a postcode are never exact.
    return (credit,) if credit and any(dot.place.precision.radius for dot in dots) else ()


def list_credits(datasets: Iterable[Dataset]) -> tuple[str, ...]:
    """The attribution that lists require wherever their places are shown."""
    listed = tuple(datasets)
    found = (*map(source_of, listed), *map(attribution, listed))
    return tuple(dict.fromkeys(credit for credit in found if credit))


def is_drawn(site: Site, count: int) -> bool:
    """Whether a map of this many places shows more than a single dot on an empty background."""
    has_ground = site.ward.boundary or site.map.base or site.map.tiles != "none"
    return count > 1 or (count == 1 and bool(has_ground))


def figure(
    site: Site,
    address: str,
    label: str,
    dots: tuple[Dot, ...],
    datasets: Iterable[Dataset] = (),
    list_address: str | None = None,
) -> MapFigure | None:
    """A map of the dots, or None if it would show only a dot on an empty background.

    `list_address` is the address of the further pages of its list, if it differs from `address`;
    `""` if there are none.
    """
    settings = site.map
    if not is_drawn(site, len(dots)):
        return None
    return MapFigure(
        address=address,
        label=label,
        dots=dots,
        boundary=site.ward.boundary,
        settings=settings,
        credits=tuple(
            dict.fromkeys(
                (*ground_credits(site), *_name_credits(site, dots), *list_credits(datasets))
            )
        ),
        list_address="" if list_address == "" else f"{site.base_path}/{list_address or address}",
    )


def dataset_note(site: Site, dataset: Dataset) -> str:
    """A note of how many places are shown, such as `5 of the 55 in the borough …`."""
    total = len(dataset.places)
    missing = dataset.without_position
    if dataset.show_all or site.ward.boundary is None:
        note = f"All {total:,} in the list." if not missing else f"{total:,} places."
    else:
        note = (
            f"{len(dataset.shown):,} of the {total:,} in the borough are in {site.ward.name} ward."
        )
    return f"{note} {_not_on_map(missing)}" if missing else note


def _not_on_map(missing: int) -> str:
    if missing == 1:
        return "1 entry has no location, so it is not on the map."
    return f"{missing:,} entries have no location, so they are not on the map."
