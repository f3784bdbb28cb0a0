"""The map of all places, with a page for each issue, so that its filter works as plain links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from wardblog.model import Issue, Post, Site
from wardblog.model.addresses import index_of, placed_issues
from wardblog.model.map_figure import Dot, MapFigure
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.views.dots import count_present, dataset_dots, post_dots
from wardblog.views.list_reports import reports_of
from wardblog.views.output import Page, computed_once, without_posts
from wardblog.views.places import (
    ListPage,
    PlaceList,
    count_listed,
    dots_of,
    figure,
    is_drawn,
    issue_lists,
    list_credits,
    pages_of,
    rest_of_list,
    rows,
)
from wardblog.views.sharing import shared_picture

BASE = "map/"


@dataclass(frozen=True, slots=True)
class Filter:
    """One link of the map's filter; `issue` is None for all places."""

    title: str
    url: str
    count: int
    issue: Issue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    title: str
    issue: Issue | None
    figure: MapFigure | None
    lists: tuple[PlaceList, ...]
    pages: tuple[ListPage, ...]
    filters: tuple[Filter, ...]
    credits: tuple[str, ...]


def everything(site: Site) -> tuple[PlaceList, ...]:
    """Each place once, grouped by issue; a post's places are under its first issue."""
    by_issue: dict[str, list[Post]] = {}
    for post in site.published:
        by_issue.setdefault(post.issues[0] if post.issues else "", []).append(post)
    found: list[tuple[str, str, list[Dot]]] = []
    issues = placed_issues(site)
    listed = [dataset for issue in issues for dataset in issue.lists]
    reports = reports_of(site.published)
    for issue in issues:
        dots = list(post_dots(site, by_issue.get(issue.slug, ()), without=listed))
        for dataset in issue.lists:
            shown, gone, _ = dataset_dots(site, issue, dataset, reports)
            dots += [*shown, *gone]
        found.append((issue.name, f"{site.base_path}/issues/{issue.slug}/", dots))
    found.append(("Other places", "", list(post_dots(site, by_issue.get("", ()), without=listed))))
    lists: list[PlaceList] = []
    count = 0
    for title, url, dots in found:
        if dots:
            lists.append(PlaceList(title=title, note="", rows=rows(dots, count), url=url))
            count += len(dots)
    return tuple(lists)


def _filter(
    site: Site, title: str, address: str, lists: tuple[PlaceList, ...], issue: Issue | None = None
) -> Filter:
    return Filter(title, f"{site.base_path}/{address}", count_present(dots_of(lists)), issue)


@dataclass(frozen=True, slots=True)
class _MapLists:
    """All lists of the map, shared by its pages."""

    whole: tuple[PlaceList, ...]
    by_issue: Mapping[str, tuple[PlaceList, ...]]
    filters: tuple[Filter, ...]


def _map_lists(site: Site) -> _MapLists:
    whole = everything(site)
    issues = placed_issues(site)
    by_issue = {issue.slug: issue_lists(site, issue) for issue in issues}
    filters = (
        _filter(site, "Everything", BASE, whole),
        *(_filter(site, i.name, f"{BASE}{i.slug}/", by_issue[i.slug], i) for i in issues),
    )
    return _MapLists(whole, by_issue, filters)


def overview(site: Site) -> Iterator[Page]:
    own, posts = without_posts(site), tuple(p for p in site.published if p.places)
    map_lists = computed_once(_map_lists)
    whole = computed_once(partial(_map_page, map_lists=map_lists, issue=None))
    count = sum(place.entry is None for post in posts for place in post.places) + sum(
        count_listed(replace(site, posts=()), issue) for issue in placed_issues(site)
    )
    yield _page(own, posts, BASE, whole, None, count)
    title = "Everything on one map"
    yield from rest_of_list(own, BASE, title, posts, lambda part: whole(part).pages, count)
    for issue in placed_issues(site):
        # The rest of a long list is on the further pages of the issue's own page.
        area = partial(_map_page, map_lists=map_lists, issue=issue)
        yield _page(own, posts, f"{BASE}{issue.slug}/", area, issue, count_listed(site, issue))


def _page(
    own: Site,
    posts: tuple[Post, ...],
    address: str,
    area: Callable[[Site], MapPage],
    issue: Issue | None,
    count: int,
) -> Page:
    """A page of the map; `count` is the number of places on it."""
    return Page(
        path=index_of(address),
        kind=OutputKind.LIST,
        site=own,
        posts=posts,
        extra=address,
        address=address,
        template="map",
        values=lambda part: {"area": area(part), "card": shared_picture(part, issue=issue)},
        topics=(issue.slug,) if issue else (),
        figure="area" if is_drawn(own, count) else "",
        in_sitemap=True,
    )


def _map_page(part: Site, map_lists: Callable[[Site], _MapLists], issue: Issue | None) -> MapPage:
    found = map_lists(part)
    address = f"{BASE}{issue.slug}/" if issue else BASE
    list_base = f"issues/{issue.slug}/" if issue else BASE
    lists = found.by_issue[issue.slug] if issue else found.whole
    title = issue.name if issue else "Everything on one map"
    datasets = [d for i in part.issues for d in i.lists if issue is None or i == issue]
    pages = pages_of(part, list_base, lists)
    label = f"Map: {issue.name}" if issue else f"Map of all places in {part.ward.name} ward"
    shown = figure(part, address, label, dots_of(lists), datasets, list_base)
    due = list_credits(datasets)
    return MapPage(
        title=title,
        issue=issue,
        figure=shown,
        lists=pages[0].lists,
        pages=pages,
        filters=found.filters,
        credits=due,
    )
