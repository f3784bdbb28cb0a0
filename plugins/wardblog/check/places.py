"""Check that places are in or near the ward, and that they do not identify people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wardblog.check.rule import OfRest, each_post
from wardblog.content.files import SETTINGS_FILE
from wardblog.model import Boundary, Dataset, Place, Point, Post, Precision, Site
from wardblog.model.addresses import cached_for_site
from wardblog.model.issues import names_complaints
from wardblog.model.places import is_out_of_date
from wardblog.problems import Problem
from wardblog.support.late_dataclass import dataclass

_FAR_METRES = 5_000
# An entry of a list this far away, and as far from all other entries, is in no council's area.
_ELSEWHERE_METRES = 50_000
# The sides of the squares in which an entry is alone, in degrees of latitude.
_NEAR_SQUARE, _FAR_SQUARE = 0.05, 0.25
_MOST_NAMED = 3
# A corrected position counts if it is no farther outside the ward than this.
_NEAR_METRES = 500


@dataclass(frozen=True, slots=True)
class WardBox:
    """The smallest box around the ward, in WGS84 degrees."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, boundary: Boundary) -> WardBox:
        points = [point for ring in boundary.rings for point in ring.points]
        latitudes = [point.latitude for point in points]
        longitudes = [point.longitude for point in points]
        return cls(min(latitudes), min(longitudes), max(latitudes), max(longitudes))

    def metres_outside(self, point: Point) -> float:
        """The distance from the box; 0 inside."""
        nearest = Point(
            min(max(point.latitude, self.south), self.north),
            min(max(point.longitude, self.west), self.east),
        )
        return nearest.metres_to(point)


def _slip(point: Point, box: WardBox) -> str:
    # late import: see docs/architecture.md
    from wardblog.check.position_mistakes import likely_mistake

    return likely_mistake(point, lambda other: box.metres_outside(other) <= _NEAR_METRES)


@cached_for_site
def _ward_box(site: Site) -> WardBox | None:
    return WardBox.around(site.ward.boundary) if site.ward.boundary else None


@each_post
def far_away(post: Post, site: Site) -> Iterator[Problem]:
    """Places of posts more than 5 km outside the ward."""
    for number, place in enumerate(post.places):
        box = _ward_box(site)
        metres = box.metres_outside(place.point) if box else 0
        if box and metres > _FAR_METRES and place.entry is None:
            hint = _slip(place.point, box)
            yield Problem(
                file=post.file,
                line=post.line_of("Places", number),
                message=f'the place "{place.name}" is {metres / 1000:.0f} km from the ward',
                hint=hint or "Check its coordinates: latitude or easting comes first.",
            )


@OfRest
def far_in_list(site: Site) -> Iterator[Problem]:
    """Entries of lists that a slip has put far from the ward, and from all other entries.

    Lists are of a whole borough or county, so that distance alone means nothing.
    """
    box = _ward_box(site)
    if box is None:
        return
    for issue in site.issues:
        for dataset in issue.lists:
            far = list(_far_entries(dataset, box))
            for place, hint in far[:_MOST_NAMED]:
                metres = box.metres_outside(place.point)
                yield Problem(
                    file=dataset.file,
                    line=None,
                    message=f'"{place.name}" is {metres / 1000:.0f} km from the ward, and far from '
                    "everything else in this list",
                    hint=hint or "Check its position, and tell whoever keeps the list.",
                )


def _far_entries(dataset: Dataset, box: WardBox) -> Iterator[tuple[Place, str]]:
    far = [place for place in dataset.places if box.metres_outside(place.point) > _FAR_METRES]
    if not far or len(dataset.places) < 2:
        return
    near_squares = _Squares(_NEAR_SQUARE, dataset.places)
    far_squares = _Squares(_FAR_SQUARE, dataset.places)
    for place in far:
        if not near_squares.is_alone(place.point):
            continue
        if hint := _slip(place.point, box):
            yield place, hint
        elif box.metres_outside(place.point) > _ELSEWHERE_METRES and far_squares.is_alone(
            place.point
        ):
            yield place, ""


class _Squares:
    """Counts places in squares, so that those without neighbours are found quickly."""

    def __init__(self, side: float, places: tuple[Place, ...]) -> None:
        self._side = side
        self._counts: dict[tuple[int, int], int] = {}
        for place in places:
            square = self._square(place.point)
            self._counts[square] = self._counts.get(square, 0) + 1

    def _square(self, point: Point) -> tuple[int, int]:
        # In the middle of the United Kingdom a degree of latitude is about 1.7 of longitude.
        return int(point.latitude // self._side), int(point.longitude // (1.7 * self._side))

    def is_alone(self, point: Point) -> bool:
        """Whether no other place is in the point's square or in one beside it."""
        up, across = self._square(point)
        around = ((up + n, across + e) for n in (-1, 0, 1) for e in (-1, 0, 1))
        return sum(self._counts.get(square, 0) for square in around) == 1


@cached_for_site
def _streets(site: Site) -> Mapping[str, Point]:
    return {street.slug: street.point for street in site.gazetteer.streets}


@each_post
def street_or_entry(post: Post, site: Site) -> Iterator[Problem]:
    """Names that are read as a street, and are also an entry of a list of the post's issues."""
    if not any(place.street for place in post.places):
        return
    # late import: see docs/architecture.md
    from wardblog.places.coordinates import rounded_to_precision

    for number, place in enumerate(post.places):
        street = _streets(site).get(place.street)
        # With a postcode, the street was meant.
        if not street or rounded_to_precision(street, place.precision) != place.point:
            continue
        name = place.name.casefold()
        lists = [d for issue in site.issues if issue.slug in post.issues for d in issue.lists]
        twins = [(d, p) for d in lists for p in d.shown if p.name.casefold() == name]
        if twins:
            dataset, twin = twins[0]
            yield Problem(
                file=post.file,
                line=post.line_of("Places", number),
                message=f'"{place.name}" is read as the street, but the list '
                f'"{dataset.title}" has an entry of that name',
                hint="If you mean the entry, write "
                f'"{dataset.title} {twin.identifier or twin.name}".',
            )


def old_outline(site: Site) -> Iterator[Problem]:
    """An outline from before the last elections: maps and lists may show what is no longer here."""
    boundary = site.ward.boundary
    if boundary and is_out_of_date(boundary.year, site.today):
        yield Problem(
            file=SETTINGS_FILE,
            line=site.lines.get("ward.boundary"),
            message=f"this outline of the ward is from {boundary.year}, and may have changed since",
            hint='Fetch the newest one: make ward POSTCODE="..." with a postcode in your ward.',
        )


@OfRest
def none_inside(site: Site) -> Iterator[Problem]:
    """Lists without any place in the ward, because of a wrong ward or swapped columns."""
    for issue in site.issues:
        for dataset in issue.lists:
            if dataset.places and not dataset.shown:
                yield Problem(
                    file=dataset.file,
                    line=None,
                    message=(
                        f"none of the {len(dataset.places):,} places in this list is in "
                        f"{site.ward.name} ward"
                    ),
                    hint="Check the boundary and the columns that give positions, "
                    'or write show = "all" in {content}/issues.toml.',
                )


@each_post
def exact_pin(post: Post, site: Site) -> Iterator[Problem]:
    """Exact places in posts about complaints; a council's data sets are not affected."""
    exact = [place for place in post.places if place.precision is Precision.EXACT]
    if not exact:
        return
    sensitive = {issue.slug: issue.name for issue in site.issues if issue.is_sensitive}
    names = [sensitive[slug] for slug in post.issues if slug in sensitive]
    # A tag that is not an issue may say as much.
    declared = {issue.slug for issue in site.issues}
    tags = (tag for tag in post.tags if tag.slug not in declared)
    names += [tag.name for tag in tags if names_complaints(tag.name)]
    if names:
        yield _pin(post, names[0], exact[0])


def _pin(post: Post, issue: str, place: Place) -> Problem:
    written = post.line_of("Places", post.places.index(place))
    if place.identifier or place.entry:
        return Problem(
            file=post.file,
            line=written,
            message=_message(place, issue),
            hint="It is an entry of a list. Write the name of its street instead.",
        )
    line = post.line_of("Precision")
    how = 'Write "Precision: street"' if line else 'Add a line "Precision: street"'
    return Problem(
        file=post.file,
        line=line or written,
        message=_message(place, issue),
        hint=f'{how} (about 100 m) or "Precision: area" (about 500 m), so that no pin shows '
        "somebody's front door.",
    )


def _message(place: Place, issue: str) -> str:
    return f'the place "{place.name}" is shown exactly, in a post about "{issue}"'
