"""Check the whole site: each rule yields its problems; none stops, prints or raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from wardblog.check import raw
from wardblog.check.built.file import BuiltFile, Resolver, ids_in
from wardblog.check.built.plain_page import PlainPages
from wardblog.check.built.targets import DEAD_LINK, Reference, line_of, lost, references, unmet
from wardblog.check.rule import (
    AddressRule,
    BuiltRule,
    EachPost,
    KeptChecks,
    OfRest,
    PostRule,
    Rule,
    SiteRule,
)
from wardblog.check.rules import RULES
from wardblog.content import time_limit
from wardblog.model import Post, Site, Visibility
from wardblog.model.outputs import Addresses
from wardblog.problems import Problem, Severity, did_you_mean, merged

__all__ = [
    "RULES",
    "AddressRule",
    "BuiltFile",
    "BuiltRule",
    "KeptChecks",
    "PlainPages",
    "PostRule",
    "Reference",
    "Resolver",
    "Rule",
    "SiteRule",
    "check_built",
    "check_files",
    "check_post",
    "check_reference",
    "check_site",
    "ids_in",
    "kept_checks",
    "references",
    "with_answers_applied",
]

_POST_RULES = tuple(rule for rule in RULES if isinstance(rule, PostRule))
_SITE_RULES = tuple(rule for rule in RULES if isinstance(rule, SiteRule))
# Those that compare posts, or what is published because posts refer to it.
_OF_POSTS = tuple(rule for rule in _SITE_RULES if not isinstance(rule.check, EachPost | OfRest))
_OF_ADDRESSES = tuple(rule for rule in RULES if isinstance(rule, AddressRule))
_BUILT_RULES = tuple(rule for rule in RULES if isinstance(rule, BuiltRule))
_BY_NAME = {rule.name: rule for rule in RULES}
_ANSWERABLE = tuple(rule.name for rule in RULES if rule.answerable)
_RENAMED = {rule.former: rule.name for rule in RULES if rule.former}


def check_post(post: Post) -> tuple[Problem, ...]:
    """The problems of a post or page that do not depend on the rest of the site."""
    try:
        return time_limit.run_within(time_limit.seconds_for_text(len(post.text)), _check_post, post)
    except time_limit.TimeLimitError as slow:
        problem = Problem(file=post.file, line=post.body.line, message=slow.message, hint=slow.hint)
        return (problem.as_warning() if time_limit.is_hurried() else problem,)


def _check_post(post: Post) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    for rule in _POST_RULES:
        # Nearly all find nothing.
        if found := tuple(rule.check(post)):
            problems += rule.labelled(found)
    return tuple(problems)


def kept_checks() -> KeptChecks:
    """What the checks of a site keep for the next time that it is checked."""
    return KeptChecks(_SITE_RULES, _answered)


def check_site(
    site: Site,
    addresses: Addresses,
    known: Mapping[str, tuple[Problem, ...]] = MappingProxyType({}),
    kept: KeptChecks | None = None,
    more: Iterable[Problem] = (),
) -> list[Problem]:
    """The problems of all rules, sorted; those in a draft are warnings: nobody can read it yet.

    A problem that the author answered becomes a note with the answer. `known` has the results of
    `check_post` for unchanged posts, by file. `kept` has those of the site before, and receives
    these. `more` are problems that were found elsewhere, and are sorted with the others.
    """
    kept = kept or kept_checks()
    problems = list(kept.of_rest(site))
    of_posts = kept.of_posts((*site.posts, *site.pages), known, check_post)
    for rule in _OF_POSTS:
        if site.settings_known or not rule.needs_settings:
            problems += rule.labelled(rule.check(site))
    for address_rule in _OF_ADDRESSES:
        problems += address_rule.labelled(address_rule.check(site, addresses))
    others = (*more, *with_answers_applied(problems, kept.posts), *raw.unused(site))
    return merged(of_posts, others)


def _answered(problems: Iterable[Problem], post: Post) -> Iterable[Problem]:
    return (*with_answers_applied(problems, {post.file: post}), *_unknown_answers(post))


def check_files(site: Site) -> list[Problem]:
    """The problems of files that are published unchanged."""
    checks = ("unsafe-file", "private-file", "unsafe-data", "personal-data")
    rules = (rule for rule in _SITE_RULES if rule.name in checks)
    return [problem for rule in rules for problem in rule.labelled(rule.check(site))]


def check_built(file: BuiltFile) -> tuple[Problem, ...]:
    """The problems of one file as it would be published."""
    of_addresses = (p for rule in _OF_ADDRESSES for p in rule.labelled(rule.check_file(file)))
    of_files = (p for rule in _BUILT_RULES for p in rule.labelled(rule.check(file)))
    return (*of_addresses, *of_files)


def check_reference(
    reference: Reference, ids: Iterable[str] | None, post: Post | None
) -> Iterator[Problem]:
    """The problem of a link to a page with these ids, or None if that page does not exist.

    `post` is the post that contains the link.
    """
    if ids is None:
        return _BY_NAME[DEAD_LINK].labelled([lost(reference)])
    line = line_of(post, reference.written) if post else None
    return _BY_NAME["dead-anchor"].labelled(unmet(reference, ids, line))


def with_answers_applied(
    problems: Iterable[Problem], posts: Mapping[str, Post]
) -> Iterator[Problem]:
    """The problems with the answers of their authors, and as warnings in drafts."""
    for problem in problems:
        post = posts.get(problem.file)
        if post is None:
            yield problem
            continue
        if not post.allowances and post.visibility is not Visibility.DRAFT:
            yield problem
            continue
        answer = next((a for a in post.allowances if _current(a.rule) == problem.rule), None)
        if answer and problem.rule in _ANSWERABLE:
            yield problem.answered(answer.reason)
        elif post.visibility is Visibility.DRAFT:
            yield problem.as_warning()
        else:
            yield problem


def _current(rule: str) -> str:
    """The name of a rule, which a post may call by its former one."""
    return _RENAMED.get(rule, rule)


def _unknown_answers(post: Post) -> Iterator[Problem]:
    for number, allowance in enumerate(post.allowances):
        if _current(allowance.rule) not in _ANSWERABLE:
            yield Problem(
                file=post.file,
                line=post.line_of("Allow", number),
                message=f'there is no check called "{allowance.rule}" that can be answered',
                hint=did_you_mean(
                    allowance.rule, _ANSWERABLE, f"There are: {', '.join(_ANSWERABLE)}."
                ),
                severity=Severity.WARN,
            )
