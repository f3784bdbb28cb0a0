"""Check that each post has an issue, and that issues and authors are spelt as declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wardblog.check.rule import each_post, each_post_and_page
from wardblog.model import GENERAL, Post, Site, Tag
from wardblog.model.addresses import cached_for_site
from wardblog.problems import Problem, nearest
from wardblog.support.late_regex import late_regex

_TITLE = late_regex(r"^(?:cllr|cllrs|councillor|councillors|cr)\b\.?\s*", re.IGNORECASE)
_BETWEEN = late_regex(r"\s*(?:,|;|&|\band\b)\s*")


class _Spelling:
    """Finds tags that are probably misspelt issues; each tag is compared only once."""

    def __init__(self, site: Site) -> None:
        self._declared = {issue.slug: issue.name for issue in site.issues}
        self._known: dict[str, str | None] = {GENERAL: None}

    def meant(self, tag: Tag) -> str | None:
        """The issue that a misspelt tag was probably meant to be; None for any other tag."""
        if tag.slug in self._declared:
            return None
        if tag.slug not in self._known:
            best = _nearest(tag.slug, tuple(self._declared))
            self._known[tag.slug] = self._declared[best] if best else None
        return self._known[tag.slug]


@lru_cache(maxsize=1024)
def _nearest(slug: str, declared: tuple[str, ...]) -> str | None:
    """The preview asks for the same tags after each save."""
    return nearest(slug, declared)


@cached_for_site
def _spelling(site: Site) -> _Spelling:
    return _Spelling(site)


@each_post
def misspelt_issue(post: Post, site: Site) -> Iterator[Problem]:
    for tag in post.tags if site.issues_known else ():
        if name := _spelling(site).meant(tag):
            yield Problem(
                file=post.file,
                line=post.line_of("Tags"),
                message=f'there is no issue called "{tag.name}"',
                hint=f'Did you mean "{name}"? Your issues are listed in {{content}}/issues.toml.',
            )


@each_post
def no_issue(post: Post, site: Site) -> Iterator[Problem]:
    if not site.issues_known or post.issues or any(tag.slug == GENERAL for tag in post.tags):
        return
    is_allowed = any(a.rule == "misspelt-issue" for a in post.allowances)
    if any(_spelling(site).meant(tag) for tag in post.tags) and not is_allowed:
        return
    names = ", ".join(issue.name for issue in site.issues)
    yield Problem(
        file=post.file,
        line=post.line_of("Tags") or post.line_of("Title") or 1,
        message="this post is not about any of your issues",
        hint=f'Your issues are: {names}. Add one to "Tags:", or write "Tags: {GENERAL}".'
        if names
        else f'Declare an issue in {{content}}/issues.toml, or write "Tags: {GENERAL}".',
    )


@each_post_and_page
def misspelt_author(post: Post, site: Site) -> Iterator[Problem]:
    names = [councillor.name for councillor in site.councillors]
    if post.author in names or "Author" not in post.lines:
        return
    known = {_plain(name): name for name in names}
    for written in _BETWEEN.split(post.author):
        name = _TITLE.sub("", " ".join(written.split()))
        best = nearest(_plain(name), known) if name else None
        if best and best != _plain(name):
            yield Problem(
                file=post.file,
                line=post.line_of("Author"),
                message=f'no councillor is called "{name}"',
                hint=f'Did you mean "{known[best]}"? The names are those in {{content}}/ward.toml.',
            )


def _plain(name: str) -> str:
    """A name without its title, in lower case."""
    return _TITLE.sub("", name).casefold()
