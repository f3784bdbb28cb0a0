"""A post's page: what it is about, where, how far it has got, and what comes before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardblog.figures import Dot, MapFigure
from wardblog.model import GENERAL, Issue, Post, Progress, Site, Tag
from wardblog.views.coming import Coming, coming_of
from wardblog.views.news import changes_of
from wardblog.views.places import PlaceRow, figure, post_dots, rows, so_far
from wardblog.words import counted, long_date

# How many places the name of a post's map tells.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a report's history; `after` says how long it took since the one before."""

    when: str
    iso: str
    progress: Progress | None
    words: str
    after: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PostPage:
    post: Post
    issues: tuple[Issue, ...]
    other_tags: tuple[Tag, ...]
    places: tuple[PlaceRow, ...]
    figure: MapFigure | None
    history: tuple[Step, ...]
    coming: tuple[Coming, ...]
    newer: Post | None
    older: Post | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The posts before and after each, by file; made once for all of them."""

    newer: Mapping[str, Post]
    older: Mapping[str, Post]

    @classmethod
    def of(cls, site: Site) -> Neighbours:
        pairs = list(zip(site.published, site.published[1:], strict=False))
        return cls({old.file: new for new, old in pairs}, {new.file: old for new, old in pairs})


def post_page(site: Site, post: Post, neighbours: Neighbours) -> PostPage:
    issues = {issue.slug: issue for issue in site.issues}
    return PostPage(
        post,
        tuple(issues[slug] for slug in post.issues),
        tuple(tag for tag in post.tags if tag.slug not in (*issues, GENERAL)),
        rows(_dots(site, post)),
        post_figure(site, post),
        _history(site, post),
        tuple(coming_of(site, post)),
        neighbours.newer.get(post.file),
        neighbours.older.get(post.file),
    )


def _dots(site: Site, post: Post) -> tuple[Dot, ...]:
    return tuple(post_dots(site, (post,), with_links=False))


def post_figure(site: Site, post: Post) -> MapFigure | None:
    """The map of a post's own places."""
    names = list(dict.fromkeys(place.name for place in post.places))
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    label = f"Map: {', '.join(names[:_NAMED])}{more}"
    return figure(site, post.address, label, _dots(site, post))


def _history(site: Site, post: Post) -> tuple[Step, ...]:
    """The `Updated` lines in order, with the days since the one before, or since the post."""
    steps: list[Step] = []
    anchors = dict(changes_of(site, post))
    previous = post.date.date()
    for update in so_far(site, post):
        days = (update.day - previous).days
        steps.append(
            Step(
                long_date(update.day),
                update.day.isoformat(),
                update.progress,
                update.words,
                f"{counted(days, 'day')} later" if days > 0 else "",
                anchors.pop(update, ""),  # of two lines that are the same, the first
            )
        )
        previous = update.day
    return tuple(steps)
