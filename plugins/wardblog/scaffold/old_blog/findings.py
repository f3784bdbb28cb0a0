"""What needs attention in the posts of an old blog, in groups of similar things.

The checks are run as if the posts were published: in a draft, most of them would only warn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from wardblog.check import RULES, PostRule, check_site
from wardblog.content.files import is_source
from wardblog.model import Post, Site, Visibility
from wardblog.problems import Problem, Severity
from wardblog.scaffold.old_blog.plan import PlannedPost
from wardblog.support.late_regex import late_regex
from wardblog.views import SiteAddresses

# A quoted part differs from post to post, and a number as well.
_QUOTED = late_regex(r'"[^"]*"|[“‘][^”’]*[”’]')
_NUMBER = late_regex(r"\b\d[\d.,]*\b")
PERSONAL = "personal-data"
# A detail that is in so many posts is a group of its own: one decision settles all of them.
_OFTEN = 3
_OF_POSTS = frozenset(rule.name for rule in RULES if isinstance(rule, PostRule))
ANSWERABLE = frozenset(rule.name for rule in RULES if rule.answerable)
# What a check cannot see, since it is about the old text: its words in a group, and the remedy.
_NOTES: Mapping[str, tuple[str, str]] = {
    "shortcode": (
        "{} did something on the old blog that it cannot do here",
        "Write what residents should read instead, and delete the note that has its place.",
    ),
    "block": (
        "the block {} was filled in by the old blog",
        "Write what residents should read instead, and delete the note that has its place.",
    ),
    "template": (
        "{} was filled in by the old blog",
        "Write what residents should read instead, and delete the note that has its place.",
    ),
    "embed": (
        "something from {} was shown here, and was left out",
        "If residents need it, link to it.",
    ),
    "form": (
        "a form was left out, since nobody would receive what is typed",
        "Say how residents can reach you, such as by e-mail.",
    ),
    "picture": (
        "a picture is not on this computer",
        "Run the command again with UPLOADS=folder or PICTURES=1, or delete the picture.",
    ),
    "upload": (
        "a document is not on this computer",
        "Run the command again with UPLOADS=folder, or delete the link.",
    ),
    "link": (
        "a link leads to a page of the old blog that was not brought",
        "Link to something else, or delete the link.",
    ),
    "code": (
        "a part of the text could only be kept as HTML ({})",
        "Read it, and write it in Markdown if you want to change it.",
    ),
}
_OF_NOTES_BY_ADDRESS = ("picture", "upload", "link")


class Subject(IntEnum):
    """What a group is about, most important first."""

    PEOPLE = 0
    DESCRIPTIONS = 1
    LINKS = 2
    STOPPING = 3
    LEFT_OUT = 4
    ADVICE = 5


_PEOPLE = frozenset(
    ("personal-data", "personal-answer", "people-in-list", "private-file", "reply-name",
     "exact-pin", "unread-file")
)  # fmt: skip
_DESCRIPTIONS = frozenset(("no-alternative", "useless-alternative"))
_LINKS = frozenset(("broken-link", "dead-link", "missing-image", *_OF_NOTES_BY_ADDRESS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing in one file; `words` are what the message quotes, such as a name."""

    file: str
    line: int | None
    message: str
    hint: str
    words: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Similar findings; `check` is the rule, or the kind of a note, and `what` describes them.

    `stops` is whether a post with one of them cannot be published.
    """

    check: str
    what: str
    subject: Subject
    stops: bool
    findings: tuple[Finding, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.check, self.what

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that nobody has answered."""
        return tuple(one for one in self.findings if not one.answer)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.file for one in self.open))

    @property
    def can_be_answered(self) -> bool:
        return self.check in ANSWERABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The groups, most important first, and the posts that could be published as they are.

    `ready` are the files of drafts that were public on the old blog, and that nothing stops,
    `blocked` those that something stops, and `waiting` those that only link to one of these.
    """

    groups: tuple[Group, ...]
    ready: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    def groups_of(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The keys of the groups that each file is in, answered or not."""
        found: dict[str, dict[tuple[str, str], None]] = {}
        for group in self.groups:
            for one in group.findings:
                found.setdefault(one.file, {})[group.key] = None
        return {file: tuple(keys) for file, keys in found.items()}


def public_files(posts: Sequence[PlannedPost]) -> frozenset[str]:
    """The files of what residents could read on the old blog."""
    return frozenset(one.place.file for one in posts if one.place.old.state == "published")


def find(
    site: Site,
    problems: Sequence[Problem],
    posts: Sequence[PlannedPost],
    of_pages: Sequence[Problem] = (),
) -> Findings:
    """Check the posts that came from the old blog as if they were published.

    `site` is what is in the content folder now, and `problems` are all that are known of it;
    `of_pages` are those of the pages that these posts would be.
    """
    public = public_files(posts)
    files = {one.place.file for one in posts}
    own = frozenset((*files, *_used_by(site, files)))
    first = [problem for problem in _as_published(site, problems, public) if problem.file in own]
    first += _not_said_yet(of_pages, first, own)
    drafts = {
        post.file
        for post in (*site.posts, *site.pages)
        if post.file in public and post.visibility is Visibility.DRAFT
    }
    blocked = _stopped(first, drafts)
    ready = _ready(site, problems, drafts - blocked) if blocked else drafts
    return Findings(
        groups=_grouped([*_of_problems(first), *_of_notes(posts)]),
        ready=tuple(sorted(ready)),
        blocked=tuple(sorted(blocked)),
        waiting=tuple(sorted(drafts - ready - blocked)),
    )


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
            known[one.file] = (*known[one.file], replace(one, severity=_severity(one), answer=""))
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


def _severity(problem: Problem) -> Severity:
    return next(rule.severity for rule in RULES if rule.name == problem.rule)


def _published(post: Post, files: Collection[str], site: Site) -> Post:
    if post.file not in files or post.visibility is not Visibility.DRAFT:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Single:
    """A finding with what decides about its group."""

    check: str
    pattern: str
    stops: bool
    finding: Finding


def _of_problems(problems: Iterable[Problem]) -> Iterator[_Single]:
    for one in problems:
        if one.severity is Severity.NOTE and not one.answer:
            continue
        words = ": ".join(part[1:-1] for part in _QUOTED.findall(one.message))
        yield _Single(
            check=one.rule or "reading",
            pattern=_pattern(one.message),
            stops=one.severity is Severity.STOP or not one.rule,
            finding=Finding(
                file=one.file,
                line=one.line,
                message=one.message,
                hint=one.hint,
                words=words,
                answer=one.answer,
            ),
        )


def _pattern(message: str) -> str:
    return " ".join(_NUMBER.sub("…", _QUOTED.sub("…", message)).split())


def _of_notes(posts: Sequence[PlannedPost]) -> Iterator[_Single]:
    for post in posts:
        for note in post.notes:
            message, hint = _NOTES[note.kind]
            is_address = note.kind in _OF_NOTES_BY_ADDRESS
            what = message.format(note.words)
            yield _Single(
                check=note.kind,
                pattern=what,
                stops=False,
                finding=Finding(
                    file=post.place.file,
                    line=note.line,
                    message=f"{what}: {note.words}" if is_address else what,
                    hint=hint,
                    words=note.words,
                ),
            )


def _grouped(singles: Sequence[_Single]) -> tuple[Group, ...]:
    often = Counter((one.pattern, one.finding.words) for one in singles if one.check == PERSONAL)
    found: dict[tuple[str, str], list[_Single]] = {}
    for one in singles:
        what = one.pattern
        if one.check == PERSONAL and often[one.pattern, one.finding.words] >= _OFTEN:
            what = one.finding.message
        found.setdefault((one.check, what), []).append(one)
    groups = [
        Group(
            check=check,
            what=what,
            subject=_subject(check, any(one.stops for one in some)),
            stops=any(one.stops for one in some),
            findings=tuple(dict.fromkeys(one.finding for one in some)),
        )
        for (check, what), some in found.items()
    ]
    return tuple(sorted(groups, key=lambda one: (one.subject, -len(one.findings), one.key)))


def _subject(check: str, stops: bool) -> Subject:
    if check in _PEOPLE:
        return Subject.PEOPLE
    if check in _DESCRIPTIONS:
        return Subject.DESCRIPTIONS
    if check in _LINKS:
        return Subject.LINKS
    if stops:
        return Subject.STOPPING
    return Subject.LEFT_OUT if check in _NOTES else Subject.ADVICE
