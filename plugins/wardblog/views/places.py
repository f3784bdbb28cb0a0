"""Places for maps and lists alike, so that what a map shows is always there as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardblog.model import Dataset, Dot, Issue, MapFigure, Place, Post, Site, Update
from wardblog.words import long_date


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One line of a list of places; `url` is the post about it, if there is one."""

    number: int
    place: Place
    url: str
    when: str

    @property
    def map_url(self) -> str:
        """Where a resident can see the position on a street map, by a link that she follows."""
        lat, lon = self.place.point.latitude, self.place.point.longitude
        zoom = 17 if self.place.precision.radius == 0 else 15
        return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map={zoom}/{lat}/{lon}"


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Places that belong together: those of posts, or of one data set."""

    title: str
    note: str
    rows: tuple[PlaceRow, ...]


def post_dots(
    site: Site, posts: Iterable[Post], issue: Issue | None = None, with_links: bool = True
) -> Iterator[Dot]:
    """The places of posts, each under the issue asked for, else under its post's first one."""
    issues = {i.slug: i for i in site.issues}
    for post in posts:
        own = issue or (issues[post.issues[0]] if post.issues else None)
        for place in post.places:
            yield Dot(
                place,
                own.slug if own else "",
                own.name if own else "",
                f"{site.base_path}/{post.address}" if with_links else "",
                long_date(max((u.day for u in _so_far(site, post)), default=post.date)),
            )


def _so_far(site: Site, post: Post) -> Iterator[Update]:
    return (update for update in post.updates if update.day <= site.today)


def dataset_dots(issue: Issue, dataset: Dataset) -> Iterator[Dot]:
    when = long_date(dataset.as_of) if dataset.as_of else ""
    for place in dataset.shown:
        yield Dot(place, issue.slug, issue.name, "", when)


def rows(dots: Iterable[Dot], first: int = 0) -> tuple[PlaceRow, ...]:
    """The dots as lines of a list, numbered as the map numbers them."""
    return tuple(PlaceRow(n, d.place, d.url, d.when) for n, d in enumerate(dots, start=first))


def figure(site: Site, address: str, label: str, dots: tuple[Dot, ...]) -> MapFigure | None:
    """A map of the dots, or None where it would show nothing but dots on an empty sheet."""
    if not dots or (site.ward.boundary is None and len(dots) < 2 and site.map.tiles == "none"):
        return None
    return MapFigure(address, label, dots, site.ward.boundary, site.map)


def dataset_note(site: Site, dataset: Dataset) -> str:
    """How many of the list are shown: `5 of the 55 in the borough`."""
    total = len(dataset.places)
    missing = dataset.without_position
    left_out = f" {missing:,} more in the list {'has' if missing == 1 else 'have'} no position."
    if dataset.show_all or site.ward.boundary is None:
        note = f"All {total:,} in the list." if not missing else f"{total:,} places."
    else:
        note = (
            f"{len(dataset.shown):,} of the {total:,} in the borough are in {site.ward.name} ward."
        )
    return note + (left_out if missing else "")
