"""The lines of the list of all posts.

There may be ten thousand, and all of them are made again when one title changes. So each year is
one text in HTML, which takes a third of the time of a value and a line of the template for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup, escape

from wardblog.model import Issue, Post, Progress, Site
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import direction
from wardblog.text.words import long_date


@dataclass(frozen=True, slots=True)
class YearOfPosts:
    """The posts of a year as items of a list, newest first."""

    title: str
    items: Markup


@dataclass(frozen=True, slots=True)
class IssueCount:
    """An issue with the number of its posts."""

    issue: Issue
    count: int


def posts_by_year(site: Site) -> tuple[YearOfPosts, ...]:
    items = _Items(site)
    groups = groupby(site.published, key=lambda post: post.date.year)
    return tuple(YearOfPosts(str(year), items.of(posts)) for year, posts in groups)


class _Items:
    """Posts as items; what many of them have in common is made once."""

    def __init__(self, site: Site) -> None:
        self._base = escape(f"{site.base_path}/")
        self._names = {
            issue.slug: f' <span class="about">{escape(issue.name)}</span>' for issue in site.issues
        }
        self._progress: dict[Progress | None, str] = {
            one: ' <span class="progress">'
            f'<span aria-hidden="true">{one.sign}</span> {one.value}</span>'
            for one in Progress
        }
        self._progress[None] = ""

    def of(self, posts: Iterable[Post]) -> Markup:
        return Markup("\n".join(map(self._item, posts)))  # noqa: S704 - each part is escaped

    def _item(self, post: Post) -> str:
        day = post.date.date()
        about = "".join(self._names.get(slug, "") for slug in post.issues)
        waits = f' <strong class="waits">{escape(post.waits)}</strong>' if post.waits else ""
        return (
            f'<li><time class="about" datetime="{day.isoformat()}">{long_date(day)}</time> '
            f'<span><a href="{self._base}{escape(post.address)}"{_language(post.lang)}>'
            f"{escape(post.title)}</a>{waits}{about}{self._progress[post.progress]}</span></li>"
        )


def _language(code: str) -> str:
    if code == "en":
        return ""
    way = "rtl" if direction(code) == "rtl" else "auto"
    return f' lang="{escape(code)}" dir="{way}" hreflang="{escape(code)}"'


def issue_counts(site: Site) -> tuple[IssueCount, ...]:
    return tuple(IssueCount(issue, len(site.posts_on(issue))) for issue in site.issues)
