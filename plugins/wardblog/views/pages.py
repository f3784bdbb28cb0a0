"""The list of issues, the figures, the "not found" page, and the pages at old addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from wardblog.model import Issue, Post, Progress, Site
from wardblog.model.addresses import FIGURES, Move, has_figures, index_of, moves
from wardblog.model.outputs import OutputKind
from wardblog.text.words import counted, counts_of_reports, deadlines_ahead, open_for_comment
from wardblog.views.output import Page, PostLine, Values, without_posts
from wardblog.views.sharing import shared_picture

# What the words of a deadline are about, if residents can have their say until then.
_COMMENTS = ("comment", "consult", "object", "representation", "have your say", "survey")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """An issue in a list, with the numbers of its open reports and of its posts.

    `words` has these and other counts in words: `2 open reports, 3 fixed, 9 posts`.
    """

    issue: Issue
    open_reports: int
    posts: int
    words: str
    latest: PostLine | None


def issue_lines(site: Site) -> tuple[IssueLine, ...]:
    lines = []
    for issue in site.issues:
        posts = site.posts_on(issue)
        line = IssueLine(
            issue=issue,
            open_reports=sum(post.is_open for post in posts),
            posts=len(posts),
            words=_counts(site, posts),
            latest=PostLine.of(posts[0], site) if posts else None,
        )
        lines.append(line)
    return tuple(lines)


def _counts(site: Site, posts: tuple[Post, ...]) -> str:
    """The posts about an issue in words: `1 open for comment until 5 December, 2 fixed, 9 posts`.

    A report on which residents can comment is not counted as an open report as well. The number of
    posts is left out where the others add up to it.
    """
    if not posts:
        return "no posts yet"
    asking, dated, plain = list[date](), list[date](), list[Post]()
    for post in posts:
        ahead = [deadline for deadline in post.deadlines if deadline.ends > site.now]
        comments = [one for one in ahead if _is_about_comments(one.words)]
        if comments:
            asking.append(min(one.day for one in comments))
            continue
        dated += [min(one.day for one in ahead)] if ahead and not post.progress else []
        plain.append(post)
    closed = [post.progress for post in plain if post.progress and not post.is_open]
    still_open, fixed = sum(p.is_open for p in plain), closed.count(Progress.FIXED)
    words = counts_of_reports(still_open, fixed, len(closed) - fixed)
    words += [open_for_comment(asking, site.today)] if asking else []
    words += [deadlines_ahead(dated, site.today)] if dated else []
    if still_open + len(closed) + len(asking) + len(dated) < len(posts):
        words.append(counted(len(posts), "post"))
    return ", ".join(words)


def _is_about_comments(words: str) -> bool:
    plain = words.casefold()
    return any(word in plain for word in _COMMENTS)


def own_pages(site: Site) -> Iterator[Page]:
    for path, kind, address, template in (
        ("issues/index.html", OutputKind.INDEX, "issues/", "issues"),
        ("404.html", OutputKind.NOT_FOUND, "404.html", "404"),
    ):
        yield Page(
            path=path, kind=kind, site=without_posts(site), posts=site.published, address=address,
            template=template, values=_issues, in_sitemap=kind is OutputKind.INDEX,
        )  # fmt: skip


def _issues(part: Site) -> Values:
    return {"issues": issue_lines(part), "card": shared_picture(part)}


def figures(site: Site) -> Iterator[Page]:
    """The page of counts; there is none before the first report."""
    if has_figures(site):
        yield Page(
            path=index_of(FIGURES), kind=OutputKind.LIST, site=without_posts(site),
            posts=site.published, address=FIGURES, template="figures", values=_figures,
            in_sitemap=True,
        )  # fmt: skip


def _figures(part: Site) -> Values:
    # late import: see docs/architecture.md
    from wardblog.views.figures import figures_page

    return {"figures": figures_page(part), "card": shared_picture(part)}


def moved(site: Site) -> Iterator[Page]:
    """A page at each old address that forwards at once, for hosts without redirects."""
    own = without_posts(site)
    for move in moves(site):
        yield Page(
            path=index_of(move.old),
            kind=OutputKind.MOVED,
            site=own,
            extra=move,
            address=move.address,
            template="moved",
            values=partial(_moved, move=move),
        )


def _moved(part: Site, move: Move) -> Values:
    return {"target": move, "card": shared_picture(part)}
