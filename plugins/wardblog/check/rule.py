"""Defines a rule: a name, a check, its reason, and whether an author may answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial, wraps
from itertools import islice

from wardblog.check.built.file import BuiltFile
from wardblog.model import Post, Site
from wardblog.model.outputs import Addresses
from wardblog.problems import Problem, Severity, sorted_unique
from wardblog.support.late_dataclass import dataclass

# How many problems a rule reports for one post at a time.
MOST_REPORTED = 5


def limited(check: Callable[[Post], Iterable[Problem]]) -> Callable[[Post], Iterable[Problem]]:
    """A check of a post that stops after the first problems."""

    @wraps(check)
    def limited_check(post: Post) -> Iterable[Problem]:
        return islice(check(post), MOST_REPORTED)

    return limited_check


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table of rules.

    `reason` says in one line why the rule exists, and `source` where to read more: a URL, or a
    section of docs/. An `answerable` rule can be silenced in a post with `Allow: name because ...`;
    `former` is a name by which older posts may call it.
    """

    name: str
    severity: Severity
    reason: str
    source: str
    answerable: bool = False
    former: str = ""

    def labelled(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems with the name and severity of this rule."""
        return (replace(p, rule=self.name, severity=self.severity) for p in problems)


def without_posts(site: Site) -> Site:
    """The site without its posts and pages: what a check of a single one may know of it."""
    return replace(site, posts=(), pages=())


class EachPost:
    """A check of a site that asks the same of each post, and of each page as well if it says so.

    It sees the post and the site without posts. So its result is kept until one of them changes.
    """

    def __init__(
        self, of_post: Callable[[Post, Site], Iterable[Problem]], has_pages: bool = False
    ) -> None:
        self._of_post, self._has_pages = of_post, has_pages

    def of_post(self, post: Post, rest: Site) -> Iterable[Problem]:
        if not self._has_pages and post.file.startswith("pages/"):
            return ()
        return self._of_post(post, rest)

    def __call__(self, site: Site) -> Iterator[Problem]:
        rest = without_posts(site)
        for post in (*site.posts, *site.pages):
            yield from self.of_post(post, rest)


def each_post(check: Callable[[Post, Site], Iterable[Problem]]) -> EachPost:
    """A check of each post alone, as a check of the site."""
    return EachPost(check)


def each_post_and_page(check: Callable[[Post, Site], Iterable[Problem]]) -> EachPost:
    return EachPost(check, has_pages=True)


class OfRest:
    """A check of a site that sees none of its posts: of settings, lists and names of files."""

    def __init__(self, check: Callable[[Site], Iterable[Problem]]) -> None:
        self._check = check

    def __call__(self, site: Site) -> Iterable[Problem]:
        return self._check(without_posts(site) if site.posts or site.pages else site)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule(Rule):
    """A check of the whole site.

    A rule that `needs_settings` is skipped if ward.toml has a mistake, since its problems could be
    a consequence of that mistake.
    """

    check: Callable[[Site], Iterable[Problem]] = lambda _: ()
    needs_settings: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRule(Rule):
    """A check of the whole site and its addresses.

    `check_file` asks the same of each file as it would be published.
    """

    check: Callable[[Site, Addresses], Iterable[Problem]] = lambda _, __: ()
    check_file: Callable[[BuiltFile], Iterable[Problem]] = lambda _: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRule(Rule):
    """A check of a single post or page, whose result is cached until the post changes."""

    check: Callable[[Post], Iterable[Problem]] = lambda _: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltRule(Rule):
    """A check of one file as it would be published."""

    check: Callable[[BuiltFile], Iterable[Problem]] = lambda _: ()


# The problems of a post with the answers of its author.
Answered = Callable[[Iterable[Problem], Post], Iterable[Problem]]


class KeptChecks:
    """What the checks found, kept from one reading of a site to the next while it is written.

    A single post is checked again if it changed, or anything of the site but its posts. Checks
    that compare posts with each other are not here.
    """

    def __init__(self, rules: Iterable[SiteRule], answered: Answered) -> None:
        self._rules, self._answered = tuple(rules), answered
        self._rest: Site | None = None
        self._of_rest: list[Problem] = []
        self._of_post: list[tuple[SiteRule, Callable[[Post], Iterable[Problem]]]] = []
        self._texts: tuple[Post, ...] = ()
        # All posts and pages with what was found in each alone, both by file, sorted.
        self.posts: dict[str, Post] = {}
        self._found: dict[str, tuple[Problem, ...]] = {}

    def of_rest(self, site: Site) -> list[Problem]:
        """What is found without any post; call it first."""
        rest = without_posts(site)
        if rest != self._rest:
            rules = [r for r in self._rules if rest.settings_known or not r.needs_settings]
            self._rest, self._texts, self.posts, self._found = rest, (), {}, {}
            self._of_post = [
                (rule, partial(rule.check.of_post, rest=rest))
                for rule in rules
                if isinstance(rule.check, EachPost)
            ]
            own = [r for r in rules if isinstance(r.check, OfRest)]
            self._of_rest = [p for rule in own for p in rule.labelled(rule.check(rest))]
        return self._of_rest

    def of_posts(
        self,
        texts: tuple[Post, ...],
        known: Mapping[str, tuple[Problem, ...]],
        check: Callable[[Post], tuple[Problem, ...]],
    ) -> dict[str, tuple[Problem, ...]]:
        """What is found in each post or page alone, sorted, by file; the files are sorted as well.

        `known` are its problems without the site; `check` finds those that are missing there.
        """
        size, new = len(self.posts), list(texts)
        if len(texts) == len(self._texts):
            new = [p for p, old in zip(texts, self._texts, strict=True) if p is not old]
        for post in new:
            if self.posts.get(post.file) is not post:
                own = known.get(post.file)
                self._found[post.file] = self._of(post, check(post) if own is None else own)
                self.posts[post.file] = post
        if not size == len(self.posts) == len(texts):  # some are new, or gone
            self.posts = {post.file: post for post in sorted(texts, key=lambda post: post.file)}
            self._found = {file: self._found[file] for file in self.posts}
        self._texts = texts
        return self._found

    def _of(self, post: Post, own: tuple[Problem, ...]) -> tuple[Problem, ...]:
        problems = list(own)
        for rule, find in self._of_post:
            # Nearly all find nothing in thousands of posts.
            if found := tuple(find(post)):
                problems += rule.labelled(found)
        if not problems and not post.allowances:
            return ()
        return tuple(sorted_unique(self._answered(problems, post)))
