"""The map of everything, with one page for each issue, so that the filter is made of links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wardblog.addresses import index_of, placed_issues
from wardblog.figures import Dot, MapFigure
from wardblog.model import Issue, Post, Site
from wardblog.views.output import Page
from wardblog.views.places import (
    ListPage,
    PlaceList,
    dataset_dots,
    dots_of,
    figure,
    issue_lists,
    list_pages,
    pages_of,
    post_dots,
    present,
    rows,
)

BASE = "map/"


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice of the map's filter; `issue` is None for everything."""

    title: str
    url: str
    count: int
    issue: Issue | None


@dataclass(frozen=True, slots=True)
class MapPage:
    title: str
    issue: Issue | None
    figure: MapFigure | None
    lists: tuple[PlaceList, ...]
    pages: tuple[ListPage, ...]
    filters: tuple[Filter, ...]


def everything(site: Site) -> tuple[PlaceList, ...]:
    """Each place once, by issue: those of posts under the first issue of their post."""
    by_issue: dict[str, list[Post]] = {}
    for post in site.published:
        by_issue.setdefault(post.issues[0] if post.issues else "", []).append(post)
    found: list[tuple[str, str, list[Dot]]] = []
    for issue in placed_issues(site):
        dots = list(post_dots(site, by_issue.get(issue.slug, ())))
        for dataset in issue.datasets:
            shown, gone, _ = dataset_dots(issue, dataset)
            dots += [*shown, *gone]
        found.append((issue.name, f"{site.base_path}/issues/{issue.slug}/", dots))
    found.append(("About no issue", "", list(post_dots(site, by_issue.get("", ())))))
    lists: list[PlaceList] = []
    count = 0
    for title, url, dots in found:
        if dots:
            lists.append(PlaceList(title, "", rows(dots, count), url=url))
            count += len(dots)
    return tuple(lists)


def _filter(
    site: Site, title: str, address: str, lists: tuple[PlaceList, ...], issue: Issue | None = None
) -> Filter:
    return Filter(title, f"{site.base_path}/{address}", present(dots_of(lists)), issue)


def overview(site: Site) -> Iterator[Page]:
    whole = everything(site)
    if not whole:
        return
    lists_of = [(issue, issue_lists(site, issue)) for issue in placed_issues(site)]
    filters = (
        _filter(site, "Everything", BASE, whole),
        *(_filter(site, i.name, f"{BASE}{i.slug}/", lists, i) for i, lists in lists_of),
    )
    yield from _map_page(site, BASE, BASE, "Everything on one map", whole, filters, None)
    for issue, lists in lists_of:
        # The rest of a long list stands where the issue's own page has it.
        yield from _map_page(
            site, f"{BASE}{issue.slug}/", f"issues/{issue.slug}/", issue.name, lists, filters, issue
        )


def _map_page(
    site: Site,
    address: str,
    list_base: str,
    title: str,
    lists: tuple[PlaceList, ...],
    filters: tuple[Filter, ...],
    issue: Issue | None,
) -> Iterator[Page]:
    datasets = [d for i in site.issues for d in i.datasets if issue is None or i == issue]
    pages = pages_of(site, list_base, lists)
    dots = dots_of(lists)
    label = f"Map: {issue.name}" if issue else f"Map of all places in {site.ward.name} ward"
    shown = figure(site, address, label, dots, datasets, list_base)
    page = MapPage(title, issue, shown, pages[0].lists, pages, filters)
    yield Page(index_of(address), address, "map", {"area": page})
    if list_base == address:
        yield from list_pages(address, title, pages)
