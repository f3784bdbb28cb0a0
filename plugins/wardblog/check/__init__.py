"""Rules over the whole site: each gives its problems, none stops, prints or raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from wardblog.check import addresses, html, links, places, publishing, tags, texts
from wardblog.check.rule import PostRule, Rule
from wardblog.model import Post, Site, Visibility
from wardblog.problems import Problem, Severity, did_you_mean

__all__ = ["POST_RULES", "RULES", "PostRule", "Rule", "check_post", "check_site"]

RULES = (
    Rule("misspelt-issue", tags.misspelt_issue, answerable=True),
    Rule("no-issue", tags.no_issue),
    Rule("same-address", addresses.same_address),
    Rule("taken-alias", addresses.taken_alias),
    Rule("reserved-address", addresses.reserved_address),
    Rule("not-markdown", addresses.not_markdown),
    Rule("broken-link", links.broken_link),
    Rule("missing-image", links.missing_image),
    Rule("replaces-a-page", links.replaces_a_page),
    Rule("raw-list", links.raw_list),
    Rule("modified-ahead", texts.modified_ahead),
    Rule("far-away", places.far_away),
    Rule("none-inside", places.none_inside),
    Rule("misplaced", addresses.misplaced),
    Rule("odd-name", addresses.odd_name),
    Rule("no-url", publishing.no_url),
)
POST_RULES = (
    PostRule("no-alternative", links.no_alternative),
    PostRule("no-text", texts.no_text),
    PostRule("second-title", texts.second_title),
    PostRule("unsafe-html", html.unsafe_html),
    PostRule("not-in-feeds", html.not_in_feeds),
    PostRule("dated-page", texts.dated_page),
    PostRule("placed-page", texts.placed_page),
)


def check_post(post: Post) -> tuple[Problem, ...]:
    """The problems that a post or page has by itself."""
    return tuple(problem for rule in POST_RULES for problem in rule.check(post))


def check_site(
    site: Site, known: Mapping[str, tuple[Problem, ...]] = MappingProxyType({})
) -> list[Problem]:
    """Every rule's problems; those of a draft are warnings, since nobody reads it yet.

    `known` has what `check_post` said of posts that are still the same, by file.
    """
    posts = {post.file: post for post in (*site.posts, *site.pages)}
    found: list[Problem] = []
    for file, post in posts.items():
        found += known[file] if file in known else check_post(post)
    for rule in RULES:
        found += _unanswered(rule, site)
    drafts = {f for f, post in posts.items() if post.visibility is Visibility.DRAFT}
    found = [p.as_warning() if p.file in drafts else p for p in found]
    return [*found, *_needless_answers(site)]


def _needless_answers(site: Site) -> Iterator[Problem]:
    names = [rule.name for rule in RULES if rule.answerable]
    for post in site.posts:
        for allowance in post.allowances:
            if allowance.rule not in names:
                yield Problem(
                    post.file,
                    post.line_of("Allow"),
                    f'no check that can be answered is called "{allowance.rule}"',
                    did_you_mean(allowance.rule, names, f"There is: {', '.join(names)}."),
                    Severity.WARN,
                )


def _unanswered(rule: Rule, site: Site) -> Iterator[Problem]:
    if not rule.answerable:
        yield from rule.check(site)
        return
    answered = {p.file for p in site.posts if any(a.rule == rule.name for a in p.allowances)}
    yield from (problem for problem in rule.check(site) if problem.file not in answered)
