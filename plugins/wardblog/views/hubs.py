"""The page of each issue, with its posts, map, lists, dates and downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from wardblog.model import Dataset, Issue, Post, Site
from wardblog.model.addresses import index_of
from wardblog.model.map_figure import MapFigure
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.text.attribution import attribution
from wardblog.text.directions import set_apart
from wardblog.text.words import long_date
from wardblog.views.coming import DateRow, occasions_on, soonest, upcoming
from wardblog.views.dots import updates_so_far
from wardblog.views.issue_lines import counts_in_words
from wardblog.views.lists import open_questions_in
from wardblog.views.news import days_to_fix_words
from wardblog.views.output import (
    Page,
    PostLine,
    Values,
    computed_once,
    post_lines,
    without_posts,
)
from wardblog.views.places import (
    ListPage,
    PlaceList,
    count_listed,
    dots_of,
    figure,
    is_drawn,
    issue_lists,
    pages_of,
    rest_of_list,
)
from wardblog.views.sharing import shared_picture

if TYPE_CHECKING:
    from wardblog.views.questions import QuestionLine
    from wardblog.views.tables import TableOnHub

# Of the next dates; all are on the pages that they link to, and in the calendar.
_MOST_DATES = 6


@dataclass(frozen=True, slots=True)
class Download:
    """A data set that can be downloaded, with the attribution that its licence requires."""

    dataset: Dataset
    as_of: str
    attribution: str


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A recent update of a report, with its post."""

    when: str
    iso: str
    words: str
    post: PostLine


@dataclass(frozen=True, slots=True, kw_only=True)
class HubPage:
    """`words` are counts in words; `days_to_fix` says how long it usually takes, or is "".

    `questions` are those to residents that are still open.
    """

    issue: Issue
    words: str
    days_to_fix: str
    posts: tuple[PostLine, ...]
    compared: tuple[PlaceList, ...]
    changes: tuple[RecentChange, ...]
    questions: tuple[QuestionLine, ...]
    coming: tuple[DateRow, ...]
    pages: tuple[ListPage, ...]
    figure: MapFigure | None
    shown_of: str
    tables: tuple[TableOnHub, ...]
    downloads: tuple[Download, ...]


def hub_page(site: Site, issue: Issue) -> HubPage:
    posts = site.posts_on(issue)
    lists = issue_lists(site, issue)
    address = f"issues/{issue.slug}/"
    return HubPage(
        issue=issue,
        words=counts_in_words(site, posts),
        days_to_fix=days_to_fix_words(site, posts),
        posts=post_lines(site, posts),
        compared=tuple(places for places in lists if places.changed),
        changes=tuple(islice(_changes(site, posts), 3)),
        questions=open_questions_in(site, posts),
        coming=tuple(soonest(upcoming(site, occasions_on(site, issue)), _MOST_DATES)),
        pages=pages_of(site, address, lists) if lists else (),
        figure=figure(site, address, f"Map: {issue.name}", dots_of(lists), issue.lists),
        shown_of="; ".join(_shown_of(d) for d in issue.lists),
        tables=_tables(issue),
        downloads=tuple(_download(d) for d in issue.datasets),
    )


def _tables(issue: Issue) -> tuple[TableOnHub, ...]:
    counted = [(dataset, dataset.table) for dataset in issue.datasets if dataset.table]
    if not counted:
        return ()
    # late import: see docs/architecture.md
    from wardblog.views.tables import table_on_hub

    return tuple(table_on_hub(dataset, table) for dataset, table in counted)


def _shown_of(dataset: Dataset) -> str:
    return f"{dataset.title}: {len(dataset.shown):,} of {len(dataset.places):,} shown"


def _changes(site: Site, posts: tuple[Post, ...]) -> Iterator[RecentChange]:
    """The updates of the posts, newest first."""
    found = [(update, post) for post in posts for update in updates_so_far(site, post)]
    for update, post in sorted(found, key=lambda f: f[0].moment, reverse=True):
        progress = f"{update.progress.value.capitalize()}: " if update.progress else ""
        said = update.words or post.title
        words = f"{progress}{set_apart(said, post.lang, post.title)}"
        line = PostLine.of(post, site)
        yield RecentChange(long_date(update.day), update.day.isoformat(), words, line)


def _download(dataset: Dataset) -> Download:
    return Download(
        dataset,
        long_date(dataset.as_of) if dataset.as_of else "",
        attribution(dataset),
    )


def hubs(site: Site) -> Iterator[Page]:
    own = without_posts(site)
    for issue in site.issues:
        address = f"issues/{issue.slug}/"
        posts = site.posts_on(issue)
        hub = computed_once(partial(hub_page, issue=issue))
        count = count_listed(site, issue)
        yield Page(
            path=index_of(address),
            kind=OutputKind.INDEX,
            site=own,
            posts=posts,
            extra=issue.slug,
            address=address,
            template="issue",
            values=partial(_values, hub=hub, issue=issue),
            topics=(issue.slug,),
            figure="hub" if is_drawn(site, count) else "",
            in_sitemap=True,
            changed=posts[0].date.date() if posts else None,
        )
        yield from rest_of_list(own, address, issue.name, posts, _pages(hub), count, issue)


def _values(part: Site, hub: Callable[[Site], HubPage], issue: Issue) -> Values:
    return {"hub": hub(part), "card": shared_picture(part, issue=issue)}


def _pages(hub: Callable[[Site], HubPage]) -> Callable[[Site], tuple[ListPage, ...]]:
    return lambda part: hub(part).pages
