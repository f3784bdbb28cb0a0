"""What needs attention in the posts of an old blog, and which of them could be published.

The checks are run as if the posts were published: in a draft, most of them would only warn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from wardblog.check import RULES, PostRule, check_site
from wardblog.content.files import is_source
from wardblog.model import Post, Site, Visibility
from wardblog.problems import Problem, Severity
from wardblog.scaffold.old_blog.groups import HOLDING, Answers, Group, groups_of
from wardblog.scaffold.old_blog.plan import PlannedPost
from wardblog.support.late_dataclass import dataclass
from wardblog.views import SiteAddresses

# The severity of each rule that looks at one post alone, whose problems are known.
_OF_POSTS = {rule.name: rule.severity for rule in RULES if isinstance(rule, PostRule)}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFindings:
    """The groups, most important first, and the posts that could be published as they are.

    `ready` are the files of drafts that were public on the old blog, and that nothing stops,
    `blocked` those that something stops, and `waiting` those that only link to one of these.
    """

    groups: tuple[Group, ...]
    ready: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    def keys_by_file(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The keys of the groups that each file is in, answered or not."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for group in self.groups:
            for one in group.findings:
                found.setdefault(one.file, {})[group.key_of(one)] = None
        return {file: tuple(keys) for file, keys in found.items()}


def public_files(posts: Sequence[PlannedPost]) -> frozenset[str]:
    """The files of what residents could read on the old blog, and what is not withdrawn here."""
    return frozenset(
        one.target.file
        for one in posts
        if one.target.old.state == "published" and not one.target.is_withdrawn
    )


def find(
    site: Site,
    problems: Sequence[Problem],
    posts: Sequence[PlannedPost],
    of_pages: Sequence[Problem] = (),
    answers: Answers | None = None,
) -> MoveFindings:
    """Check the posts that came from the old blog as if they were published.

    `site` is what is in the content folder now, and `problems` are all that are known of it;
    `of_pages` are those of the pages that these posts would be, and `answers` the councillor's.
    """
    public = public_files(posts)
    files = {one.target.file for one in posts}
    own = frozenset((*files, *_used_by(site, files)))
    first = [problem for problem in _as_published(site, problems, public) if problem.file in own]
    first += _not_said_yet(of_pages, first, own)
    drafts = {post.file for post in _drafts_among(site, public)}
    first += _without_date(_drafts_among(site, public), _stopped(first, drafts))
    groups = groups_of(first, posts, answers or {})
    held = {one.file for group in groups if group.check in HOLDING for one in group.open}
    blocked = _stopped(first, drafts) | (drafts & held)
    ready = _ready(site, problems, drafts - blocked) if blocked else drafts
    return MoveFindings(
        groups=groups,
        ready=tuple(sorted(ready)),
        blocked=tuple(sorted(blocked)),
        waiting=tuple(sorted(drafts - ready - blocked)),
    )


def _drafts_among(site: Site, files: Collection[str]) -> Iterator[Post]:
    for post in (*site.posts, *site.pages):
        if post.file in files and post.visibility is Visibility.DRAFT:
            yield post


def _without_date(drafts: Iterable[Post], stopped: Collection[str]) -> Iterator[Problem]:
    """What the reader says of a published post without a date, which has no address."""
    for post in drafts:
        if not post.address and post.file not in stopped:
            hint = f'Add a line such as "Date: {post.date:%Y-%m-%d}".'
            yield Problem(file=post.file, line=1, message="the date is missing", hint=hint)


def _not_said_yet(
    of_pages: Sequence[Problem], first: Sequence[Problem], own: Collection[str]
) -> list[Problem]:
    """The problems of pages, without those that are known from the post's text."""
    said = {(problem.file, problem.rule) for problem in first}
    return [
        problem
        for problem in of_pages
        if problem.file in own
        and (problem.file, problem.rule.removesuffix("-in-output")) not in said
    ]


def _used_by(site: Site, files: Collection[str]) -> Iterator[str]:
    for post in (*site.posts, *site.pages):
        if post.file in files:
            yield from post.files
            yield from post.pictures
            yield from (link.target.rsplit("../", 1)[-1] for link in post.links if link.embeds)


def _as_published(
    site: Site, problems: Sequence[Problem], files: Collection[str]
) -> Iterator[Problem]:
    """The problems of the site if the drafts in these files were published today."""
    known: dict[str, tuple[Problem, ...]] = {}
    for post in (*site.posts, *site.pages):
        known[post.file] = ()
    for one in problems:
        if one.rule in _OF_POSTS and one.file in known:
            known[one.file] = (
                *known[one.file],
                replace(one, severity=_OF_POSTS[one.rule], answer=""),
            )
        elif not one.rule and is_source(one.file):
            yield one
    seen = as_published(site, files)
    yield from check_site(seen, SiteAddresses(seen), known)


def as_published(site: Site, files: Collection[str]) -> Site:
    """The site if the drafts in these files were published today."""
    return replace(
        site,
        posts=tuple(_published(post, files, site) for post in site.posts),
        pages=tuple(_published(post, files, site) for post in site.pages),
    )


def as_pages(site: Site, files: Collection[str]) -> Site:
    """The same without old addresses, of which one may be that of a page: a check says so."""
    seen = as_published(site, files)
    return replace(
        seen,
        posts=tuple(replace(post, aliases=()) for post in seen.posts),
        pages=tuple(replace(page, aliases=()) for page in seen.pages),
    )


def _published(post: Post, files: Collection[str], site: Site) -> Post:
    if post.file not in files or post.visibility is not Visibility.DRAFT or not post.address:
        return post
    is_later = post.date.date() > site.today
    return replace(post, visibility=Visibility.SCHEDULED if is_later else Visibility.PUBLISHED)


def _ready(site: Site, problems: Sequence[Problem], drafts: set[str]) -> set[str]:
    """The drafts that could be published together: a link to one that stays a draft stops."""
    ready = drafts
    while ready and (stopped := _stopped(_as_published(site, problems, ready), ready)):
        ready = ready - stopped
    return ready


def _stopped(problems: Iterable[Problem], files: Collection[str]) -> set[str]:
    """The files with a problem that stops; what the reader says of a draft may do so as well."""
    return {
        one.file
        for one in problems
        if one.file in files
        and (one.severity is Severity.STOP or (not one.rule and one.severity is Severity.WARN))
    }
