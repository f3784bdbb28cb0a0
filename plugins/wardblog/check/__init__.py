"""The guard: rules over the whole site; each gives its problems, none stops, prints or raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from wardblog.check.rule import PostRule, Rule, SiteRule
from wardblog.check.rules import RULES
from wardblog.model import Post, Site, Visibility
from wardblog.problems import Problem, Severity, did_you_mean

__all__ = ["RULES", "PostRule", "Rule", "SiteRule", "check_post", "check_site"]

_OF_POSTS = tuple(rule for rule in RULES if isinstance(rule, PostRule))
_OF_SITES = tuple(rule for rule in RULES if isinstance(rule, SiteRule))
_ANSWERABLE = tuple(rule.name for rule in RULES if rule.answerable)


def check_post(post: Post) -> tuple[Problem, ...]:
    """The problems that a post or page has by itself."""
    return tuple(problem for rule in _OF_POSTS for problem in rule.named(rule.check(post)))


def check_site(
    site: Site, known: Mapping[str, tuple[Problem, ...]] = MappingProxyType({})
) -> list[Problem]:
    """Every rule's problems; those of a draft are warnings, since nobody reads it yet.

    What the author answered is a note, with the answer. `known` has what `check_post` said of
    posts that are still the same, by file.
    """
    posts = {post.file: post for post in (*site.posts, *site.pages)}
    found: list[Problem] = []
    for file, post in posts.items():
        found += known[file] if file in known else check_post(post)
    for rule in _OF_SITES:
        found += rule.named(rule.check(site))
    return [*judged(found, posts), *_unknown_answers(posts)]


def judged(problems: list[Problem], posts: Mapping[str, Post]) -> Iterator[Problem]:
    """The problems as they weigh in the post that they are in, after its author's answers."""
    for problem in problems:
        post = posts.get(problem.file)
        if post is None:
            yield problem
            continue
        answer = next((a for a in post.allowances if a.rule == problem.rule), None)
        if answer and problem.rule in _ANSWERABLE:
            yield problem.answered(answer.reason)
        elif post.visibility is Visibility.DRAFT:
            yield problem.as_warning()
        else:
            yield problem


def _unknown_answers(posts: Mapping[str, Post]) -> Iterator[Problem]:
    for post in posts.values():
        for allowance in post.allowances:
            if allowance.rule not in _ANSWERABLE:
                yield Problem(
                    post.file,
                    post.line_of("Allow"),
                    f'no check that can be answered is called "{allowance.rule}"',
                    did_you_mean(
                        allowance.rule, _ANSWERABLE, f"There are: {', '.join(_ANSWERABLE)}."
                    ),
                    Severity.WARN,
                )
