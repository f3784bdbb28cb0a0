"""The table of views: everything that is made from a site, and the folders each view fills."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from wardblog.content.references import published_paths
from wardblog.model import Site
from wardblog.model.addresses import (
    cached_for_site,
    has_map,
    has_questions,
    makes_privacy_page,
    moves,
)
from wardblog.support.late_dataclass import dataclass
from wardblog.views import (
    calendar,
    cards,
    feeds,
    hosting,
    hubs,
    lists,
    machines,
    pages,
    posts,
)
from wardblog.views.output import Output


def _overview(site: Site) -> Iterator[Output]:
    if has_map(site):
        # late import: see docs/architecture.md
        from wardblog.views import overview

        yield from overview.overview(site)


def _streets(site: Site) -> Iterator[Output]:
    if site.gazetteer.streets:
        # late import: see docs/architecture.md
        from wardblog.views import nearby, streets

        yield from streets.streets(site)
        yield from nearby.data(site)


def _downloads(site: Site) -> Iterator[Output]:
    if any(issue.datasets for issue in site.issues):
        # late import: see docs/architecture.md
        from wardblog.views import downloads

        yield from downloads.downloads(site)


def _community(site: Site) -> Iterator[Output]:
    if site.community:
        # late import: see docs/architecture.md
        from wardblog.views import community

        yield from community.community(site)


def _questions(site: Site) -> Iterator[Output]:
    if has_questions(site):
        # late import: see docs/architecture.md
        from wardblog.views import question_list

        yield from question_list.question_list(site)


def _privacy(site: Site) -> Iterator[Output]:
    if makes_privacy_page(site):
        # late import: see docs/architecture.md
        from wardblog.views import privacy_notice

        yield privacy_notice.privacy_page(site)


def _old_addresses(site: Site) -> Iterator[Output]:
    if _has_old_addresses(site):
        # late import: see docs/architecture.md
        from wardblog.views import old_addresses

        yield from old_addresses.old_addresses(site, partial(_is_present, site))


def _has_old_addresses(site: Site) -> bool:
    return bool(site.redirects) or any(moves(site))


@dataclass(frozen=True, slots=True)
class View:
    """A function that makes outputs from a site.

    `folders` are the folders at the site's root that it fills. The councillor's own pages must not
    be in them, even if they are empty today.
    """

    make: Callable[[Site], Iterator[Output]]
    folders: tuple[str, ...] = ()


# The sitemap lists pages in this order. If two outputs have the same address, the first one is
# used. Views whose outputs take long to list come late.
VIEWS = (
    View(lists.home),
    View(pages.own_pages, ("issues", "404")),
    View(hubs.hubs, ("issues",)),
    View(_overview, ("map",)),
    View(pages.search, ("search",)),
    View(pages.figures, ("figures",)),
    View(_questions, ("questions",)),
    View(_streets, ("streets",)),
    View(_community, ("community",)),
    View(calendar.calendars, ("calendar",)),
    View(_downloads, ("data",)),
    View(cards.cards),
    View(machines.robots),
    View(hosting.for_static_hosts),
    View(posts.posts),
    View(pages.written_pages),
    View(_privacy),
    View(feeds.follow_pages, ("subscribe",)),
    View(lists.tags, ("tags",)),
    View(lists.all_posts, ("all",)),
    View(lists.periods),
    View(feeds.feeds, ("feeds",)),
    View(_old_addresses),
)
# Folders that the build and Pelican fill.
_OTHERS = ("images", "theme", "drafts")
FOLDERS = frozenset(_OTHERS).union(*(view.folders for view in VIEWS))


class _SiteOutputs:
    """The outputs of one site; those of a view are listed when they are first needed."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._by_view: dict[View, tuple[Output, ...]] = {}

    def each(self, views: Iterable[View] = VIEWS) -> Iterator[Output]:
        for view in views:
            if view not in self._by_view:
                self._by_view[view] = tuple(view.make(self._site))
            yield from self._by_view[view]


@cached_for_site
def _site_outputs(site: Site) -> _SiteOutputs:
    return _SiteOutputs(site)


@cached_for_site
def _present(site: Site) -> frozenset[str]:
    """The paths of the site's files, but for those at old addresses."""
    views = (view for view in VIEWS if view.make is not _old_addresses)
    listed = (path for output in _site_outputs(site).each(views) for path in output.paths)
    return frozenset((*listed, *published_paths(site)))


def _is_present(site: Site, path: str) -> bool:
    return path in _present(site)


def redirects(site: Site) -> Mapping[str, str]:
    """The new address of each old one; both begin with the site's base path, and are encoded."""
    if not _has_old_addresses(site):
        return {}
    # late import: see docs/architecture.md
    from wardblog.views import old_addresses

    moved = old_addresses.all_moves(site, partial(_is_present, site))
    return old_addresses.redirects(site, moved)


def outputs(site: Site) -> Iterator[Output]:
    """Everything that is made from the site, except the files of the theme and of the content."""
    yield from _site_outputs(site).each()
    yield machines.sitemap(site, _site_outputs(site).each())


def output_at(site: Site, path: str) -> Output | None:
    """The output that a file belongs to, found without listing more views than necessary."""
    if page := posts.post_at(site, path):
        return page
    if path == machines.SITEMAP:
        return machines.sitemap(site, _site_outputs(site).each())
    others = (view for view in VIEWS if view.make is not posts.posts)
    listed = _site_outputs(site).each(others)
    return next((output for output in listed if path in output.paths), None)
