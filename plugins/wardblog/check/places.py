"""Check that places are in or near the ward; a place far away was probably mistyped."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.content.files import SETTINGS_FILE
from wardblog.model import Boundary, Point, Site
from wardblog.model.places import is_out_of_date
from wardblog.problems import Problem

_FAR_KM = 50


def _middle(boundary: Boundary) -> Point:
    points = [p for ring in boundary.rings for p in ring.points]
    latitude = sum(p.latitude for p in points) / len(points)
    return Point(latitude, sum(p.longitude for p in points) / len(points))


def far_away(site: Site) -> Iterator[Problem]:
    if site.ward.boundary is None:
        return
    middle = _middle(site.ward.boundary)
    for post in site.posts:
        for place in post.places:
            distance = middle.metres_to(place.point) / 1000
            if distance > _FAR_KM:
                yield Problem(
                    file=post.file,
                    line=post.line_of("Places"),
                    message=f'the place "{place.name}" is {distance:.0f} km from the ward',
                    hint="Check its coordinates: latitude or easting comes first.",
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


def none_inside(site: Site) -> Iterator[Problem]:
    """Lists without any place in the ward, because of a wrong ward or swapped columns."""
    for issue in site.issues:
        for dataset in issue.datasets:
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
