"""Every post is about an issue that the councillor declared, spelt as she declared it."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import GENERAL, Post, Site, Tag
from wardblog.problems import Problem, nearest


def _misspelt(post: Post, site: Site) -> list[tuple[Tag, str]]:
    declared = {issue.slug: issue.name for issue in site.issues}
    found: list[tuple[Tag, str]] = []
    for tag in post.tags:
        if tag.slug in declared or tag.slug == GENERAL:
            continue
        best = nearest(tag.slug, declared)
        if best is not None:
            found.append((tag, declared[best]))
    return found


def misspelt_issue(site: Site) -> Iterator[Problem]:
    for post in site.posts if site.issues_known else ():
        for tag, name in _misspelt(post, site):
            yield Problem(
                post.file,
                post.line_of("Tags"),
                f'there is no issue called "{tag.name}"',
                f'Did you mean "{name}"? Your issues are listed in {{content}}/issues.toml.',
            )


def no_issue(site: Site) -> Iterator[Problem]:
    names = ", ".join(issue.name for issue in site.issues)
    for post in site.posts if site.issues_known else ():
        is_general = any(tag.slug == GENERAL for tag in post.tags)
        is_allowed = any(a.rule == "misspelt-issue" for a in post.allowances)
        if post.issues or is_general or (_misspelt(post, site) and not is_allowed):
            continue
        yield Problem(
            post.file,
            post.line_of("Tags") or post.line_of("Title") or 1,
            "this post is about none of your issues",
            f'Your issues are: {names}. Add one to "Tags:", or write "Tags: {GENERAL}".'
            if names
            else f'Declare an issue in {{content}}/issues.toml, or write "Tags: {GENERAL}".',
        )
