"""The places of posts, reports and lists, as the dots of a map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from wardblog.model import Dataset, Issue, ListEntry, Place, Post, Site, Update
from wardblog.model.addresses import PLACES_ON_A_PAGE
from wardblog.model.map_figure import Dot, DotShape, PlaceChange
from wardblog.text.words import long_date
from wardblog.views.list_reports import EntryReport, Reports, reports_of

if TYPE_CHECKING:
    from wardblog.views.changes import Comparison


def post_dots(
    site: Site,
    posts: Iterable[Post],
    issue: Issue | None = None,
    with_links: bool = True,
    without: Iterable[Dataset] = (),
) -> Iterator[Dot]:
    """The places of posts, each under the given issue, or else under its post's first issue.

    Entries of the lists `without` are left out, where these lists are on the same map.
    """
    listed = {dataset.slug for dataset in without}
    issues = {i.slug: i for i in site.issues}
    for post in posts:
        own = issue or (issues[post.issues[0]] if post.issues else None)
        for place in post.places:
            if place.entry and place.entry.dataset in listed:
                continue
            yield Dot(
                place=place,
                issue=own.slug if own else "",
                issue_name=own.name if own else "",
                url=f"{site.base_path}/{post.address}" if with_links else "",
                when=_last_news(site, post),
            )


def _last_news(site: Site, post: Post) -> str:
    return long_date(max((u.day for u in updates_so_far(site, post)), default=post.date))


def open_dots(site: Site) -> tuple[Dot, ...]:
    """The places of all reports that are still open.

    An entry of a list is there once, if the report that counts for it is open.
    """
    reports = reports_of(site.published)
    return tuple(
        dot
        for post in site.published
        if post.is_open and post.places
        for dot in post_dots(site, (post,))
        if dot.place.progress is None or dot.place.progress.is_open
        if not dot.place.entry or reports[dot.place.entry].post is post
    )


def updates_so_far(site: Site, post: Post) -> Iterator[Update]:
    """The lines of a post's history up to now, without those dated in the future."""
    return (update for update in post.updates if update.moment <= site.now)


def dataset_dots(
    site: Site, issue: Issue, dataset: Dataset, reports: Reports
) -> tuple[list[Dot], list[Dot], str]:
    """A data set's places on the map, those removed since the last list, and a note of counts.

    Places with a report show its progress, and link to its post. A list that needs several pages
    is sorted by name, so that residents can find a street.
    """
    comparison = _comparison(dataset)
    changes: Iterable[PlaceChange | None] = (
        comparison.changes if comparison else (None,) * len(dataset.places)
    )
    shown = []
    listed = zip(dataset.places, dataset.inside, changes, strict=True)
    for number, (_, inside, change) in enumerate(listed):
        if inside or dataset.show_all:
            dot = entry_dot(site, issue, dataset, number, reports)
            shown.append(replace(dot, change=change) if change else dot)
    if len(shown) > PLACES_ON_A_PAGE:
        shown.sort(key=lambda dot: _by_name(dot.place))
    if comparison is None:
        return shown, [], ""
    gone = [
        Dot(place=place, issue=issue.slug, issue_name=issue.name, url="", when="", change=change)
        for place, change in comparison.gone
    ]
    if len(gone) > PLACES_ON_A_PAGE:
        gone.sort(key=lambda dot: _by_name(dot.place))
    return shown, gone, comparison.sentence


def _comparison(dataset: Dataset) -> Comparison | None:
    if dataset.previous is None:
        return None
    # late import: see docs/architecture.md
    from wardblog.views.changes import compare

    return compare(dataset)


def entry_dot(site: Site, issue: Issue, dataset: Dataset, number: int, reports: Reports) -> Dot:
    """An entry of a data set; with a report, it shows its progress and links to its post."""
    place = dataset.places[number]
    # What says something about itself, such as an application, has dates of its own.
    as_of = None if place.about else dataset.as_of
    dot = Dot(
        place=place,
        issue=issue.slug,
        issue_name=issue.name,
        url="",
        when=long_date(as_of) if as_of else "",
        streets=dataset.streets[number] if dataset.streets else (),
    )
    report = reports.get(ListEntry(dataset.slug, number)) if reports else None
    return _reported(site, dot, report) if report else dot


def _reported(site: Site, dot: Dot, report: EntryReport) -> Dot:
    return replace(
        dot,
        place=replace(dot.place, progress=report.progress or dot.place.progress),
        url=f"{site.base_path}/{report.post.address}",
        when=_last_news(site, report.post),
    )


def _by_name(place: Place) -> tuple[str, ...]:
    """`2 Acre Lane` before `10 Acre Lane`."""
    return tuple(p.rjust(9, "0") if p.isdigit() else p
                 for p in re.split(r"(\d+)", place.name.casefold()))  # fmt: skip


def count_present(dots: Iterable[Dot]) -> int:
    """The number of places that are still there, without those that are gone."""
    return sum(dot.mark is not DotShape.GONE for dot in dots)
