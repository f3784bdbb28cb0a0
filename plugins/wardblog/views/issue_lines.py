"""The issues as lists show them, with counts in words."""

from __future__ import annotations

from datetime import date

from wardblog.model import Issue, Post, Progress, Site
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted, counts_of_reports, deadlines_ahead, open_for_comment
from wardblog.views.output import PostLine

# What the words of a deadline are about, if residents can have their say until then.
_COMMENTS = ("comment", "consult", "object", "representation", "have your say", "survey")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """An issue in a list; `words` has its counts: `2 open reports, 3 fixed, 9 posts`."""

    issue: Issue
    words: str
    latest: PostLine | None


def issue_lines(site: Site) -> tuple[IssueLine, ...]:
    lines = []
    for issue in site.issues:
        posts = site.posts_on(issue)
        line = IssueLine(
            issue=issue,
            words=counts_in_words(site, posts),
            latest=PostLine.of(posts[0], site) if posts else None,
        )
        lines.append(line)
    return tuple(lines)


def counts_in_words(site: Site, posts: tuple[Post, ...]) -> str:
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
