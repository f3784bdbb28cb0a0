"""The lines of the list of all posts, which may be ten thousand: each is short and quickly made."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from wardblog.model import Issue, Post, Progress, Site
from wardblog.text.words import long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPost:
    """A post in the list: its `day` in words, and the names of its `issues` in one line."""

    title: str
    address: str
    iso: str
    day: str
    lang: str
    issues: str
    progress: Progress | None
    waits: str


@dataclass(frozen=True, slots=True)
class YearOfPosts:
    """The posts of a year, newest first."""

    title: str
    posts: tuple[ListedPost, ...]


@dataclass(frozen=True, slots=True)
class IssueCount:
    """An issue with the number of its posts."""

    issue: Issue
    count: int


def posts_by_year(site: Site) -> tuple[YearOfPosts, ...]:
    names = {issue.slug: issue.name for issue in site.issues}
    groups = groupby(site.published, key=lambda post: post.date.year)
    return tuple(
        YearOfPosts(str(year), tuple(_listed(post, names) for post in posts))
        for year, posts in groups
    )


def _listed(post: Post, names: dict[str, str]) -> ListedPost:
    day = post.date.date()
    return ListedPost(
        title=post.title,
        address=post.address,
        iso=day.isoformat(),
        day=long_date(day),
        lang=post.lang,
        issues=", ".join(names[slug] for slug in post.issues if slug in names),
        progress=post.progress,
        waits=post.waits,
    )


def issue_counts(site: Site) -> tuple[IssueCount, ...]:
    return tuple(IssueCount(issue, len(site.posts_on(issue))) for issue in site.issues)
