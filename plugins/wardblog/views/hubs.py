"""An issue's hub: everything about it on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wardblog.addresses import index_of
from wardblog.model import Dataset, Dot, Issue, MapFigure, Post, Site
from wardblog.views.output import Output, Page
from wardblog.views.places import (
    PlaceList,
    dataset_dots,
    dataset_note,
    figure,
    post_dots,
    rows,
)
from wardblog.views.posts import Coming, coming_of
from wardblog.words import long_date

OGL = "Contains public sector information licensed under the Open Government Licence v3.0."


@dataclass(frozen=True, slots=True)
class Download:
    """A data set as it can be taken away, with what must be said of it."""

    dataset: Dataset
    as_of: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened lately, with the post that tells of it."""

    when: str
    iso: str
    words: str
    post: Post


@dataclass(frozen=True, slots=True)
class HubPage:
    issue: Issue
    posts: tuple[Post, ...]
    changes: tuple[Change, ...]
    coming: tuple[Coming, ...]
    lists: tuple[PlaceList, ...]
    figure: MapFigure | None
    shown_of: str
    downloads: tuple[Download, ...]


def hub_page(site: Site, issue: Issue) -> HubPage:
    posts = site.posts_on(issue)
    dots: list[Dot] = list(post_dots(site, posts, issue))
    lists = [PlaceList("In posts", "", rows(dots))] if dots else []
    for dataset in issue.datasets:
        found = list(dataset_dots(issue, dataset))
        note = dataset_note(site, dataset)
        lists.append(PlaceList(dataset.title, note, rows(found, len(dots))))
        dots += found
    coming = [c for post in posts for c in coming_of(site, post) if not c.is_over]
    return HubPage(
        issue,
        posts,
        tuple(_changes(posts))[:3],
        tuple(sorted(coming, key=lambda c: c.iso)),
        tuple(lists),
        figure(site, f"issues/{issue.slug}/", f"Map: {issue.name}", tuple(dots)),
        "; ".join(_shown_of(d) for d in issue.datasets),
        tuple(_download(d) for d in issue.datasets),
    )


def _shown_of(dataset: Dataset) -> str:
    return f"{dataset.title}: {len(dataset.shown):,} of {len(dataset.places):,} shown"


def _changes(posts: tuple[Post, ...]) -> Iterator[Change]:
    """The newest lines of the posts' histories."""
    found = [(update, post) for post in posts for update in post.updates]
    for update, post in sorted(found, key=lambda f: f[0].day, reverse=True):
        progress = f"{update.progress.value.capitalize()}: " if update.progress else ""
        words = f"{progress}{update.words or post.title}"
        yield Change(long_date(update.day), update.day.isoformat(), words, post)


def _download(dataset: Dataset) -> Download:
    return Download(
        dataset,
        long_date(dataset.as_of) if dataset.as_of else "",
        attribution(dataset),
    )


def attribution(dataset: Dataset) -> str:
    """The sentence that the licence asks for, or the licence's name where it asks for none."""
    licence = dataset.licence.casefold()
    if "open government licence" in licence or licence in ("ogl", "ogl v3.0", "ogl 3.0"):
        return OGL
    return f"Licence: {dataset.licence}." if dataset.licence else ""


def hubs(site: Site) -> Iterator[Output]:
    for issue in site.issues:
        address = f"issues/{issue.slug}/"
        yield Page(index_of(address), address, "issue", {"hub": hub_page(site, issue)})
