"""Check that places are in or near the ward; a place far away was probably mistyped."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Boundary, Point, Site
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
